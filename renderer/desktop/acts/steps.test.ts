import { describe, expect, it } from 'vitest'
import type { Act } from '../../../core/act/model.ts'
import { actionOf, lifeOf, missingOf, stepAsked, stepOf } from './steps.ts'

const act: Act = {
  id: 'a',
  authorityId: 'c',
  sittingId: 's',
  itemId: 'i',
  number: 'D2026_0001',
  rank: 1,
  nature: 1,
  subjectCode: '9.1',
  title: 'Dénomination d’une place',
  decidedOn: '2026-11-04',
  outcome: 'adopted',
  transmissible: true,
  budgetFileId: null,
  annexes: [],
  document: null,
  signedDocument: null,
  places: [],
  folderId: null,
  signatureState: 'unsigned',
  signedAt: null,
  stateTrack: 'toTransmit',
  transmittedAt: null,
  receipt: null,
  publicityState: 'pending',
  publication: null,
}
const states = (a: Act) => lifeOf(a, 'Europe/Paris').map((s) => s.state)

describe('what an act waits for', () => {
  it('knows the step asked by the address, under the names of the home page too', () => {
    expect(stepAsked('publish')).toBe('publish')
    expect(stepAsked('anomaly')).toBe('seeAnomaly')
    expect(stepAsked('nonsense')).toBe('all')
    expect(stepAsked(null)).toBe('all')
  })

  it('tells what the reader can do from what waits for others', () => {
    const row = (action: string) => ({ nextStep: { action, label: '' } })
    expect(actionOf(row('transmit'))).toBe('transmit')
    expect(actionOf(row('sign'))).toBeNull()
    expect(stepOf(row('sign'))).toBe('sign')
    expect(stepOf({ nextStep: null })).toBeNull()
  })

  it('follows the act from decision to publication', () => {
    expect(states(act)).toEqual(['done', 'current', 'todo', 'todo', 'todo'])
    const signed: Act = { ...act, signatureState: 'signed', signedAt: '2026-11-05T09:00:00Z' }
    expect(states(signed)).toEqual(['done', 'done', 'current', 'todo', 'current'])
    const refused: Act = { ...signed, stateTrack: 'refused', transmittedAt: '2026-11-05T10:00:00Z' }
    expect(states(refused)).toEqual(['done', 'done', 'done', 'refused', 'current'])
  })

  it('shows no transmission for what is not transmitted, and asks none of it', () => {
    const local: Act = { ...act, transmissible: false, stateTrack: 'notTransmissible' }
    expect(states(local)).toEqual(['done', 'current', 'todo'])
    expect(missingOf({ act: local })).toHaveLength(2)
    expect(missingOf({ act })).toHaveLength(3)
  })
})
