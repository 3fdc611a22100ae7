import { PDFDict, PDFHexString, PDFNumber, type PDFRef } from '@cantoo/pdf-lib'
import { sha256, signedAttributes } from '../cms/signed-data.ts'
import { describeCertificate } from '../keys/certificate.ts'
import { checkUsable, requireUsable } from '../keys/p12.ts'
import { type FormField, formFields, pageGeometry, pageRefs } from '../pdf/document.ts'
import { name, openPdf, type PdfReader } from '../pdf/reader.ts'
import { type Revision, startRevision, writeRevision } from '../pdf/revision.ts'
import { damaged, refKey } from '../pdf/xref.ts'
import { type Problem, type Signer, SigningError, warning } from '../types.ts'
import { drawAppearance, offsetOf, signingDate } from './appearance.ts'
import { copyDict, createField, ensureSigFlags, type Placement } from './fields.ts'
import { hiddenBehaviour, refuseLocked, refuseUnlessSignable } from './guards.ts'
import { BYTE_RANGE_PLACEHOLDER, fillByteRange, RawText } from './placeholder.ts'

export type SignatureRequest = {
  /** Name of an existing empty signature field, or of the one to create. */
  readonly fieldName: string
  /** Shown in bold: « Le maire ». May be empty. */
  readonly role: string
  /** Name shown and written in /Name. */
  readonly name: string
  readonly reason?: string
  readonly location?: string
  readonly contact?: string
  /** Claimed signing time, written in /M. */
  readonly claimedAt: Date
  /** IANA zone of the commune; `Europe/Paris` unless said otherwise. */
  readonly timeZone?: string
  /** Where to create the field when it does not exist; without it the new field is invisible. */
  readonly placement?: Placement
  /** Further lines of the appearance, e.g. the demonstration mention. */
  readonly mentions?: readonly string[]
  readonly certificate: Uint8Array
  readonly chain: readonly Uint8Array[]
  readonly keyType: Signer['keyType']
  readonly level: 'B-B' | 'B-T'
  /** The instant at which the certificate must be usable; `claimedAt` unless said otherwise. */
  readonly now?: Date
}

/** A signature waiting for its value: plain data, may be stored between the two steps. */
export type PreparedPdf = {
  /** The whole new file, with zeros where the signature goes. */
  readonly pdf: Uint8Array
  /** Length of the original, an exact prefix of `pdf`. */
  readonly originalLength: number
  readonly byteRange: readonly [number, number, number, number]
  /** DER signed attributes: the bytes to sign. */
  readonly signedAttributes: Uint8Array
  readonly fieldName: string
  readonly certificate: Uint8Array
  readonly chain: readonly Uint8Array[]
  readonly keyType: Signer['keyType']
  readonly level: 'B-B' | 'B-T'
}

/**
 * First step of a signature: writes the incremental update with an empty signature.
 * `bytesToSign` go to `Signer.sign` as they are (it hashes them); `digest` is the SHA-256 of the covered bytes of the
 * document, the one to show. Throws SigningError for every refusal of the document, the field or the certificate.
 */
export async function prepare(
  pdf: Uint8Array,
  request: SignatureRequest,
): Promise<{ digest: Uint8Array; bytesToSign: Uint8Array; prepared: PreparedPdf; warnings: Problem[] }> {
  requireUsable(request, request.now ?? request.claimedAt)
  const reader = openPdf(pdf)
  refuseUnlessSignable(reader)
  const fields = formFields(reader)
  const existing = fields.find((field) => field.name === request.fieldName)
  refuseField(existing, request.fieldName)
  refuseLocked(reader, fields, request.fieldName, existing !== undefined)
  const revision = startRevision(reader)
  const room = contentsRoom(request)
  const signatureRef = revision.add(signatureDictionary(reader, request, room))
  const fieldRef =
    existing?.ref ??
    createField(revision, {
      name: request.fieldName,
      tooltip: request.role ? `Signature : ${request.role}` : 'Signature',
      ...(request.placement ?? { page: 1, invisible: true }),
    })
  await fillField(revision, fieldRef, signatureRef, request)
  ensureSigFlags(revision)
  const written = writeRevision(revision)
  const start = written.offsets.get(refKey(signatureRef))
  if (start === undefined) throw damaged('la signature n’a pas pu être placée')
  const byteRange = fillByteRange(written.bytes, start, room)
  const digest = sha256(
    written.bytes.subarray(0, byteRange[1]),
    written.bytes.subarray(byteRange[2], byteRange[2] + byteRange[3]),
  )
  const attributes = signedAttributes(request.certificate, digest)
  return {
    digest,
    bytesToSign: attributes,
    warnings: [
      ...checkUsable(request, request.now ?? request.claimedAt).filter((p) => p.level === 'warning'),
      ...hiddenBehaviour(reader),
      ...alreadySignedBy(fields, request.certificate),
    ],
    prepared: {
      pdf: written.bytes,
      originalLength: pdf.length,
      byteRange,
      signedAttributes: attributes,
      fieldName: request.fieldName,
      certificate: request.certificate,
      chain: request.chain,
      keyType: request.keyType,
      level: request.level,
    },
  }
}

