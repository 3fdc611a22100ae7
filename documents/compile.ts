import { createHash } from 'node:crypto'
import { PDFBool, PDFDocument, PDFHexString, PDFName } from '@cantoo/pdf-lib'
import { Refusal } from '../core/refusal.ts'
import type { TypesetAnswer } from './typeset-worker.ts'
import { layOut } from './typesetter.ts'
import { typesetAll } from './typography.ts'

export type TemplateName =
  | 'convocation'
  | 'agenda'
  | 'deliberation'
  | 'deliberation-list'
  | 'attendance-sheet'
  | 'annex'
  | 'contents'
  | 'proof'
  | 'signing-slip'

export type DocumentIdentity = {
  title: string
  author: string
  /** ISO instant written as creation and modification date: same input and same date give the same bytes. */
  createdAt: string
}

/** A picture given to a template; the template reads it at `/images/<name>`. */
export type TemplateImage = { name: string; bytes: Uint8Array }

/** Value and place of one `#metadata(…) <label>` of a template, as Typst laid it out. */
export type Queried = { pdf: Uint8Array; found: unknown[] }

/**
 * Typesets `documents/typst/<template>/v<version>.typ` with `data` and gives a tagged PDF/A-2u, with the values of the
 * metadata labelled `label` when one is asked for. Data reaches the template as JSON, never as markup.
 * Throws `Refusal` `DOCUMENT_NOT_TYPESET` when the template cannot be laid out.
 */
export async function renderWithQuery(
  template: TemplateName,
  version: number,
  data: unknown,
  identity: DocumentIdentity,
  label = '',
  images: readonly TemplateImage[] = [],
): Promise<Queried> {
  const title = typesetAll(identity.title)
  const { author, createdAt } = identity
  const main = `${template}/v${version}.typ`
  const answer = await layOut({
    templates: [`shared/v${version}.typ`, main],
    main,
    inputs: { data: JSON.stringify(typesetAll(data)), title, author, createdAt },
    label,
    images: [...images],
  }).catch((error: unknown): TypesetAnswer => ({ ok: false, diagnostics: [String(error)] }))
  if (!answer.ok) throw notTypeset(template, answer.diagnostics)
  return { pdf: await archivable(answer.pdf, { ...identity, title }), found: answer.found }
}

/** Same as `renderWithQuery`, for a document without places to find. Gives the bytes of the PDF. */
export async function renderTypst(
  template: TemplateName,
  version: number,
  data: unknown,
  identity: DocumentIdentity,
  images: readonly TemplateImage[] = [],
): Promise<Uint8Array> {
  return (await renderWithQuery(template, version, data, identity, '', images)).pdf
}

const notTypeset = (template: string, diagnostics: unknown) =>
  new Refusal(
    'DOCUMENT_NOT_TYPESET',
    `Le document « ${template} » n’a pas pu être mis en page. Vérifiez les textes et les images qu’il contient ; si le défaut persiste, transmettez ce message à l’assistance.`,
    { family: 'impossible', where: template, data: { diagnostics } },
  )

async function archivable(pdf: Uint8Array, identity: DocumentIdentity): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false })
  document.catalog.set(PDFName.of('MarkInfo'), document.context.obj({ Marked: PDFBool.True }))
  return finishPdf(document, pdf, identity, '2U')
}

/**
 * Writes a document with fixed dates, French as its language and an identifier derived from `seed`, so that equal input
 * gives equal bytes. With a `conformance`, adds what PDF/A asks: output intent, XMP equal to Info.
 */
export async function finishPdf(
  document: PDFDocument,
  seed: Uint8Array,
  identity: DocumentIdentity,
  conformance: '2U' | null,
): Promise<Uint8Array> {
  const date = new Date(identity.createdAt)
  document.setTitle(identity.title, { showInWindowTitleBar: true })
  document.setAuthor(identity.author)
  document.setCreator('Écharpe')
  document.setProducer('Écharpe (Typst, pdf-lib)')
  document.setCreationDate(date)
  document.setModificationDate(date)
  document.setLanguage('fr-FR')
  if (conformance !== null) document.convertToPDFA({ conformance })
  const id = createHash('sha256').update(seed).update(JSON.stringify(identity)).digest('hex').slice(0, 32)
  document.context.trailerInfo.ID = document.context.obj([PDFHexString.of(id), PDFHexString.of(id)])
  return document.save({ useObjectStreams: false, updateFieldAppearances: false, addDefaultPage: false })
}
