import type { z } from 'zod'
import type { SignaturePlace } from '../core/act/model.ts'
import { Refusal } from '../core/refusal.ts'
import { type Queried, renderWithQuery, type TemplateName } from './compile.ts'
import {
  AgendaInput,
  AnnexInput,
  AttendanceSheetInput,
  ConvocationInput,
  DeliberationInput,
  DeliberationListInput,
  type Letterhead,
  ProofInput,
  SigningSlipInput,
} from './inputs.ts'
import { agendaView, convocationView } from './views/convocation.ts'
import { deliberationView } from './views/deliberation.ts'
import { letterheadView, personName, shortDate } from './views/letterhead.ts'
import { placesOf } from './views/places.ts'
import { attendanceSheetView, deliberationListView, proofView, signingSlipView } from './views/records.ts'

/** Checks an input of a template. Throws `Refusal` `DOCUMENT_INPUT_INVALID` that names the field. */
function accept<S extends z.ZodType>(schema: S, input: z.input<S>, document: string): z.output<S> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const where = issue?.path.join('.') ?? ''
  throw new Refusal(
    'DOCUMENT_INPUT_INVALID',
    `Le document « ${document} » ne peut pas être mis en forme : ${issue?.message ?? 'donnée manquante'}${where ? ` (champ « ${where} »)` : ''}.`,
    { where, data: { issues: parsed.error.issues } },
  )
}

/** Current version of each template; a document already issued keeps the version it was made with. */
const VERSION = 1

function make(
  template: TemplateName,
  title: string,
  input: { letterhead: Letterhead; createdAt: string },
  data: object,
  label = '',
): Promise<Queried> {
  const { view, images } = letterheadView(input.letterhead)
  const identity = { title, author: input.letterhead.name, createdAt: input.createdAt }
  return renderWithQuery(template, VERSION, { ...data, letterhead: view }, identity, label, images)
}

/**
 * Extract of the register for one délibération, with the places kept for the signatures (points, origin at the
 * lower-left corner of the page, pages from 1). Throws `Refusal` when the input is incomplete.
 */
export async function renderDeliberation(
  input: DeliberationInput,
): Promise<{ pdf: Uint8Array; signaturePlaces: SignaturePlace[] }> {
  const d = accept(DeliberationInput, input, 'délibération')
  const title = `Délibération ${d.number} – ${d.title}`
  const { pdf, found } = await make('deliberation', title, d, deliberationView(d), 'signature-place')
  return { pdf, signaturePlaces: placesOf(found) }
}

/** Letter of convocation to one member (CGCT art. L. 2121-10). Gives a PDF; throws `Refusal`. */
export async function renderConvocation(input: ConvocationInput): Promise<Uint8Array> {
  const c = accept(ConvocationInput, input, 'convocation')
  const title = `Convocation – ${c.sitting.bodyName} du ${shortDate(c.sitting.date)} – ${personName(c.recipient)}`
  return (await make('convocation', title, c, convocationView(c))).pdf
}

/** Explanatory note sent with the convocation (CGCT art. L. 2121-12), or the agenda to post. Gives a PDF. */
export async function renderAgenda(input: AgendaInput): Promise<Uint8Array> {
  const a = accept(AgendaInput, input, 'note de synthèse')
  const name = a.form === 'note' ? 'Note explicative de synthèse' : 'Ordre du jour'
  return (
    await make('agenda', `${name} – ${a.sitting.bodyName} du ${shortDate(a.sitting.date)}`, a, agendaView(a))
  ).pdf
}

/** List of the délibérations examined (CGCT art. L. 2121-25). Gives a PDF. */
export async function renderDeliberationList(input: DeliberationListInput): Promise<Uint8Array> {
  const l = accept(DeliberationListInput, input, 'liste des délibérations')
  const title = `Liste des délibérations – ${l.sitting.bodyName} du ${shortDate(l.sitting.date)}`
  return (await make('deliberation-list', title, l, deliberationListView(l))).pdf
}

/** Sheet to be signed by the members present. Gives a PDF. */
export async function renderAttendanceSheet(input: AttendanceSheetInput): Promise<Uint8Array> {
  const s = accept(AttendanceSheetInput, input, 'feuille de présence')
  const title = `Feuille de présence – ${s.sitting.bodyName} du ${shortDate(s.sitting.date)}`
  return (await make('attendance-sheet', title, s, attendanceSheetView(s))).pdf
}

/** An annex of several pages: headings, paragraphs, lists and tables. Gives a PDF. */
export async function renderAnnex(input: AnnexInput): Promise<Uint8Array> {
  const a = accept(AnnexInput, input, 'annexe')
  const { letterhead, createdAt, ...data } = a
  return (await make('annex', a.title, { letterhead, createdAt }, data)).pdf
}

/** Readable page of the proof of one dispatch (legal rules C9). Gives a PDF. */
export async function renderProof(input: ProofInput): Promise<Uint8Array> {
  const p = accept(ProofInput, input, 'preuve d’envoi')
  return (await make('proof', `Preuve d’envoi – ${personName(p.recipient)}`, p, proofView(p))).pdf
}

/** Printable history of a signing folder (bordereau de signature). Gives a PDF. */
export async function renderSigningSlip(input: SigningSlipInput): Promise<Uint8Array> {
  const s = accept(SigningSlipInput, input, 'bordereau de signature')
  return (await make('signing-slip', `Bordereau de signature – ${s.folder.title}`, s, signingSlipView(s))).pdf
}

/**
 * Contents of a bundle, numbered as the bundle will be: the contents come first, then each part. Gives a PDF.
 * `parts` are in order with their number of pages.
 */
export async function renderContents(input: {
  letterhead: Letterhead
  createdAt: string
  title: string
  subtitle: string
  demonstration: boolean
  parts: readonly { title: string; pages: number }[]
}): Promise<Uint8Array> {
  const { letterhead, createdAt, title, subtitle, demonstration } = input
  const layOut = (ownPages: number) => {
    let start = ownPages + 1
    const entries = input.parts.map(({ title: name, pages }) => {
      const entry = { title: name, pages, start }
      start += pages
      return entry
    })
    return make(
      'contents',
      title,
      { letterhead, createdAt },
      { title, subtitle, demonstration, entries },
      'page-count',
    )
  }
  const once = await layOut(1)
  const ownPages = Number(once.found[0])
  return (ownPages === 1 ? once : await layOut(ownPages)).pdf
}
