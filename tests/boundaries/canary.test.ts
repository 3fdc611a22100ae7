import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Folder, folders, mayImport, root, withoutNode, zodOnly } from './directions.ts'

// The lint rules could stop biting without anyone noticing: here they meet one file per forbidden import.

const clock = ['Date.now()', 'new Date()', 'Date()', 'performance.now()']
const chance = ['Math.random()', 'crypto.randomUUID()', '[1].map(Math.random)']
const world = [`fetch('x')`, `process.env['X']`, `console.log(1)`]

let project: string
let findings: { file: string; rule: string; message: string }[]
const canaries = new Map<string, string>()

function canary(file: string, source: string) {
  canaries.set(file, source)
  return file
}

const allowedIn = (folder: Folder): readonly string[] => [folder, ...mayImport[folder]]
const targets = [...folders, 'tests', 'scripts'] as const
const crossings = folders.flatMap((from) =>
  targets.flatMap((to) =>
    ['', 'a/', 'a/b/', 'a/b/c/'].map((depth) => ({
      forbidden: !allowedIn(from).includes(to),
      file: canary(
        `${from}/${depth}to-${to}.ts`,
        `export * from '${'../'.repeat(depth.split('/').length)}${to}/y.ts'\n`,
      ),
    })),
  ),
)
const packages = [
  ...withoutNode.map((from) => canary(`${from}/node-module.ts`, `export * from 'node:fs/promises'\n`)),
  ...zodOnly.map((from) => canary(`${from}/package.ts`, `export * from 'fastify'\n`)),
  ...folders
    .filter((from) => from !== 'electron')
    .map((from) => canary(`${from}/shell.ts`, `import type { App } from 'electron'\nexport type A = App\n`)),
]
const impure = [...clock, ...chance, ...world].map((code, i) =>
  canary(`core/impure-${i}.ts`, `export const a = ${code}\n`),
)
const accepted = [
  canary('core/good.ts', `export { z } from 'zod'\nexport const at = (iso: string) => new Date(iso)\n`),
  canary('electron/keys.ts', `export * from '../signing/keys/p12.ts'\nexport type { App } from 'electron'\n`),
  canary('hub/good.ts', `export * from 'fastify'\nexport * from 'node:fs'\n`),
]

beforeAll(() => {
  project = mkdtempSync(path.join(os.tmpdir(), 'echarpe-canary-'))
  cpSync(path.join(root, 'biome.json'), path.join(project, 'biome.json'))
  cpSync(path.join(root, 'biome'), path.join(project, 'biome'), { recursive: true })
  for (const [file, source] of canaries) {
    mkdirSync(path.dirname(path.join(project, file)), { recursive: true })
    writeFileSync(path.join(project, file), source)
  }
  const biome = path.join(root, 'node_modules/@biomejs/biome/bin/biome')
  const result = spawnSync(
    process.execPath,
    [biome, 'lint', '--reporter=json', '--max-diagnostics=none', ...folders],
    { cwd: project, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  findings = readFindings(result.stdout)
})
afterAll(() => rmSync(project, { recursive: true, force: true }))

type Report = { diagnostics: { category: string; message: string; location: { path: string } }[] }

function readFindings(stdout: string) {
  const report: Report = JSON.parse(stdout.slice(stdout.indexOf('{')))
  return report.diagnostics
    .map((d) => ({ file: d.location.path, rule: d.category, message: d.message }))
    .filter((d) => d.rule === 'lint/style/noRestrictedImports' || d.rule === 'plugin')
}

const ruledOn = (file: string) => findings.filter((finding) => finding.file === file)
const notRefused = (files: readonly string[]) => files.filter((file) => ruledOn(file).length === 0)

describe('the lint rules bite', () => {
  test('each forbidden direction, at every depth', () => {
    const forbidden = crossings.filter((c) => c.forbidden).map((c) => c.file)
    expect(forbidden.length).toBeGreaterThan(250)
    expect(notRefused(forbidden)).toEqual([])
  })

  test('each forbidden package', () => {
    expect(notRefused(packages)).toEqual([])
  })

  test('clock, chance and the outside world in core', () => {
    expect(notRefused(impure)).toEqual([])
  })

  test('what is allowed stays allowed', () => {
    const allowed = crossings.filter((c) => !c.forbidden).map((c) => c.file)
    expect([...allowed, ...accepted].flatMap(ruledOn)).toEqual([])
  })

  test('each refusal is one sentence that a person understands', () => {
    for (const { message } of findings) expect(message).toMatch(/ .+\.$/)
  })
})
