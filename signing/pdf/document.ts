import {
  PDFArray,
  type PDFDict,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib'
import { name, type PdfReader } from './reader.ts'
import { damaged } from './xref.ts'

/** A terminal form field, with what it inherits resolved. */
export type FormField = {
  readonly name: string
  readonly ref: PDFRef
  readonly dict: PDFDict
  readonly type: string
  readonly value: PDFDict | undefined
  readonly valueRef: PDFRef | undefined
}

/** Every terminal field of the form, in document order. Throws `pdf-endommage` on loops. */
export function formFields(reader: PdfReader): FormField[] {
  const form = reader.dict(catalogOf(reader).get(name('AcroForm')))
  const fields: FormField[] = []
  const seen = new Set<PDFRef>()
  const visit = (item: PDFObject, prefix: string, inherited: string, depth: number): void => {
    if (!(item instanceof PDFRef)) return
    if (seen.has(item) || depth > 50) throw damaged('ses champs de formulaire tournent en rond')
    seen.add(item)
    const dict = reader.dict(item)
    if (!dict) return
    const own = textOf(reader.resolve(dict.get(name('T'))))
    const full = own === undefined ? prefix : prefix ? `${prefix}.${own}` : own
    const declared = reader.resolve(dict.get(name('FT')))
    const type = declared instanceof PDFName ? declared.decodeText() : inherited
    const kids = reader.array(dict.get(name('Kids')))?.asArray() ?? []
    const children = kids.filter((kid) => reader.dict(kid)?.has(name('T')))
    if (children.length > 0) {
      for (const kid of children) visit(kid, full, type, depth + 1)
      return
    }
    const value = dict.get(name('V'))
    fields.push({
      name: full,
      ref: item,
      dict,
      type,
      value: reader.dict(value),
      valueRef: value instanceof PDFRef ? value : undefined,
    })
  }
  for (const item of reader.array(form?.get(name('Fields')))?.asArray() ?? []) visit(item, '', '', 0)
  return fields
}

/** The document's catalog. */
export function catalogOf(reader: PdfReader): PDFDict {
  const catalog = reader.dict(reader.trailer.get(name('Root')))
  if (!catalog) throw damaged('son catalogue est introuvable')
  return catalog
}

/** Text of a PDF string, or undefined. */
export const textOf = (value: PDFObject | undefined): string | undefined =>
  value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : undefined

/** References of the pages in order. Throws `pdf-endommage`. */
export function pageRefs(reader: PdfReader): PDFRef[] {
  const pages: PDFRef[] = []
  const seen = new Set<PDFRef>()
  const visit = (item: PDFObject | undefined, depth: number): void => {
    if (!(item instanceof PDFRef)) throw damaged('son arbre de pages est illisible')
    if (seen.has(item) || depth > 100) throw damaged('son arbre de pages tourne en rond')
    seen.add(item)
    const dict = reader.dict(item)
    if (!dict) throw damaged('une page est introuvable')
    const kids = reader.array(dict.get(name('Kids')))
    if (kids && dict.get(name('Type')) !== name('Page'))
      for (const kid of kids.asArray()) visit(kid, depth + 1)
    else pages.push(item)
  }
  visit(catalogOf(reader).get(name('Pages')), 0)
  if (pages.length === 0) throw damaged('il ne contient aucune page')
  return pages
}

/** A page attribute, inherited from the page tree when the page does not have it. */
export function pageAttribute(reader: PdfReader, page: PDFDict, key: string): PDFObject | undefined {
  let current: PDFDict | undefined = page
  for (let depth = 0; current && depth < 100; depth++) {
    const value = reader.resolve(current.get(name(key)))
    if (value) return value
    current = reader.dict(current.get(name('Parent')))
  }
  return undefined
}

export type PageGeometry = {
  readonly box: [number, number, number, number]
  readonly rotate: 0 | 90 | 180 | 270
}

/** Visible box (crop box, else media box) in user space and rotation of a page. */
export function pageGeometry(reader: PdfReader, page: PDFDict): PageGeometry {
  const found = pageAttribute(reader, page, 'CropBox') ?? pageAttribute(reader, page, 'MediaBox')
  const values = found instanceof PDFArray ? found.asArray().map((item) => reader.number(item) ?? 0) : []
  const [a = 0, b = 0, c = 595, d = 842] = values
  const turned = reader.number(pageAttribute(reader, page, 'Rotate')) ?? 0
  const rotate = ((turned % 360) + 360) % 360
  return {
    box: [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)],
    rotate: rotate === 90 || rotate === 180 || rotate === 270 ? rotate : 0,
  }
}
