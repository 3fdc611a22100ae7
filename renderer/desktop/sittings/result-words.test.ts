import { expect, it } from 'vitest'
import type { BallotResult } from '../../../core/sitting/model.ts'
import { resultWords } from './result-words.ts'

const result = (part: Partial<BallotResult>): BallotResult => {
  const r = { for: 0, against: 0, abstain: 0, notVoting: 0, ...part }
  return { votesCast: r.for + r.against, castingVote: false, unanimous: false, adopted: false, ...r }
}

it('says unanimity, with those who did not vote', () => {
  expect(resultWords(result({ for: 26, unanimous: true, adopted: true }))).toBe(
    'Adopté à l’unanimité : 26 voix pour.',
  )
  expect(resultWords(result({ for: 24, abstain: 1, notVoting: 1, unanimous: true, adopted: true }))).toBe(
    'Adopté à l’unanimité : 24 voix pour, 1 abstention, un membre ne prend pas part au vote.',
  )
})

it('says a majority and a refusal', () => {
  expect(resultWords(result({ for: 20, against: 4, abstain: 2, adopted: true }))).toBe(
    'Adopté : 20 voix pour, 4 contre, 2 abstentions.',
  )
  expect(resultWords(result({ for: 3, against: 20 }))).toBe('Rejeté : 3 voix pour, 20 contre.')
})

it('says when the chair decided, and when nobody voted', () => {
  expect(resultWords(result({ for: 10, against: 10, castingVote: true, adopted: true }))).toContain(
    'la voix du président étant prépondérante',
  )
  expect(resultWords(result({ abstain: 12 }))).toBe('Aucun suffrage exprimé : le point n’est pas adopté.')
})
