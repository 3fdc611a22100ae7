import {
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNull,
  PDFNumber,
  type PDFRef,
  PDFStream,
} from '@cantoo/pdf-lib'
import { Refusal } from '../core/refusal.ts'
import { type DocumentIdentity, finishPdf } from './compile.ts'
import type { Letterhead } from './inputs.ts'
import { renderContents } from './render.ts'

/** What a PDF is, as far as a reader must know before it is sent, signed or bundled. */
export type PdfFacts = {
  pages: number
  /** Has a signature already: it must not be rewritten, only added to. */
  signed: boolean
  /** Has forms filled by scripts (XFA) or JavaScript: what is shown may change. */
  active: boolean
}

const text = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

/**
 * Reads a PDF without running anything in it. Throws `Refusal`: `PDF_INVALID` (not a PDF, unreadable), `PDF_TRUNCATED`
 * (the end is missing), `PDF_ENCRYPTED` (a password or usage restrictions). `name` is the file as the person knows it.
 */
export async function inspectPdf(bytes: Uint8Array, name = ''): Promise<PdfFacts> {
  const { document } = await open(bytes, name)
  const marks = dictionaries(document)
  return {
    pages: document.getPageCount(),
    signed: marks.some((text) => /\/Type\s*\/Sig\b|\/ByteRange\b/.test(text)),
    active: marks.some((text) => /\/(?:JavaScript|JS|XFA|Launch)\b/.test(text)),
  }
}

/** Every dictionary of the file as text, those of compressed object streams included. */
const dictionaries = (document: PDFDocument): string[] =>
  document.context
    .enumerateIndirectObjects()
    .map(([, object]) => (object instanceof PDFStream ? object.dict : object).toString())

/** Number of pages of a PDF; refuses like `inspectPdf`. */
export const countPages = async (bytes: Uint8Array, name = ''): Promise<number> =>
  (await open(bytes, name)).document.getPageCount()

async function open(bytes: Uint8Array, name: string): Promise<{ document: PDFDocument }> {
  const file = name === '' ? 'Ce fichier' : `Le fichier « ${name} »`
  const refuse = (code: string, why: string) => new Refusal(code, `${file} ${why}`, { where: name })
  const head = text(bytes.subarray(0, 1024))
  if (!head.includes('%PDF-'))
    throw refuse('PDF_INVALID', 'n’est pas un PDF. Exportez le document en PDF, puis ajoutez-le de nouveau.')
  const body = text(bytes)
  // a revision ends with %%EOF; some writers add a few blank bytes after it
  if (!/startxref\s+\d+\s+%%EOF/.test(body.slice(-2048)))
    throw refuse(
      'PDF_TRUNCATED',
      'est incomplet : sa fin manque. Copiez-le ou téléchargez-le de nouveau, puis ajoutez-le.',
    )
  try {
    const document = await PDFDocument.load(bytes, {
      updateMetadata: false,
      ignoreEncryption: true,
      throwOnInvalidObject: true,
    })
    if (document.context.trailerInfo.Encrypt)
      throw refuse(
        'PDF_ENCRYPTED',
        'est protégé par un mot de passe ou par des restrictions. Enregistrez-le sans protection, puis ajoutez-le de nouveau.',
      )
    if (document.getPageCount() === 0) throw refuse('PDF_INVALID', 'ne contient aucune page.')
    return { document }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw refuse(
      'PDF_INVALID',
      'est un PDF endommagé. Ouvrez-le, exportez-le de nouveau en PDF, puis ajoutez-le.',
    )
  }
}

/** One document of a bundle. `bytes` is asked for only when its turn comes: one document in memory at a time. */
export type BundlePart = { title: string; pages: number; bytes: () => Promise<Uint8Array> | Uint8Array }

export type BundleInput = {
  letterhead: Letterhead
  createdAt: string
  title: string
  subtitle: string
  demonstration: boolean
  parts: readonly BundlePart[]
}

type Bookmark = { title: string; page: PDFRef }

