import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderActPage, renderPublicationIndex } from '../../exports/publication/render.ts'
import { aPublishedAct, democity } from '../../exports/publication/sample-act.ts'

const executablePath = '/usr/bin/chromium'
const required = process.env['CI'] !== undefined
const hasXmllint = spawnSync('xmllint', ['--version']).status === 0
const hasChromium = existsSync(executablePath)

const acts = [
  aPublishedAct(),
  aPublishedAct({
    number: 'D2026_0113',
    page: '2026/D2026_0113.html',
    title: 'Budget primitif <2027> & annexes',
    outcome: 'refused',
    enforceableFrom: null,
  }),
  aPublishedAct({ number: 'D2026_0090', page: '2026/D2026_0090.html', decidedOn: '2026-10-08' }),
]
const pages = {
  index: renderPublicationIndex({ authority: democity, acts }),
  act: renderActPage({ authority: democity, act: acts[0]! }),
  refused: renderActPage({ authority: democity, act: acts[1]! }),
  empty: renderPublicationIndex({ authority: democity, acts: [] }),
}
const names = Object.keys(pages) as (keyof typeof pages)[]

describe.skipIf(!hasXmllint && !required)('xmllint reads the pages as HTML', () => {
  test.each(names)('%s', (name) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'publication-'))
    const file = path.join(folder, `${name}.html`)
    writeFileSync(file, pages[name])
    const result = spawnSync('xmllint', ['--html', '--noout', file], { encoding: 'utf8' })
    // libxml2's HTML 4 reader does not know the elements of HTML 5: those lines only are set aside.
    const complaints = result.stderr
      .split('\n')
      .filter(
        (line) => / error /.test(line) && !/Tag (header|main|footer|nav|section|time) invalid/.test(line),
      )
    expect(complaints).toEqual([])
  })
})

describe.skipIf(!hasChromium && !required)('Chromium shows the pages', () => {
  let browser: Browser
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    })
  })
  afterAll(async () => browser?.close())

  test.each(
    names.flatMap((name) => (['light', 'dark'] as const).map((colorScheme) => [name, colorScheme] as const)),
  )(
    '%s, %s: axe finds nothing, the policy lets the style through and nothing else',
    async (name, colorScheme) => {
      // The page forbids scripts by its own policy: axe needs a context that sets it aside.
      const strict = await browser.newPage({ colorScheme })
      const complaints: string[] = []
      strict.on('console', (message) => complaints.push(message.text()))
      strict.on('request', (request) => {
        if (!/^(about|data):/.test(request.url())) complaints.push(request.url())
      })
      await strict.setContent(pages[name])
      const body = await strict.evaluate(() => getComputedStyle(document.body).fontFamily)
      expect(body).toContain('Georgia')
      expect(complaints).toEqual([])
      await strict.close()

      const context = await browser.newContext({
        colorScheme,
        bypassCSP: true,
        viewport: { width: 320, height: 700 },
      })
      const page = await context.newPage()
      await page.setContent(pages[name])
      await page.evaluate(axe)
      const violations = await page.evaluate(async () => {
        const runner = (
          globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }
        ).axe
        return (await runner.run()).violations
      })
      expect(violations).toEqual([])
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(overflow).toBe(0)
      await context.close()
    },
  )
})

test('the fingerprint shown is the one that the commands on the page compute', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'publication-'))
  const file = path.join(folder, 'acte.pdf')
  writeFileSync(file, '%PDF-1.7 example')
  const sum = execFileSync('shasum', ['-a', '256', file], { encoding: 'utf8' }).slice(0, 64)
  const act = aPublishedAct({ document: { href: 'acte.pdf', title: 'Acte', size: 16, sha256: sum } })
  expect(renderActPage({ authority: democity, act })).toContain(`<code>${sum}</code>`)
})
