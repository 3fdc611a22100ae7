import type { LegalDate } from '../../../core/calendar/legal-delays.ts'
import { sittingText } from '../../text/sittings.ts'
import { longDate, shortDate } from '../../ui/format.ts'

type Shown = Pick<LegalDate, 'label' | 'date' | 'article' | 'computation'> & { key: string }

/** The legal calendar of a sitting: each date, the article it comes from, and how it was computed. */
export function LegalDates({
  dates,
  today,
  stacked = false,
}: {
  dates: readonly Shown[]
  /** Civil day, to say which dates are behind. */
  today: string
  /** One under the other, in a form. */
  stacked?: boolean
}) {
  const words = sittingText.legal
  if (dates.length === 0) return null
  return (
    <ol className="legal-dates" aria-label={words.title} data-stacked={stacked || undefined}>
      {dates.map((d) => (
        <li key={d.key} data-past={d.date < today || undefined} data-today={d.date === today || undefined}>
          <p className="legal-date">
            <time dateTime={d.date}>
              <span aria-hidden>{shortDate(d.date)}</span>
              <span className="visually-hidden">{longDate(d.date)}</span>
            </time>
            {d.date < today && <span className="soft"> {words.past}</span>}
            {d.date === today && <span> {words.today}</span>}
          </p>
          <p>{d.label}</p>
          <details>
            <summary>
              {d.article} <span className="visually-hidden">: {words.computation}</span>
            </summary>
            <p className="soft">{d.computation}</p>
          </details>
        </li>
      ))}
    </ol>
  )
}
