// The daily loop: a hub on the demonstration commune, restarted when its code changes, and Vite's live screens.
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { createServer } from 'vite'
import { listeningUrl } from '../contracts/ipc.ts'

const root = path.resolve(import.meta.dirname, '..')
const port = process.env['ECHARPE_PORT'] ?? '4280'
const data = path.join(root, '.cache/dev-data')
mkdirSync(data, { recursive: true })
process.env['ECHARPE_HUB_URL'] = `http://127.0.0.1:${port}`

const hub = spawn(
  process.execPath,
  ['--watch', '--watch-preserve-output', path.join(root, 'hub/main.ts'), '--port', port, '--data', data],
  { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
)
createInterface({ input: hub.stdout }).on('line', (line) => {
  const url = listeningUrl(line)
  if (url) void ensureDemo(url)
  else process.stderr.write(`${line}\n`)
})

/** Creates the demonstration commune the first time; an installation that exists answers no, and stays as it is. */
async function ensureDemo(url: string): Promise<void> {
  const answer = await fetch(`${url}/api/setup/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  }).catch(() => undefined)
  if (answer?.ok) process.stderr.write('Commune de démonstration créée.\n')
}

const vite = await createServer({ configFile: path.join(root, 'vite.config.ts') })
await vite.listen()
process.stdout.write(
  `Écrans : ${vite.resolvedUrls?.local[0] ?? ''} (hub : ${process.env['ECHARPE_HUB_URL']})\n`,
)

const stop = async (code: number) => {
  hub.kill('SIGTERM')
  await vite.close()
  process.exit(code)
}
hub.once('exit', (code) => void stop(code ?? 1))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))
