import { PDFArray, PDFDict, PDFName, PDFNumber, type PDFObject, PDFRawStream, PDFRef } from '@cantoo/pdf-lib'
import { SigningError } from '../types.ts'
import { name, type PdfReader } from './reader.ts'
import { refKey } from './xref.ts'

/**
 * An incremental update being written: the explicit list of objects that change or appear.
 * Nothing else of the document is touched.
 */
export type Revision = {
  readonly reader: PdfReader
  readonly changed: Map<number, { ref: PDFRef; object: PDFObject }>
  /** A number that no object has and that nothing refers to. */
  nextRef(): PDFRef
  put(ref: PDFRef, object: PDFObject): void
  add(object: PDFObject): PDFRef
}

/** Starts an empty revision on a document. */
export function startRevision(reader: PdfReader): Revision {
  const taken = danglingNumbers(reader)
  let next = reader.size
  const changed = new Map<number, { ref: PDFRef; object: PDFObject }>()
  const nextRef = () => {
    while (taken.has(next)) next++
    return PDFRef.of(next++, 0)
  }
  const put = (ref: PDFRef, object: PDFObject) => {
    changed.set(ref.objectNumber, { ref, object })
  }
  return {
    reader,
    changed,
    nextRef,
    put,
    add: (object) => {
      const ref = nextRef()
      put(ref, object)
      return ref
    },
  }
}

/**
 * Numbers that something refers to although no object has them (some producers leave such references).
 * Giving one of these numbers to a new object would change what the document shows.
 */
export function danglingNumbers(reader: PdfReader): Set<number> {
  const dangling = new Set<number>()
  const visit = (value: PDFObject | undefined, depth: number): void => {
    if (depth > 200) return
    if (value instanceof PDFRef) {
      const entry = reader.entries.get(value.objectNumber)
      if (!entry || entry.kind === 'free') dangling.add(value.objectNumber)
    } else if (value instanceof PDFArray) for (const item of value.asArray()) visit(item, depth + 1)
    else if (value instanceof PDFDict) for (const item of value.values()) visit(item, depth + 1)
    else if (value instanceof PDFRawStream) visit(value.dict, depth + 1)
  }
  for (const [number, entry] of reader.entries) {
    if (entry.kind === 'free') continue
    visit(reader.resolve(PDFRef.of(number, entry.kind === 'offset' ? entry.generation : 0)), 0)
  }
  return dangling
}

/** Where an object's bytes begin in the written file (the offset of `N G obj`). */
export type WrittenRevision = { bytes: Uint8Array; offsets: ReadonlyMap<string, number> }

/**
 * Appends the revision to the original bytes, cross-reference in the same form (table or stream) as the
 * document's newest section. The original bytes are an exact prefix of the result.
 */
export function writeRevision(revision: Revision): WrittenRevision {
  const { reader } = revision
  const newest = reader.sections[0]
  if (!newest) throw new SigningError('pdf-endommage', 'Le PDF n’a pas de table des références.')
  const parts: Uint8Array[] = [reader.bytes]
  let at = reader.bytes.length
  const push = (part: Uint8Array) => {
    parts.push(part)
    at += part.length
  }
  const lastByte = reader.bytes.at(-1)
  if (lastByte !== 10 && lastByte !== 13) push(ascii('\n'))
  const offsets = new Map<string, number>()
  const rows: { number: number; offset: number; generation: number }[] = []
  const items = [...revision.changed.values()].sort((a, b) => a.ref.objectNumber - b.ref.objectNumber)
  for (const { ref, object } of items) {
    offsets.set(refKey(ref), at)
    rows.push({ number: ref.objectNumber, offset: at, generation: ref.generationNumber })
    push(ascii(`${ref.objectNumber} ${ref.generationNumber} obj\n`))
    push(serialise(object))
    push(ascii('\nendobj\n'))
  }
  const highest = Math.max(reader.size - 1, ...rows.map((row) => row.number))
  const xrefOffset = at
  const trailer = PDFDict.withContext(reader.context)
  for (const key of ['Root', 'Info', 'ID']) {
    const value = inherited(reader, key)
    if (value) trailer.set(name(key), value)
  }
  trailer.set(name('Prev'), PDFNumber.of(reader.startxref))
  if (newest.form === 'table') {
    trailer.set(name('Size'), PDFNumber.of(highest + 1))
    push(ascii(`xref\n${tableRows(rows)}trailer\n`))
    push(serialise(trailer))
  } else {
    const number = highest + 1
    rows.push({ number, offset: at, generation: 0 })
    trailer.set(name('Size'), PDFNumber.of(number + 1))
    push(ascii(`${number} 0 obj\n`))
    push(serialise(xrefStream(trailer, rows)))
    push(ascii('\nendobj'))
  }
  push(ascii(`\nstartxref\n${xrefOffset}\n%%EOF\n`))
  const bytes = new Uint8Array(at)
  let cursor = 0
  for (const part of parts) {
    bytes.set(part, cursor)
    cursor += part.length
  }
  return { bytes, offsets }
}

function inherited(reader: PdfReader, key: string): PDFObject | undefined {
  for (const section of reader.sections) {
    const value = section.trailer.get(name(key))
    if (value) return value
  }
  return undefined
}

function tableRows(rows: { number: number; offset: number; generation: number }[]): string {
  let text = '0 1\n0000000000 65535 f \n'
  for (let i = 0; i < rows.length; ) {
    let j = i + 1
    while (j < rows.length && rows[j]?.number === (rows[j - 1]?.number ?? 0) + 1) j++
    text += `${rows[i]?.number} ${j - i}\n`
    for (const row of rows.slice(i, j))
      text += `${String(row.offset).padStart(10, '0')} ${String(row.generation).padStart(5, '0')} n \n`
    i = j
  }
  return text
}

function xrefStream(trailer: PDFDict, rows: { number: number; offset: number; generation: number }[]) {
  const data = new Uint8Array(rows.length * 8)
  const view = new DataView(data.buffer)
  const index = PDFArray.withContext(trailer.context)
  rows.forEach((row, i) => {
    data[i * 8] = 1
    view.setUint8(i * 8 + 1, Math.floor(row.offset / 2 ** 32))
    view.setUint32(i * 8 + 2, row.offset >>> 0)
    view.setUint16(i * 8 + 6, row.generation)
    index.push(PDFNumber.of(row.number))
    index.push(PDFNumber.of(1))
  })
  trailer.set(name('Type'), PDFName.of('XRef'))
  trailer.set(name('W'), trailer.context.obj([1, 5, 2]))
  trailer.set(name('Index'), index)
  return PDFRawStream.of(trailer, data)
}

function serialise(object: PDFObject): Uint8Array {
  const out = new Uint8Array(object.sizeInBytes())
  object.copyBytesInto(out, 0)
  return out
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0))
