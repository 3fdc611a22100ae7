import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

export type HubProcess = {
  url: string
  child: ChildProcess
  stop: () => Promise<void>
  lastWords: () => string
}

/** Starts the hub as its own process, as the desktop does, and waits for its address. Errors of the hub go to stderr. */
export function startHubProcess(args: string[]): Promise<HubProcess> {
  const child = spawn(process.execPath, [path.join(root, 'hub/main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr?.on('data', (d: Buffer) => {
    said = (said + d.toString()).slice(-4000)
  })
  return new Promise((resolve, reject) => {
    let out = ''
    child.stdout?.on('data', (d: Buffer) => {
      out += d.toString()
      const line = /\{"event":"listening","url":"([^"]+)"\}/.exec(out)
      if (line?.[1])
        resolve({ url: line[1], child, stop: () => stopProcess(child), lastWords: () => said.trim() })
    })
    child.once('error', reject)
    child.once('exit', () => reject(new Error(said.trim() || 'Le serveur ne démarre pas.')))
  })
}

function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}
