import { inflateSync } from 'node:zlib'
import { PDFArray, PDFDict, PDFName, PDFNumber, type PDFRawStream, type PDFRef } from '@cantoo/pdf-lib'
import { SigningError } from '../types.ts'

/** Where an object lives: at a byte offset, or as the n-th object of an object stream, or nowhere (free). */
export type XrefEntry =
  | { readonly kind: 'offset'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'stream'; readonly stream: number; readonly index: number }
  | { readonly kind: 'free' }

export type XrefSection = {
  readonly offset: number
  readonly form: 'table' | 'stream'
  readonly trailer: PDFDict
  readonly entries: ReadonlyMap<number, XrefEntry>
}

/** The refusal used whenever the structure of the file cannot be trusted. */
export function damaged(detail: string, cause?: unknown): SigningError {
  return new SigningError(
    'pdf-endommage',
    `Le fichier PDF est endommagé ou incomplet : ${detail}. Demandez à nouveau le fichier d’origine, ou reproduisez-le depuis le logiciel qui l’a créé.`,
    '',
    { cause },
  )
}

const latin1 = new TextDecoder('latin1')

/** The bytes [from, from+length) as one character a byte. */
export const asText = (bytes: Uint8Array, from: number, length: number): string =>
  latin1.decode(bytes.subarray(Math.max(0, from), Math.max(0, from) + length))

/**
 * Reads a classical cross-reference table at `offset`, up to the `trailer` keyword.
 * Gives the entries and the offset of the trailer dictionary. Throws `pdf-endommage`.
 */
export function readXrefTable(
  bytes: Uint8Array,
  offset: number,
): { entries: Map<number, XrefEntry>; trailerOffset: number } {
  const entries = new Map<number, XrefEntry>()
  let at = offset + 4
  for (;;) {
    const head = /^\s*(?:(trailer)|(\d+)\s+(\d+)\s*)/.exec(asText(bytes, at, 64))
    if (!head) throw damaged('sa table des références est illisible')
    at += head[0].length
    if (head[1]) return { entries, trailerOffset: at }
    const first = Number(head[2])
    const count = Number(head[3])
    if (count > 8_388_607 || at + count * 18 > bytes.length)
      throw damaged('sa table des références est tronquée')
    for (let i = 0; i < count; i++) {
      const entry = /^\s*(\d{10}) (\d{5}) ([nf])[ \r\n]{0,2}/.exec(asText(bytes, at, 24))
      if (!entry) throw damaged('une entrée de sa table des références est illisible')
      at += entry[0].length
      if (entries.has(first + i)) continue
      entries.set(
        first + i,
        entry[3] === 'n'
          ? { kind: 'offset', offset: Number(entry[1]), generation: Number(entry[2]) }
          : { kind: 'free' },
      )
    }
  }
}

/** Reads the entries of a decoded cross-reference stream. Throws `pdf-endommage`. */
export function readXrefStream(stream: PDFRawStream): Map<number, XrefEntry> {
  const widths = numbers(stream.dict.get(PDFName.of('W')))
  const [w0, w1, w2] = widths
  if (w0 === undefined || w1 === undefined || w2 === undefined || w0 + w1 + w2 === 0)
    throw damaged('son flux de références n’a pas de largeur de colonnes')
  const size = numberOf(stream.dict.get(PDFName.of('Size'))) ?? 0
  const index = numbers(stream.dict.get(PDFName.of('Index')))
  const ranges = index.length > 0 ? index : [0, size]
  const data = decodeFlate(stream)
  const entries = new Map<number, XrefEntry>()
  const take = (at: number, width: number) => {
    let value = 0
    for (let i = 0; i < width; i++) value = value * 256 + (data[at + i] ?? 0)
    return value
  }
  let at = 0
  for (let r = 0; r + 1 < ranges.length; r += 2) {
    const first = ranges[r] ?? 0
    for (let i = 0; i < (ranges[r + 1] ?? 0); i++, at += w0 + w1 + w2) {
      if (at + w0 + w1 + w2 > data.length) throw damaged('son flux de références est tronqué')
      const type = w0 === 0 ? 1 : take(at, w0)
      const a = take(at + w0, w1)
      const b = take(at + w0 + w1, w2)
      if (entries.has(first + i)) continue
      if (type === 1) entries.set(first + i, { kind: 'offset', offset: a, generation: b })
      else if (type === 2) entries.set(first + i, { kind: 'stream', stream: a, index: b })
      else entries.set(first + i, { kind: 'free' })
    }
  }
  return entries
}

/** Undoes FlateDecode with its optional predictor; other filters are refused. At most 256 MB come out. */
export function decodeFlate(stream: PDFRawStream): Uint8Array {
  const filter = single(stream.dict.get(PDFName.of('Filter')))
  if (filter === undefined) return stream.getContents()
  if (filter !== PDFName.of('FlateDecode')) throw damaged('un flux de structure a un filtre inattendu')
  let data: Uint8Array
  try {
    data = inflateSync(stream.getContents(), { maxOutputLength: 1 << 28 })
  } catch (cause) {
    throw damaged('un flux de structure ne se décompresse pas', cause)
  }
  const parms = single(stream.dict.get(PDFName.of('DecodeParms')))
  if (!(parms instanceof PDFDict)) return data
  const predictor = numberOf(parms.get(PDFName.of('Predictor'))) ?? 1
  if (predictor < 10) return data
  const columns = numberOf(parms.get(PDFName.of('Columns'))) ?? 1
  return undoPngPredictor(data, columns)
}

/** PNG predictors with one byte a sample, the only ones used in structure streams. */
function undoPngPredictor(data: Uint8Array, columns: number): Uint8Array {
  const rows = Math.floor(data.length / (columns + 1))
  const out = new Uint8Array(rows * columns)
  for (let r = 0; r < rows; r++) {
    const kind = data[r * (columns + 1)] ?? 0
    for (let c = 0; c < columns; c++) {
      const raw = data[r * (columns + 1) + 1 + c] ?? 0
      const left = c > 0 ? (out[r * columns + c - 1] ?? 0) : 0
      const up = r > 0 ? (out[(r - 1) * columns + c] ?? 0) : 0
      const corner = r > 0 && c > 0 ? (out[(r - 1) * columns + c - 1] ?? 0) : 0
      out[r * columns + c] = raw + predicted(kind, left, up, corner)
    }
  }
  return out
}

function predicted(kind: number, left: number, up: number, corner: number): number {
  if (kind === 1) return left
  if (kind === 2) return up
  if (kind === 3) return (left + up) >> 1
  if (kind !== 4) return 0
  const p = left + up - corner
  const [pa, pb, pc] = [Math.abs(p - left), Math.abs(p - up), Math.abs(p - corner)]
  return pa <= pb && pa <= pc ? left : pb <= pc ? up : corner
}

const single = (value: unknown): unknown =>
  value instanceof PDFArray
    ? value.size() === 1
      ? value.get(0)
      : value.size() === 0
        ? undefined
        : value
    : value

/** The value of a direct PDF number, or undefined. */
export const numberOf = (value: unknown): number | undefined =>
  value instanceof PDFNumber ? value.asNumber() : undefined

const numbers = (value: unknown): number[] =>
  value instanceof PDFArray ? value.asArray().map((item) => numberOf(item) ?? 0) : []

/** "12 0" for a reference; used as a map key and in messages. */
export const refKey = (ref: PDFRef): string => `${ref.objectNumber} ${ref.generationNumber}`
