import type { MemberView } from '../../../contracts/views.ts'
import { fullName } from '../../../core/people/model.ts'
import type { AgendaItem, Ballot, BallotResult } from '../../../core/sitting/model.ts'
import { count } from '../../ui/format.ts'

/** Name of a member by id; an unknown id shows nothing rather than an identifier. */
export function namesOf(members: readonly MemberView[]): (id: string) => string {
  const byId = new Map(members.map((m) => [m.id, fullName(m)]))
  return (id) => byId.get(id) ?? ''
}

/** The ballot that runs on an item, if any. */
export const openBallotOf = (item: AgendaItem): Ballot | undefined =>
  item.ballots.find((b) => b.state === 'open')

/** The last ballot recorded on an item. */
export const recordedBallotOf = (item: AgendaItem): Ballot | undefined =>
  item.ballots.findLast((b) => b.state === 'recorded')

/** « Adopté à l’unanimité : 24 voix pour », « Rejeté : 10 voix pour, 12 contre, 2 abstentions ». */
export function resultInWords(r: BallotResult): string {
  const parts = [`${count(r.for, 'voix', 'voix')} pour`]
  if (r.against > 0) parts.push(`${r.against} contre`)
  if (r.abstain > 0) parts.push(count(r.abstain, 'abstention'))
  if (r.notVoting > 0)
    parts.push(
      r.notVoting === 1
        ? '1 membre ne prend pas part au vote'
        : `${r.notVoting} membres ne prennent pas part au vote`,
    )
  const verdict = r.adopted ? (r.unanimous ? 'Adopté à l’unanimité' : 'Adopté à la majorité') : 'Rejeté'
  return `${verdict} : ${parts.join(', ')}${r.castingVote ? ' (voix prépondérante du président)' : ''}.`
}

/** The first item still to treat after the current one, in the order of the agenda, or the first of all. */
export function nextItem(items: readonly AgendaItem[], currentId: string | null): AgendaItem | undefined {
  const from = items.findIndex((i) => i.id === currentId) + 1
  return [...items.slice(from), ...items.slice(0, from)].find((i) => i.status === 'planned')
}
