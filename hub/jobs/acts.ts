import { z } from 'zod'
import { typeset } from '../../core/act/decide.ts'
import { Refusal } from '../../core/refusal.ts'
import { countPages } from '../../documents/pack.ts'
import { renderDeliberation } from '../../documents/render.ts'
import { addSignatureFields } from '../../signing/pades/fields.ts'
import { journalHead } from '../../storage/journal.ts'
import { councilOf } from '../council.ts'
import { keepFile } from '../files.ts'
import { deliberationInput } from '../papers.ts'
import { load, viewOf } from '../work.ts'
import type { JobHandler } from './runner.ts'

const fieldNames = { secretary: 'signature-secretaire', chair: 'signature-president' } as const

/** Name of a signature field; a council may name several secretaries: `rank` is 1 for the first of its role. */
export const signatureField = (role: 'secretary' | 'chair', rank: number): string =>
  rank > 1 ? `${fieldNames[role]}-${rank}` : fieldNames[role]

const tooltip = {
  secretary: 'Signature du secrétaire de séance',
  chair: 'Signature du président de séance',
} as const

/** Typesets a numbered délibération and prepares its two empty signature fields; from then on its bytes are frozen. */
export const typesetJob: JobHandler = async (services, payload, job) => {
  const { actId } = z.object({ actId: z.string() }).parse(payload)
  const view = viewOf(services, job.authorityId)
  const act = await load(view, 'act', actId)
  if (act.document !== null) return job.finish(async () => {})
  const council = await councilOf(view)
  const s = await load(view, 'sitting', act.sittingId)
  const { pdf, signaturePlaces } = await renderDeliberation(
    deliberationInput(council, s, act, s.closedAt ?? services.clock()),
  )
  const places = signaturePlaces.map(({ role, page, x, y, width, height }) => ({
    role,
    page,
    x,
    y,
    width,
    height,
  }))
  const rankOf = (index: number) =>
    places.slice(0, index + 1).filter((p) => p.role === places[index]?.role).length
  const ready = addSignatureFields(
    pdf,
    places.map(({ role, ...place }, index) => ({
      ...place,
      name: signatureField(role, rankOf(index)),
      tooltip: tooltip[role],
    })),
  )
  const kept = await keepFile(services, `${act.number}.pdf`, ready, 'application/pdf', await countPages(pdf))
  await job.finish(async (work) => {
    const fresh = await load(work, 'act', actId)
    await work.keep(kept.blob)
    await work.apply('act', fresh, typeset(fresh, kept.file, places))
  })
}

/** Timestamps the head of the journal (design §3.4). */
export const journalTimestampJob: JobHandler = async (services, _payload, job) => {
  const timestamp = services.outside.timestamp
  if (!timestamp)
    throw new Refusal(
      'NO_TSA',
      'Aucun service d’horodatage n’est réglé : la tête du journal attend son jeton.',
      { family: 'impossible' },
    )
  const head = await journalHead(services.storage.read, job.authorityId)
  const token = await timestamp(Buffer.from(head.hash, 'hex'))
  await job.finish((work) =>
    work.note('journal.timestamped', 'journal', String(head.seq), {
      head: head.hash,
      seq: head.seq,
      token: Buffer.from(token).toString('base64'),
    }),
  )
}
