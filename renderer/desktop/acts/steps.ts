import type { ActRow, ActView } from '../../../contracts/views.ts'
import type { Act } from '../../../core/act/model.ts'
import type { Permission } from '../../../core/people/rights.ts'
import { actsText } from '../../text/acts.ts'
import { shortDate } from '../../ui/format.ts'
import type { Tone } from '../../ui/state-badge.tsx'
import type { Step } from '../../ui/steps.tsx'

export type StepId = keyof typeof actsText.stepFilter
export const stepIds: readonly StepId[] = [
  'typeset',
  'sendToSign',
  'sign',
  'transmit',
  'publish',
  'awaitReceipt',
  'seeAnomaly',
]

/** What the reader may do on an act, with the right it takes. */
export type BatchAction = 'sendToSign' | 'transmit' | 'publish'
export const batchRights: Record<BatchAction, Permission> = {
  sendToSign: 'act.prepare',
  transmit: 'transmission.send',
  publish: 'publication.publish',
}
export const batchActions = ['sendToSign', 'transmit', 'publish'] as const satisfies readonly BatchAction[]

/** The step an act waits at, or null when nothing is missing. */
export const stepOf = (row: Pick<ActRow, 'nextStep'>): StepId | null =>
  stepIds.find((s) => s === row.nextStep?.action) ?? null

/** The batch action an act waits for, or null when it waits for someone else or for nothing. */
export const actionOf = (row: Pick<ActRow, 'nextStep'>): BatchAction | null =>
  batchActions.find((s) => s === row.nextStep?.action) ?? null

export const stepTone: Record<StepId, Tone> = {
  typeset: 'neutral',
  sendToSign: 'action',
  sign: 'waiting',
  transmit: 'action',
  publish: 'action',
  awaitReceipt: 'waiting',
  seeAnomaly: 'danger',
}

/** The step that the address asks for (`?etape=`), under the names that links use. */
export function stepAsked(value: string | null): StepId | 'all' | 'complete' {
  if (value === 'anomaly') return 'seeAnomaly'
  if (value === 'complete') return 'complete'
  return stepIds.find((s) => s === value) ?? 'all'
}

/** Life of an act: decided, signed, transmitted, received, published. */
export function lifeOf(act: Act, timeZone: string): Step[] {
  const words = actsText.page
  const signed = act.signatureState === 'signed'
  const steps: Step[] = [
    { label: words.decided, state: 'done', detail: shortDate(act.decidedOn) },
    {
      label: words.signed,
      state: signed ? 'done' : 'current',
      detail: act.signedAt && signed ? shortDate(act.signedAt, timeZone) : undefined,
    },
  ]
  if (act.stateTrack !== 'notTransmissible') {
    const refused = act.stateTrack === 'refused' || act.stateTrack === 'technicalReject'
    const left = act.transmittedAt !== null
    steps.push(
      {
        label: words.transmitted,
        state: left ? 'done' : signed ? 'current' : 'todo',
        detail: act.transmittedAt ? shortDate(act.transmittedAt, timeZone) : undefined,
      },
      {
        label: words.received,
        state: act.receipt ? 'done' : refused ? 'refused' : left ? 'current' : 'todo',
        detail: act.receipt ? shortDate(act.receipt.receivedOn) : undefined,
      },
    )
  }
  steps.push({
    label: words.published,
    state: act.publication ? 'done' : signed ? 'current' : 'todo',
    detail: act.publication ? shortDate(act.publication.publishedAt, timeZone) : undefined,
  })
  return steps
}

/** Formalities that an act still lacks before it is enforceable, in French, in their order. */
export function missingOf({ act }: Pick<ActView, 'act'>): string[] {
  const words = actsText.page.missing
  const refused = act.stateTrack === 'refused' || act.stateTrack === 'technicalReject'
  return [
    act.signatureState === 'signed' ? '' : words.signature,
    refused ? words.acceptance : act.transmissible && act.transmittedAt === null ? words.transmission : '',
    act.publication === null ? words.publication : '',
  ].filter(Boolean)
}
