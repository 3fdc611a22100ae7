import type { SittingView } from '../../../contracts/views.ts'
import type { SittingState } from '../../../core/sitting/model.ts'
import { sittingText } from '../../text/sittings.ts'
import { count, shortDate } from '../../ui/format.ts'
import type { Tone } from '../../ui/state-badge.tsx'
import type { Step, StepState } from '../../ui/steps.tsx'

/** Tone of a state: `waiting` depends on others, `action` is under way here. */
export const stateTone: Record<SittingState, Tone> = {
  draft: 'neutral',
  prepared: 'neutral',
  convened: 'waiting',
  postponed: 'warning',
  open: 'action',
  suspended: 'warning',
  quorumFailed: 'danger',
  held: 'neutral',
  listPublished: 'neutral',
  minutesAdopted: 'neutral',
  closed: 'done',
  archived: 'off',
  cancelled: 'off',
}

export const isPreparing = (state: SittingState): boolean => state === 'draft' || state === 'prepared'
export const isMeeting = (state: SittingState): boolean => state === 'open' || state === 'suspended'
export const isOver = (state: SittingState): boolean =>
  ['held', 'listPublished', 'minutesAdopted', 'closed', 'archived'].includes(state)

type LifeInput = Pick<SittingView, 'acts'> & {
  body: Pick<SittingView['body'], 'kind'>
  sitting: Pick<SittingView['sitting'], 'state' | 'closedAt' | 'convocations'>
}

/** Life of a sitting, from the first draft to the last formality of its acts; a committee takes none. */
export function lifeSteps({ sitting, acts, body }: LifeInput): Step[] {
  const { state } = sitting
  const over = isOver(state)
  const met = over || state === 'quorumFailed'
  const signed = acts.filter((a) => a.signatureState === 'signed').length
  const due = acts.filter((a) => a.transmissible && a.outcome !== 'refused')
  const sent = due.filter((a) => a.transmittedAt !== null).length
  const allSigned = over && signed === acts.length
  const allSent = allSigned && sent === due.length
  const sentAt = sitting.convocations.at(-1)?.sentAt
  const words = sittingText.steps
  const step = (label: string, stepState: StepState, detail?: string): Step => ({
    label,
    state: stepState,
    ...(detail && { detail }),
  })
  const progress = (done: boolean, now: boolean): StepState => (done ? 'done' : now ? 'current' : 'todo')
  if (state === 'cancelled') return [step(words.preparation, 'done'), step(words.cancelled, 'refused')]
  const first = [
    step(words.preparation, progress(!isPreparing(state), true)),
    step(
      words.convened,
      progress(met || isMeeting(state), state === 'convened'),
      sentAt ? shortDate(sentAt) : undefined,
    ),
    step(
      words.meeting,
      state === 'quorumFailed' ? 'warning' : progress(over, isMeeting(state)),
      state === 'quorumFailed' ? words.noQuorum : sitting.closedAt ? shortDate(sitting.closedAt) : undefined,
    ),
  ]
  if (body.kind === 'committee') return [...first, step(words.held, progress(over, false))]
  return [
    ...first,
    step(
      allSigned ? words.signed : words.toSign,
      progress(allSigned, over),
      over && acts.length > 0 ? words.outOf(signed, count(acts.length, 'acte')) : undefined,
    ),
    step(
      words.transmitted,
      progress(allSent, allSigned),
      over && due.length > 0 ? words.outOf(sent, count(due.length, 'acte')) : undefined,
    ),
    step(words.closed, progress(state === 'closed' || state === 'archived', allSent)),
  ]
}
