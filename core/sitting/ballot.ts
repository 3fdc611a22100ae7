import type { AgendaItem, Ballot, BallotResult, QuorumSnapshot } from './model.ts'

/** Voices entitled at an item: each member present, then one for each power carried by a member present. */
export const entitledVoices = (quorum: QuorumSnapshot): Ballot['entitled'] => [
  ...quorum.present.map((id) => ({ memberId: id, castBy: id })),
  ...quorum.represented.map((r) => ({ memberId: r.grantorId, castBy: r.holderId })),
]

/** Members present needed to ask for a public ballot (1/4) or a secret one (1/3) (CGCT art. L. 2121-21). */
export const ballotRequestThreshold = (present: number, kind: 'public' | 'secret'): number =>
  Math.ceil(present / (kind === 'public' ? 4 : 3))

/**
 * Result of a ballot. Adopted by the absolute majority of the votes cast, for + against (L. 2121-20); on a tie the
 * chair's own vote decides, never in a secret ballot; accounts are adopted unless a majority voted against (L. 1612-12).
 */
export function countBallot(ballot: Ballot, itemKind: AgendaItem['kind']): BallotResult {
  const n = { for: 0, against: 0, abstain: 0, notVoting: 0 }
  for (const v of ballot.votes) n[v.choice]++
  n.notVoting += ballot.entitled.length - ballot.votes.length
  const votesCast = n.for + n.against
  const tie = votesCast > 0 && n.for === n.against
  const chair = ballot.votes.find((v) => v.memberId === ballot.chairId && v.castBy === ballot.chairId)?.choice
  const castingVote =
    tie && itemKind !== 'accounts' && ballot.kind !== 'secret' && (chair === 'for' || chair === 'against')
  const adopted =
    itemKind === 'accounts' ? n.against <= n.for : castingVote ? chair === 'for' : n.for > n.against
  return {
    ...n,
    votesCast,
    castingVote,
    unanimous: votesCast > 0 && n.against === 0 && n.for === votesCast,
    adopted,
  }
}
