// A throwaway PostgreSQL on a Unix socket, gone when stop() is called or when this process ends.
import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { tethered } from './tethered.ts'

export type ThrowawayPostgres = { url: string; stop: () => Promise<void> }

/** Folder of initdb and postgres: `PG_BIN`, else Debian's newest; undefined when no server is installed. */
export function postgresBin(): string | undefined {
  if (process.env['PG_BIN']) return process.env['PG_BIN']
  const debian = '/usr/lib/postgresql'
  if (!existsSync(debian)) return undefined
  const versions = readdirSync(debian).sort((a, b) => Number(b) - Number(a))
  return versions
    .map((v) => path.join(debian, v, 'bin'))
    .find((bin) => existsSync(path.join(bin, 'postgres')))
}

/** Starts an empty server (about a second) and gives the URL of its database `postgres`, where `create database` is allowed. */
export async function startPostgres(): Promise<ThrowawayPostgres> {
  const bin = postgresBin()
  if (!bin) throw new Error('No PostgreSQL server found: install Debian’s package postgresql, or set PG_BIN')
  const who = unprivileged()
  const dir = mkdtempSync(path.join(os.tmpdir(), 'pg-')) // short: a socket path holds at most 107 bytes
  if (who) chownSync(dir, who.uid, who.gid)
  const options = { ...who, cwd: dir, env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', TZ: 'UTC' } }
  const init = spawnSync(
    path.join(bin, 'initdb'),
    [
      ...['-D', path.join(dir, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'],
      ...['--no-sync', '--no-instructions'],
    ],
    { ...options, encoding: 'utf8' },
  )
  if (init.status !== 0) throw new Error(`initdb: ${init.error?.message ?? init.stderr}`)
  const settings = {
    listen_addresses: '',
    unix_socket_directories: dir,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    shared_buffers: '32MB',
    max_connections: '100',
    autovacuum: 'off',
  }
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const server = tethered(
    'INT',
    path.join(bin, 'postgres'),
    ['-D', path.join(dir, 'data'), ...flags],
    options,
  )
  let log = ''
  server.stderr?.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4000)
  })
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const stop = async () => {
    server.stdin?.end()
    await exited
    rmSync(dir, { recursive: true, force: true })
  }
  const url = `postgres://postgres@/postgres?host=${encodeURIComponent(dir)}`
  for (let tries = 0; !(await answers(url)); tries++) {
    if (server.exitCode !== null || tries > 400) {
      await stop()
      throw new Error(`PostgreSQL did not start:\n${log}`)
    }
    await sleep(25)
  }
  return { url, stop }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const user = users.find((u) => u[0] === 'postgres') ?? users.find((u) => u[0] === 'nobody')
  if (!user) throw new Error('PostgreSQL refuses to run as root, and there is no user postgres or nobody')
  return { uid: Number(user[2]), gid: Number(user[3]) }
}
