import { expect, it } from 'vitest'
import { balanceSentence, cents } from './bar-pair.tsx'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

it('counts in cents without losing any', () => {
  expect(cents('90071992547409931.01')).toBe(9007199254740993101n)
  expect(cents('-0.05')).toBe(-5n)
  expect(cents('12')).toBe(1200n)
  expect(cents('1.005')).toBe(101n)
  expect(cents('douze')).toBe(0n)
})

it('says the balance in words', () => {
  expect(balanceSentence(100n, 100n)).toContain('Équilibre')
  expect(plain(balanceSentence(100n, 101n))).toBe('Les recettes dépassent les dépenses de 0,01 €.')
  expect(plain(balanceSentence(22528055n, 0n))).toBe('Les dépenses dépassent les recettes de 225 280,55 €.')
})
