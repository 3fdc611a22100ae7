import { z } from 'zod'
import { Refusal } from '../refusal.ts'

/** A civil day of the authority, `YYYY-MM-DD`. Legal delays are counted in these, never in hours. */
export const CivilDate = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
export type CivilDate = string

/** A wall-clock time of the authority, `HH:MM`. */
export const CivilTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
export type CivilTime = string

/** An instant, ISO 8601 in UTC, `2026-12-10T17:30:00.000Z`. */
export const Instant = z.iso.datetime()
export type Instant = string

const DAY_MS = 86_400_000

/** Days since 1970-01-01 of a civil date. Throws `Refusal` when the day does not exist (30 February). */
export function dayNumber(date: CivilDate): number {
  const [y, m, d] = date.split('-').map(Number)
  const ms = Date.UTC(y ?? 0, (m ?? 1) - 1, d ?? 1)
  if (!CivilDate.safeParse(date).success || new Date(ms).toISOString().slice(0, 10) !== date) {
    throw new Refusal(
      'DATE_INVALID',
      `La date « ${date} » n’existe pas. Indiquez une date sous la forme AAAA-MM-JJ.`,
    )
  }
  return ms / DAY_MS
}

/** The civil date `days` later (earlier when negative). Pure calendar arithmetic: no time zone, no clock change. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return new Date((dayNumber(date) + days) * DAY_MS).toISOString().slice(0, 10)
}

/** Whole days from `a` to `b`; negative when `b` is earlier. */
export const daysBetween = (a: CivilDate, b: CivilDate): number => dayNumber(b) - dayNumber(a)

const formatters = new Map<string, Intl.DateTimeFormat>()
function formatter(timeZone: string): Intl.DateTimeFormat {
  let f = formatters.get(timeZone)
  if (!f) {
    f = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formatters.set(timeZone, f)
  }
  return f
}

/** Civil date and time of an instant in the authority's IANA time zone. */
export function civilOf(instant: Instant, timeZone: string): { date: CivilDate; time: CivilTime } {
  const parts = Object.fromEntries(
    formatter(timeZone)
      .formatToParts(new Date(instant))
      .map((p) => [p.type, p.value]),
  )
  return { date: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}` }
}

/** The instant of a civil date and time in a time zone. In the hour skipped in spring, the hour after it is meant. */
export function instantOf(date: CivilDate, time: CivilTime, timeZone: string): Instant {
  const wanted = Date.parse(`${date}T${time}:00.000Z`)
  let guess = wanted
  for (let i = 0; i < 3; i++) {
    const seen = civilOf(new Date(guess).toISOString(), timeZone)
    const drift = wanted - Date.parse(`${seen.date}T${seen.time}:00.000Z`)
    if (drift === 0) break
    guess += drift
  }
  return new Date(guess).toISOString()
}

const WEEKDAYS = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi']
const MONTHS = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(
  ' ',
)

/** « vendredi 4 décembre 2026 », « dimanche 1er mars 2026 ». */
export function frenchDate(date: CivilDate): string {
  const d = new Date(dayNumber(date) * DAY_MS)
  const day = d.getUTCDate()
  return `${WEEKDAYS[d.getUTCDay()]} ${day === 1 ? '1er' : day} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}`
}

/** « 18 h 30 », « 9 h ». No-break spaces between figure and unit. */
export function frenchTime(time: CivilTime): string {
  const [h, m] = time.split(':')
  return m === '00' ? `${Number(h)}\u00a0h` : `${Number(h)}\u00a0h\u00a0${m}`
}
