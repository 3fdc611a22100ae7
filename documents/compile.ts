import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PDFBool, PDFDocument, PDFHexString, PDFName } from '@cantoo/pdf-lib'
import { createTypstCompiler, type TypstCompiler } from '@myriaddreamin/typst.ts/compiler'
import { loadFonts, withAccessModel, withPackageRegistry } from '@myriaddreamin/typst.ts/options.init'
import { Refusal } from '../core/refusal.ts'
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

const fontFolder = '@expo-google-fonts/source-serif-4'
const fontFaces = ['400Regular', '400Regular_Italic', '600SemiBold', '600SemiBold_Italic']
const templateRoot = new URL('./typst/', import.meta.url)

function readFonts(): Uint8Array[] {
  return fontFaces.map((face) => {
    const url = import.meta.resolve(`${fontFolder}/${face}/SourceSerif4_${face}.ttf`)
    return new Uint8Array(readFileSync(fileURLToPath(url)))
  })
}

// Nothing is ever fetched: no default font, no package of the Typst universe, no file outside what we add.
const nowhere = {
  insertFile: () => {},
  removeFile: () => {},
  getMTime: () => undefined,
  isFile: () => false,
  getRealPath: () => undefined,
  readAll: () => undefined,
}
const noPackages = { resolve: () => undefined }

async function startCompiler(): Promise<TypstCompiler> {
  const compiler = createTypstCompiler()
  await compiler.init({
    beforeBuild: [
      withAccessModel(nowhere),
      withPackageRegistry(noPackages),
      loadFonts(readFonts(), { assets: false }),
    ],
  })
  return compiler
}

let warm: Promise<TypstCompiler> | undefined
let queue: Promise<unknown> = Promise.resolve()
const known = new Set<string>()

function addTemplate(compiler: TypstCompiler, path: string): void {
  if (known.has(path)) return
  compiler.addSource(`/${path}`, readFileSync(new URL(path, templateRoot), 'utf8'))
  known.add(path)
}

/**
 * Typesets `documents/typst/<template>/v<version>.typ` with `data` and gives a tagged PDF/A-2u, with the values of the
 * metadata labelled `label` when one is asked for. Data reaches the template as JSON, never as markup.
 * Throws `Refusal` `DOCUMENT_NOT_TYPESET` when the template cannot be laid out.
 */
export function renderWithQuery(
  template: TemplateName,
  version: number,
  data: unknown,
  identity: DocumentIdentity,
  label = '',
  images: readonly TemplateImage[] = [],
): Promise<Queried> {
  // one at a time: the compiler, its images and its inputs are shared
  const run = queue.then(() => compileOne(template, version, data, identity, label, images))
  queue = run.catch(() => undefined)
  return run
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

async function compileOne(
  template: TemplateName,
  version: number,
  data: unknown,
  identity: DocumentIdentity,
  label: string,
  images: readonly TemplateImage[],
): Promise<Queried> {
  warm ??= startCompiler()
  const compiler = await warm
  addTemplate(compiler, `shared/v${version}.typ`)
  addTemplate(compiler, `${template}/v${version}.typ`)
  const title = typesetAll(identity.title)
  const inputs = {
    data: JSON.stringify(typesetAll(data)),
    title,
    author: identity.author,
    createdAt: identity.createdAt,
  }
  for (const image of images) compiler.mapShadow(`/images/${image.name}`, image.bytes)
  try {
    return await compiler.runWithWorld(
      { mainFilePath: `/${template}/v${version}.typ`, inputs },
      async (world) => {
        const compiled = await world.compile({ diagnostics: 'unix' })
        if (compiled.hasError) throw notTypeset(template, compiled.diagnostics)
        const found =
          label === '' ? [] : await world.query<unknown[]>({ selector: `<${label}>`, field: 'value' })
        const made = await world.pdf({ diagnostics: 'unix' })
        if (!made.result) throw notTypeset(template, made.diagnostics)
        return { pdf: await archivable(made.result, { ...identity, title }), found }
      },
    )
  } finally {
    for (const image of images) compiler.unmapShadow(`/images/${image.name}`)
  }
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
