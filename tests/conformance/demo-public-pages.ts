import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { accessibilityProblems, launchChromium, visit } from '../e2e/browser.ts'

/**
 * Opens the published pages of a folder in Chromium as files, at desktop and tablet size, and gives everything that is
 * wrong: a link that leads nowhere or outside, what axe finds, errors in the console.
 */
export async function publicPageProblems(folder: string, pages: readonly string[]): Promise<string[]> {
  const problems: string[] = []
  const browser = await launchChromium()
  try {
    for (const screen of ['desktop', 'tablet'] as const) {
      // The pages forbid scripts by their own policy: axe needs a context that sets it aside.
      const { page, errors, context } = await visit(browser, screen, { bypassCSP: true })
      for (const name of pages) {
        await page.goto(pathToFileURL(path.join(folder, name)).href)
        const links = await page.$$eval('a[href]', (all) => all.map((a) => (a as HTMLAnchorElement).href))
        for (const link of links)
          if (!leadsSomewhere(folder, link)) problems.push(`${name} : ${link} ne mène nulle part`)
        if ((await page.locator('h1').count()) !== 1) problems.push(`${name} : pas un seul titre`)
        for (const problem of await accessibilityProblems(page)) problems.push(`${name} : ${problem}`)
      }
      problems.push(...errors.all)
      await context.close()
    }
  } finally {
    await browser.close()
  }
  return problems
}

function leadsSomewhere(folder: string, link: string): boolean {
  if (/^(https|mailto|tel):/.test(link)) return true
  const url = new URL(link)
  url.hash = ''
  if (url.protocol !== 'file:') return false
  const file = fileURLToPath(url)
  return !path.relative(folder, file).startsWith('..') && existsSync(file)
}
