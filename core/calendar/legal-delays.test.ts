import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, civilOf, dayNumber, frenchDate, frenchTime, instantOf } from './civil-date.ts'
import {
  clearDaysBetween,
  delayRule,
  earliestSittingDate,
  individualDecisionDeadline,
  lastLegalSendingDate,
  legalDates,
  minutesPublicationDeadline,
} from './legal-delays.ts'

const vectors: [sitting: string, five: string, three: string, one: string][] = [
  ['2026-12-10', '2026-12-04', '2026-12-06', '2026-12-08'],
  ['2026-11-16', '2026-11-10', '2026-11-12', '2026-11-14'],
  ['2027-01-04', '2026-12-29', '2026-12-31', '2027-01-02'],
  ['2027-03-29', '2027-03-23', '2027-03-25', '2027-03-27'],
  ['2027-04-01', '2027-03-26', '2027-03-28', '2027-03-30'],
  ['2028-03-01', '2028-02-24', '2028-02-26', '2028-02-28'],
  ['1989-12-26', '1989-12-20', '1989-12-22', '1989-12-24'],
]

describe('clear days (CGCT art. L. 2121-11, L. 2121-12)', () => {
  test.each(vectors)('sitting of %s', (sitting, five, three, one) => {
    expect([5, 3, 1].map((n) => lastLegalSendingDate(sitting, n))).toEqual([five, three, one])
  })

  test.each([
    ['2026-12-04', '2026-12-10', '2026-12-08', '2026-12-06'],
    ['2026-12-05', '2026-12-11', '2026-12-09', '2026-12-07'],
  ])('sent on %s', (sent, five, three, one) => {
    expect([5, 3, 1].map((n) => earliestSittingDate(sent, n))).toEqual([five, three, one])
  })

  test('a day late leaves four clear days', () => {
    expect(clearDaysBetween('2026-12-05', '2026-12-10')).toBe(4)
    expect(clearDaysBetween('2027-03-23', '2027-03-29')).toBe(5)
  })

  test('last sending date and earliest sitting are inverse, whatever the day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 60_000 }), fc.integer({ min: 1, max: 15 }), (n, days) => {
        const sitting = addDays('1970-01-01', n)
        const last = lastLegalSendingDate(sitting, days)
        return earliestSittingDate(last, days) === sitting && clearDaysBetween(last, sitting) === days
      }),
    )
  })

  test('the rule follows the population frozen at the renewal, the local law and the kind of sitting', () => {
    const of = (populationAtRenewal: number, alsaceMoselle = false) => ({
      populationAtRenewal,
      alsaceMoselle,
    })
    expect(delayRule(of(3499), 'ordinary')).toMatchObject({ clearDays: 3, article: 'L. 2121-11' })
    expect(delayRule(of(3500), 'ordinary')).toMatchObject({ clearDays: 5, article: 'L. 2121-12' })
    expect(delayRule(of(12_000), 'installation')).toMatchObject({ clearDays: 3, article: 'L. 2121-7' })
    expect(delayRule(of(12_000), 'secondConvocation')).toMatchObject({
      clearDays: 3,
      minimum: 3,
      article: 'L. 2121-17',
    })
    expect(delayRule(of(900, true), 'ordinary')).toMatchObject({ clearDays: 3, article: 'L. 2541-2' })
  })

  test('second convocation: sent the evening of 10 December, 14 December at the earliest', () => {
    expect(earliestSittingDate('2026-12-10', 3)).toBe('2026-12-14')
    expect(earliestSittingDate('2026-12-11', 3)).toBe('2026-12-15')
  })

  test('every legal date says its article and how it was computed', () => {
    const dates = legalDates(
      { populationAtRenewal: 5000, alsaceMoselle: false },
      { date: '2027-04-08', kind: 'ordinary' },
      true,
    )
    expect(Object.fromEntries(dates.map((d) => [d.key, d.date]))).toEqual({
      budgetDocuments: '2027-03-26',
      lastSendingDate: '2027-04-02',
      urgentSendingDate: '2027-04-06',
      deliberationList: '2027-04-15',
    })
    for (const d of dates) {
      expect(d.article).toMatch(/^CGCT art\. L\. \d/)
      expect(d.computation.length).toBeGreaterThan(20)
    }
  })

  test('other deadlines', () => {
    expect(minutesPublicationDeadline('2027-01-28')).toBe('2027-02-04')
    expect(individualDecisionDeadline('2026-10-01')).toBe('2026-10-16')
  })
})

describe('civil dates', () => {
  test('a day that does not exist is refused', () => {
    expect(() => dayNumber('2027-02-29')).toThrow('n’existe pas')
    expect(dayNumber('2028-02-29')).toBe(dayNumber('2028-02-28') + 1)
  })

  test('the civil day is the authority’s, not the server’s', () => {
    expect(civilOf('2026-12-04T23:30:00.000Z', 'Europe/Paris')).toEqual({ date: '2026-12-05', time: '00:30' })
    expect(civilOf('2026-12-04T23:30:00.000Z', 'America/Martinique')).toEqual({
      date: '2026-12-04',
      time: '19:30',
    })
    expect(civilOf('2026-12-04T21:30:00.000Z', 'Indian/Reunion')).toEqual({
      date: '2026-12-05',
      time: '01:30',
    })
  })

  test('instants across the clock changes', () => {
    expect(instantOf('2026-12-10', '18:30', 'Europe/Paris')).toBe('2026-12-10T17:30:00.000Z')
    expect(instantOf('2027-03-29', '18:30', 'Europe/Paris')).toBe('2027-03-29T16:30:00.000Z')
  })

  test('said in French', () => {
    expect(frenchDate('2026-12-04')).toBe('vendredi 4 décembre 2026')
    expect(frenchDate('2026-03-01')).toBe('dimanche 1er mars 2026')
    expect(frenchTime('18:30')).toBe('18\u00a0h\u00a030')
    expect(frenchTime('09:00')).toBe('9\u00a0h')
  })
})
