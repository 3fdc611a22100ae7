import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { DemoHub } from '../builders/hub.ts'
import { expectAccessible, type ScreenName, screenshot, type Visit, visit } from './browser.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** The hub serves the built interface: without it every journey would fail on a blank page. */
export const demandInterface = () =>
  expect(
    existsSync(path.join(process.env['ECHARPE_UI'] ?? path.join(root, 'dist/renderer'), 'index.html')),
    'the interface is not built: run « vite build »',
  ).toBe(true)

/** A person on their own device, signed in without clicking: the journey starts where their work does. */
export async function signedIn(
  browser: Browser,
  hub: Pick<DemoHub, 'url' | 'password'>,
  login: string,
  place: string,
  screen: ScreenName = 'desktop',
): Promise<Visit> {
  const v = await visit(browser, screen)
  const answer = await v.context.request.post(`${hub.url}/api/session`, {
    data: { login, password: hub.password },
  })
  expect(answer.ok()).toBe(true)
  await v.page.goto(hub.url + place)
  return v
}

/** A step that was reached: nothing for axe to say, and a picture for eyes. */
export async function seen(page: Page, name: string): Promise<void> {
  await expectAccessible(page)
  await screenshot(page, name)
}

/** How long an outcome may take before a journey is lost; a wait, never a measure. */
export const soon = { timeout: 15_000 } as const
export const later = { timeout: 60_000 } as const

/** Goes to a control by the Tab key alone, as a person without a mouse. Throws when 80 presses do not reach it. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let n = 0; n < 80; n++) {
    if (await target.evaluate((el) => el === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`not reached by Tab: ${target}`)
}

/** A demonstration clock is the hub's: today there, as `AAAA-MM-JJ`, `days` later. */
export async function dayFromNow(hub: DemoHub, days: number): Promise<string> {
  const { now } = await hub.anyone.call('status')
  return new Date(Date.parse(now) + days * 86_400_000).toISOString().slice(0, 10)
}

/** True once the canvas of a page holds something else than white paper. */
export const isDrawn = (canvas: Locator): Promise<boolean> =>
  canvas.evaluate((el) => {
    if (!(el instanceof HTMLCanvasElement) || el.width === 0) return false
    const data = el.getContext('2d')?.getImageData(0, 0, el.width, el.height).data
    for (let i = 0; data && i < data.length; i += 4)
      if ((data[i + 3] ?? 0) > 0 && (data[i] ?? 255) < 128) return true
    return false
  })
