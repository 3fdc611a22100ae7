import { natureOf } from './codes.ts'
import type { ActData, ActesContent } from './model.ts'
import { actIdentifier, anomalyTarget, archiveName } from './names.ts'

/** What we keep of a sending to recognise its answers. */
export type SentAct = {
  id: string
  siren: string
  department: string
  date: string
  internalNumber: string
  nature: number
  envelopeName: string
  /** Official identifier once the 1-2 came, '' before. */
  actId: string
}

const sameAct = (sent: SentAct, siren: string, act: ActData): boolean =>
  (siren === '' || sent.siren === siren) &&
  sent.internalNumber === act.internalNumber &&
  sent.date === act.date &&
  sent.nature === act.nature

const computedId = (sent: SentAct): string =>
  actIdentifier({ ...sent, nature: natureOf(sent.nature)?.abbreviation ?? '' })

/**
 * The sending that a message of the State answers, or undefined. A 1-2 by its identifier then by the act it copies; a
 * 1-3 by SIREN, number, date and nature (actes.md §5.5); an `ANO_` by file name (§5.6); the others by the act's identifier.
 * `siren` comes from the envelope's `Destinataire`, '' when the message came alone.
 */
export function matchAnswer<T extends SentAct>(
  content: ActesContent,
  sent: readonly T[],
  from: { siren: string; fileName: string },
): T | undefined {
  if (content.code === 'ANO') {
    const envelope = anomalyTarget(from.fileName)
    return sent.find((one) => one.envelopeName === envelope)
  }
  if (content.code === '1-3') return sent.find((one) => sameAct(one, from.siren, content.act))
  if (!('actId' in content)) return undefined
  const byId = sent.find((one) => one.actId === content.actId || computedId(one) === content.actId)
  if (byId !== undefined || content.code !== '1-2') return byId
  return sent.find((one) => sameAct(one, from.siren, content.act))
}

/** True when an answer shows that the prefecture uses another classification than the one sent: a 7-1 is due (§5.4). */
export const needsClassification = (content: ActesContent): boolean =>
  (content.code === '1-2' || content.code === '1-3') &&
  content.classificationInForce !== '' &&
  content.classificationInForce !== content.act.classificationDate

/** Name of the archive that an envelope anomaly speaks of, when we know our trigram. */
export const rejectedArchive = (fileName: string, trigram: string): string | undefined => {
  const envelope = anomalyTarget(fileName)
  return envelope === undefined ? undefined : archiveName(trigram, envelope)
}
