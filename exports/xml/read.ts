import { ParseOption, type XmlAttribute, XmlDocument, XmlElement, XmlLibError, XmlXPath } from 'libxml2-wasm'
import { Refusal } from '../../core/refusal.ts'
import { parseErrorInFrench } from './messages.ts'
import { declaredEncoding, scanMarkup } from './scan.ts'

export type { XmlDocument, XmlElement } from 'libxml2-wasm'

export type ReadLimits = {
  /** Bytes; 150 MiB when not given. */
  maxBytes?: number
  /** Nested elements; 100 when not given, never above 256. */
  maxDepth?: number
}

const MIB = 1024 * 1024
const DEFAULT_MAX_BYTES = 150 * MIB
const DEFAULT_MAX_DEPTH = 100
const LIBXML_MAX_DEPTH = 256

// HUGE lifts the 10 MB limit on one text node (attached files in base64); our own scanner keeps the depth small.
const OPTIONS =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_BIG_LINES |
  ParseOption.XML_PARSE_HUGE

/**
 * Parses XML that may be hostile. No DTD, no entity, nothing external; UTF-8, ISO-8859-1/-15 and windows-1252 only.
 * Gives a libxml2 document (`root`, XPath by `find`, canonicalisation): its memory lives outside the JavaScript heap,
 * so call `dispose()`, declare it with `using`, or go through `withXml`.
 * Throws `Refusal` with code XML_EMPTY, XML_TOO_BIG, XML_ENCODING, XML_DOCTYPE, XML_TOO_DEEP or XML_MALFORMED.
 */
export function readXml(bytes: Uint8Array, limits: ReadLimits = {}): XmlDocument {
  const maxBytes = limits.maxBytes ?? DEFAULT_MAX_BYTES
  if (bytes.length === 0) throw new Refusal('XML_EMPTY', 'Le fichier est vide. Déposez-le de nouveau.')
  if (bytes.length > maxBytes) throw tooBig(bytes.length, maxBytes)
  const encoding = declaredEncoding(bytes)
  scanMarkup(bytes, Math.min(limits.maxDepth ?? DEFAULT_MAX_DEPTH, LIBXML_MAX_DEPTH))
  return parse(bytes, encoding)
}

function parse(bytes: Uint8Array, encoding: string): XmlDocument {
  try {
    return XmlDocument.fromBuffer(bytes, { option: OPTIONS, encoding })
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error
    const detail = error.details.find((d) => d.level >= 2) ?? error.details[0]
    const line = detail?.line ?? 1
    const column = detail?.col ?? 1
    const reason = parseErrorInFrench(detail?.message ?? error.message)
    throw new Refusal(
      'XML_MALFORMED',
      `Le XML est mal formé à la ligne ${line}, colonne ${column} : ${reason}. Corrigez le fichier ou demandez-en un nouvel export.`,
      { where: `ligne ${line}, colonne ${column}`, data: { line, column } },
    )
  }
}

const tooBig = (size: number, max: number): Refusal =>
  new Refusal(
    'XML_TOO_BIG',
    `Le fichier pèse ${Math.ceil(size / MIB)} Mio ; la limite est de ${Math.floor(max / MIB)} Mio. Scindez l’envoi en plusieurs fichiers.`,
    { data: { size, max } },
  )

/** Parses, hands the document to `use`, and frees it whatever happens. `use` may be asynchronous. */
export function withXml<T>(bytes: Uint8Array, use: (xml: XmlDocument) => T, limits: ReadLimits = {}): T {
  const xml = readXml(bytes, limits)
  let result: T
  try {
    result = use(xml)
  } catch (error) {
    xml.dispose()
    throw error
  }
  if (result instanceof Promise) return result.finally(() => xml.dispose()) as T
  xml.dispose()
  return result
}

const anyElement = XmlXPath.compile('*')

/** Child elements in order; `namespace` and `name` narrow when given ('' is "no namespace"). */
export function children(parent: XmlElement, namespace?: string, name?: string): XmlElement[] {
  // Not firstChild/next: the binding loses the thread at a processing instruction.
  const found: XmlElement[] = []
  for (const node of parent.find(anyElement)) {
    if (!(node instanceof XmlElement)) continue
    if (name !== undefined && node.name !== name) continue
    if (namespace !== undefined && node.namespaceUri !== namespace) continue
    found.push(node)
  }
  return found
}

/** First child element of that namespace and local name, or undefined. */
export const child = (parent: XmlElement, namespace: string, name: string): XmlElement | undefined =>
  children(parent, namespace, name)[0]

const attributeNode = (element: XmlElement, namespace: string, name: string): XmlAttribute | undefined =>
  element.attrs.find((a) => a.name === name && a.namespaceUri === namespace)

/** Value of an attribute by namespace ('' for an unprefixed one) and local name, or undefined. */
export const attribute = (element: XmlElement, namespace: string, name: string): string | undefined =>
  attributeNode(element, namespace, name)?.value

/** Text content of an element and its descendants, trimmed; '' when the element is undefined. */
export const text = (element: XmlElement | undefined): string => element?.content.trim() ?? ''

/** "ligne 12": where an element starts, as a person would look for it. */
export const lineOf = (element: XmlElement): string => `ligne ${element.line}`
