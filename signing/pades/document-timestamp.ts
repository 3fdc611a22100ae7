import { PDFDict, PDFNumber } from '@cantoo/pdf-lib'
import { sameBytes, toHex } from '../cms/der.ts'
import { sha256 } from '../cms/signed-data.ts'
import { formFields } from '../pdf/document.ts'
import { name, openPdf } from '../pdf/reader.ts'
import { startRevision, writeRevision } from '../pdf/revision.ts'
import { damaged, refKey } from '../pdf/xref.ts'
import { SigningError, type TimestampClient } from '../types.ts'
import { verifyPdf } from '../verify/pdf.ts'
import { createField } from './fields.ts'
import { refuseUnlessSignable } from './guards.ts'
import { BYTE_RANGE_PLACEHOLDER, fillByteRange, RawText } from './placeholder.ts'

/** Hex digits for a token: measured ones are around 10 KB with three certificates. */
const ROOM = 2 * 16_384

/**
 * Adds a document time-stamp (ETSI.RFC3161) over everything the file contains, by an incremental update: dates the signatures
 * already there when the time-stamping service was not reachable at signing, or renews an ageing proof. Needs no key.
 * Throws SigningError for unsafe documents, and the time-stamp client's refusals.
 */
export async function addDocumentTimestamp(pdf: Uint8Array, timestamp: TimestampClient): Promise<Uint8Array> {
  const reader = openPdf(pdf)
  refuseUnlessSignable(reader)
  const taken = new Set(formFields(reader).map((field) => field.name))
  let n = 1
  while (taken.has(`horodatage-${n}`)) n++
  const revision = startRevision(reader)
  const dict = reader.context.obj({
    Type: 'DocTimeStamp',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.RFC3161',
  })
  dict.set(name('ByteRange'), new RawText(BYTE_RANGE_PLACEHOLDER))
  dict.set(name('Contents'), new RawText(`<${'0'.repeat(ROOM)}>`))
  const value = revision.add(dict)
  const fieldRef = createField(revision, {
    name: `horodatage-${n}`,
    tooltip: 'Horodatage du document',
    page: 1,
    invisible: true,
  })
  const field = revision.changed.get(fieldRef.objectNumber)?.object
  if (field instanceof PDFDict) {
    field.set(name('V'), value)
    field.set(name('F'), PDFNumber.of(132))
  }
  const written = writeRevision(revision)
  const start = written.offsets.get(refKey(value))
  if (start === undefined) throw damaged('l’horodatage n’a pas pu être placé')
  const [, open, close, rest] = fillByteRange(written.bytes, start, ROOM)
  const token = await timestamp(
    sha256(written.bytes.subarray(0, open), written.bytes.subarray(close, close + rest)),
  )
  const hex = toHex(token)
  if (hex.length > ROOM)
    throw new SigningError(
      'signature-trop-grande',
      'Le jeton d’horodatage reçu est démesuré : il n’a pas été ajouté.',
    )
  for (let i = 0; i < hex.length; i++) written.bytes[open + 1 + i] = hex.charCodeAt(i)
  const report = await verifyPdf(written.bytes)
  const mine = report.signatures.find((item) => item.field === `horodatage-${n}`)
  if (!mine?.integrity || !mine.coversWholeDocument || !sameBytes(written.bytes.subarray(0, pdf.length), pdf))
    throw new SigningError(
      'auto-verification',
      'L’horodatage produit ne se vérifie pas. Le document n’a pas été modifié.',
      `horodatage-${n}`,
    )
  return written.bytes
}
