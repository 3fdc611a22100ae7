import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
let dir: string
beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'echarpe-start-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

function start(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [path.join(root, 'scripts/start.ts'), ...args], {
    cwd: root,
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString()
  })
  const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  return { child, said, exit }
}

const address = (out: string) => /^Écharpe est prête : (http:\S+)$/m.exec(out)?.[1]

describe('npm start without a window', () => {
  test('answers on the address it prints, and stops when told', async () => {
    const data = path.join(dir, 'donnees')
    const { child, said, exit } = start(['--port', '0', '--data', data])
    await expect.poll(() => address(said.out), { timeout: 50_000 }).toBeDefined()
    const url = address(said.out) ?? ''
    const answer = await fetch(url)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toMatch(/<html lang="fr"/)
    expect(existsSync(data)).toBe(true)
    child.kill('SIGTERM')
    expect(await exit).toBe(0)
    await expect(fetch(url)).rejects.toThrow()
  })

  test('says why when the hub does not start', async () => {
    const hub = { ECHARPE_HUB_ENTRY: path.join(root, 'tests/electron/stub-hub.mjs'), STUB_REFUSES: '1' }
    const { said, exit } = start(['--data', path.join(dir, 'autre')], hub)
    expect(await exit).toBe(1)
    expect(said.err).toContain('déjà utilisé par un autre hub')
    expect(said.err).toContain('s’est arrêté avant d’être prêt')
    expect(said.out).toBe('')
  })

  test.each([[['--port', 'abc']], [['--porte', '80']]])('%j is a wrong usage', async (args) => {
    const { said, exit } = start(args)
    expect(await exit).toBe(2)
    expect(said.err).toContain('Usage')
  })
})
