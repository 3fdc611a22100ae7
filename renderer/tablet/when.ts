import { tabletText } from '../text/tablet.ts'
import { longDate } from '../ui/format.ts'

/** "jeudi 10 décembre 2026 à 18 h 30" from a civil date and the `HH:MM` on the convocation. */
export function sittingWhen(date: string, time: string): string {
  const [hour = '', minute = '00'] = time.split(':')
  const said = minute === '00' ? `${Number(hour)}\u00a0h` : `${Number(hour)}\u00a0h\u00a0${minute}`
  return tabletText.sittings.at(longDate(date), said)
}
