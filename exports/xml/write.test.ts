import { describe, expect, test } from 'vitest'
import { text, withXml } from './read.ts'
import { encodeXml, toLatin1Text, toXmlText, xmlBytes, xmlRoot } from './write.ts'

describe('transliteration', () => {
  test('French typography becomes something clean in ISO-8859-1', () => {
    expect(toLatin1Text('L’œuvre – « 12 € »…')).toBe("L'oeuvre - « 12 EUR »...")
    expect(toLatin1Text('Élu, ÿ, ç, Œ')).toBe('Élu, ÿ, ç, OE')
    expect(toLatin1Text('Dvořák, Łódź, Şen')).toBe('Dvorák, Lódz, Sen')
    expect(toLatin1Text('日')).toBe('?')
  })

  test('a decomposed accent is composed first', () => {
    expect(toLatin1Text('e\u0301')).toBe('é')
  })
})

describe('bytes', () => {
  test('ISO-8859-1 gives one byte per accented letter, and a reference for what it lacks', () => {
    const bytes = xmlBytes(xmlRoot('r', { a: 'é' }).txt('é œ & <'), 'ISO-8859-1')
    expect(Buffer.from(bytes).toString('latin1')).toBe(
      '<?xml version="1.0" encoding="ISO-8859-1"?>\n<r a="é">é &#339; &amp; &lt;</r>\n',
    )
    withXml(bytes, ({ root }) => expect(text(root)).toBe('é œ & <'))
  })

  test('astral characters are one reference', () => {
    expect(Buffer.from(encodeXml('😀', 'ISO-8859-1')).toString()).toBe('&#128512;')
  })

  test('characters that XML forbids are dropped', () => {
    expect(toXmlText('a\u0000\u000bb\tc\ud800')).toBe('ab\tc\ufffd')
  })
})
