import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

// The bootstrap runs in a small project of its own, with an npm that only says that it was called.

const fakeNpm = `#!/bin/sh
echo "npm $*"
echo "npm $*" >>calls
sleep 0.3
[ -n "$FAKE_FAILS" ] && exit 7
mkdir -p node_modules
cp package-lock.json node_modules/.package-lock.json
`
const lock = (version: string) => ({
  packages: {
    '': {},
    'node_modules/zod': { version, integrity: 'sha512-a' },
    'node_modules/only-elsewhere': { version: '1.0.0', integrity: 'sha512-b', optional: true },
  },
})

let dir: string
const file = (name: string) => path.join(dir, name)
const calls = () => (existsSync(file('calls')) ? readFileSync(file('calls'), 'utf8').trim().split('\n') : [])

beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'echarpe-run-'))
  mkdirSync(file('scripts'))
  mkdirSync(file('cli'))
  mkdirSync(file('fake'))
  cpSync(path.join(import.meta.dirname, 'run.mjs'), file('scripts/run.mjs'))
  writeFileSync(file('fake/npm'), fakeNpm)
  chmodSync(file('fake/npm'), 0o755)
  writeFileSync(file('package-lock.json'), JSON.stringify(lock('1.0.0')))
  writeFileSync(
    file('cli/main.ts'),
    `process.stdout.write(JSON.stringify(process.argv.slice(2))); process.exit(Number(process.argv[2] ?? 0))`,
  )
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const environment = (more: Record<string, string> = {}) => {
  const { npm_execpath: _npm, npm_lifecycle_event: _event, INIT_CWD: _cwd, ...inherited } = process.env
  return { ...inherited, PATH: `${file('fake')}:${process.env['PATH']}`, ...more }
}
const run = (args: string[], more: Record<string, string> = {}): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [file('scripts/run.mjs'), ...args], {
    cwd: dir,
    encoding: 'utf8',
    env: environment(more),
  })

describe.skipIf(process.platform === 'win32')('the bootstrap', () => {
  test('installs once, keeps standard output for the program, passes arguments and exit code', () => {
    const first = run(['cli', '3', 'deux mots'])
    expect(first.status).toBe(3)
    expect(first.stdout).toBe('["3","deux mots"]')
    expect(first.stderr).toContain('Installation des dépendances')
    expect(calls()).toEqual([
      'npm ci --ignore-scripts --include=dev --include=optional --no-audit --no-fund --loglevel=error',
    ])
    const second = run(['cli'])
    expect(second.stderr).toBe('')
    expect(calls()).toHaveLength(1)
  })

  test('installs again when the lock file changed', () => {
    run(['cli'])
    writeFileSync(file('package-lock.json'), JSON.stringify(lock('1.0.1')))
    run(['cli'])
    expect(calls()).toHaveLength(2)
  })

  test('accepts what a developer installed by hand, when it is what the lock file says', () => {
    mkdirSync(file('node_modules'))
    const packages = { 'node_modules/zod': { version: '1.0.0' } }
    writeFileSync(file('node_modules/.package-lock.json'), JSON.stringify({ packages }))
    expect(run(['cli']).status).toBe(0)
    expect(calls()).toEqual([])
  })

  test.each([
    ['another version', { 'node_modules/zod': { version: '0.9.0', integrity: 'sha512-a' } }],
    ['another hash', { 'node_modules/zod': { version: '1.0.0', integrity: 'sha512-other' } }],
    ['a missing package', {}],
  ])('does not accept %s', (_what, packages) => {
    mkdirSync(file('node_modules'))
    writeFileSync(file('node_modules/.package-lock.json'), JSON.stringify({ packages }))
    run(['cli'])
    expect(calls()).toHaveLength(1)
  })

  test('two at once install once', async () => {
    const both = [1, 2].map(
      () =>
        new Promise<number | null>((resolve) =>
          spawn(process.execPath, [file('scripts/run.mjs'), 'cli'], {
            cwd: dir,
            env: environment(),
            stdio: 'ignore',
          }).once('exit', resolve),
        ),
    )
    expect(await Promise.all(both)).toEqual([0, 0])
    expect(calls()).toHaveLength(1)
  })

  test('a lock left by a dead process does not block', () => {
    mkdirSync(file('.cache'))
    const { pid } = spawnSync(process.execPath, ['-e', ''])
    writeFileSync(file('.cache/install.lock'), String(pid))
    expect(run(['cli']).status).toBe(0)
    expect(existsSync(file('.cache/install.lock'))).toBe(false)
  })

  test('a failed installation says what to do, and is tried again next time', () => {
    const failed = run(['cli'], { FAKE_FAILS: '1' })
    expect(failed.status).toBe(1)
    expect(failed.stdout).toBe('')
    expect(failed.stderr).toMatch(/a échoué : code 7[\s\S]*relancez/)
    expect(run(['cli']).status).toBe(0)
  })

  test('an unknown command is a wrong usage', () => {
    const answer = run(['voter'])
    expect(answer.status).toBe(2)
    expect(answer.stderr).toContain('Usage')
    expect(calls()).toEqual([])
  })

  test('a file name means the folder where the person is', () => {
    mkdirSync(file('dossier'))
    writeFileSync(file('cli/main.ts'), `process.stdout.write(process.cwd())`)
    const answer = run(['cli'], { npm_lifecycle_event: 'echarpe', INIT_CWD: file('dossier') })
    expect(answer.stdout).toBe(file('dossier'))
  })

  test('stops with its shell, as when npm is told to stop', async () => {
    writeFileSync(
      file('cli/main.ts'),
      `process.on('SIGTERM', () => { process.stdout.write('arrêt'); process.exit(0) }); setInterval(() => {}, 1000); process.stdout.write(String(process.pid) + ' ')`,
    )
    const command = `"${process.execPath}" "${file('scripts/run.mjs')}" cli; true`
    const shell = spawn('sh', ['-c', command], {
      cwd: dir,
      env: environment(),
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let output = ''
    const ended = new Promise<void>((resolve) => shell.stdout.once('end', () => resolve()))
    shell.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (/^\d+ $/.test(output)) shell.kill('SIGTERM')
    })
    await ended
    expect(output).toMatch(/^\d+ arrêt$/)
  })
})
