import { describe, expect, test } from 'vitest'
import type { BallotFacts } from '../inputs.ts'
import { voteView } from './vote.ts'

const ballot = (b: Partial<BallotFacts>): BallotFacts => ({
  kind: 'ordinary',
  for: 0,
  against: 0,
  abstain: 0,
  notVoting: 0,
  castingVote: false,
  ...b,
})
const told = (outcome: 'adopted' | 'refused' | 'noted', b: Partial<BallotFacts> | null) =>
  voteView('Conseil municipal', outcome, b && ballot(b))

describe('how a vote is told', () => {
  test('unanimity of the votes cast leaves abstentions apart', () => {
    expect(told('adopted', { for: 21, abstain: 1 }).sentence).toBe(
      'Le conseil municipal, après en avoir délibéré et voté à main levée, à l’unanimité des suffrages exprimés, par vingt et une voix pour et une abstention,',
    )
  })

  test('a divided vote gives each side', () => {
    const v = told('adopted', { for: 14, against: 9, abstain: 2, kind: 'public' })
    expect(v.sentence).toContain(
      'au scrutin public, par quatorze voix pour, neuf voix contre et deux abstentions,',
    )
    expect(v.figures.map((f) => f.value)).toEqual(['23', '14', '9', '2', '0'])
    expect(v.verb).toBe('DÉCIDE')
  })

  test('the casting vote of the chair is said', () => {
    expect(told('adopted', { for: 12, against: 12, castingVote: true }).sentence).toContain(
      'la voix du président étant prépondérante',
    )
  })

  test('a refusal against all is not called unanimous', () => {
    const v = told('refused', { against: 20 })
    expect(v.sentence).not.toContain('unanimité')
    expect(v.sentence).toContain('par vingt voix contre,')
    expect(v.verb).toBe('N’ADOPTE PAS')
  })

  test('names only in a public ballot', () => {
    const names = { for: ['Mme A', 'M. B'], against: ['M. C'], abstain: [], notVoting: [] }
    expect(told('adopted', { kind: 'public', for: 2, against: 1, names }).names).toEqual([
      { label: 'Ont voté pour', names: 'Mme A et M. B' },
      { label: 'Ont voté contre', names: 'M. C' },
    ])
    expect(told('adopted', { kind: 'ordinary', for: 2, against: 1, names }).names).toEqual([])
    expect(told('adopted', { kind: 'secret', for: 2, against: 1, names }).names).toEqual([])
  })

  test('what is noted needs no ballot', () => {
    expect(told('noted', null)).toMatchObject({ verb: 'PREND ACTE', figures: [] })
  })
})
