import { describe, expect, it } from 'vitest'
import { type Act, enforceableFrom, nextStep } from './model.ts'

const file = { sha256: 'a'.repeat(64), name: 'D2026_0001.pdf', mediaType: 'application/pdf', size: 1 }
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
  document: file,
  signedDocument: file,
  places: [],
  folderId: 'f',
  signatureState: 'signed',
  signedAt: '2026-11-05T08:00:00.000Z',
  stateTrack: 'sent',
  transmittedAt: '2026-11-05T09:00:00.000Z',
  receipt: null,
  publicityState: 'published',
  publication: { publishedAt: '2026-11-05T10:00:00.000Z', path: '', authorLine: '', file },
}

describe('enforceableFrom', () => {
  it('is the later of publication and transmission, without waiting for the receipt', () => {
    expect(enforceableFrom(act)).toBe('2026-11-05T10:00:00.000Z')
    expect(enforceableFrom({ ...act, transmittedAt: '2026-11-06T09:00:00.000Z' })).toBe(
      '2026-11-06T09:00:00.000Z',
    )
  })

  it('is publication alone for what is not transmitted', () => {
    const local: Act = { ...act, transmissible: false, stateTrack: 'notTransmissible', transmittedAt: null }
    expect(enforceableFrom(local)).toBe('2026-11-05T10:00:00.000Z')
  })

  it('is nothing while a formality is missing, when the prefecture refused it, or when the council did', () => {
    expect(enforceableFrom({ ...act, publication: null })).toBeNull()
    expect(enforceableFrom({ ...act, transmittedAt: null })).toBeNull()
    expect(enforceableFrom({ ...act, stateTrack: 'refused' })).toBeNull()
    expect(enforceableFrom({ ...act, stateTrack: 'technicalReject' })).toBeNull()
    expect(enforceableFrom({ ...act, outcome: 'refused' })).toBeNull()
  })
})

describe('nextStep', () => {
  it('says the one thing missing, anomalies before anything else', () => {
    expect(nextStep({ ...act, document: null })?.action).toBe('typeset')
    expect(nextStep({ ...act, signatureState: 'unsigned', folderId: null })?.action).toBe('sendToSign')
    expect(nextStep({ ...act, signatureState: 'partlySigned' })?.action).toBe('sign')
    expect(nextStep({ ...act, stateTrack: 'refused', publicityState: 'pending' })?.action).toBe('seeAnomaly')
    expect(nextStep({ ...act, stateTrack: 'toTransmit' })?.action).toBe('transmit')
    expect(nextStep({ ...act, publicityState: 'pending' })?.action).toBe('publish')
    expect(nextStep(act)?.action).toBe('awaitReceipt')
    expect(nextStep({ ...act, stateTrack: 'received' })).toBeNull()
  })
})
