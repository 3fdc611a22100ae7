// npm test: every gate and every suite, timings on standard error, and a closing line that machines read.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { type Counts, closingLine, inCi } from '../tests/closing-line.ts'
import { ensureDisplay } from './display.ts'
import { electronForTests, gates } from './gates.ts'
import { type Component, ensureComponents } from './system.ts'

const root = path.resolve(import.meta.dirname, '..')
const begun = performance.now()

/** The suites in the order of their cost, with what each cannot do without. */
const suites: Readonly<Record<string, readonly Component[]>> = {
  unit: [],
  boundaries: [],
  integration: ['postgresql'],
  conformance: ['xmlTools', 'pdfTools', 'certificates'],
  e2e: ['chromium'],
  electron: ['display', 'electronLibraries'],
}
const needsBuild = ['e2e', 'electron']

function step(text: string) {
  process.stderr.write(`[${((performance.now() - begun) / 1000).toFixed(1).padStart(5)} s] ${text}\n`)
}

function readArguments() {
  const args = process.argv.slice(2)
  const known = [...gates.map((gate) => gate.name), ...Object.keys(suites)]
  const only = args
    .filter((arg) => arg.startsWith('--only='))
    .flatMap((arg) => arg.slice('--only='.length).split(',').filter(Boolean))
  const unknown = only.filter((name) => !known.includes(name))
  if (unknown.length) {
    process.stderr.write(`Étape inconnue : ${unknown.join(', ')}. Étapes : ${known.join(', ')}.\n`)
    process.exit(2)
  }
  const wants = (name: string) => only.length === 0 || only.includes(name)
  return { wants, rest: args.filter((arg) => !arg.startsWith('--only=')) }
}

const { wants, rest } = readArguments()
const counts: Counts = { passed: 0, failed: 0, skipped: 0 }
const failedGates: string[] = []
const notRun: string[] = []
let wantedSuites = Object.keys(suites).filter(wants)

function leaveOut(names: readonly string[], why: string) {
  wantedSuites = wantedSuites.filter((name) => !names.includes(name))
  notRun.push(`SUITES NON EXÉCUTÉES : ${names.join(', ')}. ${why}`)
  step(notRun.at(-1) ?? '')
  // where nobody looks at the screen, a suite that did not run must not look like one that passed
  counts[inCi() ? 'failed' : 'skipped'] += names.length
}

async function runGates() {
  for (const gate of gates) {
    const builtForSuites = gate.name === 'build' && wantedSuites.some((suite) => needsBuild.includes(suite))
    if (!wants(gate.name) && !builtForSuites) continue
    step(gate.title)
    let passed = false
    try {
      passed = await gate.run()
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : error}\n`)
    }
    counts[passed ? 'passed' : 'failed']++
    if (passed) continue
    failedGates.push(gate.title)
    step(`ÉCHEC : ${gate.title}`)
    if (gate.name === 'build') {
      const blocked = wantedSuites.filter((suite) => needsBuild.includes(suite))
      if (blocked.length) leaveOut(blocked, 'L’interface n’a pas pu être construite.')
    }
  }
}

function prepareComponents() {
  const wanted = wantedSuites.flatMap((suite) => suites[suite] ?? [])
  if (wanted.length === 0) return
  step('programmes dont les tests ont besoin')
  const missing = ensureComponents(wanted)
  if (!missing) return
  const blocked = wantedSuites.filter((suite) =>
    suites[suite]?.some((need) => missing.components.includes(need)),
  )
  leaveOut(blocked, missing.sentence)
}

async function prepareElectron(): Promise<() => void> {
  if (!wantedSuites.includes('electron')) return () => {}
  step('Electron pour les tests')
  const dist = electronForTests()
  if (!dist) {
    leaveOut(
      ['electron'],
      'Aucun Electron : ouvrez l’accès au registre npm, ou indiquez ELECTRON_OVERRIDE_DIST_PATH.',
    )
    return () => {}
  }
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = dist
  return ensureDisplay()
}

function runSuites(): Promise<number> {
  step(`tests : ${wantedSuites.join(', ')}`)
  const failed = failedGates.map((title) => `ÉTAPE EN ÉCHEC : ${title}`)
  const child = spawn(
    process.execPath,
    [
      path.join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...wantedSuites.map((suite) => `--project=${suite}`),
      ...rest,
    ],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        // Building the screens has set it to production, where React has no test tools.
        NODE_ENV: 'test',
        ECHARPE_GATES: JSON.stringify(counts),
        ECHARPE_NOT_RUN: [...failed, ...notRun].join('\n'),
      },
    },
  )
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
}

prepareComponents()
await runGates()
const stopDisplay = await prepareElectron()
let code = 0
if (wantedSuites.length > 0) code = await runSuites()
else process.stdout.write(`${closingLine(counts)}\n`)
stopDisplay()
process.exit(code !== 0 || counts.failed > 0 ? 1 : 0)
