import { PenLine } from 'lucide-react'
import { useNavigate } from 'react-router'
import type { SittingView } from '../../../contracts/views.ts'
import { type Act, nextStep } from '../../../core/act/model.ts'
import { troubleOf, useCommand } from '../../data/hub.ts'
import { agendaText } from '../../text/sittings-agenda.ts'
import { meetingText } from '../../text/sittings-meeting.ts'
import { StatusLine } from '../../ui/announce.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Link } from '../../ui/link.tsx'
import { EmptyState, Notice } from '../../ui/notice.tsx'
import { StateBadge, type Tone } from '../../ui/state-badge.tsx'
import { useMay } from '../session.tsx'
import { resultWords } from './result-words.ts'

const words = meetingText.acts

interface Row {
  act: Act
  result: string
}

const nextTone = (act: Act): Tone => {
  const step = nextStep(act)?.action
  if (step === undefined) return 'done'
  if (step === 'seeAnomaly') return 'danger'
  return step === 'typeset' || step === 'sign' || step === 'awaitReceipt' ? 'waiting' : 'action'
}
const nextLabel = (act: Act): string => {
  const step = nextStep(act)
  return step === null ? words.done : step.action === 'typeset' ? words.typesetting : step.label
}

const columns: Column<Row>[] = [
  {
    id: 'rank',
    label: words.columns.rank,
    cell: (r) => r.act.rank,
    sortValue: (r) => r.act.rank,
    numeric: true,
    width: '4.5rem',
  },
  { id: 'number', label: words.columns.number, cell: (r) => r.act.number, sortValue: (r) => r.act.number },
  {
    id: 'title',
    label: words.columns.title,
    cell: (r) => <Link href={`/actes/${r.act.id}`}>{r.act.title}</Link>,
    sortValue: (r) => r.act.title,
    rowHeader: true,
  },
  { id: 'result', label: words.columns.result, cell: (r) => r.result, sortValue: (r) => r.result },
  {
    id: 'next',
    label: words.columns.next,
    cell: (r) => <StateBadge tone={nextTone(r.act)}>{nextLabel(r.act)}</StateBadge>,
    sortValue: (r) => nextLabel(r.act),
  },
]

/** What the sitting decided: each délibération with its vote and what is missing next. */
export function Deliberations({ view }: { view: SittingView }) {
  const navigate = useNavigate()
  const mayPrepare = useMay('act.prepare')
  const send = useCommand('actsSendToSign')
  const ready = view.acts.filter((a) => nextStep(a)?.action === 'sendToSign').map((a) => a.id)
  const refused = (send.data ?? []).filter((l) => !l.ok)
  const rows = view.acts.map((act): Row => {
    const item = view.sitting.items.find((i) => i.id === act.itemId)
    const result = item?.ballots.findLast((b) => b.state === 'recorded')?.result
    return { act, result: result ? resultWords(result) : agendaText.status[act.outcome] }
  })
  return (
    <div className="deliberations">
      {send.error && <Notice kind="danger" title={troubleOf(send.error).message} live />}
      {refused.length > 0 && (
        <Notice kind="danger" title={words.trouble} live>
          <ul className="plain-list">
            {refused.map((l) => (
              <li key={l.id}>{l.message}</li>
            ))}
          </ul>
        </Notice>
      )}
      {mayPrepare && ready.length > 0 && (
        <div>
          <Button
            kind="primary"
            icon={PenLine}
            pending={send.isPending}
            onPress={() => send.mutate({ input: { body: { ids: ready } } })}
          >
            {words.send(ready.length)}
          </Button>
        </div>
      )}
      <StatusLine tone="done">
        {send.data && refused.length === 0 ? words.sent(send.data.length) : ''}
      </StatusLine>
      <DataTable
        caption={words.caption}
        hideCaption
        columns={columns}
        rows={rows}
        rowId={(r) => r.act.id}
        rowLabel={(r) => r.act.number}
        noun={words.noun}
        onOpen={(r) => void navigate(`/actes/${r.act.id}`)}
        empty={<EmptyState title={words.empty} />}
      />
    </div>
  )
}
