import { useState } from 'react'
import { useNavigate } from 'react-router'
import { urlOf } from '../../../contracts/client.ts'
import type { ActRow, LineResult } from '../../../contracts/views.ts'
import { addDays, civilOf } from '../../../core/calendar/civil-date.ts'
import { troubleOf, useCommand, useHub } from '../../data/hub.ts'
import { publicationText as words } from '../../text/publication.ts'
import { StatusLine } from '../../ui/announce.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { shortDate, shortDateTime } from '../../ui/format.ts'
import { LineResults } from '../../ui/line-results.tsx'
import { Link } from '../../ui/link.tsx'
import { EmptyState, Notice } from '../../ui/notice.tsx'
import { PageHeader, Section } from '../../ui/page.tsx'
import { Loaded } from '../loaded.tsx'
import { useMay, useMe, usePageTitle } from '../session.tsx'

/** Two months at least (CGCT art. R. 2131-1). */
const ONLINE_DAYS = 62

const waitingColumns: readonly Column<ActRow>[] = [
  {
    id: 'number',
    label: words.columns.number,
    cell: (r) => r.act.number,
    sortValue: (r) => r.act.number,
    width: '9rem',
  },
  {
    id: 'title',
    label: words.columns.title,
    cell: (r) => r.act.title,
    sortValue: (r) => r.act.title,
    rowHeader: true,
  },
]

const publishedColumns = (timeZone: string): readonly Column<ActRow>[] => [
  ...waitingColumns,
  {
    id: 'since',
    label: words.columns.since,
    cell: (r) => (r.act.publication ? shortDateTime(r.act.publication.publishedAt) : ''),
    sortValue: (r) => r.act.publication?.publishedAt ?? '',
    width: '12rem',
  },
  {
    id: 'until',
    label: words.columns.until,
    cell: (r) =>
      r.act.publication
        ? shortDate(addDays(civilOf(r.act.publication.publishedAt, timeZone).date, ONLINE_DAYS))
        : '',
    width: '11rem',
  },
  {
    id: 'link',
    label: words.columns.link,
    cell: (r) => (
      <Link href={urlOf('publicAct', { params: { number: r.act.number } })} external>
        {words.open}
        <span className="visually-hidden"> {r.act.number}</span>
      </Link>
    ),
    width: '9rem',
  },
]

/** What the public reads, and what waits to be published. */
export default function PublicationPage() {
  usePageTitle(words.title)
  const me = useMe()
  const acts = useHub('acts')
  const navigate = useNavigate()
  const [columns] = useState(() => publishedColumns(me.authority.timeZone))
  return (
    <div className="page">
      <PageHeader
        title={words.title}
        actions={
          <Link href={urlOf('publicIndex')} external>
            {words.public}
          </Link>
        }
      >
        {words.lead}
      </PageHeader>
      <Loaded query={acts}>
        {(rows) => {
          const online = rows.filter((r) => r.act.publicityState === 'published')
          return (
            <>
              <Waiting
                rows={rows.filter(
                  (r) => r.act.signatureState === 'signed' && r.act.publicityState === 'pending',
                )}
              />
              <Section title={words.published}>
                <DataTable
                  caption={words.published}
                  hideCaption
                  columns={columns}
                  rows={online}
                  rowId={(r) => r.act.id}
                  rowLabel={(r) => `${r.act.number} ${r.act.title}`}
                  noun={words.noun}
                  onOpen={(r) => void navigate(`/actes/${r.act.id}`)}
                  empty={<EmptyState title={words.none}>{words.noneWhat}</EmptyState>}
                />
              </Section>
            </>
          )
        }}
      </Loaded>
    </div>
  )
}

function Waiting({ rows }: { rows: readonly ActRow[] }) {
  const mayPublish = useMay('publication.publish')
  const [results, setResults] = useState<readonly LineResult[]>([])
  const publish = useCommand('actsPublish', setResults)
  const labels = new Map(rows.map((r) => [r.act.id, `${r.act.number} – ${r.act.title}`]))
  return (
    <Section
      title={words.waiting}
      actions={
        mayPublish &&
        rows.length > 0 && (
          <Button
            kind="primary"
            pending={publish.isPending}
            onPress={() => publish.mutate({ input: { body: { ids: rows.map((r) => r.act.id) } } })}
          >
            {words.publish(rows.length)}
          </Button>
        )
      }
    >
      {publish.error && <Notice kind="danger" title={troubleOf(publish.error).message} live />}
      {results.some((r) => !r.ok) && (
        <LineResults
          results={results.map((r) => ({ ...r, label: labels.get(r.id) ?? r.id }))}
          onClose={() => setResults([])}
        />
      )}
      {rows.length === 0 ? (
        <StatusLine tone="done">{words.allDone}</StatusLine>
      ) : (
        <DataTable
          caption={words.waiting}
          hideCaption
          columns={waitingColumns}
          rows={rows}
          rowId={(r) => r.act.id}
          rowLabel={(r) => r.act.title}
          noun={words.noun}
        />
      )}
    </Section>
  )
}
