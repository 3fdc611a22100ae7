import { PDFArray, PDFDict, PDFHexString, PDFNumber, type PDFObject, PDFRef } from '@cantoo/pdf-lib'
import { catalogOf, formFields, type PageGeometry, pageGeometry, pageRefs } from '../pdf/document.ts'
import { name, openPdf } from '../pdf/reader.ts'
import { type Revision, startRevision, writeRevision } from '../pdf/revision.ts'
import { damaged } from '../pdf/xref.ts'
import { SigningError } from '../types.ts'
import { refuseUnlessSignable } from './guards.ts'

/** A place for a signature: page from 1, box in points from the lower-left corner of the page as displayed. */
export type Placement = {
  readonly page: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export type NewField = Placement & {
  /** Field name, unique in the document, without a dot: `signature-maire`. */
  readonly name: string
  /** Read by screen readers: « Signature du maire ». */
  readonly tooltip: string
  /** When true, signing this field locks every field of the document (SigFieldLock /All). */
  readonly lock?: boolean
}

/** The rectangle in user space of a box placed on the page as displayed. Throws `signature-hors-page`. */
export function rectangleOf(geometry: PageGeometry, place: Placement): [number, number, number, number] {
  const [left, bottom, right, top] = geometry.box
  const [W, H] = [right - left, top - bottom]
  const { x, y, width: w, height: h } = place
  const [shownW, shownH] = geometry.rotate % 180 === 0 ? [W, H] : [H, W]
  if (!(w > 0 && h > 0 && x >= 0 && y >= 0 && x + w <= shownW + 0.5 && y + h <= shownH + 0.5))
    throw new SigningError(
      'signature-hors-page',
      `L’emplacement de la signature sort de la page ${place.page} (${Math.round(shownW)} × ${Math.round(shownH)} points). Choisissez un autre emplacement.`,
      `page ${place.page}`,
    )
  const raw: [number, number, number, number] =
    geometry.rotate === 0
      ? [x, y, x + w, y + h]
      : geometry.rotate === 90
        ? [W - y - h, x, W - y, x + w]
        : geometry.rotate === 180
          ? [W - x - w, H - y - h, W - x, H - y]
          : [y, H - x - w, y + h, H - x]
  return [raw[0] + left, raw[1] + bottom, raw[2] + left, raw[3] + bottom]
}

/**
 * Adds empty signature fields by an incremental update. To be done before the first signature, so that each
 * signature then changes only its own field. Throws `champ-existant`, `signature-hors-page`, `signatures-superposees`,
 * `deja-signe` and the refusals of `refuseUnlessSignable`.
 */
export function addSignatureFields(pdf: Uint8Array, fields: readonly NewField[]): Uint8Array {
  const reader = openPdf(pdf)
  refuseUnlessSignable(reader)
  const existing = formFields(reader)
  if (existing.some((field) => field.type === 'Sig' && field.value))
    throw new SigningError(
      'deja-signe',
      'Ce document porte déjà une signature : on ne peut plus y préparer d’emplacements de signature.',
    )
  const revision = startRevision(reader)
  for (const field of fields) {
    if (
      existing.some((other) => other.name === field.name) ||
      fields.filter((f) => f.name === field.name).length > 1
    )
      throw new SigningError(
        'champ-existant',
        `Le champ « ${field.name} » existe déjà dans ce PDF.`,
        field.name,
      )
    const ref = createField(revision, field)
    if (field.lock) {
      const dict = revision.changed.get(ref.objectNumber)?.object
      if (dict instanceof PDFDict)
        dict.set(name('Lock'), revision.add(reader.context.obj({ Type: 'SigFieldLock', Action: 'All' })))
    }
  }
  return writeRevision(revision).bytes
}

/** Registers a field+widget in the revision: new object, page /Annots, form /Fields. Gives its reference. */
export function createField(
  revision: Revision,
  field: Omit<NewField, 'lock'> | { name: string; tooltip: string; page: 1; invisible: true },
): PDFRef {
  const { reader } = revision
  const pageRef = pageRefs(reader)[field.page - 1]
  const page = pageRef && reader.dict(pageRef)
  if (!pageRef || !page)
    throw new SigningError(
      'signature-hors-page',
      `Le document n’a pas de page ${field.page}.`,
      `page ${field.page}`,
    )
  const geometry = pageGeometry(reader, page)
  const rect = 'invisible' in field ? [0, 0, 0, 0] : rectangleOf(geometry, field)
  const annotations = currentAnnotations(revision, pageRef, page)
  refuseOverlap(revision, annotations.asArray(), rect, field.name)
  const empty = reader.context.stream('', {
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, (rect[2] ?? 0) - (rect[0] ?? 0), (rect[3] ?? 0) - (rect[1] ?? 0)],
    Resources: {},
  })
  const dict = reader.context.obj({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    Rect: rect,
    P: pageRef,
    F: 132,
    AP: { N: revision.add(empty) },
    ...(geometry.rotate === 0 ? {} : { MK: { R: geometry.rotate } }),
  })
  dict.set(name('T'), PDFHexString.fromText(field.name))
  dict.set(name('TU'), PDFHexString.fromText(field.tooltip))
  const ref = revision.add(dict)
  annotations.push(ref)
  const form = editableForm(revision)
  form.fields.push(ref)
  form.dict.set(name('SigFlags'), PDFNumber.of((reader.number(form.dict.get(name('SigFlags'))) ?? 0) | 3))
  return ref
}

