import { CalendarPlus } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { SittingRow } from '../../../contracts/views.ts'
import { civilOf } from '../../../core/calendar/civil-date.ts'
import { useHub } from '../../data/hub.ts'
import { sittingText as words } from '../../text/sittings.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/choice-fields.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { clockTime, longDate } from '../../ui/format.ts'
import { EmptyState } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { Loaded } from '../loaded.tsx'
import { useMay, useMe, usePageTitle } from '../session.tsx'
import { isOver, stateTone } from './life.ts'
import { SittingDialog } from './sitting-dialog.tsx'
import './sittings.css'

const columns: Column<SittingRow>[] = [
  {
    id: 'date',
    label: words.columns.date,
    cell: (r) => (
      <time dateTime={`${r.date}T${r.time}`}>
        {longDate(r.date)}, {clockTime(`2000-01-01T${r.time}:00Z`, 'UTC')}
      </time>
    ),
    sortValue: (r) => `${r.date}${r.time}`,
    filterText: (r) => longDate(r.date),
    width: '20rem',
  },
  {
    id: 'title',
    label: words.columns.title,
    cell: (r) => r.title,
    sortValue: (r) => r.title,
    rowHeader: true,
  },
  { id: 'place', label: words.columns.place, cell: (r) => r.place, sortValue: (r) => r.place },
  {
    id: 'state',
    label: words.columns.state,
    cell: (r) => <StateBadge tone={stateTone[r.state]}>{words.states[r.state]}</StateBadge>,
    sortValue: (r) => words.states[r.state],
    width: '11rem',
  },
  {
    id: 'items',
    label: words.columns.items,
    cell: (r) => r.items,
    sortValue: (r) => r.items,
    numeric: true,
    width: '6rem',
  },
  {
    id: 'convened',
    label: words.columns.convened,
    cell: (r) => (r.members > 0 ? words.convenedOf(r.convened, r.members) : '–'),
    sortValue: (r) => r.convened,
    numeric: true,
    width: '8rem',
  },
]

type Period = keyof typeof words.periods

/** Every sitting of every body; a new one with its legal dates. */
export default function SittingsListPage() {
  usePageTitle(words.title)
  const me = useMe()
  const mayPrepare = useMay('sitting.prepare')
  const sittings = useHub('sittings')
  const navigate = useNavigate()
  const [period, setPeriod] = useState<Period>('coming')
  const [creating, setCreating] = useState(false)
  const today = civilOf(me.now, me.authority.timeZone).date
  const behind = (r: SittingRow) => isOver(r.state) || r.state === 'cancelled' || r.date < today
  const inPeriod = (r: SittingRow) => period === 'all' || behind(r) === (period === 'past')
  const create = (
    <Button kind="primary" icon={CalendarPlus} onPress={() => setCreating(true)}>
      {words.create}
    </Button>
  )
  return (
    <div className="page">
      <PageHeader title={words.title} actions={mayPrepare && create} />
      <Loaded query={sittings}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={words.empty}>{words.emptyWhat}</EmptyState>
          ) : (
            <>
              <div className="list-period">
                <SelectField
                  label={words.period}
                  value={period}
                  placeholder={null}
                  onChange={(v) => setPeriod(v as Period)}
                  options={Object.entries(words.periods).map(([value, label]) => ({ value, label }))}
                />
              </div>
              <DataTable
                caption={words.title}
                hideCaption
                columns={columns}
                rows={rows.filter(inPeriod)}
                rowId={(r) => r.id}
                rowLabel={(r) => `${r.title}, ${longDate(r.date)}`}
                noun={['séance', 'séances']}
                defaultSort={{ column: 'date', descending: period !== 'coming' }}
                onOpen={(r) => void navigate(`/seances/${r.id}`)}
                empty={<EmptyState title={words.nothingHere} />}
                key={period}
              />
            </>
          )
        }
      </Loaded>
      {mayPrepare && (
        <SittingDialog
          isOpen={creating}
          onClose={() => setCreating(false)}
          onSaved={(id) => void navigate(`/seances/${id}`)}
        />
      )}
    </div>
  )
}
