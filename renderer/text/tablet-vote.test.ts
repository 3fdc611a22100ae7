import { describe, expect, test } from 'vitest'
import type { BallotResult } from '../../core/sitting/model.ts'
import { resultInWords } from './tablet-vote.ts'

const result = (over: Partial<BallotResult>): BallotResult => ({
  for: 0,
  against: 0,
  abstain: 0,
  notVoting: 0,
  votesCast: (over.for ?? 0) + (over.against ?? 0),
  castingVote: false,
  unanimous: false,
  adopted: true,
  ...over,
})
const said = (over: Partial<BallotResult>) => resultInWords(result(over)).replaceAll('\u00a0', ' ')

describe('a result in words', () => {
  test('everyone for', () => {
    expect(said({ for: 27, unanimous: true })).toBe('Adopté à l’unanimité : 27 pour.')
  })
  test('an abstention leaves the unanimity of the votes cast only', () => {
    expect(said({ for: 23, abstain: 1, unanimous: true })).toBe(
      'Adopté à l’unanimité des suffrages exprimés : 23 pour, 1 abstention.',
    )
  })
  test('a majority, with plurals', () => {
    expect(said({ for: 18, against: 5, abstain: 2, notVoting: 2 })).toBe(
      'Adopté : 18 pour, 5 contre, 2 abstentions, 2 ne prennent pas part au vote.',
    )
  })
  test('a refusal, and a tie settled by the chair', () => {
    expect(said({ for: 5, against: 18, adopted: false })).toBe('Rejeté : 5 pour, 18 contre.')
    expect(said({ for: 12, against: 12, castingVote: true })).toBe(
      'Adopté, par la voix prépondérante de la présidence : 12 pour, 12 contre.',
    )
  })
})
