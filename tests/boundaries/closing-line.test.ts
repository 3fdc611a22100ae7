import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from './directions.ts'

// The closing line is all that continuous integration reads: seen here over a small run of its own.

const files = {
  'good.test.ts': `import { test } from 'vitest'\ntest('a', () => {})\ntest('b', () => {})\ntest.skip('c', () => {})\ntest.todo('d')`,
  'bad.test.ts': `import { expect, test } from 'vitest'\ntest('e', () => { expect(1).toBe(2) })`,
  'broken.test.ts': `import { test } from 'vitest'\nthrow new Error('does not load')\ntest('f', () => {})`,
  'hook.test.ts': `import { beforeAll, test } from 'vitest'\nbeforeAll(() => { throw new Error('no') })\ntest('g', () => {})`,
}
let dir: string

beforeAll(() => {
  mkdirSync(path.join(root, '.cache'), { recursive: true })
  dir = mkdtempSync(path.join(root, '.cache/closing-line-'))
  for (const [name, source] of Object.entries(files)) writeFileSync(path.join(dir, name), source)
  const reporter = path.join(root, 'tests/closing-line.ts')
  writeFileSync(
    path.join(dir, 'vitest.config.ts'),
    `export default { test: { reporters: ['default', ${JSON.stringify(reporter)}] } }`,
  )
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

function run(filter: string[], env: Record<string, string> = {}) {
  const {
    CI: _ci,
    ECHARPE_GATES: _gates,
    ECHARPE_NOT_RUN: _notRun,
    VITEST: _vitest,
    ...inherited
  } = process.env
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
  const result = spawnSync(process.execPath, [vitest, 'run', '--root', dir, ...filter], {
    cwd: dir,
    encoding: 'utf8',
    env: { ...inherited, ...env },
  })
  return {
    status: result.status,
    lastLine: result.stdout.trimEnd().split('\n').at(-1),
    stdout: result.stdout,
  }
}

test('counts what passed, failed, was skipped, did not load', () => {
  const all = run([])
  expect(all.lastLine).toBe('2 passed, 3 failed, 3 skipped')
  expect(all.status).toBe(1)
})

test('adds the gates, and shows what did not run', () => {
  const notRun = 'SUITES NON EXÉCUTÉES : e2e.'
  const good = run(['good'], {
    ECHARPE_GATES: '{"passed":3,"failed":1,"skipped":2}',
    ECHARPE_NOT_RUN: notRun,
  })
  expect(good.lastLine).toBe('5 passed, 1 failed, 4 skipped')
  expect(good.stdout).toContain(notRun)
})

test('where nobody watches, a skipped test is a failed one', () => {
  const unwatched = run(['good'], { CI: 'true' })
  expect(unwatched.lastLine).toBe('2 passed, 1 failed, 1 skipped')
  expect(unwatched.stdout).toContain('good.test.ts > c')
  expect(unwatched.status).toBe(1)
  expect(run(['good']).status).toBe(0)
})
