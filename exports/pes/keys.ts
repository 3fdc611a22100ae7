/** Luhn key, of SIREN (9 digits), SIRET (14) and FINESS (9). */
export function hasLuhnKey(digits: string): boolean {
  let sum = 0
  for (const [rank, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (rank % 2 === 0 ? 1 : 2)
    sum += value > 9 ? value - 9 : value
  }
  return sum % 10 === 0
}

/** SIRET with its key. Those of La Poste (SIREN 356000000) follow another rule: the plain sum is a multiple of 5. */
export function isSiret(text: string): boolean {
  if (!/^\d{14}$/.test(text)) return false
  if (hasLuhnKey(text)) return true
  return text.startsWith('356000000') && [...text].reduce((sum, d) => sum + Number(d), 0) % 5 === 0
}

/** NIR of 15 characters (2A and 2B included) with its key modulo 97. */
export function isNir(text: string): boolean {
  const match = /^([1-478]\d{4}(?:\d{2}|2[AB])\d{6})(\d{2})$/.exec(text)
  if (!match) return false
  // Corsica: 2A counts as 19, 2B as 18.
  const number = BigInt(match[1]!.replace('2A', '19').replace('2B', '18'))
  return 97n - (number % 97n) === BigInt(match[2]!)
}

/** IBAN in upper case with its key modulo 97 (ISO 13616). */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(text)) return false
  const digits = [...(text.slice(4) + text.slice(0, 4))].map((c) => Number.parseInt(c, 36)).join('')
  return BigInt(digits) % 97n === 1n
}
