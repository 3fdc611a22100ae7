import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { utilityProcess } from 'electron'
import { listeningUrl } from '../contracts/ipc.ts'
import { text } from './text.ts'

/** Files are found from the bundled main.cjs, in dist/electron. */
const root = path.join(import.meta.dirname, '../..')

export type Hub = {
  url: string
  /** Asks the hub to stop and waits for it; after ten seconds it is ended. */
  stop: () => Promise<void>
}

type Running = {
  output: NodeJS.ReadableStream
  errors: NodeJS.ReadableStream | null
  kill: (signal: 'SIGTERM' | 'SIGKILL') => void
  onExit: (listener: (how: string) => void) => void
}

const readyWithin = 60_000
const stoppedWithin = 10_000

/**
 * Starts the hub as its own process and waits until it listens. `onDeath` is called, with its last words, when it
 * stops later without having been asked. Rejects with those words when it stops before it listens.
 */
export function startHub(onDeath: (detail: string) => void): Promise<Hub> {
  const running = launch()
  const lastWords: string[] = []
  let ready = false
  let asked = false
  running.errors?.on('data', (chunk: Buffer) => {
    process.stderr.write(chunk)
    lastWords.push(chunk.toString())
    if (lastWords.length > 50) lastWords.shift()
  })
  return new Promise((resolve, reject) => {
    const exited = new Promise<void>((gone) => running.onExit(() => gone()))
    const stop = async () => {
      asked = true
      running.kill('SIGTERM')
      const timer = setTimeout(() => running.kill('SIGKILL'), stoppedWithin)
      await exited
      clearTimeout(timer)
    }
    const tooSlow = setTimeout(() => {
      reject(new Error(text.hubTooSlow))
      void stop()
    }, readyWithin)
    createInterface({ input: running.output }).on('line', (line) => {
      const url = listeningUrl(line)
      if (!url || ready) return
      ready = true
      clearTimeout(tooSlow)
      resolve({ url, stop })
    })
    running.onExit((how) => {
      clearTimeout(tooSlow)
      const detail = `${text.hubExit(how)}\n${lastWords.join('').slice(-4000)}`
      if (!ready) reject(new Error(detail))
      else if (!asked) onDeath(detail)
    })
  })
}

/** With `ECHARPE_HUB_NODE` the hub runs under that Node (a checkout, tests); packaged, in Electron's own process. */
function launch(): Running {
  const entry = process.env['ECHARPE_HUB_ENTRY'] ?? path.join(root, 'hub/main.ts')
  const args = hubArguments()
  const node = process.env['ECHARPE_HUB_NODE']
  return node ? launchWithNode(node, entry, args) : launchInElectron(entry, args)
}

function hubArguments(): string[] {
  const { ECHARPE_PORT: port, ECHARPE_DATA: data } = process.env
  return ['--port', port ?? '0', ...(data ? ['--data', data] : [])]
}

function launchWithNode(node: string, entry: string, args: readonly string[]): Running {
  // standard input stays open as long as we live: its end tells the hub to stop, even if we are killed
  const tether = path.join(root, 'scripts/end-with-parent.ts')
  const child = spawn(node, ['--import', tether, entry, ...args], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.on('error', () => {})
  return {
    output: child.stdout,
    errors: child.stderr,
    kill: (signal) => child.kill(signal),
    onExit: (listener) => {
      child.once('exit', (code, signal) => listener(signal ?? `code ${code}`))
      child.once('error', (error) => listener(error.message))
    },
  }
}

function launchInElectron(entry: string, args: readonly string[]): Running {
  const child = utilityProcess.fork(entry, [...args], {
    stdio: 'pipe',
    serviceName: 'Écharpe hub',
    cwd: root,
  })
  if (!child.stdout) throw new Error(text.hubNotStarted)
  return {
    output: child.stdout,
    errors: child.stderr,
    kill: () => child.kill(),
    onExit: (listener) => child.once('exit', (code) => listener(`code ${code}`)),
  }
}
