import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { Transmission } from '../../../core/transmission/model.ts'
import { useHub } from '../../data/hub.ts'
import { transmissionsText as words } from '../../text/transmissions.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { shortDateTime } from '../../ui/format.ts'
import { EmptyState } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { Loaded } from '../loaded.tsx'
import { usePageTitle } from '../session.tsx'
import { useInbox } from './inbox.tsx'
import { transmissionTone } from './tone.ts'

const columns: readonly Column<Transmission>[] = [
  { id: 'title', label: words.columns.title, cell: (t) => t.title, sortValue: (t) => t.title },
  {
    id: 'kind',
    label: words.columns.kind,
    cell: (t) => words.kind[t.kind],
    sortValue: (t) => words.kind[t.kind],
    width: '8rem',
  },
  {
    id: 'sent',
    label: words.columns.sent,
    cell: (t) => (t.sentAt ? shortDateTime(t.sentAt) : <span className="soft">{words.notSent}</span>),
    sortValue: (t) => t.sentAt,
    width: '13rem',
  },
  {
    id: 'last',
    label: words.columns.last,
    cell: (t) => {
      const last = t.messages.at(-1)
      return last ? `${last.code} · ${words.page.codes[last.code] ?? last.label}` : ''
    },
    width: '15rem',
  },
  {
    id: 'state',
    label: words.columns.state,
    cell: (t) => <StateBadge tone={transmissionTone[t.state]}>{words.state[t.state]}</StateBadge>,
    sortValue: (t) => words.state[t.state],
    width: '15rem',
  },
]

type Kept = keyof typeof words.filters
const kept: readonly Kept[] = ['all', 'waiting', 'trouble', 'actes', 'pes']
const keeps: Record<Kept, (t: Transmission) => boolean> = {
  all: () => true,
  waiting: (t) => t.state === 'queued' || t.state === 'sent' || t.state === 'unknown',
  trouble: (t) => t.state === 'failed' || t.state === 'anomaly',
  actes: (t) => t.kind === 'actes',
  pes: (t) => t.kind === 'pes',
}

/** What left, what came back. */
export default function TransmissionsListPage() {
  usePageTitle(words.title)
  const all = useHub('transmissions')
  const navigate = useNavigate()
  const inbox = useInbox()
  const [filter, setFilter] = useState<Kept>('all')
  return (
    <div className="page">
      <PageHeader title={words.title} actions={inbox.actions}>
        {words.lead}
      </PageHeader>
      {inbox.account}
      <Loaded query={all}>
        {(rows) => (
          <>
            {rows.length > 0 && (
              <FilterBar
                label={words.filter}
                items={kept.map((k) => ({
                  id: k,
                  label: words.filters[k],
                  count: rows.filter(keeps[k]).length,
                }))}
                chosen={filter}
                onChoose={(k) => setFilter(kept.find((x) => x === k) ?? 'all')}
              />
            )}
            <DataTable
              caption={words.list}
              hideCaption
              columns={columns}
              rows={rows.filter(keeps[filter])}
              rowId={(t) => t.id}
              rowLabel={(t) => t.title}
              noun={words.noun}
              onOpen={(t) => void navigate(`/transmissions/${t.id}`)}
              {...(rows.length === 0 && {
                empty: (
                  <EmptyState
                    title={words.empty}
                    action={<ButtonLink href="/actes?etape=transmit">{words.toActs}</ButtonLink>}
                  >
                    {words.emptyWhat}
                  </EmptyState>
                ),
              })}
            />
          </>
        )}
      </Loaded>
    </div>
  )
}
