import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { FinanceFile } from '../../../core/finance/model.ts'
import { hub, troubleOf, useHub } from '../../data/hub.ts'
import { financeText } from '../../text/finance.ts'
import { StatusLine } from '../../ui/announce.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { FileField } from '../../ui/file-field.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { shortDateTime } from '../../ui/format.ts'
import { type LineResultRow, LineResults } from '../../ui/line-results.tsx'
import { EmptyState } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { StateBadge, type Tone } from '../../ui/state-badge.tsx'
import { Loaded } from '../loaded.tsx'
import { useMay, usePageTitle } from '../session.tsx'
import './finance.css'

const tones: Record<FinanceFile['state'], Tone> = {
  checked: 'action',
  refused: 'danger',
  toSign: 'waiting',
  signed: 'action',
  rejected: 'danger',
  queued: 'waiting',
  sent: 'done',
  acknowledged: 'done',
  acknowledgedWithErrors: 'warning',
}

/** Tone of a file's state; a checked budget waits for its délibération, not for the reader. */
export const financeTone = (f: FinanceFile): Tone =>
  f.kind === 'budget' && f.state === 'checked' ? 'neutral' : tones[f.state]

const columns: readonly Column<FinanceFile>[] = [
  { id: 'title', label: financeText.columns.title, cell: (f) => f.title, sortValue: (f) => f.title },
  {
    id: 'kind',
    label: financeText.columns.kind,
    cell: (f) => financeText.kind[f.kind],
    sortValue: (f) => financeText.kind[f.kind],
    width: '7rem',
  },
  {
    id: 'received',
    label: financeText.columns.received,
    cell: (f) => shortDateTime(f.receivedAt),
    sortValue: (f) => f.receivedAt,
    width: '13rem',
  },
  {
    id: 'checks',
    label: financeText.columns.checks,
    cell: (f) => <Checks file={f} />,
    sortValue: (f) => f.problems.length,
    width: '12rem',
  },
  {
    id: 'state',
    label: financeText.columns.state,
    cell: (f) => <StateBadge tone={financeTone(f)}>{financeText.state[f.state]}</StateBadge>,
    sortValue: (f) => financeText.state[f.state],
    width: '14rem',
  },
]

function Checks({ file }: { file: FinanceFile }) {
  const errors = file.problems.filter((p) => p.level === 'error').length
  const warnings = file.problems.length - errors
  const said = [errors > 0 && financeText.faults(errors), warnings > 0 && financeText.warnings(warnings)]
  return <span className="soft">{said.filter(Boolean).join(', ') || financeText.noProblem}</span>
}

type Kept = keyof typeof financeText.filters

const moves: readonly FinanceFile['state'][] = ['checked', 'refused', 'signed', 'rejected']
const keeps: Record<Kept, (f: FinanceFile) => boolean> = {
  all: () => true,
  todo: (f) => (f.kind === 'pes' || f.state === 'refused') && moves.includes(f.state),
  pes: (f) => f.kind === 'pes',
  budget: (f) => f.kind === 'budget',
}
const kept: readonly Kept[] = ['all', 'todo', 'pes', 'budget']

export default function FinanceListPage() {
  usePageTitle(financeText.title)
  const files = useHub('finance')
  const mayAdd = useMay('finance.prepare')
  const navigate = useNavigate()
  const [filter, setFilter] = useState<Kept>('all')
  return (
    <div className="page">
      <PageHeader title={financeText.title}>{financeText.lead}</PageHeader>
      {mayAdd && <Drop />}
      <Loaded query={files}>
        {(all) => (
          <DataTable
            caption={financeText.list}
            columns={columns}
            rows={all.filter(keeps[filter])}
            rowId={(f) => f.id}
            rowLabel={(f) => f.title}
            noun={financeText.noun}
            onOpen={(f) => void navigate(`/finances/${f.id}`)}
            tools={
              <FilterBar
                label={financeText.filter}
                items={kept.map((k) => ({
                  id: k,
                  label: financeText.filters[k],
                  count: all.filter(keeps[k]).length,
                }))}
                chosen={filter}
                onChoose={(k) => setFilter(kept.find((x) => x === k) ?? 'all')}
              />
            }
            empty={
              <EmptyState title={financeText.empty}>
                {mayAdd ? financeText.emptyWhat : financeText.emptyRead}
              </EmptyState>
            }
          />
        )}
      </Loaded>
    </div>
  )
}

/** Takes files one after the other: each is checked and answers for itself; a single good one opens. */
function Drop() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [busy, setBusy] = useState<string | null>(null)
  const [results, setResults] = useState<LineResultRow[]>([])
  const take = async (files: File[]) => {
    setResults([])
    const lines: LineResultRow[] = []
    let last = ''
    for (const file of files) {
      setBusy(file.name)
      try {
        const { id } = await hub(
          'financeAdd',
          { body: {} },
          { file: { name: file.name, bytes: file }, commandId: crypto.randomUUID() },
        )
        last = id
        lines.push({
          id: `${lines.length}`,
          label: file.name,
          ok: true,
          message: financeText.addedOne(file.name),
        })
      } catch (error) {
        lines.push({ id: `${lines.length}`, label: file.name, ok: false, message: troubleOf(error).message })
      }
    }
    setBusy(null)
    await client.invalidateQueries()
    if (lines.length === 1 && last) void navigate(`/finances/${last}`)
    else setResults(lines)
  }
  return (
    <div className="file-drop">
      <FileField
        label={financeText.add}
        hint={financeText.addHint}
        accept=".xml,application/xml,text/xml"
        multiple
        onFiles={(files) => void take(files)}
        disabled={busy !== null}
      />
      <StatusLine>{busy ? financeText.adding(busy) : ''}</StatusLine>
      <LineResults results={results} onClose={() => setResults([])} />
    </div>
  )
}
