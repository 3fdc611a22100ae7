import { create } from 'xmlbuilder2'
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js'

export type XmlEncoding = 'ISO-8859-1' | 'UTF-8'

/** Characters of everyday French typography that ISO-8859-1 lacks, and what a reader of the prefecture gets instead. */
const replacements: Readonly<Record<string, string>> = {
  œ: 'oe',
  Œ: 'OE',
  '’': "'",
  '‘': "'",
  '‚': ',',
  '“': '"',
  '”': '"',
  '„': '"',
  '–': '-',
  '—': '-',
  '‑': '-',
  '‐': '-',
  '−': '-',
  '…': '...',
  '€': 'EUR',
  '•': '-',
  '\u202f': '\u00a0',
  '\u2009': ' ',
  '\u2002': ' ',
  '\u2003': ' ',
  '\u200b': '',
  '\u2028': ' ',
  '\u2029': ' ',
  '\ufeff': '',
  Ÿ: 'Y',
  Š: 'S',
  š: 's',
  Ž: 'Z',
  ž: 'z',
  '™': '(TM)',
  '‰': 'o/oo',
  ſ: 's',
  ﬁ: 'fi',
  ﬂ: 'fl',
  '⁄': '/',
  '×': '×',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '→': '->',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
}

const inLatin1 = (character: string): boolean => (character.codePointAt(0) ?? 0) <= 0xff

/**
 * Text that fits in ISO-8859-1 (ACTES, actes.md §4): œ→oe, ’→', –→-, €→EUR, foreign accents dropped.
 * What has no equivalent becomes « ? ». Takes and gives a JavaScript string.
 */
export function toLatin1Text(text: string): string {
  let clean = ''
  for (const character of text.normalize('NFC')) {
    if (replacements[character] !== undefined) clean += replacements[character]
    else if (inLatin1(character)) clean += character
    else {
      const base = character.normalize('NFKD').replace(/\p{M}/gu, '')
      clean += base !== '' && [...base].every(inLatin1) ? base : '?'
    }
  }
  return clean
}

/** Text without the characters that XML 1.0 forbids (control characters, lone surrogates, U+FFFE/FFFF). */
export const toXmlText = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters XML forbids
  text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')

/** A builder for a document whose root has this qualified name and these attributes (namespace declarations included). */
export const xmlRoot = (name: string, attributes: Record<string, string> = {}): XMLBuilder =>
  create({ version: '1.0' }).ele(name, attributes)

/**
 * Exact bytes of a built document, with its declaration. In ISO-8859-1 a character outside the set becomes a numeric
 * reference, so that nothing is lost; transliterate first (`toLatin1Text`) where a clean reading matters.
 */
export function xmlBytes(
  root: XMLBuilder,
  encoding: XmlEncoding,
  options: { indent?: boolean } = {},
): Uint8Array {
  const body = root
    .doc()
    .end({ headless: true, prettyPrint: options.indent ?? true, indent: '  ', newline: '\n' })
  return encodeXml(`<?xml version="1.0" encoding="${encoding}"?>\n${body}\n`, encoding)
}

/** Bytes of XML text in the given character set; in ISO-8859-1 other characters become `&#…;`. */
export function encodeXml(xml: string, encoding: XmlEncoding): Uint8Array {
  if (encoding === 'UTF-8') return new TextEncoder().encode(xml)
  const referenced = xml.replace(/[\u0100-\u{10ffff}]/gu, (character) => `&#${character.codePointAt(0)};`)
  return new Uint8Array(Buffer.from(referenced, 'latin1'))
}
