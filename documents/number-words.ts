const SMALL =
  'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf'.split(
    ' ',
  )
const TENS = [
  '',
  '',
  'vingt',
  'trente',
  'quarante',
  'cinquante',
  'soixante',
  'soixante',
  'quatre-vingt',
  'quatre-vingt',
]

function belowHundred(n: number): string {
  if (n < 20) return SMALL[n] ?? ''
  const ten = Math.floor(n / 10)
  const odd = ten === 7 || ten === 9
  const unit = (n % 10) + (odd ? 10 : 0)
  const head = TENS[ten] ?? ''
  if (unit === 0) return ten === 8 ? `${head}s` : head
  const joint = (unit === 1 || unit === 11) && ten < 8 ? ' et ' : '-'
  return `${head}${joint}${SMALL[unit]}`
}

/**
 * A whole number from 0 to 999 in French words, « vingt et un », « quatre-vingts ». `feminine` gives « une » before a
 * feminine noun (« vingt et une voix »). Above 999 the figures are given back: no council counts that many voices.
 */
export function numberWords(n: number, gender: 'masculine' | 'feminine' = 'masculine'): string {
  if (!Number.isInteger(n) || n < 0 || n > 999) return String(n)
  const hundreds = Math.floor(n / 100)
  const rest = n % 100
  const hundredWord = hundreds === 1 ? 'cent' : `${SMALL[hundreds]} cent${rest === 0 ? 's' : ''}`
  const words = [hundreds > 0 ? hundredWord : '', rest > 0 || hundreds === 0 ? belowHundred(rest) : '']
    .filter(Boolean)
    .join(' ')
  return gender === 'feminine' ? words.replace(/(^|[ -])un$/, '$1une') : words
}
