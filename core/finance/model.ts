import { z } from 'zod'
import { Instant } from '../calendar/civil-date.ts'
import { Refusal } from '../refusal.ts'
import { FileRef } from '../sitting/model.ts'

const ProblemData = z.object({
  code: z.string(),
  message: z.string(),
  where: z.string(),
  level: z.enum(['error', 'warning']),
})

/** A PES flow or a budget document: its bytes are kept as they came; what leaves is them, or them plus signatures. */
export const FinanceFile = z.object({
  id: z.string(),
  authorityId: z.string(),
  kind: z.enum(['pes', 'budget']),
  title: z.string(),
  file: FileRef,
  state: z.enum([
    'checked',
    'refused',
    'toSign',
    'signed',
    'rejected',
    'queued',
    'sent',
    'acknowledged',
    'acknowledgedWithErrors',
  ]),
  problems: z.array(ProblemData),
  signedFile: FileRef.nullable(),
  folderId: z.string().nullable(),
  /** Délibération that adopts the budget document. */
  actId: z.string().nullable(),
  receivedAt: Instant,
  receivedBy: z.string(),
})
export type FinanceFile = z.infer<typeof FinanceFile>

export type FinanceEvent =
  | { type: 'finance.received'; financeFile: FinanceFile }
  | { type: 'finance.sentToSign'; folderId: string }
  | { type: 'finance.signed'; file: FileRef; at: string }
  | { type: 'finance.signingRejected'; reason: string }
  | { type: 'finance.linkedToAct'; actId: string }
  | { type: 'finance.queued' }
  | { type: 'finance.sent'; at: string }

const refuse = (code: string, message: string) => new Refusal(code, message, { family: 'impossible' })

export function sendFinanceToSign(f: FinanceFile, folderId: string): FinanceEvent[] {
  if (f.kind !== 'pes')
    throw refuse(
      'BUDGET_NOT_SIGNED',
      'Un document budgétaire part sans être modifié, avec la délibération qui l’adopte.',
    )
  if (f.state !== 'checked' && f.state !== 'rejected')
    throw refuse(
      'FINANCE_STATE',
      `Le flux « ${f.title} » n’est pas à signer : il est refusé par le contrôle ou déjà au parapheur.`,
    )
  return [{ type: 'finance.sentToSign', folderId }]
}

export function queueFinance(f: FinanceFile): FinanceEvent[] {
  if (f.state === 'queued' || f.state === 'sent')
    throw new Refusal(
      'FINANCE_ALREADY_SENT',
      `Le flux « ${f.title} » est déjà parti : un second envoi serait une double transmission.`,
      { family: 'conflict' },
    )
  if (f.kind === 'pes' && f.state !== 'signed')
    throw refuse('PES_NOT_SIGNED', `Le flux « ${f.title} » n’est pas signé par l’ordonnateur.`)
  return [{ type: 'finance.queued' }]
}

/** Applies one event. */
export function evolveFinance(f: FinanceFile, e: FinanceEvent): FinanceFile {
  switch (e.type) {
    case 'finance.received':
      return e.financeFile
    case 'finance.sentToSign':
      return { ...f, state: 'toSign', folderId: e.folderId }
    case 'finance.signed':
      return { ...f, state: 'signed', signedFile: e.file }
    case 'finance.signingRejected':
      return { ...f, state: 'rejected', folderId: null }
    case 'finance.linkedToAct':
      return { ...f, actId: e.actId }
    case 'finance.queued':
      return { ...f, state: 'queued' }
    case 'finance.sent':
      return { ...f, state: 'sent' }
  }
}
