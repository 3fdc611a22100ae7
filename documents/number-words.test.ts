import { expect, test } from 'vitest'
import { numberWords } from './number-words.ts'

test.each([
  [0, 'zéro'],
  [16, 'seize'],
  [17, 'dix-sept'],
  [21, 'vingt et un'],
  [22, 'vingt-deux'],
  [70, 'soixante-dix'],
  [71, 'soixante et onze'],
  [80, 'quatre-vingts'],
  [81, 'quatre-vingt-un'],
  [91, 'quatre-vingt-onze'],
  [99, 'quatre-vingt-dix-neuf'],
  [100, 'cent'],
  [101, 'cent un'],
  [200, 'deux cents'],
  [277, 'deux cent soixante-dix-sept'],
])('%i', (n, words) => {
  expect(numberWords(n)).toBe(words)
})

test('voices are feminine, hundreds are not', () => {
  expect(numberWords(1, 'feminine')).toBe('une')
  expect(numberWords(21, 'feminine')).toBe('vingt et une')
  expect(numberWords(81, 'feminine')).toBe('quatre-vingt-une')
  expect(numberWords(100, 'feminine')).toBe('cent')
})

test('what no council counts stays in figures', () => {
  expect(numberWords(1000)).toBe('1000')
  expect(numberWords(-1)).toBe('-1')
})
