import {
  PDFArray,
  PDFContext,
  PDFDict,
  PDFName,
  PDFNull,
  type PDFObject,
  PDFObjectParser,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from '@cantoo/pdf-lib'
import { SigningError } from '../types.ts'
import { StrictParser } from './parser.ts'
import {
  asText,
  damaged,
  decodeFlate,
  numberOf,
  readXrefStream,
  readXrefTable,
  type XrefEntry,
  type XrefSection,
} from './xref.ts'

/**
 * A PDF read through its cross-reference chain only, the way a viewer does (never by scanning for objects:
 * what a scan finds and what a viewer shows can differ, and that difference is an attack).
 */
export type PdfReader = {
  readonly bytes: Uint8Array
  /** Newest section first. */
  readonly sections: readonly XrefSection[]
  readonly entries: ReadonlyMap<number, XrefEntry>
  /** The newest trailer. */
  readonly trailer: PDFDict
  readonly startxref: number
  /** One more than the highest object number in use or announced. */
  readonly size: number
  readonly context: PDFContext
  /** Follows references; `undefined` for null, free and undefined objects. Throws `pdf-endommage`. */
  resolve(value: PDFObject | undefined): PDFObject | undefined
  dict(value: PDFObject | undefined): PDFDict | undefined
  array(value: PDFObject | undefined): PDFArray | undefined
  number(value: PDFObject | undefined): number | undefined
}

/** True when the bytes announce a PDF (`%PDF-` in the first kilobyte). */
export const looksLikePdf = (bytes: Uint8Array): boolean => asText(bytes, 0, 1024).includes('%PDF-')

/** Shorthand for a PDF name. */
export const name = (text: string): PDFName => PDFName.of(text)

/**
 * Opens a PDF strictly. Throws SigningError: `pas-un-pdf`, `pdf-endommage`, `pdf-chiffre`.
 * Objects are parsed when asked for, so a 40 MB scan costs its structure only.
 */
export function openPdf(bytes: Uint8Array): PdfReader {
  if (!looksLikePdf(bytes))
    throw new SigningError('pas-un-pdf', 'Ce fichier n’est pas un PDF : il ne commence pas par « %PDF- ».')
  if (asText(bytes, 0, 5) !== '%PDF-') throw damaged('des octets étrangers précèdent l’en-tête « %PDF- »')
  const startxref = findStartxref(bytes)
  const context = PDFContext.create()
  const cache = new Map<number, PDFObject>()
  const opening = new Set<number>()
  const entries = new Map<number, XrefEntry>()
  const streams = new Map<number, Map<number, PDFObject>>()

  const resolve = (value: PDFObject | undefined): PDFObject | undefined => {
    let current = value
    for (let hop = 0; current instanceof PDFRef; hop++) {
      if (hop > 32) throw damaged('des références tournent en rond')
      current = load(current)
    }
    return current === undefined || current === PDFNull ? undefined : current
  }
  const load = (ref: PDFRef): PDFObject | undefined => {
    const entry = entries.get(ref.objectNumber)
    if (!entry || entry.kind === 'free') return undefined
    if (entry.kind === 'offset' && entry.generation !== ref.generationNumber) return undefined
    const known = cache.get(ref.objectNumber)
    if (known) return known
    if (opening.has(ref.objectNumber)) throw damaged('un objet dépend de lui-même')
    opening.add(ref.objectNumber)
    try {
      const object =
        entry.kind === 'offset'
          ? parseIndirect(bytes, entry.offset, context, ref.objectNumber, lengthOf).object
          : fromStream(entry.stream, ref.objectNumber)
      if (object) cache.set(ref.objectNumber, object)
      return object
    } finally {
      opening.delete(ref.objectNumber)
    }
  }
  const lengthOf = (value: PDFObject | undefined) => numberOf(resolve(value))
  const fromStream = (stream: number, wanted: number): PDFObject | undefined => {
    let objects = streams.get(stream)
    if (!objects) {
      const container = resolve(PDFRef.of(stream, 0))
      if (!(container instanceof PDFRawStream)) throw damaged('un flux d’objets est absent')
      objects = parseObjectStream(container, context)
      streams.set(stream, objects)
    }
    return objects.get(wanted)
  }

  const sections = readSections(bytes, startxref, context)
  for (const section of sections)
    for (const [number, entry] of section.entries) if (!entries.has(number)) entries.set(number, entry)
  const trailer = sections[0]?.trailer
  if (!trailer) throw damaged('il n’a pas de table des références')
  if (trailer.has(name('Encrypt')) || sections.some((s) => s.trailer.has(name('Encrypt'))))
    throw new SigningError(
      'pdf-chiffre',
      'Ce PDF est protégé (chiffré), même s’il s’ouvre sans mot de passe : le signer ou le vérifier l’abîmerait. Retirez la protection dans le logiciel qui l’a produit.',
    )
  let size = 1
  for (const section of sections) size = Math.max(size, numberOf(section.trailer.get(name('Size'))) ?? 0)
  for (const number of entries.keys()) size = Math.max(size, number + 1)
  context.largestObjectNumber = size - 1
  checkOffsets(bytes, entries)

  const reader: PdfReader = {
    bytes,
    sections,
    entries,
    trailer,
    startxref,
    size,
    context,
    resolve,
    dict: (value) => {
      const found = resolve(value)
      return found instanceof PDFDict ? found : found instanceof PDFStream ? found.dict : undefined
    },
    array: (value) => {
      const found = resolve(value)
      return found instanceof PDFArray ? found : undefined
    },
    number: (value) => numberOf(resolve(value)),
  }
  if (!reader.dict(trailer.get(name('Root')))) throw damaged('son catalogue est introuvable')
  return reader
}

function findStartxref(bytes: Uint8Array): number {
  const tailFrom = Math.max(0, bytes.length - 2048)
  const tail = asText(bytes, tailFrom, 2048)
  const last = [...tail.matchAll(/startxref[ \t\r\n]+(\d+)[ \t\r\n]+%%EOF/g)].at(-1)
  if (!last) throw damaged('la fin du fichier manque (fichier tronqué)')
  const after = tail.slice(last.index + last[0].length)
  if (/\bobj\b|startxref/.test(after) || after.trim().length > 1024)
    throw damaged('des données incomplètes suivent la fin du document')
  const offset = Number(last[1])
  if (offset >= bytes.length) throw damaged('sa table des références est hors du fichier')
  return offset
}

function readSections(bytes: Uint8Array, startxref: number, context: PDFContext): XrefSection[] {
  const sections: XrefSection[] = []
  const seen = new Set<number>()
  const queue = [startxref]
  for (let offset = queue.shift(); offset !== undefined; offset = queue.shift()) {
    if (seen.has(offset)) throw damaged('ses tables de références tournent en rond')
    seen.add(offset)
    if (seen.size > 4096) throw damaged('il contient trop de révisions')
    const section = readSection(bytes, offset, context)
    const hybrid = numberOf(section.trailer.get(name('XRefStm')))
    if (hybrid !== undefined && section.form === 'table') {
      // In a hybrid file the table declares free what only the stream knows.
      const merged = new Map(readSection(bytes, hybrid, context).entries)
      for (const [number, entry] of section.entries)
        if (entry.kind !== 'free' || !merged.has(number)) merged.set(number, entry)
      sections.push({ ...section, entries: merged })
    } else sections.push(section)
    const prev = numberOf(section.trailer.get(name('Prev')))
    if (prev !== undefined) queue.push(prev)
  }
  return sections
}

function readSection(bytes: Uint8Array, offset: number, context: PDFContext): XrefSection {
  if (asText(bytes, offset, 4) === 'xref') {
    const { entries, trailerOffset } = readXrefTable(bytes, offset)
    const trailer = parse(bytes, trailerOffset, context)
    if (!(trailer instanceof PDFDict)) throw damaged('sa table des références n’a pas de « trailer »')
    return { offset, form: 'table', trailer, entries }
  }
  const { object } = parseIndirect(bytes, offset, context, undefined, numberOf)
  if (!(object instanceof PDFRawStream) || object.dict.get(name('Type')) !== name('XRef'))
    throw damaged('sa table des références est introuvable')
  return { offset, form: 'stream', trailer: object.dict, entries: readXrefStream(object) }
}

function parse(bytes: Uint8Array, offset: number, context: PDFContext): PDFObject {
  try {
    return PDFObjectParser.forBytes(bytes.subarray(offset), context).parseObject()
  } catch (cause) {
    throw damaged(`l’objet placé à l’octet ${offset} est illisible`, cause)
  }
}

/** Parses `N G obj …` at `offset`; checks the number when it is known. */
function parseIndirect(
  bytes: Uint8Array,
  offset: number,
  context: PDFContext,
  expected: number | undefined,
  lengthOf: (value: PDFObject | undefined) => number | undefined,
): { object: PDFObject } {
  const head = /^\s*(\d+)\s+(\d+)\s+obj/.exec(asText(bytes, offset, 64))
  if (!head || (expected !== undefined && Number(head[1]) !== expected))
    throw damaged(`l’objet ${expected ?? ''} n’est pas à l’endroit annoncé (octet ${offset})`)
  try {
    return {
      object: new StrictParser(bytes.subarray(offset + head[0].length), context, lengthOf).parseObject(),
    }
  } catch (cause) {
    if (cause instanceof SigningError) throw cause
    throw damaged(`l’objet placé à l’octet ${offset} est illisible`, cause)
  }
}

function parseObjectStream(container: PDFRawStream, context: PDFContext): Map<number, PDFObject> {
  const data = decodeFlate(container)
  const count = numberOf(container.dict.get(name('N'))) ?? 0
  const first = numberOf(container.dict.get(name('First'))) ?? 0
  const header = asText(data, 0, first).trim().split(/\s+/).map(Number)
  const objects = new Map<number, PDFObject>()
  for (let i = 0; i < count; i++) {
    const number = header[2 * i]
    const offset = header[2 * i + 1]
    if (number === undefined || offset === undefined) throw damaged('un flux d’objets est tronqué')
    if (!objects.has(number)) objects.set(number, parse(data, first + offset, context))
  }
  return objects
}

/** Every object in use must stand where the table says: catches truncated, joined and line-end-converted files. */
function checkOffsets(bytes: Uint8Array, entries: ReadonlyMap<number, XrefEntry>): void {
  for (const [number, entry] of entries) {
    if (entry.kind !== 'offset' || number === 0 || entry.offset === 0) continue
    const head = /^\s*(\d+)\s+\d+\s+obj/.exec(asText(bytes, entry.offset, 40))
    if (!head || Number(head[1]) !== number)
      throw damaged(`l’objet ${number} n’est pas à l’endroit annoncé (octet ${entry.offset})`)
  }
}
