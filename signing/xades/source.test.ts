import { describe, expect, it } from 'vitest'
import { attributesOf, elementsById, namespaceOf, textOf } from './attributes.ts'
import { exampleFlow } from './flow.fixture.ts'
import { openSource } from './source.ts'
import { verifyXades } from './verify.ts'

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

describe('opening a file', () => {
  it('gives the place of each element in the bytes', () => {
    const source = openSource(exampleFlow())
    const bordereaux = source.elements.filter((e) => e.name === 'Bordereau')
    expect(bordereaux.map((e) => source.text.slice(e.closeStart, e.end))).toEqual([
      '</Bordereau>',
      '</Bordereau >',
      '</Bordereau>',
    ])
    expect([...elementsById(source).keys()]).toEqual(['FLUX1', 'BORD41', 'BORD42', 'BORDREC7'])
  })

  it('decodes attribute values and text as XML asks', () => {
    const source = openSource(
      bytes('<a x="1 &lt; 2&#10;&#xe9;\t|\r\n" y=\'"\'>a<!-- x -->&amp;<![CDATA[<&b>]]></a>'),
    )
    expect(Object.fromEntries(attributesOf(source, source.root))).toEqual({ x: '1 < 2\né | ', y: '"' })
    expect(textOf(source, source.root)).toBe('a&<&b>')
  })

  it('finds namespaces in scope', () => {
    const source = openSource(bytes('<a xmlns="urn:a" xmlns:p="urn:p"><p:b/><c xmlns=""/></a>'))
    expect(source.elements.map((e) => namespaceOf(source, e))).toEqual(['urn:a', 'urn:p', ''])
  })
})

describe('refusing a file', () => {
  const cases: [string, string][] = [
    ['xml-empty', ''],
    ['xml-doctype', '<!DOCTYPE a><a/>'],
    ['xml-doctype', '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['xml-malformed', '<a>'],
    ['xml-malformed', '<a></b>'],
    ['xml-malformed', '<a/><b/>'],
    ['xml-malformed', '<a x="1" x="2"/>'],
    ['xml-malformed', '<a>&inconnue;</a>'],
    ['xml-malformed', '<a x="'],
    ['xml-malformed', 'bonjour'],
    ['xml-malformed', '<a><!-- </a>'],
    ['xml-encoding', '<?xml version="1.0" encoding="UTF-7"?><a/>'],
    ['xml-encoding', '<\0a\0/\0>\0'],
    ['xml-too-deep', '<a>'.repeat(300)],
  ]
  for (const [code, text] of cases)
    it(`${code}: ${JSON.stringify(text.slice(0, 40))}`, () => {
      expect(() => openSource(bytes(text))).toThrow(expect.objectContaining({ name: 'SigningError', code }))
      expect(verifyXades(bytes(text), { now: new Date() })).toMatchObject({
        ok: false,
        problems: [{ code, level: 'error' }],
      })
    })
})
