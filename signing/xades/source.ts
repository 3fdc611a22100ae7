import { ParseOption, XmlDocument, XmlLibError } from 'libxml2-wasm'
import { refuse } from './refuse.ts'

/**
 * An element of a signed file, known by its place in the bytes. Offsets count bytes of the file:
 * `start`…`openEnd` is the start tag, `closeStart`…`end` the end tag (equal when the tag closes itself).
 */
export type SourceElement = {
  readonly name: string
  readonly parent: SourceElement | undefined
  readonly children: SourceElement[]
  readonly start: number
  openEnd: number
  closeStart: number
  end: number
}

/** A file read for signature. `text` holds one character per byte, so that offsets in it are byte offsets. */
export type XmlSource = {
  readonly bytes: Uint8Array
  readonly text: string
  readonly encoding: 'ISO-8859-1' | 'UTF-8'
  readonly root: SourceElement
  readonly elements: readonly SourceElement[]
}

export const MAX_BYTES = 160 * 1024 * 1024
const MAX_DEPTH = 200
const MAX_ELEMENTS = 5_000_000
const NAME_END = /[\s/>]/g

/**
 * Opens an XML file for signature or verification, without changing it.
 * Refuses (SigningError): empty or too large file, DTD, encoding other than ISO-8859-1, UTF-8 or ASCII, malformed XML.
 */
export function openSource(bytes: Uint8Array): XmlSource {
  if (bytes.length === 0) throw refuse('xml-empty', 'Le fichier est vide.')
  if (bytes.length > MAX_BYTES)
    throw refuse(
      'xml-too-large',
      `Le fichier dépasse ${MAX_BYTES / 1024 / 1024} Mio : il ne peut pas être signé.`,
    )
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const encoding = encodingOf(text)
  const elements = scan(text)
  assertWellFormed(bytes)
  return { bytes, text, encoding, root: elements[0]!, elements }
}

function encodingOf(text: string): XmlSource['encoding'] {
  if (/^(\xff\xfe|\xfe\xff|\0<|<\0)/.test(text))
    throw refuse('xml-encoding', 'Le fichier est en UTF-16. Enregistrez-le en ISO-8859-1.', 'ligne 1')
  const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(text)?.[1]
  switch ((declared ?? 'UTF-8').toUpperCase()) {
    case 'UTF-8':
    case 'US-ASCII':
      return 'UTF-8'
    case 'ISO-8859-1':
      return 'ISO-8859-1'
    default:
      throw refuse(
        'xml-encoding',
        `L’encodage « ${declared} » n’est pas accepté. Utilisez ISO-8859-1.`,
        'ligne 1',
      )
  }
}

// XML without DTD has so small a grammar that a scan gives exact places; libxml2 then confirms that the whole is well formed.
function scan(text: string): SourceElement[] {
  const elements: SourceElement[] = []
  const names = new Map<string, string>()
  let current: SourceElement | undefined
  let depth = 0
  let at = 0
  const after = (marker: string, from: number): number => {
    const found = text.indexOf(marker, from)
    if (found < 0) throw malformed(text, from)
    return found + marker.length
  }
  for (;;) {
    const open = text.indexOf('<', at)
    if (open < 0) break
    if (text.startsWith('<!--', open)) at = after('-->', open + 4)
    else if (text.startsWith('<![CDATA[', open)) at = after(']]>', open + 9)
    else if (text.startsWith('<?', open)) at = after('?>', open + 2)
    else if (text[open + 1] === '!')
      throw refuse(
        'xml-doctype',
        'Le fichier contient une déclaration DOCTYPE ou d’entité, interdite. Retirez-la.',
        place(text, open),
      )
    else if (text[open + 1] === '/') {
      at = after('>', open)
      if (!current || text.slice(open + 2, at - 1).trimEnd() !== current.name) throw malformed(text, open)
      current.closeStart = open
      current.end = at
      current = current.parent
      depth--
    } else {
      const close = tagEnd(text, open)
      NAME_END.lastIndex = open + 1
      const raw = text.slice(open + 1, NAME_END.exec(text)!.index)
      // One string per name: a volume flow repeats a hundred names a million times.
      let name = names.get(raw)
      if (name === undefined) {
        name = raw
        names.set(raw, raw)
      }
      if (!current && elements.length > 0) throw malformed(text, open)
      const element: SourceElement = {
        name,
        parent: current,
        children: [],
        start: open,
        openEnd: close,
        closeStart: close,
        end: close,
      }
      elements.push(element)
      current?.children.push(element)
      if (text[close - 2] !== '/') {
        current = element
        depth++
      }
      if (depth > MAX_DEPTH || elements.length > MAX_ELEMENTS)
        throw refuse(
          'xml-too-deep',
          'Le fichier est anormalement profond ou volumineux : il est refusé.',
          place(text, open),
        )
      at = close
    }
  }
  if (elements.length === 0 || current) throw malformed(text, text.length)
  return elements
}

// Character by character: a volume flow has a million tags, and a quoted value may hold a '>'.
function tagEnd(text: string, open: number): number {
  let quote = 0
  for (let at = open + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === 0x22 || code === 0x27) quote = code
    else if (code === 0x3e) return at + 1
  }
  throw malformed(text, open)
}

function assertWellFormed(bytes: Uint8Array): void {
  try {
    XmlDocument.fromBuffer(bytes, { option: PARSE }).dispose()
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error
    const line = error.details[0]?.line
    throw refuse(
      'xml-malformed',
      `Le fichier n’est pas un XML bien formé : ${error.message.trim()}`,
      line ? `ligne ${line}` : '',
    )
  }
}

// HUGE: a supporting document is one text node of more than 10 MB. Safe here, since any DTD was refused before.
export const PARSE: ParseOption =
  ParseOption.XML_PARSE_HUGE |
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_BIG_LINES

const malformed = (text: string, offset: number) =>
  refuse(
    'xml-malformed',
    'Le fichier n’est pas un XML bien formé : il est tronqué ou une balise est mal fermée.',
    place(text, offset),
  )

/** `ligne N` (from 1) of a byte offset. */
export function place(text: string, offset: number): string {
  return `ligne ${lineOf(text, offset)}`
}

/** Line number, from 1, of a byte offset. */
export function lineOf(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}
