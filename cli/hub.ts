import { spawn } from 'node:child_process'
import path from 'node:path'
import type { CliIo } from './io.ts'

const root = path.resolve(import.meta.dirname, '..')

/** `echarpe hub [--port] [--data DIR] [--database-url …]`: the server alone, until it is stopped. */
export function run(args: string[], io: CliIo): Promise<number> {
  const child = spawn(process.execPath, [path.join(root, 'hub/main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout.on('data', (d: Buffer) => {
    const url = /"url":"([^"]+)"/.exec(d.toString())?.[1]
    io.stdout(
      io.json || !url ? d.toString() : `Écharpe répond à l’adresse ${url}\nArrêtez le serveur avec Ctrl-C.\n`,
    )
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => child.kill('SIGTERM'))
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
}
