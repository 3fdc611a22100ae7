import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { listeningUrl } from '../contracts/ipc.ts'

const root = path.resolve(import.meta.dirname, '..')

export type HubProcess = { url: string; child: ChildProcess; stop: () => Promise<void> }

/**
 * Starts the hub as a process of its own and waits until it listens. It ends with us. `args` are the hub's own
 * (`--port`, `--data`…). Rejects with a French sentence when it stops before listening.
 */
export function startHub(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<HubProcess> {
  const entry = env['ECHARPE_HUB_ENTRY'] ?? path.join(root, 'hub/main.ts')
  const tether = path.join(root, 'scripts/end-with-parent.ts')
  const child = spawn(process.execPath, ['--import', tether, entry, ...args], {
    cwd: root,
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
    // a Ctrl-C in the terminal must reach the hub through us, once, or it would be told twice
    detached: process.platform !== 'win32',
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async () => {
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
    await exited
    clearTimeout(timer)
  }
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = listeningUrl(line)
      if (url) resolve({ url, child, stop })
      else process.stderr.write(`${line}\n`)
    })
    child.once('error', (error) => reject(new Error(`Le hub n’a pas pu être lancé : ${error.message}`)))
    child.once('exit', (code, signal) =>
      reject(
        new Error(
          `Le hub s’est arrêté avant d’être prêt (${signal ?? `code ${code}`}) ; la raison est ci-dessus.`,
        ),
      ),
    )
  })
}
