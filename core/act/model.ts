import { z } from 'zod'
import { CivilDate, Instant } from '../calendar/civil-date.ts'
import { Annex, FileRef } from '../sitting/model.ts'

/** Where a signature goes on a page, in points from the lower-left corner of page `page` (1 = first). */
export const SignaturePlace = z.object({
  role: z.enum(['secretary', 'chair']),
  page: z.number().int().positive(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
})
export type SignaturePlace = z.infer<typeof SignaturePlace>

export const PrefectureReceipt = z.object({
  /** Unique identifier given by the ministry, `IDActe`. */
  actId: z.string(),
  receivedOn: CivilDate,
  file: FileRef,
})

export const Publication = z.object({
  publishedAt: Instant,
  path: z.string(),
  /** First name, surname and capacity of the author (CGCT art. R. 2131-1). */
  authorLine: z.string(),
  file: FileRef,
})

/** An adopted (or refused) décision of the council, with its three tracks (glossary §6.6). */
export const Act = z.object({
  id: z.string(),
  authorityId: z.string(),
  sittingId: z.string(),
  itemId: z.string(),
  number: z.string().regex(/^[A-Z0-9][A-Z0-9_]{0,13}[A-Z0-9]$/),
  /** Order of the item within the sitting, 1 for the first. */
  rank: z.number().int().positive(),
  /** ACTES nature, 1 délibération, 5 budget document. */
  nature: z.number().int().min(1).max(6),
  subjectCode: z.string(),
  title: z.string(),
  decidedOn: CivilDate,
  outcome: z.enum(['adopted', 'refused', 'noted']),
  transmissible: z.boolean(),
  budgetFileId: z.string().nullable(),
  annexes: z.array(Annex),
  /** The typeset délibération as it was frozen for signature, then each signed revision. */
  document: FileRef.nullable(),
  signedDocument: FileRef.nullable(),
  places: z.array(SignaturePlace),
  folderId: z.string().nullable(),
  signatureState: z.enum(['unsigned', 'partlySigned', 'signed']),
  signedAt: Instant.nullable(),
  stateTrack: z.enum([
    'notTransmissible',
    'toTransmit',
    'queued',
    'sent',
    'received',
    'refused',
    'technicalReject',
  ]),
  transmittedAt: Instant.nullable(),
  receipt: PrefectureReceipt.nullable(),
  publicityState: z.enum(['pending', 'published']),
  publication: Publication.nullable(),
})
export type Act = z.infer<typeof Act>

/** Number of an act: scheme letter, year, sequence of four figures; fits ACTES, S²LOW and Pastell rules. */
export const actNumber = (year: string, sequence: number): string =>
  `D${year}_${String(sequence).padStart(4, '0')}`

/**
 * Since when the act is enforceable: the later of publication and transmission where it is transmissible
 * (CGCT art. L. 2131-1). The prefecture's receipt is proof, not a condition. Null while a formality is missing, and when
 * the prefecture answered that it could not take the act: nothing proves then that it was transmitted.
 */
export function enforceableFrom(act: Act): string | null {
  const published = act.publication?.publishedAt ?? null
  if (act.outcome === 'refused' || published === null) return null
  if (!act.transmissible) return published
  const refused = act.stateTrack === 'refused' || act.stateTrack === 'technicalReject'
  if (act.transmittedAt === null || refused) return null
  return act.transmittedAt > published ? act.transmittedAt : published
}

/** What is missing next for an act, said as the one action to do; null when everything is done. */
export function nextStep(act: Act): {
  action: 'typeset' | 'sendToSign' | 'sign' | 'transmit' | 'awaitReceipt' | 'publish' | 'seeAnomaly'
  label: string
} | null {
  if (act.document === null) return { action: 'typeset', label: 'Mettre en forme la délibération' }
  if (act.signatureState !== 'signed')
    return act.folderId === null
      ? { action: 'sendToSign', label: 'Envoyer au parapheur' }
      : { action: 'sign', label: 'En attente de signature' }
  if (act.stateTrack === 'refused' || act.stateTrack === 'technicalReject')
    return { action: 'seeAnomaly', label: 'Lire l’anomalie de la préfecture' }
  if (act.stateTrack === 'toTransmit') return { action: 'transmit', label: 'Transmettre à la préfecture' }
  if (act.publicityState === 'pending') return { action: 'publish', label: 'Publier' }
  if (act.stateTrack === 'queued' || act.stateTrack === 'sent')
    return { action: 'awaitReceipt', label: 'En attente de l’accusé de la préfecture' }
  return null
}