/**
 * Collates documents into one PDF with a page of contents and one bookmark for each. `pages` of each part is checked
 * against the document. The copies lose their signatures: the bundle is for reading, the originals remain the proof.
 * Throws `Refusal` `BUNDLE_EMPTY`, `BUNDLE_PAGES_DIFFER`, or those of `inspectPdf`.
 */
export async function bundlePdf(input: BundleInput): Promise<Uint8Array> {
  if (input.parts.length === 0)
    throw new Refusal(
      'BUNDLE_EMPTY',
      'Le dossier ne contient aucun document. Ajoutez-en un avant de l’assembler.',
    )
  const bundle = await PDFDocument.create({ updateMetadata: false })
  const contents = await renderContents(input)
  const bookmarks: Bookmark[] = [
    { title: 'Sommaire', page: await append(bundle, contents, 'Sommaire', null) },
  ]
  for (const part of input.parts)
    bookmarks.push({
      title: part.title,
      page: await append(bundle, await part.bytes(), part.title, part.pages),
    })
  addOutline(bundle, bookmarks)
  const identity: DocumentIdentity = {
    title: input.title,
    author: input.letterhead.name,
    createdAt: input.createdAt,
  }
  // parts come from anywhere (scans, word processors): the bundle claims no archival conformance
  return finishPdf(bundle, contents, identity, null)
}

async function append(
  bundle: PDFDocument,
  bytes: Uint8Array,
  title: string,
  pages: number | null,
): Promise<PDFRef> {
  const { document } = await open(bytes, title)
  const count = document.getPageCount()
  if (pages !== null && pages !== count)
    throw new Refusal(
      'BUNDLE_PAGES_DIFFER',
      `« ${title} » compte ${count} pages et non ${pages} : le document a changé. Relancez l’assemblage.`,
      { family: 'conflict', where: title },
    )
  const copied = await bundle.copyPages(document, document.getPageIndices())
  for (const page of copied) bundle.addPage(withoutTags(page))
  const first = copied[0]
  if (!first) throw new Refusal('PDF_INVALID', `« ${title} » ne contient aucune page.`, { where: title })
  return first.ref
}

/** The structure tree stays in the original: a page that still pointed at it would be malformed. */
function withoutTags<P extends { node: PDFDict }>(page: P): P {
  page.node.delete(PDFName.of('StructParents'))
  page.node.delete(PDFName.of('Tabs'))
  const annotations = page.node.lookup(PDFName.of('Annots'))
  if (annotations && 'asArray' in annotations && typeof annotations.asArray === 'function')
    for (const entry of annotations.asArray()) {
      const annotation = page.node.context.lookup(entry)
      if (annotation instanceof PDFDict) annotation.delete(PDFName.of('StructParent'))
    }
  return page
}

function addOutline(bundle: PDFDocument, bookmarks: readonly Bookmark[]): void {
  const { context } = bundle
  const root = context.nextRef()
  const refs = bookmarks.map(() => context.nextRef())
  bookmarks.forEach((bookmark, i) => {
    const item = context.obj({
      Title: PDFHexString.fromText(bookmark.title),
      Parent: root,
      Dest: [bookmark.page, PDFName.of('XYZ'), PDFNull, PDFNull, PDFNull],
    })
    const previous = refs[i - 1]
    const next = refs[i + 1]
    if (previous) item.set(PDFName.of('Prev'), previous)
    if (next) item.set(PDFName.of('Next'), next)
    const ref = refs[i]
    if (ref) context.assign(ref, item)
  })
  const outline = context.obj({ Type: 'Outlines', Count: PDFNumber.of(refs.length) })
  const first = refs[0]
  const last = refs.at(-1)
  if (first) outline.set(PDFName.of('First'), first)
  if (last) outline.set(PDFName.of('Last'), last)
  context.assign(root, outline)
  bundle.catalog.set(PDFName.of('Outlines'), root)
  bundle.catalog.set(PDFName.of('PageMode'), PDFName.of('UseOutlines'))
}
