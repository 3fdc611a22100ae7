import { createServer, type Server } from 'node:http'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessibilityProblems, expectAccessible, launchChromium, visit } from './browser.ts'

// The instruments that judge our pages must themselves be seen to judge.

const page = (body: string) =>
  `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title><link rel="icon" href="data:,"></head><body><main>${body}</main></body></html>`
const pages: Record<string, string> = {
  '/sain': page('<h1>Séance</h1><label>Nom <input></label><button>Convoquer</button>'),
  '/grave': page('<h1>Séance</h1><input><img src="data:,">'),
  '/modere': page('<h1>Séance</h1><h4>Trop profond</h4>'),
  '/contraste': page('<h1>Séance</h1><p style="color:#999;background:#fff">à peine lisible</p>'),
  '/fautif': page(
    '<h1>Séance</h1><script>console.error("perdu"); fetch("/absent"); setTimeout(() => { throw new Error("cassé") })</script>',
  ),
}

let server: Server
let base: string
let browser: Browser

beforeAll(async () => {
  server = createServer((request, response) => {
    const html = pages[request.url ?? '']
    response.writeHead(html ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      // as strict as the hub's, since axe must run in spite of it
      ...(request.url === '/fautif'
        ? {}
        : {
            'content-security-policy': "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:",
          }),
    })
    response.end(html ?? 'absent')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  base = `http://127.0.0.1:${address.port}`
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  server.close()
})

describe('the accessibility check', () => {
  test('finds nothing on a sound page, on both screens', async () => {
    for (const screen of ['desktop', 'tablet'] as const) {
      const { page, context } = await visit(browser, screen)
      await page.goto(`${base}/sain`)
      await expectAccessible(page)
      await context.close()
    }
  })

  test.each([
    ['/grave', ['label', 'image-alt']],
    ['/modere', ['heading-order']],
    ['/contraste', ['color-contrast']],
  ])('finds what is wrong on %s', async (url, rules) => {
    const { page, context } = await visit(browser, 'desktop')
    await page.goto(base + url)
    const problems = await accessibilityProblems(page)
    for (const rule of rules) expect(problems.join('\n')).toContain(`· ${rule} ·`)
    await expect(expectAccessible(page)).rejects.toThrow('accessibilité')
    await context.close()
  })
})

test('errors of a page are collected', async () => {
  const { page, errors, context } = await visit(browser, 'desktop')
  await page.goto(`${base}/fautif`)
  await expect.poll(() => errors.all.join('\n')).toMatch(/cassé/)
  await expect.poll(() => errors.all.join('\n')).toMatch(/404/)
  expect(errors.all.join('\n')).toContain('perdu')
  errors.forget()
  expect(errors.all).toEqual([])
  await context.close()
})

test('the tablet is a tablet, in French', async () => {
  const { page, context } = await visit(browser, 'tablet')
  await page.goto(`${base}/sain`)
  const seen = await page.evaluate(() => ({
    touch: navigator.maxTouchPoints > 0,
    coarse: matchMedia('(pointer: coarse)').matches,
    width: innerWidth,
    language: navigator.language,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }))
  expect(seen).toMatchObject({ touch: true, coarse: true, language: 'fr-FR', zone: 'Europe/Paris' })
  await context.close()
})
