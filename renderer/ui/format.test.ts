import { describe, expect, it } from 'vitest'
import {
  clockTime,
  compareFrench,
  count,
  enumeration,
  fileSize,
  folded,
  longDate,
  longDateTime,
  money,
  plainDate,
  remainingDays,
  shortDateTime,
  shortHash,
  typeset,
} from './format.ts'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('dates', () => {
  it('says a day and an hour as a convocation does', () => {
    expect(plain(longDateTime('2026-12-10T17:30:00Z'))).toBe('jeudi 10 décembre 2026 à 18 h 30')
    expect(plain(clockTime('2026-07-01T07:00:00Z'))).toBe('9 h')
    expect(plain(shortDateTime('2026-12-10T17:05:00Z'))).toBe('10 déc. 2026, 18 h 05')
  })
  it('keeps a calendar day the same in every zone', () => {
    expect(longDate('2026-12-04', 'Pacific/Honolulu')).toBe('vendredi 4 décembre 2026')
  })
  it('writes 1er, but leaves 11 and 21 alone', () => {
    expect(plainDate('2027-01-01')).toBe('1er janvier 2027')
    expect(longDate('2027-01-01')).toBe('vendredi 1er janvier 2027')
    expect(plainDate('2027-01-11')).toBe('11 janvier 2027')
    expect(plainDate('2027-01-21')).toBe('21 janvier 2027')
  })
  it('uses the zone of the commune, not of the reader', () => {
    expect(plain(longDateTime('2026-12-10T17:30:00Z', 'Indian/Reunion'))).toBe(
      'jeudi 10 décembre 2026 à 21 h 30',
    )
  })
  it('does not invent a date', () => {
    expect(longDateTime('bientôt')).toBe('—')
    expect(clockTime('')).toBe('—')
  })
})

describe('amounts', () => {
  it('is exact to the cent on long decimal strings', () => {
    expect(plain(money('12345.60'))).toBe('12 345,60 €')
    expect(plain(money('90071992547409931.01'))).toBe('90 071 992 547 409 931,01 €')
    expect(plain(money(-5n))).toBe('-0,05 €')
    expect(plain(money(1234560n))).toBe('12 345,60 €')
  })
  it('shows a dash for what is not an amount', () => {
    expect(money('12,5')).toBe('—')
    expect(money('')).toBe('—')
  })
})

describe('counts and words', () => {
  it('agrees in French', () => {
    expect(plain(count(0, 'acte'))).toBe('0 acte')
    expect(plain(count(1, 'acte'))).toBe('1 acte')
    expect(plain(count(2, 'acte'))).toBe('2 actes')
    expect(plain(count(1200, 'procès-verbal', 'procès-verbaux'))).toBe('1 200 procès-verbaux')
  })
  it('says how long is left', () => {
    expect(plain(remainingDays(3))).toBe('il reste 3 jours')
    expect(remainingDays(0)).toBe('c’est aujourd’hui')
    expect(plain(remainingDays(-1))).toBe('en retard de 1 jour')
  })
  it('formats sizes, lists and hashes', () => {
    expect(plain(fileSize(512))).toBe('512 octets')
    expect(plain(fileSize(1_234_567))).toBe('1,2 Mo')
    expect(enumeration(['Anne', 'Paul', 'Zoé'])).toBe('Anne, Paul et Zoé')
    expect(shortHash('0123456789abcdef')).toBe('0123 4567 89ab…')
  })
  it('keeps French signs on the line of their word', () => {
    expect(typeset('Marché : attribution, art. L. 2121-12 « oui » n° 3')).toBe(
      'Marché\u00a0: attribution, art.\u00a0L.\u00a02121-12 «\u00a0oui\u00a0» n°\u00a03',
    )
    expect(typeset('Dupont. Suite')).toBe('Dupont. Suite')
  })
  it('sorts and searches without accents', () => {
    expect(['Élan', 'Zoé', 'eau', 'Point 10', 'Point 9'].sort(compareFrench)).toEqual([
      'eau',
      'Élan',
      'Point 9',
      'Point 10',
      'Zoé',
    ])
    expect(folded('Délibération  de l’ŒUVRE')).toBe("deliberation de l'oeuvre")
  })
})
