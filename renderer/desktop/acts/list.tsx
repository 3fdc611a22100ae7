import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import type { ActRow, LineResult } from '../../../contracts/views.ts'
import { useHub } from '../../data/hub.ts'
import { actsText as words } from '../../text/acts.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { shortDate, shortDateTime } from '../../ui/format.ts'
import { type LineResultRow, LineResults } from '../../ui/line-results.tsx'
import { EmptyState } from '../../ui/notice.tsx'
import { BatchBar, PageHeader } from '../../ui/page.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { Loaded } from '../loaded.tsx'
import { useMe, usePageTitle } from '../session.tsx'
import './acts.css'
import { ActButton } from './batch.tsx'
import { actionOf, batchActions, batchRights, stepAsked, stepIds, stepOf, stepTone } from './steps.ts'

const columns: readonly Column<ActRow>[] = [
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
  {
    id: 'sitting',
    label: words.columns.sitting,
    cell: (r) => (
      <>
        {r.sittingTitle}
        <span className="soft acts-date">{shortDate(r.act.decidedOn)}</span>
      </>
    ),
    sortValue: (r) => r.act.decidedOn,
    filterText: (r) => `${r.sittingTitle} ${shortDate(r.act.decidedOn)}`,
    width: '13rem',
  },
  {
    id: 'next',
    label: words.columns.next,
    cell: (r) => <Missing row={r} />,
    sortValue: (r) => r.nextStep?.label ?? '',
    width: '17rem',
  },
  {
    id: 'enforceable',
    label: words.columns.enforceable,
    cell: (r) =>
      r.enforceableFrom ? (
        shortDateTime(r.enforceableFrom)
      ) : (
        <span className="soft">{r.act.outcome === 'refused' ? words.never : words.notYet}</span>
      ),
    sortValue: (r) => r.enforceableFrom,
    width: '12rem',
  },
]

function Missing({ row }: { row: ActRow }) {
  const step = stepOf(row)
  if (!row.nextStep || !step) return <StateBadge tone="done">{words.nothingMissing}</StateBadge>
  return <StateBadge tone={stepTone[step]}>{row.nextStep.label}</StateBadge>
}

/** The acts and what each still lacks; several go forward together. */
export default function ActsListPage() {
  usePageTitle(words.title)
  const acts = useHub('acts')
  return (
    <div className="page">
      <PageHeader title={words.title}>{words.lead}</PageHeader>
      <Loaded query={acts}>{(rows) => <Acts rows={rows} />}</Loaded>
    </div>
  )
}

function Acts({ rows }: { rows: readonly ActRow[] }) {
  const me = useMe()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const asked = stepAsked(search.get('etape'))
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [results, setResults] = useState<readonly LineResultRow[]>([])
  const keep = (id: string) => (r: ActRow) =>
    id === 'all' || (id === 'complete' ? stepOf(r) === null : stepOf(r) === id)
  const choose = (id: string) => {
    setSelected(new Set())
    setSearch(id === 'all' ? {} : { etape: id }, { replace: true })
  }
  const mine = batchActions.filter((a) => me.permissions.includes(batchRights[a]))
  const selectable = (r: ActRow) => mine.some((a) => a === actionOf(r))
  const picked = rows.filter((r) => selected.has(r.act.id) && selectable(r))
  const groups = mine
    .map((action) => ({ action, acts: picked.filter((r) => actionOf(r) === action).map((r) => r.act) }))
    .filter((g) => g.acts.length > 0)
  const done = (lines: readonly LineResult[]) => {
    const names = new Map(rows.map((r) => [r.act.id, `${r.act.number} – ${r.act.title}`]))
    setResults(lines.map((l) => ({ ...l, label: names.get(l.id) ?? l.id })))
    const gone = new Set(lines.filter((l) => l.ok).map((l) => l.id))
    setSelected(new Set([...selected].filter((id) => !gone.has(id))))
  }
  const filters = [
    { id: 'all', label: words.all },
    ...stepIds.map((s) => ({ id: s, label: words.stepFilter[s] })),
    { id: 'complete', label: words.complete },
  ].map((f) => ({ ...f, count: rows.filter(keep(f.id)).length }))
  const shown = rows.filter(keep(asked))
  return (
    <>
      <LineResults results={results} onClose={() => setResults([])} />
      {rows.length > 0 && (
        <FilterBar
          label={words.filter}
          items={filters.filter((f) => f.id === 'all' || f.id === asked || f.count > 0)}
          chosen={asked}
          onChoose={choose}
        />
      )}
      <DataTable
        caption={words.list}
        hideCaption
        columns={columns}
        rows={shown}
        rowId={(r) => r.act.id}
        rowLabel={(r) => `${r.act.number} ${r.act.title}`}
        noun={words.noun}
        onOpen={(r) => void navigate(`/actes/${r.act.id}`)}
        {...(mine.length > 0 && { selected, onSelect: setSelected, selectable })}
        empty={
          rows.length === 0 ? (
            <EmptyState
              title={words.empty}
              action={<ButtonLink href="/seances">{words.toSittings}</ButtonLink>}
            >
              {words.emptyWhat}
            </EmptyState>
          ) : (
            <EmptyState
              title={words.emptyStep}
              action={<Button onPress={() => choose('all')}>{words.showAll}</Button>}
            />
          )
        }
      />
      {picked.length > 0 && (
        <BatchBar
          actions={
            <>
              {groups.map((g, i) => (
                <ActButton key={g.action} action={g.action} acts={g.acts} primary={i === 0} onDone={done} />
              ))}
              <Button onPress={() => setSelected(new Set())}>{words.clear}</Button>
            </>
          }
        >
          <strong>{words.selected(picked.length)}</strong>
        </BatchBar>
      )}
    </>
  )
}
