import { Refusal } from '../../core/refusal.ts'

const LT = 0x3c
const GT = 0x3e
const SLASH = 0x2f
const BANG = 0x21
const QUESTION = 0x3f
const NEWLINE = 0x0a

/** Character sets we read; all are supersets of ASCII, so markup can be scanned byte by byte. */
const READABLE = [
  'utf-8',
  'utf8',
  'us-ascii',
  'ascii',
  'iso-8859-1',
  'latin1',
  'iso-8859-15',
  'windows-1252',
  'cp1252',
]

const encodingRefusal = (found: string): Refusal =>
  new Refusal(
    'XML_ENCODING',
    `Le jeu de caractères du fichier (${found}) n’est pas accepté. Enregistrez le fichier en UTF-8 ou en ISO-8859-1.`,
    { where: 'ligne 1' },
  )

/**
 * Character set of an XML file, lower case, from its byte order mark or its declaration ('utf-8' when it says nothing).
 * Refuses (`XML_ENCODING`) UTF-16, UTF-32, EBCDIC and every set that is not a superset of ASCII.
 */
export function declaredEncoding(bytes: Uint8Array): string {
  const [a, b, c, d] = bytes
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) throw encodingRefusal('UTF-16')
  if (a === 0 || b === 0 || c === 0 || d === 0) throw encodingRefusal('UTF-16 ou UTF-32')
  if (a === 0x4c && b === 0x6f && c === 0xa7) throw encodingRefusal('EBCDIC')
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 300)).toString('latin1')
  const marked = head.startsWith('\xef\xbb\xbf')
  const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']/.exec(head)?.[1]
  const encoding = declared?.toLowerCase() ?? 'utf-8'
  if (!READABLE.includes(encoding) || (marked && !encoding.startsWith('utf')))
    throw encodingRefusal(declared ?? head.slice(0, 20))
  return encoding
}

const indexOfText = (bytes: Uint8Array, text: string, from: number): number =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(text, from, 'latin1')

/** Line of a byte offset, counted from 1. */
function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1
  for (let at = bytes.indexOf(NEWLINE); at !== -1 && at < offset; at = bytes.indexOf(NEWLINE, at + 1)) line++
  return line
}

const startsWith = (bytes: Uint8Array, at: number, text: string): boolean => {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false
  return true
}

/** Offset just after the tag that opens at `at`; quotes may hold '>'. Returns the length when the tag never ends. */
function endOfTag(bytes: Uint8Array, at: number): number {
  let quote = 0
  for (let i = at; i < bytes.length; i++) {
    const byte = bytes[i]
    if (quote !== 0) {
      if (byte === quote) quote = 0
    } else if (byte === 0x22 || byte === 0x27) quote = byte
    else if (byte === GT) return i + 1
  }
  return bytes.length
}

/**
 * Cheap pass over the bytes before any parser sees them: refuses a DOCTYPE (`XML_DOCTYPE`) and nesting beyond
 * `maxDepth` (`XML_TOO_DEEP`), with the line. Says nothing about well-formedness: that is the parser's work.
 */
export function scanMarkup(bytes: Uint8Array, maxDepth: number): void {
  let depth = 0
  let at = bytes.indexOf(LT)
  while (at !== -1) {
    const next = bytes[at + 1]
    let end: number
    if (next === BANG) {
      if (startsWith(bytes, at, '<!--')) end = after(bytes, '-->', at + 4)
      else if (startsWith(bytes, at, '<![CDATA[')) end = after(bytes, ']]>', at + 9)
      else throw doctypeRefusal(lineAt(bytes, at))
    } else if (next === QUESTION) end = after(bytes, '?>', at + 2)
    else if (next === SLASH) {
      depth--
      end = at + 2
    } else {
      end = endOfTag(bytes, at + 1)
      if (bytes[end - 2] !== SLASH) depth++
      if (depth > maxDepth) throw depthRefusal(maxDepth, lineAt(bytes, at))
    }
    at = bytes.indexOf(LT, end)
  }
}

function after(bytes: Uint8Array, text: string, from: number): number {
  const found = indexOfText(bytes, text, from)
  return found === -1 ? bytes.length : found + text.length
}

const doctypeRefusal = (line: number): Refusal =>
  new Refusal(
    'XML_DOCTYPE',
    `Le fichier contient une déclaration <!DOCTYPE> ou <!ENTITY> (ligne ${line}) : elle est refusée par sécurité. Demandez un fichier sans DTD ni entité.`,
    { where: `ligne ${line}` },
  )

const depthRefusal = (maxDepth: number, line: number): Refusal =>
  new Refusal(
    'XML_TOO_DEEP',
    `Les éléments sont emboîtés sur plus de ${maxDepth} niveaux (ligne ${line}) : aucun format attendu n’est aussi profond. Vérifiez l’origine du fichier.`,
    { where: `ligne ${line}` },
  )
