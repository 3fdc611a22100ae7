import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { closeShell, commandLine, descendants, isAlive, launchShell, type Shell } from './shell.ts'

const stub = { ECHARPE_HUB_ENTRY: path.join(import.meta.dirname, 'stub-hub.mjs') }
let shell: Shell | undefined
afterEach(async () => {
  if (shell) await closeShell(shell)
  shell = undefined
})

const hubOf = (s: Shell) => descendants(s.pid).find((pid) => commandLine(pid).includes('stub-hub'))
const gone = (pids: readonly number[]) =>
  expect.poll(() => pids.filter(isAlive), { timeout: 15_000 }).toEqual([])

describe('the life of the shell', () => {
  test('opens the hub’s first page, and leaves no process behind', async () => {
    shell = await launchShell(stub)
    await shell.page.waitForSelector('h1')
    expect(await shell.page.title()).toBe('Écharpe')
    expect(hubOf(shell)).toBeDefined()
    const all = [shell.pid, ...descendants(shell.pid)]
    await shell.app.close()
    await gone(all)
  })

  test('killed without warning, it takes its hub along', async () => {
    shell = await launchShell(stub)
    await shell.page.waitForSelector('h1')
    const all = descendants(shell.pid)
    process.kill(shell.pid, 'SIGKILL')
    await gone(all)
  })

  test('says so when the hub dies, and starts it again on demand', async () => {
    shell = await launchShell(stub)
    await shell.page.waitForSelector('h1')
    const first = hubOf(shell)
    await shell.page.evaluate(() => void fetch('/mort').catch(() => {}))
    await shell.page.waitForSelector('text=Écharpe s’est interrompue')
    expect(await shell.page.textContent('pre')).toContain('code 3')
    await shell.page.click('text=Relancer')
    await shell.page.waitForSelector('text=Accueil')
    expect(hubOf(shell)).not.toBe(first)
  })

  test('says why when the hub cannot start', async () => {
    shell = await launchShell({ ...stub, STUB_REFUSES: '1' })
    await shell.page.waitForSelector('text=Écharpe n’a pas pu démarrer')
    expect(await shell.page.textContent('pre')).toContain('déjà utilisé par un autre hub')
  })

  test('remembers the place of its window', async () => {
    shell = await launchShell(stub)
    await shell.page.waitForSelector('h1')
    const window = await shell.app.browserWindow(shell.page)
    await window.evaluate((w) => w.setBounds({ x: 40, y: 30, width: 1200, height: 800 }))
    await window.evaluate((w) => w.close())
    const saved = () => {
      try {
        return JSON.parse(readFileSync(path.join(shell?.folder ?? '', 'profil/window.json'), 'utf8'))
      } catch {
        return undefined // not written yet
      }
    }
    await expect.poll(saved).toMatchObject({ width: 1200, height: 800 })
  })
})
