import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { AxeResults, RunOptions } from 'axe-core'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { chromiumPath } from '../../scripts/system.ts'

const root = path.resolve(import.meta.dirname, '../..')

const french: BrowserContextOptions = { locale: 'fr-FR', timezoneId: 'Europe/Paris', reducedMotion: 'reduce' }

/** The two screens that every page is tested on: an agent's desktop, and a councillor's tablet in landscape. */
export const screens = {
  desktop: { ...french, viewport: { width: 1440, height: 900 } },
  tablet: {
    ...french,
    viewport: { width: 1180, height: 820 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
  },
} as const satisfies Record<string, BrowserContextOptions>

export type ScreenName = keyof typeof screens

/** Starts the system's Chromium without any of its calls home. `extraArgs` are further command-line switches. */
export async function launchChromium(extraArgs: readonly string[] = []): Promise<Browser> {
  const executablePath = chromiumPath()
  if (!executablePath)
    throw new Error('Chromium manque : installez le paquet chromium, ou indiquez CHROMIUM_PATH.')
  return chromium.launch({
    executablePath,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
      ...extraArgs,
    ],
  })
}

export type Visit = { context: BrowserContext; page: Page; errors: ConsoleErrors }

/** A fresh person on a fresh device: their own cookies and storage, one page, and its errors collected. */
export async function visit(
  browser: Browser,
  screen: ScreenName,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ ...screens[screen], ...options })
  context.setDefaultTimeout(10_000) // shorter than a test's own limit, so that the useful message is the one seen
  const page = await context.newPage()
  return { context, page, errors: collectErrors(page) }
}

export type ConsoleErrors = {
  /** What went wrong in the page so far: errors in the console, uncaught exceptions, requests that found nobody. */
  all: readonly string[]
  /** Forgets what was seen, after a step that is meant to fail (a refused request is an error in the console). */
  forget: () => void
}

/** Collects the errors of a page from now on. End a journey with `expect(errors.all).toEqual([])`. */
export function collectErrors(page: Page): ConsoleErrors {
  const all: string[] = []
  page.on('pageerror', (error) => all.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') all.push(`${message.text()} (${message.location().url})`)
  })
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? ''
    // leaving a page ends its live stream: that is no fault
    if (reason !== 'net::ERR_ABORTED') all.push(`${request.method()} ${request.url()} : ${reason}`)
  })
  return { all, forget: () => all.splice(0) }
}

const axeSource = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')

type AxeWindow = { axe?: { run: (context: Document, options: RunOptions) => Promise<AxeResults> } }

/**
 * Everything that axe finds wrong on the page as it is now, one readable line each: every rule, every impact, every
 * part of the page. Empty when the page is clean.
 */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(`if (!globalThis.axe) { ${axeSource} }`)
  const results = await page.evaluate(async () => {
    const { axe } = globalThis as AxeWindow
    if (!axe) throw new Error('axe is not in the page')
    return axe.run(document, { resultTypes: ['violations'] })
  })
  return results.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.impact ?? '?'} · ${rule.id} · ${node.target.join(' ')} · ${rule.help}`),
  )
}

/** Throws, with the whole list, unless axe finds nothing at all. */
export async function expectAccessible(page: Page): Promise<void> {
  const problems = await accessibilityProblems(page)
  if (problems.length === 0) return
  throw new Error(`${page.url()} : ${problems.length} défaut(s) d’accessibilité\n${problems.join('\n')}`)
}

/** Keeps what the page looks like in out/screens/NAME.png, for eyes. `name` says journey, step and screen. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const file = path.join(root, 'out/screens', `${name}.png`)
  mkdirSync(path.dirname(file), { recursive: true })
  await page.screenshot({ path: file, animations: 'disabled' })
  return file
}
