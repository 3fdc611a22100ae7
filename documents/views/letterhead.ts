import { frenchDate } from '../../core/calendar/civil-date.ts'
import type { TemplateImage } from '../compile.ts'
import type { Letterhead, NamedPerson, PersonInCapacity, SittingFacts } from '../inputs.ts'

/** Letterhead as the templates read it, with its picture apart. */
export function letterheadView(letterhead: Letterhead): { view: object; images: TemplateImage[] } {
  const { coatOfArms, email, ...rest } = letterhead
  const name = coatOfArms?.mediaType === 'image/png' ? 'coat-of-arms.png' : 'coat-of-arms.svg'
  return {
    view: {
      ...rest,
      ...(email ? { email: { verbatim: email } } : {}),
      ...(coatOfArms ? { image: name, imageAlt: coatOfArms.alt } : {}),
    },
    images: coatOfArms ? [{ name, bytes: coatOfArms.bytes }] : [],
  }
}

/** « Mme Claire Aubert ». */
export const personName = (p: NamedPerson): string => `${p.civility} ${p.firstName} ${p.lastName}`

/** Name and capacity at the foot of a letter: « La Maire », « Le Maire », any other capacity as it is given. */
export const author = (p: PersonInCapacity): { name: string; capacity: string } => ({
  name: personName(p),
  capacity: /^maire$/i.test(p.capacity) ? (p.civility === 'Mme' ? 'La Maire' : 'Le Maire') : p.capacity,
})

/** « 10 décembre 2026 », without the day of the week. */
export const shortDate = (date: string): string => frenchDate(date).replace(/^\p{L}+ /u, '')

/** « jeudi 10 décembre 2026 à 18 h 30 » and its pieces. */
export function sittingView(sitting: SittingFacts): {
  bodyName: string
  dateLong: string
  dateShort: string
  timeText: string
  place: string
} {
  const [hour = '', minute = ''] = sitting.time.split(':')
  return {
    bodyName: sitting.bodyName,
    dateLong: frenchDate(sitting.date),
    dateShort: shortDate(sitting.date),
    timeText: minute === '00' ? `${Number(hour)} h` : `${Number(hour)} h ${minute}`,
    place: sitting.place,
  }
}

/** « a », « a et b », « a, b et c ». */
export function enumerate(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? ''
  return `${words.slice(0, -1).join(', ')} et ${words.at(-1)}`
}

/** « 1 vote », « 2 votes »: French takes the plural from two. */
export const counted = (n: number, one: string, many = `${one}s`): string => `${n} ${n >= 2 ? many : one}`
