import { describe, expect, test } from 'vitest'
import { externalLink, sameOrigin } from './web-links.ts'

describe('sameOrigin', () => {
  test.each([
    ['http://127.0.0.1:4280/seances', true],
    ['http://127.0.0.1:4281/', false],
    ['https://127.0.0.1:4280/', false],
    ['http://127.0.0.1:4280@example.org/', false],
    ['http://127.0.0.1:4280.example.org/', false],
    ['file:///etc/hostname', false],
    ['about:blank', false],
    ['', false],
  ])('%s', (url, same) => {
    expect(sameOrigin(url, 'http://127.0.0.1:4280')).toBe(same)
  })

  test('nothing has the origin of a hub that does not run', () => {
    expect(sameOrigin('http://127.0.0.1:4280/', undefined)).toBe(false)
  })
})

describe('externalLink', () => {
  test.each(['https://www.legifrance.gouv.fr/codes', 'http://example.org/?q=é'])('%s may open', (url) => {
    expect(externalLink(url)).toBe(new URL(url).href)
  })

  test.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'mailto:x@example.org',
    'ms-settings:',
    'https://user:secret@example.org/',
    'pas une adresse',
  ])('%s may not', (url) => {
    expect(externalLink(url)).toBeUndefined()
  })
})
