import type { Ballot, Choice } from '../../../core/sitting/model.ts'

export type Tally = Record<Choice, number> & { left: number }

/** Voices noted so far, and those still to note. */
export function tallyOf(ballot: Pick<Ballot, 'entitled' | 'votes'>): Tally {
  const tally: Tally = { for: 0, against: 0, abstain: 0, notVoting: 0, left: ballot.entitled.length }
  for (const vote of ballot.votes) {
    tally[vote.choice]++
    tally.left--
  }
  return tally
}

export const choiceOfKey: Readonly<Record<string, Choice>> = {
  p: 'for',
  c: 'against',
  a: 'abstain',
  n: 'notVoting',
}

/** Index of the next voice without a vote after `from`, going round; -1 when every voice is noted. */
export function nextVoice(ballot: Pick<Ballot, 'entitled' | 'votes'>, from: number): number {
  const { length } = ballot.entitled
  for (let step = 1; step <= length; step++) {
    const index = (from + step) % length
    const voice = ballot.entitled[index]
    if (voice && !ballot.votes.some((v) => v.memberId === voice.memberId)) return index
  }
  return -1
}
