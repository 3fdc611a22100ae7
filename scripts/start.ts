import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { buildElectron, buildRenderer } from './build.ts'
import { startHub } from './hub-process.ts'
import { which } from './system.ts'

const root = path.resolve(import.meta.dirname, '..')
const say = (text: string) => process.stderr.write(`${text}\n`)

const usage = `Usage : npm start -- [options]
  --port N     port du hub (par défaut : 4280, ou le premier libre au-dessus)
  --data DIR   dossier des données (par défaut : ${defaultDataFolder()})
  --no-window  ne pas ouvrir la fenêtre de bureau, seulement servir l’interface
  --no-open    ne pas ouvrir le navigateur`

function readOptions() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        'no-window': { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch {
    say(`Option inconnue ou incomplète.\n${usage}`)
    return process.exit(2)
  }
}

/** Where a person's data goes when nothing else is asked, as each system wants it. */
function defaultDataFolder(): string {
  const home = os.homedir()
  if (process.platform === 'win32') return path.join(process.env['APPDATA'] ?? home, 'Echarpe')
  if (process.platform === 'darwin') return path.join(home, 'Library/Application Support/Echarpe')
  return path.join(process.env['XDG_DATA_HOME'] || path.join(home, '.local/share'), 'echarpe')
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

async function choosePort(asked: string | undefined): Promise<number> {
  if (asked !== undefined) {
    const port = Number(asked)
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      say(`Le port « ${asked} » n’est pas un nombre entre 0 et 65535.\n${usage}`)
      process.exit(2)
    }
    if (port !== 0 && !(await isFree(port))) {
      say(
        `Le port ${port} est déjà pris par un autre programme. Fermez-le, ou choisissez-en un autre avec --port.`,
      )
      process.exit(1)
    }
    return port
  }
  for (let port = 4280; port < 4300; port++) if (await isFree(port)) return port
  return 0
}

/** The Electron executable, where one was installed or given; its package alone holds none. */
function electronBinary(): string | undefined {
  const names = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron', linux: 'electron' }
  const name = names[process.platform as keyof typeof names] ?? 'electron'
  const folders = [process.env['ELECTRON_OVERRIDE_DIST_PATH'], path.join(root, 'node_modules/electron/dist')]
  return folders.flatMap((dir) => (dir ? [path.join(dir, name)] : [])).find((file) => existsSync(file))
}

const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])

function openBrowser(url: string): boolean {
  const commands = { win32: ['cmd', '/c', 'start', '', url], darwin: ['open', url], linux: ['xdg-open', url] }
  const [command, ...args] = commands[process.platform as keyof typeof commands] ?? commands.linux
  if (!command || !hasDisplay() || (process.platform === 'linux' && !which(command))) return false
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
  return true
}

const forwardSignals = (stop: () => void) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
}

async function runWindow(electron: string, port: number, data: string): Promise<number> {
  await buildElectron()
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  const env = {
    ...process.env,
    ECHARPE_HUB_NODE: process.execPath,
    ECHARPE_PORT: String(port),
    ECHARPE_DATA: data,
  }
  const main = path.join(root, 'dist/electron/main.cjs')
  const child: ChildProcess = spawn(electron, [...(asRoot ? ['--no-sandbox'] : []), main], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  forwardSignals(() => child.kill('SIGTERM'))
  say('Écharpe s’ouvre dans sa fenêtre.')
  return new Promise((resolve) => {
    child.once('error', (error) => {
      say(`La fenêtre n’a pas pu s’ouvrir : ${error.message}. Essayez : npm start -- --no-window`)
      resolve(1)
    })
    child.once('exit', (code) => resolve(code ?? 0))
  })
}

async function runHub(port: number, data: string, why: string, open: boolean): Promise<number> {
  const early = new AbortController()
  forwardSignals(() => early.abort())
  const hub = await startHub(['--port', String(port), '--data', data])
  const stopped = new Promise<number>((resolve) => {
    let asked = false
    const stop = () => {
      asked = true
      void hub.stop()
    }
    if (early.signal.aborted) stop()
    early.signal.addEventListener('abort', stop)
    hub.child.once('exit', (code) => {
      if (!asked) say('Le hub s’est arrêté. Relancez : npm start')
      resolve(asked ? 0 : (code ?? 1))
    })
  })
  process.stdout.write(`Écharpe est prête : ${hub.url}\n`)
  say(why)
  if (open && openBrowser(hub.url)) say('Votre navigateur s’ouvre sur cette adresse.')
  else say('Ouvrez cette adresse dans un navigateur. Ctrl-C pour arrêter.')
  return stopped
}

const options = readOptions()
if (options.help) {
  process.stdout.write(`${usage}\n`)
  process.exit(0)
}
const port = await choosePort(options.port)
const data = path.resolve(options.data ?? process.env['ECHARPE_DATA'] ?? defaultDataFolder())
mkdirSync(data, { recursive: true })
try {
  if (await buildRenderer()) say('Interface construite.')
  const electron = electronBinary()
  if (electron && hasDisplay() && !options['no-window']) process.exit(await runWindow(electron, port, data))
  const why = options['no-window']
    ? 'La fenêtre de bureau n’a pas été demandée : l’interface est servie à cette adresse.'
    : electron
      ? 'Aucun écran n’est accessible ici : l’interface est servie à cette adresse.'
      : 'Electron n’est pas installé ici : la même interface est servie à cette adresse.'
  process.exit(await runHub(port, data, why, !options['no-open']))
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
