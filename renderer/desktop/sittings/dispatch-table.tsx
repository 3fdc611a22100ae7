import { urlOf } from '../../../contracts/client.ts'
import type { MemberView, SittingView } from '../../../contracts/views.ts'
import { isHandedOver } from '../../../core/sitting/dispatch.ts'
import type { ConvocationDispatch } from '../../../core/sitting/model.ts'
import { convocationText as words } from '../../text/sittings-convocation.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { StateBadge, type Tone } from '../../ui/state-badge.tsx'
import { DateText } from '../../ui/values.tsx'
import { DocumentLink } from '../document-link.tsx'
import { memberName, rollName } from './members.ts'

interface Row {
  dispatch: ConvocationDispatch
  name: string
  /** For the order of the alphabet. */
  roll: string
  rank: number
  reply: string
  onRetry: (() => void) | undefined
  onPaper: (() => void) | undefined
}

const tones: Record<ConvocationDispatch['state'], Tone> = {
  queued: 'waiting',
  handedOver: 'neutral',
  delivered: 'neutral',
  opened: 'neutral',
  acknowledged: 'done',
  failed: 'danger',
  bounced: 'danger',
  paperFallback: 'action',
  handedOverOnPaper: 'done',
}

const fileUrl = (d: ConvocationDispatch, sha256: string, download: boolean) =>
  urlOf('file', {
    params: { scope: 'sitting', id: d.sittingId, sha256 },
    query: { download: download ? '1' : undefined },
  })

function Papers({ row }: { row: Row }) {
  const { dispatch: d, name } = row
  return (
    <span className="dispatch-papers">
      {d.convocationFile && (
        <DocumentLink
          url={fileUrl(d, d.convocationFile.sha256, false)}
          title={words.proofFor(words.letter, name)}
          label={words.letter}
          about={name}
        />
      )}
      {d.proofFile ? (
        <a href={fileUrl(d, d.proofFile.sha256, true)} download={d.proofFile.name}>
          {words.proof}
          <span className="visually-hidden"> : {name}</span>
        </a>
      ) : (
        d.timestampState === 'pending' && <span className="soft">{words.proofPending}</span>
      )}
    </span>
  )
}

const columns: Column<Row>[] = [
  {
    id: 'member',
    label: words.columns.member,
    cell: (r) => r.name,
    sortValue: (r) => r.roll,
    rowHeader: true,
  },
  {
    id: 'state',
    label: words.columns.state,
    cell: (r) => (
      <>
        <StateBadge tone={tones[r.dispatch.state]}>{words.states[r.dispatch.state]}</StateBadge>
        {r.dispatch.error && <p className="dispatch-error">{r.dispatch.error}</p>}
      </>
    ),
    sortValue: (r) => words.states[r.dispatch.state],
  },
  {
    id: 'at',
    label: words.columns.at,
    cell: (r) => (r.dispatch.handedOverAt ? <DateText value={r.dispatch.handedOverAt} short /> : '–'),
    sortValue: (r) => r.dispatch.handedOverAt ?? '',
  },
  {
    id: 'address',
    label: words.columns.address,
    cell: (r) => <span className="dispatch-address">{r.dispatch.address}</span>,
    sortValue: (r) => r.dispatch.address,
  },
  { id: 'reply', label: words.columns.reply, cell: (r) => r.reply, sortValue: (r) => r.reply },
  { id: 'proof', label: words.columns.proof, cell: (r) => <Papers row={r} /> },
  {
    id: 'action',
    label: words.columns.action,
    cell: (r) => (
      <span className="dispatch-papers">
        {r.onRetry && (
          <Button onPress={r.onRetry}>
            {words.retry}
            <span className="visually-hidden"> : {r.name}</span>
          </Button>
        )}
        {r.onPaper && (
          <Button onPress={r.onPaper}>
            {words.paper}
            <span className="visually-hidden"> : {r.name}</span>
          </Button>
        )}
      </span>
    ),
  },
]

interface DispatchTableProps {
  view: SittingView
  dispatches: readonly ConvocationDispatch[]
  onRetry: ((d: ConvocationDispatch) => void) | undefined
  onPaper: ((d: ConvocationDispatch) => void) | undefined
}

/** One line per member: how they were convened, what they answered, and the proof. */
export function DispatchTable({ view, dispatches, onRetry, onPaper }: DispatchTableProps) {
  const { members, sitting } = view
  const rows = dispatches.map((dispatch): Row => {
    const member: MemberView | undefined = members.find((m) => m.id === dispatch.recipientId)
    const failed = dispatch.state === 'failed' || dispatch.state === 'bounced'
    const paper =
      !isHandedOver(dispatch) &&
      (failed || dispatch.channel === 'paper' || dispatch.state === 'paperFallback')
    return {
      dispatch,
      name: memberName(members, dispatch.recipientId),
      roll: member ? rollName(member) : '',
      rank: member?.rank ?? 0,
      reply: replyOf(view, dispatch.recipientId),
      onRetry: onRetry && failed ? () => onRetry(dispatch) : undefined,
      onPaper: onPaper && paper ? () => onPaper(dispatch) : undefined,
    }
  })
  rows.sort((a, b) => a.rank - b.rank)
  const acts = rows.some((r) => r.onPaper || r.onRetry)
  return (
    <DataTable
      caption={words.table}
      columns={acts ? columns : columns.filter((c) => c.id !== 'action')}
      rows={rows}
      rowId={(r) => r.dispatch.id}
      rowLabel={(r) => `${r.name}, ${sitting.title}`}
      noun={words.noun}
      filterLabel={words.filter}
    />
  )
}

function replyOf({ sitting, members }: SittingView, memberId: string): string {
  const power = sitting.proxies.find((p) => p.state === 'active' && p.grantorId === memberId)
  if (power) return words.reply.proxyTo(memberName(members, power.holderId))
  const answer = sitting.replies.find((r) => r.councillorId === memberId)?.answer
  if (!answer) return words.reply.none
  const civility = members.find((m) => m.id === memberId)?.civility ?? 'M.'
  return answer === 'proxy' ? words.reply.proxy : words.reply[answer][civility]
}
