import { ChevronRight } from 'lucide-react'
import { Link } from 'react-aria-components'
import { HubError } from '../../contracts/client.ts'
import type { Me, SittingRow } from '../../contracts/views.ts'
import { civilOf } from '../../core/calendar/civil-date.ts'
import { troubleOf, useHub } from '../data/hub.ts'
import { tabletText } from '../text/tablet.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { typeset } from '../ui/format.ts'
import { EmptyState, Notice } from '../ui/notice.tsx'
import { StateBadge } from '../ui/state-badge.tsx'
import { useAccountMenu } from './account-menu.ts'
import { home, packPath } from './paths.ts'
import { readReading } from './reading.ts'
import { type NetworkState, TabletShell } from './shell.tsx'
import { sittingWhen } from './when.ts'
import './sittings-page.css'

const words = tabletText.sittings

/** My sittings: the ones to come first, each one press away from where its reader stopped. */
export function SittingsPage({ me, network }: { me: Me; network: NetworkState }) {
  const packs = useHub('packs')
  const today = useHub('today')
  const account = useAccountMenu(me)
  const day = civilOf(me.now, me.authority.timeZone).date
  const awaited = new Set(today.data?.entries.filter((e) => e.kind === 'answer').map((e) => e.key))
  const rows = packs.data ?? []
  const isComing = (s: SittingRow) =>
    s.state === 'open' || s.state === 'suspended' || (s.date >= day && s.state === 'convened')
  const coming = rows.filter(isComing).reverse()
  const past = rows.filter((s) => !isComing(s))
  const list = (all: readonly SittingRow[]) => (
    <ul className="tablet-sittings">
      {all.map((s) => (
        <Row key={s.id} sitting={s} userId={me.userId} awaited={awaited.has(`answer:${s.id}`)} />
      ))}
    </ul>
  )
  return (
    <TabletShell title={words.title} path={home} network={network} account={account}>
      <div className="page tablet-sittings-page">
        <p className="soft">{me.authority.name}</p>
        {packs.isPending && (
          <p className="soft" role="status">
            {tabletText.openingDetail}
          </p>
        )}
        {packs.error && !packs.data && <Trouble error={packs.error} onRetry={() => void packs.refetch()} />}
        {packs.data && rows.length === 0 && <EmptyState title={words.none}>{words.noneWhat}</EmptyState>}
        {coming.length > 0 && (
          <section className="section">
            <h2>{words.coming}</h2>
            {list(coming)}
          </section>
        )}
        {past.length > 0 && (
          <section className="section">
            <h2>{words.past}</h2>
            {list(past)}
          </section>
        )}
      </div>
    </TabletShell>
  )
}

function Trouble({ error, onRetry }: { error: Error; onRetry: () => void }) {
  if (error instanceof HubError && error.status === 403)
    return (
      <Notice
        kind="warning"
        title={words.noRight}
        actions={<ButtonLink href="/">{tabletText.toDesktop}</ButtonLink>}
      >
        {words.noRightWhat}
      </Notice>
    )
  return (
    <Notice
      kind="danger"
      title={troubleOf(error).message}
      live
      actions={<Button onPress={onRetry}>{tabletText.retry}</Button>}
    />
  )
}

interface RowProps {
  sitting: SittingRow
  userId: string
  awaited: boolean
}

function Row({ sitting: s, userId, awaited }: RowProps) {
  const href = readReading(localStorage, userId, s.id).last ?? packPath(s.id)
  return (
    <li>
      <Link className="tablet-sitting" href={href}>
        <span className="tablet-sitting-words">
          <span className="tablet-sitting-title">{typeset(s.title)}</span>
          <span>{sittingWhen(s.date, s.time)}</span>
          <span className="soft">
            {typeset(s.place)} · {words.items(s.items)}
          </span>
        </span>
        <span className="tablet-sitting-state">
          <State sitting={s} awaited={awaited} />
        </span>
        <ChevronRight className="icon" aria-hidden />
      </Link>
    </li>
  )
}

function State({ sitting: s, awaited }: { sitting: SittingRow; awaited: boolean }) {
  if (s.state === 'open') return <StateBadge tone="action">{words.live}</StateBadge>
  if (s.state === 'suspended') return <StateBadge tone="waiting">{words.suspended}</StateBadge>
  if (awaited) return <StateBadge tone="action">{words.awaited}</StateBadge>
  return <StateBadge tone="neutral">{words.state(s.state)}</StateBadge>
}