function refuseOverlap(
  revision: Revision,
  items: readonly PDFObject[],
  rect: readonly number[],
  field: string,
): void {
  const [a = 0, b = 0, c = 0, d = 0] = rect
  if (c - a === 0 || d - b === 0) return
  for (const item of items) {
    const pending = item instanceof PDFRef ? revision.changed.get(item.objectNumber)?.object : undefined
    const other = pending instanceof PDFDict ? pending : revision.reader.dict(item)
    if (other?.get(name('FT')) !== name('Sig')) continue
    const box = revision.reader
      .array(other.get(name('Rect')))
      ?.asArray()
      .map((n) => revision.reader.number(n) ?? 0)
    const [e = 0, f = 0, g = 0, h = 0] = box ?? []
    if (Math.max(a, e) < Math.min(c, g) && Math.max(b, f) < Math.min(d, h))
      throw new SigningError(
        'signatures-superposees',
        `L’emplacement de la signature « ${field} » recouvre celui d’une autre signature. Choisissez un autre emplacement.`,
        field,
      )
  }
}

/** The page's /Annots ready to be added to; only the object that holds the array enters the revision. */
function currentAnnotations(revision: Revision, pageRef: PDFRef, page: PDFDict): PDFArray {
  const known = revision.changed.get(pageRef.objectNumber)?.object
  const value = (known instanceof PDFDict ? known : page).get(name('Annots'))
  if (value instanceof PDFRef) {
    const pending = revision.changed.get(value.objectNumber)?.object
    if (pending instanceof PDFArray) return pending
    const array = copyArray(revision.reader.array(value), revision)
    revision.put(value, array)
    return array
  }
  if (known instanceof PDFDict && value instanceof PDFArray) return value
  const copy = copyDict(page, revision)
  const array = copyArray(value instanceof PDFArray ? value : undefined, revision)
  copy.set(name('Annots'), array)
  revision.put(pageRef, copy)
  return array
}

/** The AcroForm and its /Fields ready to be added to, created when the document has none. */
function editableForm(revision: Revision): { dict: PDFDict; fields: PDFArray } {
  const { reader } = revision
  const rootRef = reader.trailer.get(name('Root'))
  if (!(rootRef instanceof PDFRef)) throw damaged('son catalogue n’est pas un objet indirect')
  const pendingRoot = revision.changed.get(rootRef.objectNumber)?.object
  const catalog = pendingRoot instanceof PDFDict ? pendingRoot : catalogOf(reader)
  const value = catalog.get(name('AcroForm'))
  let dict: PDFDict
  if (value instanceof PDFRef) {
    const pending = revision.changed.get(value.objectNumber)?.object
    dict = pending instanceof PDFDict ? pending : copyDict(reader.dict(value), revision)
    revision.put(value, dict)
  } else {
    const root = pendingRoot instanceof PDFDict ? pendingRoot : copyDict(catalog, revision)
    revision.put(rootRef, root)
    dict = copyDict(value instanceof PDFDict ? value : undefined, revision)
    // A form of its own object: the next signatures then leave the catalog alone.
    root.set(name('AcroForm'), value instanceof PDFDict ? dict : revision.add(dict))
  }
  const list = dict.get(name('Fields'))
  if (list instanceof PDFRef) {
    const pending = revision.changed.get(list.objectNumber)?.object
    const fields = pending instanceof PDFArray ? pending : copyArray(reader.array(list), revision)
    revision.put(list, fields)
    return { dict, fields }
  }
  const fields = copyArray(list instanceof PDFArray ? list : undefined, revision)
  dict.set(name('Fields'), fields)
  return { dict, fields }
}

/** Marks the document as having signatures, for a field that exists in a form without /SigFlags. */
export function ensureSigFlags(revision: Revision): void {
  const form = revision.reader.dict(catalogOf(revision.reader).get(name('AcroForm')))
  const flags = revision.reader.number(form?.get(name('SigFlags'))) ?? 0
  if ((flags & 3) === 3) return
  editableForm(revision).dict.set(name('SigFlags'), PDFNumber.of(flags | 3))
}

/** A shallow copy: the original objects of the reader are never modified. */
export function copyDict(dict: PDFDict | undefined, revision: Revision): PDFDict {
  const copy = PDFDict.withContext(revision.reader.context)
  for (const [key, value] of dict?.entries() ?? []) copy.set(key, value)
  return copy
}

function copyArray(array: PDFArray | undefined, revision: Revision): PDFArray {
  const copy = PDFArray.withContext(revision.reader.context)
  for (const item of array?.asArray() ?? []) copy.push(item)
  return copy
}
