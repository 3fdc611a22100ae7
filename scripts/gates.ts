import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { buildElectron, buildRenderer } from './build.ts'

const root = path.resolve(import.meta.dirname, '..')

/** One check that runs before the tests. `run` says whether it passed; what it prints goes to standard error. */
export type Gate = { name: string; title: string; run: () => boolean | Promise<boolean> }

const node = (file: string, ...args: string[]) =>
  run(process.execPath, [path.join(root, 'node_modules', file), ...args])

function run(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] }).status === 0
}

const typeChecks = ['tsconfig.json', 'tsconfig.core.json', 'tsconfig.electron.json']

export const gates: readonly Gate[] = [
  {
    name: 'format',
    title: 'mise en forme et règles d’écriture (biome)',
    run: () =>
      node(
        '@biomejs/biome/bin/biome',
        'ci',
        '--diagnostic-level=warn',
        '--error-on-warnings',
        '--max-diagnostics=40',
      ),
  },
  {
    name: 'types',
    title: 'types (TypeScript)',
    // all of them, so that one run shows everything there is to mend
    run: () => typeChecks.map((config) => node('typescript/bin/tsc', '-p', config)).every(Boolean),
  },
  {
    name: 'lock',
    title: 'liste exacte des dépendances (npm ci --dry-run)',
    run: () =>
      npm(
        'ci',
        '--dry-run',
        '--ignore-scripts',
        '--include=dev',
        '--no-audit',
        '--no-fund',
        '--loglevel=error',
      ),
  },
  {
    name: 'build',
    title: 'construction des écrans et de la fenêtre (vite, rolldown)',
    run: async () => {
      await buildRenderer()
      await buildElectron()
      return true
    },
  },
]

function npm(...args: string[]): boolean {
  const cli = process.env['npm_execpath']
  if (cli && /npm-cli\.c?js$/.test(cli))
    return run(process.env['npm_node_execpath'] ?? process.execPath, [cli, ...args])
  return (
    spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
      .status === 0
  )
}

/** The folder of an Electron for tests: `ELECTRON_OVERRIDE_DIST_PATH`, the installed one, else the pinned test copy. */
export function electronForTests(): string | undefined {
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (given) return given
  const installed = path.join(root, 'node_modules/electron/dist')
  if (existsSync(installed)) return installed
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const tool = spawnSync('bash', [path.join(root, 'tools/electron-dist')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return tool.status === 0 ? tool.stdout.trim() : undefined
}
