import type { z } from 'zod'
import { Refusal } from '../refusal.ts'
import type { FileRef, Sitting } from '../sitting/model.ts'
import { deliberating } from '../sitting/model.ts'
import {
  type Act,
  actNumber,
  type PrefectureReceipt,
  type Publication,
  type SignaturePlace,
} from './model.ts'

export type ActEvent =
  | { type: 'act.numbered'; act: Act }
  | { type: 'act.typeset'; document: FileRef; places: SignaturePlace[] }
  | { type: 'act.sentToSign'; folderId: string }
  | { type: 'act.signed'; document: FileRef; complete: boolean; at: string }
  | { type: 'act.signingRejected'; reason: string }
  | { type: 'act.transmissionQueued' }
  | { type: 'act.transmitted'; at: string }
  | { type: 'act.received'; receipt: z.infer<typeof PrefectureReceipt> }
  | { type: 'act.refusedByState'; nature: string; detail: string }
  | { type: 'act.published'; publication: z.infer<typeof Publication> }

const NATURE_DELIBERATION = 1
// A budget travels as nature 5, its délibération joined in the same envelope.
const NATURE_BUDGET = 5

/**
 * Draws the numbers of a sitting, in agenda order, from `next` on: every item voted (adopted or refused) or noted as a
 * budget debate gets one, never reused (CGCT art. R. 2121-9). Returns one act per item.
 */
export function numberActs(sitting: Sitting, next: number, newId: () => string): Act[] {
  const year = sitting.date.slice(0, 4)
  const voted = sitting.items.filter(
    (i) => deliberating.has(i.kind) && ['adopted', 'refused', 'noted'].includes(i.status),
  )
  return voted.map((item, index) => ({
    id: newId(),
    authorityId: sitting.authorityId,
    sittingId: sitting.id,
    itemId: item.id,
    number: actNumber(year, next + index),
    rank: sitting.items.findIndex((i) => i.id === item.id) + 1,
    nature: item.budgetFileId ? NATURE_BUDGET : NATURE_DELIBERATION,
    subjectCode: item.subjectCode,
    title: item.title,
    decidedOn: sitting.date,
    outcome: item.status === 'refused' ? 'refused' : item.status === 'noted' ? 'noted' : 'adopted',
    transmissible: item.status !== 'refused',
    budgetFileId: item.budgetFileId,
    annexes: item.annexes,
    document: null,
    signedDocument: null,
    places: [],
    folderId: null,
    signatureState: 'unsigned',
    signedAt: null,
    stateTrack: item.status === 'refused' ? 'notTransmissible' : 'toTransmit',
    transmittedAt: null,
    receipt: null,
    publicityState: 'pending',
    publication: null,
  }))
}

const refuse = (code: string, message: string, where = '') =>
  new Refusal(code, message, { family: 'impossible', where })

/** The délibération is typeset once; from then on its bytes are frozen. */
export function typeset(act: Act, document: FileRef, places: SignaturePlace[]): ActEvent[] {
  if (act.folderId !== null)
    throw refuse('ACT_FROZEN', `La délibération ${act.number} est au parapheur : son texte est figé.`)
  return [{ type: 'act.typeset', document, places }]
}

export function sendToSign(act: Act, folderId: string): ActEvent[] {
  if (act.document === null)
    throw refuse('ACT_NOT_TYPESET', `La délibération ${act.number} n’est pas encore mise en forme.`)
  if (act.folderId !== null)
    throw refuse('ACT_ALREADY_SENT', `La délibération ${act.number} est déjà au parapheur.`)
  return [{ type: 'act.sentToSign', folderId }]
}

export function queueTransmission(act: Act): ActEvent[] {
  if (act.stateTrack === 'notTransmissible')
    throw refuse(
      'ACT_NOT_TRANSMISSIBLE',
      `La délibération ${act.number} a été rejetée par le conseil : elle n’est pas transmise.`,
    )
  // After an anomaly nothing was received: the act may be sent again, in a new envelope.
  if (!['toTransmit', 'refused', 'technicalReject'].includes(act.stateTrack))
    throw new Refusal(
      'ACT_ALREADY_TRANSMITTED',
      `La délibération ${act.number} est déjà transmise : un second envoi serait une double transmission.`,
      { family: 'conflict' },
    )
  if (act.signatureState !== 'signed' || act.signedDocument === null)
    throw refuse(
      'ACT_NOT_SIGNED',
      `La délibération ${act.number} n’est pas signée par le secrétaire et le président de séance. Faites-la signer avant de la transmettre.`,
      'CGCT art. L. 2121-23',
    )
  return [{ type: 'act.transmissionQueued' }]
}

export function publish(act: Act, publication: z.infer<typeof Publication>): ActEvent[] {
  if (act.publicityState === 'published')
    throw new Refusal('ACT_ALREADY_PUBLISHED', `La délibération ${act.number} est déjà publiée.`, {
      family: 'conflict',
    })
  if (act.signatureState !== 'signed')
    throw refuse('ACT_NOT_SIGNED', `La délibération ${act.number} n’est pas encore signée.`)
  return [{ type: 'act.published', publication }]
}

/** Applies one event. */
export function evolveAct(act: Act, e: ActEvent): Act {
  switch (e.type) {
    case 'act.numbered':
      return e.act
    case 'act.typeset':
      return { ...act, document: e.document, places: e.places }
    case 'act.sentToSign':
      return { ...act, folderId: e.folderId }
    case 'act.signed':
      return {
        ...act,
        signedDocument: e.document,
        signatureState: e.complete ? 'signed' : 'partlySigned',
        signedAt: e.complete ? e.at : act.signedAt,
      }
    case 'act.signingRejected':
      return { ...act, folderId: null, signedDocument: null, signatureState: 'unsigned', document: null }
    case 'act.transmissionQueued':
      return { ...act, stateTrack: 'queued' }
    case 'act.transmitted':
      return { ...act, stateTrack: 'sent', transmittedAt: e.at }
    case 'act.received':
      return { ...act, stateTrack: 'received', receipt: e.receipt }
    case 'act.refusedByState':
      return { ...act, stateTrack: 'refused' }
    case 'act.published':
      return { ...act, publicityState: 'published', publication: e.publication }
  }
}
