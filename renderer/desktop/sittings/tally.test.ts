import { expect, it } from 'vitest'
import type { Ballot, Choice } from '../../../core/sitting/model.ts'
import { nextVoice, tallyOf } from './tally.ts'

const ballot = (voices: string[], votes: Record<string, Choice>): Pick<Ballot, 'entitled' | 'votes'> => ({
  entitled: voices.map((memberId) => ({ memberId, castBy: memberId })),
  votes: Object.entries(votes).map(([memberId, choice]) => ({
    memberId,
    castBy: memberId,
    choice,
    at: '2026-12-09T18:00:00Z',
    enteredBy: 'operator',
  })),
})

it('counts what is noted and what is left', () => {
  expect(tallyOf(ballot(['a', 'b', 'c', 'd'], { a: 'for', b: 'abstain', c: 'for' }))).toEqual({
    for: 2,
    against: 0,
    abstain: 1,
    notVoting: 0,
    left: 1,
  })
})

it('goes to the next voice that is not noted, round the list, and stops when all are', () => {
  const voices = ['a', 'b', 'c']
  expect(nextVoice(ballot(voices, {}), 0)).toBe(1)
  expect(nextVoice(ballot(voices, { b: 'for' }), 0)).toBe(2)
  expect(nextVoice(ballot(voices, { b: 'for', c: 'for' }), 2)).toBe(0)
  expect(nextVoice(ballot(voices, { a: 'for', b: 'for', c: 'for' }), 1)).toBe(-1)
})
