import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeShell, launchShell, openedLinks, type Shell } from './shell.ts'

// Whatever a page contains, the window keeps showing the hub and nothing else.

let outside: Server
let outsideUrl: string
const reached: string[] = []
let shell: Shell
let home: string

beforeAll(async () => {
  outside = createServer((request, response) => {
    reached.push(request.url ?? '')
    response.end('<title>dehors</title>')
  })
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve))
  const address = outside.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  outsideUrl = `http://127.0.0.1:${address.port}`
  shell = await launchShell({
    ECHARPE_HUB_ENTRY: path.join(import.meta.dirname, 'stub-hub.mjs'),
    STUB_ELSEWHERE: outsideUrl,
  })
  await shell.page.waitForSelector('h1')
  home = shell.page.url()
})
afterAll(async () => {
  if (shell) await closeShell(shell)
  outside.close()
})
beforeEach(async () => {
  if (shell.page.url() !== home) await shell.page.evaluate((url) => void location.assign(url), home)
  await expect.poll(heading).toBe('Accueil')
})

/**
 * A real click, by the mouse: Playwright's own `click` waits for ever for a navigation that the shell has stopped.
 */
async function clickOn(selector: string) {
  const middle = await shell.page.evaluate((s) => {
    const box = document.querySelector(s)?.getBoundingClientRect()
    return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }, selector)
  if (!middle) throw new Error(`no ${selector} on the page`)
  await shell.page.mouse.click(middle.x, middle.y)
}
const heading = () => shell.page.evaluate(() => document.querySelector('h1')?.textContent)
const aMoment = () => shell.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)))

describe('the window stays on the hub', () => {
  test('a link within the hub is followed', async () => {
    await clickOn('#inside')
    await expect.poll(heading).toBe('/autre')
  })

  test.each([
    ['a link to another site opens in the browser', '#outside', '/dehors'],
    ['so does a link to a new tab', '#blank', '/onglet'],
    ['so does a form', '#send', '/formulaire'],
  ])('%s', async (_what, selector, target) => {
    await clickOn(selector)
    await expect.poll(() => openedLinks(shell)).toContain(outsideUrl + target)
    expect(shell.page.url()).toBe(home)
    expect(await heading()).toBe('Accueil')
    expect(shell.app.windows()).toHaveLength(1)
  })

  test('a redirect to another site is stopped, and nothing opens', async () => {
    const before = await openedLinks(shell)
    await clickOn('#redirect')
    await aMoment()
    expect(shell.page.url()).toBe(home)
    expect(await openedLinks(shell)).toEqual(before)
  })

  test('a script that leaves is stopped', async () => {
    await shell.page.evaluate((url) => void location.assign(`${url}/script`), outsideUrl)
    await expect.poll(() => openedLinks(shell)).toContain(`${outsideUrl}/script`)
    expect(shell.page.url()).toBe(home)
  })

  test.each(['#file', '#mail'])('%s: an address that is not of the web goes nowhere', async (selector) => {
    const before = await openedLinks(shell)
    await clickOn(selector)
    await aMoment()
    expect(shell.page.url()).toBe(home)
    expect(await openedLinks(shell)).toEqual(before)
    expect(shell.app.windows()).toHaveLength(1)
  })

  test('a second window of the hub is as closed as the first', async () => {
    const [second] = await Promise.all([shell.app.waitForEvent('window'), clickOn('#blank-inside')])
    await second.waitForSelector('h1')
    expect(await second.evaluate(() => typeof (globalThis as { require?: unknown }).require)).toBe(
      'undefined',
    )
    await second.evaluate((url) => void location.assign(`${url}/seconde`), outsideUrl)
    await expect.poll(() => openedLinks(shell)).toContain(`${outsideUrl}/seconde`)
    expect(second.url()).toMatch(/\/piece$/)
    await second.close()
  })

  test('nothing outside was ever fetched', () => {
    expect(reached).toEqual([])
  })
})

describe('the page has no more power than in a browser', () => {
  test('no Node, no Electron', async () => {
    const seen = await shell.page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in globalThis),
    )
    expect(seen).toEqual([])
  })

  test('the shell offers its four calls, and no channel', async () => {
    const names = await shell.page.evaluate(() =>
      Object.keys((globalThis as unknown as { echarpeShell: object }).echarpeShell),
    )
    expect(names.sort()).toEqual(['info', 'openLink', 'print', 'saveFile'])
  })

  test('permissions are refused', async () => {
    const answers = await shell.page.evaluate(async () => [
      await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'granted',
        (e: Error) => e.name,
      ),
      (await navigator.permissions.query({ name: 'geolocation' })).state,
      (await navigator.permissions.query({ name: 'notifications' })).state,
    ])
    expect(answers[0]).not.toBe('granted')
    expect(answers.slice(1)).toEqual(['denied', 'denied'])
  })

  test('a call with a wrong input is refused', async () => {
    const answer = await shell.page.evaluate(() =>
      (globalThis as unknown as { echarpeShell: { saveFile: (f: unknown) => Promise<unknown> } }).echarpeShell
        .saveFile({ suggestedName: '', bytes: 'text' })
        .then(
          () => 'done',
          (e: Error) => e.message,
        ),
    )
    expect(answer).toContain('Appel refusé')
  })

  test.each([
    ['https://www.legifrance.gouv.fr/', true],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['https://user:secret@example.org/', false],
    ['ms-settings:privacy', false],
  ])('openLink %s', async (url, opened) => {
    const answer = await shell.page.evaluate(
      (u) =>
        (
          globalThis as unknown as { echarpeShell: { openLink: (u: string) => Promise<unknown> } }
        ).echarpeShell.openLink(u),
      url,
    )
    expect(answer).toEqual({ opened })
    expect((await openedLinks(shell)).includes(url)).toBe(opened)
  })

  test('a file is saved where the person said, whole', async () => {
    const target = path.join(shell.folder, 'acte enregistré.pdf')
    await shell.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = (async () => ({ canceled: false, filePath })) as typeof dialog.showSaveDialog
    }, target)
    const answer = await shell.page.evaluate(() =>
      (
        globalThis as unknown as { echarpeShell: { saveFile: (f: unknown) => Promise<unknown> } }
      ).echarpeShell.saveFile({
        suggestedName: '../../acte.pdf',
        bytes: new Uint8Array([37, 80, 68, 70]),
      }),
    )
    expect(answer).toEqual({ saved: true, name: 'acte enregistré.pdf' })
    expect(readFileSync(target, 'latin1')).toBe('%PDF')
    expect(readdirSync(shell.folder).filter((name) => name.endsWith('.partiel'))).toEqual([])
  })
})
