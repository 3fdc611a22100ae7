import type { z } from 'zod'
import type { SignaturePlace } from '../core/act/model.ts'
import { Refusal } from '../core/refusal.ts'
import { renderWithQuery } from './compile.ts'
import { DeliberationInput } from './inputs.ts'
import { deliberationView } from './views/deliberation.ts'
import { letterheadView } from './views/letterhead.ts'
import { placesOf } from './views/places.ts'

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

/**
 * Extract of the register for one délibération, with the places kept for the signatures (points, origin at the
 * lower-left corner of the page, pages from 1). Throws `Refusal` when the input is incomplete.
 */
export async function renderDeliberation(
  input: DeliberationInput,
): Promise<{ pdf: Uint8Array; signaturePlaces: SignaturePlace[] }> {
  const d = accept(DeliberationInput, input, 'délibération')
  const { view, images } = letterheadView(d.letterhead)
  const { pdf, found } = await renderWithQuery(
    'deliberation',
    1,
    { ...deliberationView(d), letterhead: view },
    {
      title: `Délibération ${d.number} – ${d.title}`,
      author: d.letterhead.name,
      createdAt: d.createdAt,
    },
    'signature-place',
    images,
  )
  return { pdf, signaturePlaces: placesOf(found) }
}
