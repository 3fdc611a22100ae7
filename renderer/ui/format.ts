/**
 * What a number, an amount or a date looks like on screen: Intl fr-FR, in the time zone of the commune.
 * Dates are ISO text: `2026-12-10` is a calendar day, `2026-12-10T17:30:00Z` an instant.
 */
const zone = 'Europe/Paris'
const calendarDay = /^\d{4}-\d{2}-\d{2}$/

type DateInput = string | Date

function at(value: DateInput, timeZone: string): { date: Date; timeZone: string } {
  if (typeof value === 'string' && calendarDay.test(value)) {
    return { date: new Date(`${value}T12:00:00Z`), timeZone: 'UTC' }
  }
  return { date: typeof value === 'string' ? new Date(value) : value, timeZone }
}

// French writes "1er janvier", Intl writes "1 janvier".
const firstOfMonth = (text: string): string => text.replace(/(^|[^\d])1(?=[ {2}]\p{L})/u, '$11er')

function format(value: DateInput, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  const when = at(value, timeZone)
  if (Number.isNaN(when.date.getTime())) return '—'
  return firstOfMonth(
    new Intl.DateTimeFormat('fr-FR', { ...options, timeZone: when.timeZone }).format(when.date),
  )
}

/** "jeudi 10 décembre 2026". An unreadable date gives "—". */
export function longDate(value: DateInput, timeZone = zone): string {
  return format(value, timeZone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
}

/** "10 décembre 2026". */
export function plainDate(value: DateInput, timeZone = zone): string {
  return format(value, timeZone, { day: 'numeric', month: 'long', year: 'numeric' })
}

/** "10 déc. 2026", for table cells. */
export function shortDate(value: DateInput, timeZone = zone): string {
  return format(value, timeZone, { day: 'numeric', month: 'short', year: 'numeric' })
}

/** "18 h 30", "18 h" on the hour. */
export function clockTime(value: DateInput, timeZone = zone): string {
  const when = at(value, timeZone)
  if (Number.isNaN(when.date.getTime())) return '—'
  const parts = new Intl.DateTimeFormat('fr-FR', {
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: when.timeZone,
  }).formatToParts(when.date)
  const get = (type: string) => parts.find((p) => p.type === type)?.value ?? ''
  const hour = String(Number(get('hour')))
  return get('minute') === '00' ? `${hour}\u00a0h` : `${hour}\u00a0h\u00a0${get('minute')}`
}

/** "jeudi 10 décembre 2026 à 18 h 30". */
export function longDateTime(value: DateInput, timeZone = zone): string {
  const day = longDate(value, timeZone)
  return day === '—' ? day : `${day} à ${clockTime(value, timeZone)}`
}

/** "10 déc. 2026, 18 h 30", for tables and histories. */
export function shortDateTime(value: DateInput, timeZone = zone): string {
  const day = shortDate(value, timeZone)
  return day === '—' ? day : `${day}, ${clockTime(value, timeZone)}`
}

const euro = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' })
const whole = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 0 })
const decimal = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 2 })
const percentage = new Intl.NumberFormat('fr-FR', { style: 'percent', maximumFractionDigits: 1 })

function isNumeric(value: string): value is `${number}` {
  return /^[+-]?\d+(\.\d+)?$/.test(value)
}

/** "12 345,60 €" from a decimal string (exact, whatever its length), cents as bigint, or a number of euros. */
export function money(value: string | number | bigint): string {
  if (typeof value === 'bigint') {
    const sign = value < 0n ? '-' : ''
    const digits = String(value < 0n ? -value : value).padStart(3, '0')
    return money(`${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`)
  }
  if (typeof value === 'number') return euro.format(value)
  const trimmed = value.trim()
  return isNumeric(trimmed) ? euro.format(trimmed) : '—'
}

/** "12 345" (whole numbers). */
export function integer(value: number | bigint): string {
  return whole.format(value)
}

/** "66,7 %" from a ratio (0 to 1). */
export function percent(ratio: number): string {
  return percentage.format(ratio)
}

/** "1 acte", "2 actes", "0 acte": French keeps the singular below two. The plural defaults to singular + s. */
export function count(n: number, singular: string, plural = `${singular}s`): string {
  return `${whole.format(n)}\u00a0${Math.abs(n) < 2 ? singular : plural}`
}

/** "1,2 Mo" from a number of bytes (decimal units, as French systems show them). */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return count(bytes, 'octet')
  if (bytes < 1_000_000) return `${whole.format(bytes / 1000)}\u00a0ko`
  if (bytes < 1_000_000_000) return `${decimal.format(Math.round(bytes / 100_000) / 10)}\u00a0Mo`
  return `${decimal.format(Math.round(bytes / 100_000_000) / 10)}\u00a0Go`
}

/** "il reste 3 jours", "c’est aujourd’hui", "en retard de 2 jours", from a signed number of days. */
export function remainingDays(days: number): string {
  if (days === 0) return 'c’est aujourd’hui'
  if (days < 0) return `en retard de ${count(-days, 'jour')}`
  return `il reste ${count(days, 'jour')}`
}

/** French spaces that never break: before « : ; ? ! », inside guillemets, after "n°" and "art.". For texts typed by people. */
export function typeset(text: string): string {
  return text
    .replace(/ +([:;?!»])/g, '\u00a0$1')
    .replace(/« +/g, '«\u00a0')
    .replace(/\b(n°|art\.|L\.|R\.|M\.|MM\.|Mme) +(?=\S)/g, '$1\u00a0')
}

/** "Anne, Paul et Zoé". */
export function enumeration(names: readonly string[]): string {
  return new Intl.ListFormat('fr-FR', { type: 'conjunction' }).format(names)
}

/** First characters of a hexadecimal digest in groups of four, then an ellipsis. */
export function shortHash(hash: string, length = 12): string {
  const head = hash.slice(0, length).replace(/(.{4})(?=.)/g, '$1 ')
  return hash.length > length ? `${head}…` : head
}

const collator = new Intl.Collator('fr', { numeric: true, sensitivity: 'base' })

/** Order of a French dictionary, numbers by value. */
export function compareFrench(a: string, b: string): number {
  return collator.compare(a, b)
}

/** Text without accents or case, to compare what was typed with what is shown. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLocaleLowerCase('fr')
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/[’‘]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
}
