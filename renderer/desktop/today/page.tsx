import { BookOpenCheck } from 'lucide-react'
import type { TodayEntry } from '../../../contracts/views.ts'
import { civilOf, daysBetween } from '../../../core/calendar/civil-date.ts'
import { useHub } from '../../data/hub.ts'
import { todayText } from '../../text/today.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { longDate, remainingDays, shortDate } from '../../ui/format.ts'
import { EmptyState } from '../../ui/notice.tsx'
import { PageHeader, Section } from '../../ui/page.tsx'
import { Loaded } from '../loaded.tsx'
import { useMay, useMe, usePageTitle } from '../session.tsx'
import { groupByDue } from './groups.ts'
import './today.css'

/** The home: what waits for me, in the order of legal deadlines, each with its one action. */
export default function TodayPage() {
  usePageTitle(todayText.title)
  const me = useMe()
  const today = civilOf(me.now, me.authority.timeZone).date
  const waiting = useHub('today')
  return (
    <div className="page">
      <PageHeader title={todayText.title}>{longDate(today)}</PageHeader>
      <Loaded query={waiting}>
        {({ entries }) =>
          entries.length === 0 ? <NothingWaits /> : <Waiting entries={entries} today={today} />
        }
      </Loaded>
    </div>
  )
}

function Waiting({ entries, today }: { entries: readonly TodayEntry[]; today: string }) {
  const groups = groupByDue(entries, today)
  const first = groups[0]?.entries[0]
  return groups.map((g) => (
    <Section key={g.id} title={todayText.groups[g.id]}>
      <ul className="today-list">
        {g.entries.map((e) => (
          <Entry key={e.key} entry={e} today={today} first={e === first} />
        ))}
      </ul>
    </Section>
  ))
}

function Entry({ entry, today, first }: { entry: TodayEntry; today: string; first: boolean }) {
  const left = entry.due === null ? null : daysBetween(today, entry.due)
  return (
    <li className="today-entry" data-late={left !== null && left < 0 ? true : undefined}>
      <div className="today-due">
        {entry.due !== null && left !== null ? (
          <>
            <time dateTime={entry.due}>{shortDate(entry.due)}</time>
            <span className="soft">{remainingDays(left)}</span>
          </>
        ) : (
          <span className="soft">{todayText.noDue}</span>
        )}
      </div>
      <div className="today-words">
        <h3>{entry.title}</h3>
        <p className="soft">
          {entry.detail}
          {entry.article && ` · ${entry.kind === 'convoke' ? todayText.sendBefore : ''}${entry.article}`}
        </p>
      </div>
      <ButtonLink href={entry.link} kind={first ? 'primary' : 'quiet'}>
        {entry.action}
        <span className="visually-hidden"> : {entry.title}</span>
      </ButtonLink>
    </li>
  )
}

function NothingWaits() {
  const me = useMe()
  const mayRead = useMay('sitting.read')
  return (
    <EmptyState
      icon={BookOpenCheck}
      title={todayText.nothing}
      action={
        me.councillorId ? (
          <ButtonLink href="/tablette">{todayText.openTablet}</ButtonLink>
        ) : (
          mayRead && <ButtonLink href="/seances">{todayText.seeSittings}</ButtonLink>
        )
      }
    >
      {todayText.nothingWhat}
    </EmptyState>
  )
}
