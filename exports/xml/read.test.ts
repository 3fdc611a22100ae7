import { describe, expect, test } from 'vitest'
import { Refusal } from '../../core/refusal.ts'
import { attribute, child, children, lineOf, readXml, text, withXml } from './read.ts'

const bytes = (source: string): Uint8Array => new TextEncoder().encode(source)
const latin1 = (source: string): Uint8Array => new Uint8Array(Buffer.from(source, 'latin1'))

function refusalOf(source: Uint8Array, limits = {}): Refusal {
  try {
    readXml(source, limits).dispose()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('the document was accepted')
}

describe('what is read', () => {
  test('elements and attributes are found by namespace and local name, whatever the prefix', () => {
    withXml(
      bytes('<a:r xmlns:a="urn:x" xmlns="urn:y"><v/>\n<a:v a:k="1" k="2"> été </a:v></a:r>'),
      ({ root }) => {
        const found = child(root, 'urn:x', 'v')
        expect(text(found)).toBe('été')
        expect(attribute(found!, 'urn:x', 'k')).toBe('1')
        expect(attribute(found!, '', 'k')).toBe('2')
        expect(lineOf(found!)).toBe('ligne 2')
        expect(children(root).map((e) => e.namespaceUri)).toEqual(['urn:y', 'urn:x'])
      },
    )
  })

  test.each([
    ['<?xml version="1.0" encoding="ISO-8859-1"?><r>\xe9</r>', 'é'],
    ['<?xml version="1.0" encoding="windows-1252"?><r>\x9c\x80</r>', 'œ€'],
    ['<?xml version="1.0" encoding="ISO-8859-15"?><r>\xbd</r>', 'œ'],
  ])('the declared character set is obeyed: %s', (source, expected) => {
    withXml(latin1(source), ({ root }) => expect(text(root)).toBe(expected))
  })

  test('a text of more than ten megabytes is read (attached files in base64)', () => {
    withXml(bytes(`<r>${'A'.repeat(11_000_000)}</r>`), ({ root }) =>
      expect(root.content.length).toBe(11_000_000),
    )
  })

  test('markup-like text in comments, CDATA, attributes and processing instructions does not count as depth', () => {
    const noise = '<!-- <x><x><x> --><![CDATA[<x><x><x>]]><?p <x><x> ?><y a="<x>" b=\'>\'/>'.replace(
      '"<x>"',
      '"&lt;x>"',
    )
    withXml(bytes(`<r>${noise}<a/></r>`), ({ root }) => expect(children(root)).toHaveLength(2), {
      maxDepth: 2,
    })
  })
})

describe('what is refused', () => {
  test('a DTD, with its line', () => {
    const refusal = refusalOf(
      bytes('<?xml version="1.0"?>\n<!DOCTYPE r SYSTEM "http://example.invalid/x.dtd">\n<r/>'),
    )
    expect(refusal.code).toBe('XML_DOCTYPE')
    expect(refusal.where).toBe('ligne 2')
  })

  test('the billion laughs and an external entity', () => {
    const laughs = `<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><r>&b;</r>`
    expect(refusalOf(bytes(laughs)).code).toBe('XML_DOCTYPE')
    expect(refusalOf(bytes('<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><r>&f;</r>')).code).toBe(
      'XML_DOCTYPE',
    )
    expect(refusalOf(bytes('<r>&f;</r>')).message).toContain('&f; n’est pas définie')
  })

  test('a hundred thousand nested elements, before any parser', () => {
    const refusal = refusalOf(bytes('<a>'.repeat(100_000)))
    expect(refusal.code).toBe('XML_TOO_DEEP')
    expect(refusal.message).toContain('100 niveaux')
  })

  test('too many bytes', () => {
    expect(refusalOf(bytes('<r>aaaaaaaaaaaa</r>'), { maxBytes: 10 }).code).toBe('XML_TOO_BIG')
  })

  test.each([
    ['a little-endian mark', Uint8Array.of(0xff, 0xfe, 0x3c, 0)],
    ['a big-endian file without mark', Uint8Array.of(0, 0x3c, 0, 0x72)],
    ['a declaration of UTF-16', bytes('<?xml version="1.0" encoding="UTF-16"?><r/>')],
    ['a declaration of UTF-7', bytes('<?xml version="1.0" encoding="UTF-7"?><r/>')],
    ['EBCDIC', Uint8Array.of(0x4c, 0x6f, 0xa7, 0x94)],
    [
      'a mark that contradicts the declaration',
      bytes('\ufeff<?xml version="1.0" encoding="ISO-8859-1"?><r/>'),
    ],
  ])('another character set: %s', (_name, source) => {
    expect(refusalOf(source).code).toBe('XML_ENCODING')
  })

  test.each([
    ['<r>\n<a></b></r>', 'balise <a> ouverte à la ligne 2 est fermée par </b>'],
    ['<r>\n<a>', 'arrête avant la fin'],
    ['bonjour', 'aucune balise ouvrante'],
    ['<r>a & b</r>', '&amp;'],
    ['<r a="1" a="2"/>', 'répété'],
    ['<p:r/>', 'préfixe « p »'],
    ['<r/><r/>', 'après la fin'],
    ['<r>\u0001</r>', 'caractère interdit'],
  ])('a document that is not well formed: %s', (source, expected) => {
    const refusal = refusalOf(bytes(source))
    expect(refusal.code).toBe('XML_MALFORMED')
    expect(refusal.message).toContain(expected)
    expect(refusal.where).toMatch(/^ligne \d+, colonne \d+$/)
  })

  test('bytes that are not the declared UTF-8, and an empty file', () => {
    expect(refusalOf(latin1('<r>\xe9t\xe9</r>')).message).toContain('jeu de caractères annoncé')
    expect(refusalOf(new Uint8Array()).code).toBe('XML_EMPTY')
  })
})
