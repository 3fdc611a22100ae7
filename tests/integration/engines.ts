import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { postgresBin, startPostgres, type ThrowawayPostgres } from '../../scripts/pg.ts'
import type { StorageTarget } from '../../storage/open.ts'
import type { Engine } from '../../storage/schema.ts'

// Where PostgreSQL is not installed a developer can still test the rest; a build server may not.
const withPostgres = postgresBin() !== undefined || Boolean(process.env['CI'])
if (!withPostgres) console.warn('PostgreSQL is not installed: its half of the storage suite is NOT run')

export const engines: readonly Engine[] = withPostgres ? ['sqlite', 'postgres'] : ['sqlite']

let own: Promise<ThrowawayPostgres> | undefined

/** The server that the whole run shares (the global setup's), else one of this test file's own, stopped at its end. */
export async function pgUrlForTests(): Promise<string> {
  const shared: string | undefined = inject('pgUrl') // absent when the global setup did not run
  if (shared) return shared
  own ??= startPostgres()
  return (await own).url
}

/** An empty database and an empty folder for one test file; `remove` them at the end. */
export type Place = { target: StorageTarget; dir: string; blobDir: string; remove: () => Promise<void> }

export async function newPlace(engine: Engine): Promise<Place> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'echarpe-'))
  const blobDir = path.join(dir, 'documents')
  const removeDir = async () => rmSync(dir, { recursive: true, force: true })
  if (engine === 'sqlite')
    return { target: { kind: 'sqlite', file: path.join(dir, 'echarpe.db') }, dir, blobDir, remove: removeDir }
  const server = await pgUrlForTests()
  const name = `t_${randomUUID().replaceAll('-', '')}`
  await onServer(server, `create database ${name}`)
  return {
    target: { kind: 'postgres', url: server.replace('/postgres?', `/${name}?`) },
    dir,
    blobDir,
    remove: async () => {
      await onServer(server, `drop database if exists ${name} with (force)`)
      await removeDir()
    },
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

afterAll(async () => {
  await (await own)?.stop()
  own = undefined
})
