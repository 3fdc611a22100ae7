/** An exact amount in euro cents. Budgets are added to the cent: never a binary float. */
export type Cents = bigint

const pattern = /^([+-]?)(\d*)(?:\.(\d*))?$/

/**
 * Reads an `xs:decimal` with at most two decimals (DocumentBudgetaire `Base_Montant`): "-12.5" → -1250n.
 * Gives null for anything else (third decimal other than zero, comma, letters, empty text).
 */
export function parseAmount(text: string): Cents | null {
  const match = pattern.exec(text.trim())
  if (!match) return null
  const [, sign = '', whole = '', decimals = ''] = match
  if (whole === '' && decimals === '') return null
  if (/[^0]/.test(decimals.slice(2))) return null
  const cents = BigInt(whole || '0') * 100n + BigInt(decimals.slice(0, 2).padEnd(2, '0'))
  return sign === '-' ? -cents : cents
}

/** Writes cents as the format does: 123450n → "1234.50", -5n → "-0.05". */
export function formatAmount(cents: Cents): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Writes cents for a French reader: 1234567n → "12 345,67 €" (narrow no-break spaces, typographic minus). */
export function euros(cents: Cents): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, '\u202f')
  return `${cents < 0n ? '\u2212' : ''}${whole},${digits.slice(-2)}\u00a0€`
}

/** `part` of `whole` in percent with three decimals, as a number meant for drawing only; 0 when the whole is nil. */
export function percent(part: Cents, whole: Cents): number {
  if (whole === 0n) return 0
  return Math.round(Number((part * 1_000_000n) / whole) / 10) / 1000
}
