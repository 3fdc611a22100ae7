import { Refusal } from '../refusal.ts'
import type { ConvocationDispatch, FileRef } from './model.ts'

export type DispatchEvent =
  | { type: 'dispatch.queued'; dispatch: ConvocationDispatch }
  | { type: 'dispatch.prepared'; convocationFile: FileRef; manifestSha256: string }
  | { type: 'dispatch.handedOver'; at: string; relayAnswer: string; messageId: string }
  | { type: 'dispatch.failed'; error: string; permanent: boolean }
  | { type: 'dispatch.requeued' }
  | { type: 'dispatch.timestamped'; token: string }
  | { type: 'dispatch.proven'; proofFile: FileRef }
  | { type: 'dispatch.opened'; at: string }
  | { type: 'dispatch.acknowledged'; at: string }
  | { type: 'dispatch.onPaper'; at: string; bearer: string }

const HANDED_OVER = new Set<ConvocationDispatch['state']>([
  'handedOver',
  'delivered',
  'opened',
  'acknowledged',
  'handedOverOnPaper',
])

/** True when the dispatch has its legal effect (glossary §6.3). */
export const isHandedOver = (d: ConvocationDispatch): boolean => HANDED_OVER.has(d.state)

/** First opening and acknowledgement only once the message left; each is kept once. */
export function noteOpening(d: ConvocationDispatch, at: string): DispatchEvent[] {
  return isHandedOver(d) && d.firstOpenedAt === null ? [{ type: 'dispatch.opened', at }] : []
}

export function noteAcknowledgement(d: ConvocationDispatch, at: string): DispatchEvent[] {
  return isHandedOver(d) && d.acknowledgedAt === null ? [{ type: 'dispatch.acknowledged', at }] : []
}

/** Hand-over on paper, after a failure or for a councillor who asked for paper. */
export function handOverOnPaper(d: ConvocationDispatch, bearer: string, at: string): DispatchEvent[] {
  if (isHandedOver(d))
    throw new Refusal('DISPATCH_DONE', 'Cette convocation est déjà partie.', { family: 'conflict' })
  return [{ type: 'dispatch.onPaper', at, bearer }]
}

/** Sends again after a failure. */
export function retryDispatch(d: ConvocationDispatch): DispatchEvent[] {
  if (d.state !== 'failed' && d.state !== 'bounced')
    throw new Refusal('DISPATCH_NOT_FAILED', 'Cet envoi n’est pas en échec : il n’y a rien à reprendre.', {
      family: 'conflict',
    })
  return [{ type: 'dispatch.requeued' }]
}

/** Applies one event. */
export function evolveDispatch(d: ConvocationDispatch, e: DispatchEvent): ConvocationDispatch {
  switch (e.type) {
    case 'dispatch.queued':
      return e.dispatch
    case 'dispatch.prepared':
      return {
        ...d,
        convocationFile: e.convocationFile,
        manifestSha256: e.manifestSha256,
        timestampState: 'pending',
      }
    case 'dispatch.handedOver':
      return {
        ...d,
        state: 'handedOver',
        handedOverAt: e.at,
        relayAnswer: e.relayAnswer,
        messageId: e.messageId,
        error: null,
        attempts: d.attempts + 1,
      }
    case 'dispatch.failed':
      return { ...d, state: e.permanent ? 'failed' : d.state, error: e.error, attempts: d.attempts + 1 }
    case 'dispatch.requeued':
      return { ...d, state: 'queued', error: null }
    case 'dispatch.timestamped':
      return { ...d, timestampToken: e.token, timestampState: 'obtained' }
    case 'dispatch.proven':
      return { ...d, proofFile: e.proofFile }
    case 'dispatch.opened':
      return { ...d, firstOpenedAt: e.at, state: d.state === 'handedOver' ? 'opened' : d.state }
    case 'dispatch.acknowledged':
      return { ...d, acknowledgedAt: e.at, firstOpenedAt: d.firstOpenedAt ?? e.at, state: 'acknowledged' }
    case 'dispatch.onPaper':
      return {
        ...d,
        state: 'handedOverOnPaper',
        channel: 'paper',
        handedOverAt: e.at,
        relayAnswer: `Remise sur papier par ${e.bearer}`,
        error: null,
      }
  }
}