function refuseField(field: FormField | undefined, fieldName: string): void {
  if (fieldName === '' || fieldName.includes('.'))
    throw new SigningError(
      'champ-invalide',
      'Le nom d’un champ de signature ne peut être vide ni contenir de point.',
      fieldName,
    )
  if (!field) return
  if (field.type !== 'Sig')
    throw new SigningError(
      'champ-invalide',
      `Le champ « ${fieldName} » de ce PDF n’est pas un champ de signature.`,
      fieldName,
    )
  if (field.value)
    throw new SigningError(
      'champ-deja-signe',
      `Le champ « ${fieldName} » est déjà signé. Choisissez un autre emplacement.`,
      fieldName,
    )
}

function alreadySignedBy(fields: readonly FormField[], certificate: Uint8Array): Problem[] {
  const wanted = Buffer.from(certificate)
  const same = fields.find((field) => {
    const contents = field.value?.get(name('Contents'))
    return contents instanceof PDFHexString && Buffer.from(contents.asBytes()).includes(wanted)
  })
  if (!same) return []
  const { subject } = describeCertificate(certificate)
  return [
    warning(
      'deja-signe-par-vous',
      `${subject} a déjà signé ce document (champ « ${same.name} »).`,
      same.name,
    ),
  ]
}

/** Hex digits to reserve: known sizes plus room for a token, so that the card is never asked twice. */
function contentsRoom(request: SignatureRequest): number {
  const certificates = [request.certificate, ...request.chain].reduce((sum, der) => sum + der.length, 0)
  const bytes = Math.max(12_288, certificates + 2048 + (request.level === 'B-T' ? 12_288 : 0))
  return bytes * 2
}

function signatureDictionary(reader: PdfReader, request: SignatureRequest, room: number): PDFDict {
  const dict = reader.context.obj({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
  })
  dict.set(name('ByteRange'), new RawText(BYTE_RANGE_PLACEHOLDER))
  dict.set(name('Contents'), new RawText(`<${'0'.repeat(room)}>`))
  dict.set(name('M'), new RawText(`(${pdfDate(request.claimedAt, request.timeZone ?? 'Europe/Paris')})`))
  const texts: [string, string | undefined][] = [
    ['Name', request.name],
    ['Reason', request.reason],
    ['Location', request.location],
    ['ContactInfo', request.contact],
  ]
  for (const [key, text] of texts) if (text) dict.set(name(key), PDFHexString.fromText(text))
  return dict
}

/** `D:20261124083000+01'00'`. */
export function pdfDate(at: Date, timeZone: string): string {
  const offset = offsetOf(at, timeZone)
  const sign = offset.startsWith('-') ? -1 : 1
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number)
  const local = new Date(at.getTime() + sign * (hours * 60 + minutes) * 60_000)
  const digits = local.toISOString().replace(/[-:T]/g, '').slice(0, 14)
  return `D:${digits}${offset.slice(0, 3)}'${offset.slice(4, 6)}'`
}

async function fillField(
  revision: Revision,
  ref: PDFRef,
  value: PDFRef,
  request: SignatureRequest,
): Promise<void> {
  const { reader } = revision
  const pending = revision.changed.get(ref.objectNumber)?.object
  const field = pending instanceof PDFDict ? pending : copyDict(reader.dict(ref), revision)
  field.set(name('V'), value)
  const box =
    reader
      .array(field.get(name('Rect')))
      ?.asArray()
      .map((item) => reader.number(item) ?? 0) ?? []
  const [a = 0, b = 0, c = 0, d = 0] = box
  const [w, h] = [Math.abs(c - a), Math.abs(d - b)]
  if (w > 0 && h > 0) {
    const rotate = rotationOf(revision, field)
    const zone = request.timeZone ?? 'Europe/Paris'
    const appearance = await drawAppearance(
      revision,
      rotate % 180 === 0 ? w : h,
      rotate % 180 === 0 ? h : w,
      rotate,
      {
        role: request.role,
        name: request.name,
        date: signingDate(request.claimedAt, zone),
        mentions: request.mentions ?? [],
      },
    )
    field.set(name('AP'), reader.context.obj({ N: appearance }))
  }
  field.set(name('F'), PDFNumber.of((reader.number(field.get(name('F'))) ?? 0) | 132))
  revision.put(ref, field)
}

/** Rotation of the page that carries a widget (found by /P, else by looking at the pages' annotations). */
function rotationOf(revision: Revision, field: PDFDict): 0 | 90 | 180 | 270 {
  const { reader } = revision
  const declared = reader.dict(field.get(name('P')))
  if (declared) return pageGeometry(reader, declared).rotate
  for (const pageRef of pageRefs(reader)) {
    const page = reader.dict(pageRef)
    const annotations = reader.array(page?.get(name('Annots')))?.asArray() ?? []
    if (page && annotations.some((item) => reader.dict(item)?.get(name('T')) === field.get(name('T'))))
      return pageGeometry(reader, page).rotate
  }
  return 0
}
