import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { contentSecurityPolicy, escapeHtml, safeHref, sizeText } from './html.ts'
import { renderActPage, renderPublicationIndex } from './render.ts'
import { aPublishedAct, democity } from './sample-act.ts'

const act = (changes = {}) => renderActPage({ authority: democity, act: aPublishedAct(changes) })

describe('what R. 2131-1 asks is legible', () => {
  const html = act()
  test.each([
    ['author', 'Jeanne Exemple, maire'],
    ['putting online', 'lundi 14 décembre 2026 à 9\u00a0h\u00a030'],
    ['the whole act', 'href="D2026_0112.pdf"'],
    ['fingerprint', 'a'.repeat(64)],
    ['enforceability', 'Cet acte est exécutoire'],
    ['identifier of the prefecture', '045-214599999-20261210-D2026_0112-DE'],
    ['remedies', 'dans les deux mois qui suivent sa publication'],
    ['court', 'tribunal administratif d’Orléans'],
    ['signatories', 'Paul Modèle, secrétaire de séance et Jeanne Exemple, maire'],
  ])('%s', (_, text) => expect(html).toContain(text))
})

test('an act that waits for a formality is not said enforceable', () => {
  const html = act({
    enforceableFrom: null,
    transmission: { transmissible: true, sentAt: null, receivedOn: null, actId: null },
  })
  expect(html).toContain('n’est pas encore exécutoire')
  expect(html).not.toContain('Cet acte est exécutoire')
  expect(html).not.toContain('Reçu par la préfecture')
})

test('a refused draft has no effect', () => {
  expect(act({ outcome: 'refused', enforceableFrom: null })).toContain('ne produit pas d’effet')
})

test('everything a person typed is escaped', () => {
  const nasty = `<script>alert(1)</script>"onload='x'&amp;`
  const html = act({
    title: nasty,
    number: nasty,
    body: nasty,
    author: { firstName: nasty, lastName: nasty, capacity: nasty },
    signatories: [{ name: nasty, capacity: nasty }],
    annexes: [{ href: 'a.pdf', title: nasty, size: 1, sha256: nasty }],
  })
  const index = renderPublicationIndex({
    authority: { ...democity, name: nasty },
    acts: [aPublishedAct({ title: nasty })],
  })
  for (const text of [html, index]) {
    expect(text).not.toMatch(/<script|onload='/)
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;onload=&#39;x&#39;&amp;amp;')
  }
})

test('no script, no outside resource, and a policy that names the one style', () => {
  const html = act()
  expect(html).not.toMatch(/<script|<img|@import|url\(|https?:\/\//)
  const style = /<style>([\s\S]*)<\/style>/.exec(html)?.[1] ?? ''
  const hash = createHash('sha256').update(style, 'utf8').digest('base64')
  expect(contentSecurityPolicy).toContain(`'sha256-${hash}'`)
  expect(html).toContain(escapeHtml(contentSecurityPolicy))
})

test('the list is grouped by sitting, most recent first, then by number', () => {
  const html = renderPublicationIndex({
    authority: democity,
    acts: [
      aPublishedAct({ number: 'D2026_0009', decidedOn: '2026-03-05', title: 'Ancienne' }),
      aPublishedAct({ number: 'D2026_0113', title: 'Seconde' }),
      aPublishedAct({ number: 'D2026_0112', title: 'Première' }),
      aPublishedAct({ number: 'B1', body: 'Bureau', title: 'Du bureau' }),
    ],
  })
  const order = ['Du bureau', 'Première', 'Seconde', 'Ancienne'].map((title) => html.indexOf(`>${title}</a>`))
  expect(order).toEqual([...order].sort((a, b) => a - b))
  expect(order[0]).toBeGreaterThan(0)
  expect(html.match(/<h2/g)).toHaveLength(3)
  expect(html).toContain('4 actes')
})

test('an empty list says so, one act is singular', () => {
  expect(renderPublicationIndex({ authority: democity, acts: [] })).toContain(
    'Aucun acte n’est encore publié.',
  )
  expect(renderPublicationIndex({ authority: democity, acts: [aPublishedAct()] })).toContain('1 acte,')
})

describe('links stay in the published folder', () => {
  test.each([
    'javascript:alert(1)',
    'https://example.org/a.pdf',
    '/etc/passwd',
    '../secret.pdf',
    'a/../../b.pdf',
    'a\\b.pdf',
    '',
    'a//b',
  ])('refuses %j', (href) => expect(() => safeHref(href)).toThrow('ne reste pas dans le dossier publié'))
  test.each([
    ['2026/D2026_0112.pdf', '2026/D2026_0112.pdf'],
    ['Budget été 2027.pdf', 'Budget%20%C3%A9t%C3%A9%202027.pdf'],
    ['a%20b.pdf', 'a%20b.pdf'],
    ['100%.pdf', '100%25.pdf'],
  ])('%s gives %s', (href, expected) => expect(safeHref(href)).toBe(expected))
  test('a page may climb to the list', () => expect(safeHref('../index.html', 1)).toBe('../index.html'))
  test('a bad link of an act is refused', () =>
    expect(() => act({ document: { href: 'javascript:x', title: '', size: 1, sha256: '' } })).toThrow())
})

test('sizes in French', () => {
  expect([12, 98_000, 1_340_000].map(sizeText)).toEqual(['12\u00a0octets', '98\u00a0Ko', '1,3\u00a0Mo'])
})
