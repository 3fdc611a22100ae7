import fc from 'fast-check'
import { expect, test } from 'vitest'
import { euros, formatAmount, parseAmount, percent } from './amount.ts'

test.each([
  ['12.5', 1250n],
  ['-0.05', -5n],
  ['+3', 300n],
  ['.5', 50n],
  ['7.', 700n],
  ['1.2000', 120n],
  ['99999999999999.99', 9999999999999999n],
  [' 1.00 ', 100n],
])('%j is read', (text, cents) => expect(parseAmount(text)).toBe(cents))

test.each(['', '.', '-', '1,5', '1.005', '1e3', '0x10', 'NaN', '1 000.00', '--1'])('%j is refused', (text) =>
  expect(parseAmount(text)).toBeNull(),
)

test('writing and reading agree, whatever the size', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
      (cents) => parseAmount(formatAmount(cents)) === cents,
    ),
  )
})

test('French writing', () => {
  expect(euros(123456789n)).toBe('1\u202f234\u202f567,89\u00a0€')
  expect(euros(-5n)).toBe('−0,05\u00a0€')
  expect(euros(100000n)).toBe('1\u202f000,00\u00a0€')
})

test('percentages for drawing', () => {
  expect(percent(1n, 3n)).toBe(33.333)
  expect(percent(5n, 0n)).toBe(0)
})
