import { CheckCheck, ChevronRight, Hand, ListOrdered, Megaphone } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { SittingView } from '../../../contracts/views.ts'
import { type AgendaItem, deliberating } from '../../../core/sitting/model.ts'
import { troubleOf, useCommand } from '../../data/hub.ts'
import { agendaText } from '../../text/sittings-agenda.ts'
import { meetingText } from '../../text/sittings-meeting.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Annexes } from './annexes.tsx'
import { BallotPanel } from './ballot-panel.tsx'
import { TextRead } from './item-read.tsx'
import { isEnded } from './meeting.tsx'
import { type ItemAsk, ItemDialogs } from './meeting-dialogs.tsx'
import { memberName } from './members.ts'
import { resultWords } from './result-words.ts'
import { VotesByName } from './votes-by-name.tsx'

const words = meetingText.item

interface MeetingItemProps {
  view: SittingView
  item: AgendaItem
  /** The sitting is open and the person runs it. */
  running: boolean
  /** Shows again whatever is under discussion. */
  onNext: () => void
}

/** One item in the meeting: call it, vote it or end it otherwise, then the next. */
export function MeetingItem({ view, item, running, onNext }: MeetingItemProps) {
  const { sitting, members } = view
  const rank = sitting.items.findIndex((i) => i.id === item.id) + 1
  const open = item.ballots.find((b) => b.state === 'open')
  const recorded = item.ballots.findLast((b) => b.state === 'recorded')
  const rapporteur = item.rapporteurId ? memberName(members, item.rapporteurId) : null
  // Each step takes its own button away; the next Tab then starts from the item's title.
  const [asking, setAsking] = useState<ItemAsk | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const moment = `${item.status} ${open?.id ?? ''}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks at the focus when the moment changes
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
  }, [moment])
  return (
    <div className="item-panel">
      <div>
        <h2 tabIndex={-1} ref={heading}>
          {agendaText.point(rank, item.title)}
        </h2>
        {rapporteur && (
          <p className="soft">
            {agendaText.fields.rapporteur} : {rapporteur}
          </p>
        )}
      </div>
      {item.recusals.length > 0 && (
        <ul className="recusals" aria-label={words.recusals}>
          {item.recusals.map((r) => (
            <li key={r.councillorId}>
              <strong>{words.recusals} :</strong> {memberName(members, r.councillorId)}, {r.ground}
              {r.leftRoom && ` (${words.recusalOut})`}
            </li>
          ))}
        </ul>
      )}
      {open ? (
        <BallotPanel view={view} ballot={open} running={running} onCancel={() => setAsking('cancel')} />
      ) : (
        <>
          <Outcome item={item} />
          {recorded && <VotesByName view={view} ballot={recorded} />}
          {running && <ItemActions view={view} item={item} onNext={onNext} onAsk={setAsking} />}
        </>
      )}
      {running && <ItemDialogs view={view} item={item} asking={asking} onClose={() => setAsking(null)} />}
      <details className="item-contents">
        <summary>{words.contents}</summary>
        <TextRead blocks={item.text} />
        <Annexes sittingId={sitting.id} item={item} editable={false} />
      </details>
    </div>
  )
}

function Outcome({ item }: { item: AgendaItem }) {
  const result = item.ballots.findLast((b) => b.state === 'recorded')?.result
  const said =
    result && (item.status === 'adopted' || item.status === 'refused')
      ? resultWords(result)
      : item.status === 'noted' || item.status === 'withdrawn' || item.status === 'deferred'
        ? words.outcomes[item.status]
        : ''
  return (
    <p className="outcome" role="status" data-status={item.status}>
      {said}
    </p>
  )
}

interface ItemActionsProps {
  view: SittingView
  item: AgendaItem
  onNext: () => void
  onAsk: (asking: ItemAsk) => void
}

function ItemActions({ view, item, onNext, onAsk }: ItemActionsProps) {
  const { sitting } = view
  const params = { id: sitting.id, itemId: item.id }
  const start = useCommand('itemStart', onNext)
  const ballot = useCommand('ballotOpen')
  const end = useCommand('itemEnd')
  const trouble = start.error ?? ballot.error ?? end.error
  const next = sitting.items.find((i) => i.status === 'planned' && i.id !== item.id)
  const nextRank = next ? sitting.items.indexOf(next) + 1 : 0
  const call = (itemId: string) => start.mutate({ input: { params: { id: sitting.id, itemId } } })
  const others = (withNote: boolean) => [
    {
      items: [
        ...(withNote
          ? [
              {
                id: 'noted',
                label: words.note,
                icon: CheckCheck,
                onPress: () => end.mutate({ input: { params, body: { outcome: 'noted' as const } } }),
              },
            ]
          : []),
        { id: 'withdrawn', label: words.withdraw, onPress: () => onAsk('withdrawn') },
        { id: 'deferred', label: words.defer, onPress: () => onAsk('deferred') },
      ],
    },
  ]
  return (
    <>
      {trouble && (
        <Notice kind="danger" title={troubleOf(trouble).message} live>
          {troubleOf(trouble).where}
        </Notice>
      )}
      <div className="item-actions">
        {item.status === 'planned' && (
          <>
            <Button kind="primary" icon={Megaphone} pending={start.isPending} onPress={() => call(item.id)}>
              {words.call}
            </Button>
            <Menu label={words.others} kind="bare" groups={others(false)} />
          </>
        )}
        {item.status === 'underDiscussion' && (
          <>
            {deliberating.has(item.kind) ? (
              <>
                <Button
                  kind="primary"
                  icon={Hand}
                  pending={ballot.isPending}
                  onPress={() => ballot.mutate({ input: { params, body: { kind: 'ordinary' } } })}
                >
                  {words.vote}
                </Button>
                <Button icon={ListOrdered} onPress={() => onAsk('public')}>
                  {words.publicVote}
                </Button>
              </>
            ) : (
              <Button
                kind="primary"
                icon={CheckCheck}
                pending={end.isPending}
                onPress={() => end.mutate({ input: { params, body: { outcome: 'noted' } } })}
              >
                {words.note}
              </Button>
            )}
            <Button onPress={() => onAsk('recuse')}>{words.recuse}</Button>
            <Menu label={words.others} kind="bare" groups={others(deliberating.has(item.kind))} />
          </>
        )}
        {isEnded(item.status) &&
          (next ? (
            <Button
              kind="primary"
              icon={ChevronRight}
              autoFocus
              pending={start.isPending}
              onPress={() => call(next.id)}
            >
              {words.next(nextRank)}
            </Button>
          ) : (
            sitting.items.every((i) => isEnded(i.status)) && <p className="soft">{words.allDone}</p>
          ))}
        {item.status === 'deferred' && (
          <Button kind="bare" onPress={() => call(item.id)}>
            {words.callAgain}
          </Button>
        )}
      </div>
      {isEnded(item.status) && next && <p className="soft next-item">{next.title}</p>}
    </>
  )
}
