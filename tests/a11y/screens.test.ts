import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDemoHub, type DemoHub } from '../builders/hub.ts'
import { accessibilityProblems, launchChromium, screenshot, type Visit } from '../e2e/browser.ts'
import { demandInterface, seen, signedIn } from '../e2e/journey.ts'

// Each screen of the demonstration commune as it opens, in the light, in the dark, and in large letters on a narrow
// window: axe finds nothing, nothing is cut off at the right, the console is silent.

let hub: DemoHub
let browser: Browser
beforeAll(async () => {
  demandInterface()
  ;[hub, browser] = await Promise.all([aDemoHub(), launchChromium()])
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
})

const looks = {
  light: { preferences: { theme: 'light', largeText: false }, size: { width: 1440, height: 900 } },
  dark: { preferences: { theme: 'dark', largeText: false }, size: { width: 1440, height: 900 } },
  large: { preferences: { theme: 'light', largeText: true }, size: { width: 1024, height: 768 } },
} as const

const places: [login: string, path: string, heading: string][] = [
  ['assemblees', '/', 'Aujourd’hui'],
  ['assemblees', '/seances', 'Séances'],
  ['assemblees', '/actes', 'Actes'],
  ['maire', '/parapheur', 'Parapheur'],
  ['finances', '/finances', 'Finances'],
  ['assemblees', '/transmissions', 'Transmissions'],
  ['assemblees', '/publication', 'Publication'],
  ['admin', '/collectivite', 'Ville de Démoville'],
  ['assemblees', '/journal', 'Journal'],
]

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

const people = new Map<string, Promise<Visit>>()
const person = (login: string): Promise<Visit> => {
  const known = people.get(login) ?? signedIn(browser, hub, login, '/')
  people.set(login, known)
  return known
}

describe.each(Object.entries(looks))('%s', (look, { preferences, size }) => {
  test.each(places)('%s opens %s', async (login, path, heading) => {
    const { page, errors } = await person(login)
    await page.setViewportSize(size)
    await page.evaluate((kept) => localStorage.setItem('echarpe.display', kept), JSON.stringify(preferences))
    await page.goto(hub.url + path)
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
    await page.getByText('Chargement…').waitFor({ state: 'hidden' })
    expect(await accessibilityProblems(page)).toEqual([])
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await screenshot(page, `a11y-${look}-${path.slice(1) || 'aujourd-hui'}`)
    expect(errors.all).toEqual([])
  })
})

test('the palette finds a place, a sitting and an act from the keyboard', async () => {
  const { page, errors, context } = await signedIn(browser, hub, 'assemblees', '/')
  await page.getByRole('heading', { name: 'Aujourd’hui', level: 1 }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type('conseil')
  await page
    .getByRole('menuitem', { name: /Conseil municipal/ })
    .first()
    .waitFor()
  await seen(page, 'a11y-palette')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(errors.all).toEqual([])
  await context.close()
})
