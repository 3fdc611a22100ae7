import { describe, expect, it } from 'vitest'
import type { SittingState } from '../../../core/sitting/model.ts'
import { lifeSteps } from './life.ts'

const act = (over: object) =>
  ({
    signatureState: 'unsigned',
    transmissible: true,
    outcome: 'adopted',
    transmittedAt: null,
    ...over,
  }) as never

const states = (
  state: SittingState,
  acts: never[] = [],
  kind: 'municipalCouncil' | 'committee' = 'municipalCouncil',
) =>
  lifeSteps({ body: { kind }, sitting: { state, closedAt: null, convocations: [] }, acts })
    .map((s) => s.state)
    .join(' ')

describe('life of a sitting', () => {
  it('has one current step at each state', () => {
    expect(states('draft')).toBe('current todo todo todo todo todo')
    expect(states('convened')).toBe('done current todo todo todo todo')
    expect(states('open')).toBe('done done current todo todo todo')
    expect(states('suspended')).toBe('done done current todo todo todo')
  })
  it('warns when the quorum failed, and stops there', () => {
    expect(states('quorumFailed')).toBe('done done warning todo todo todo')
  })
  it('follows the acts after the sitting', () => {
    expect(states('held', [act({})])).toBe('done done done current todo todo')
    expect(states('held', [act({ signatureState: 'signed' })])).toBe('done done done done current todo')
    expect(states('held', [act({ signatureState: 'signed', transmittedAt: '2026-12-11T08:00:00Z' })])).toBe(
      'done done done done done current',
    )
  })
  it('does not wait for the transmission of a refused act', () => {
    expect(states('held', [act({ signatureState: 'signed', outcome: 'refused' })])).toBe(
      'done done done done done current',
    )
  })
  it('ends a committee with its meeting: it takes no act', () => {
    expect(states('draft', [], 'committee')).toBe('current todo todo todo')
    expect(states('held', [], 'committee')).toBe('done done done done')
  })
  it('shows a cancelled sitting as refused', () => {
    expect(states('cancelled')).toBe('done refused')
  })
})
