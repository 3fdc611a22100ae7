import { ArrowDown, ArrowUp, GripVertical } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react'
import { type AgendaItem, deliberating, type Sitting } from '../../../core/sitting/model.ts'
import { troubleOf, useCommand } from '../../data/hub.ts'
import { sittingText } from '../../text/sittings.ts'
import { agendaText as words } from '../../text/sittings-agenda.ts'
import { useAnnounce } from '../../ui/announce.tsx'
import { Button } from '../../ui/button.tsx'
import { count } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { StateBadge, type Tone } from '../../ui/state-badge.tsx'
import type { Drafts } from './drafts.ts'

interface AgendaListProps {
  sitting: Sitting
  drafts: Drafts
  editable: boolean
  current: string | undefined
  onChoose: (id: string) => void
}

export const itemTone: Record<AgendaItem['status'], Tone> = {
  planned: 'neutral',
  underDiscussion: 'action',
  adopted: 'done',
  refused: 'danger',
  noted: 'done',
  withdrawn: 'off',
  deferred: 'waiting',
}

/** Items in order: choose one, and move it by its handle, its two buttons, or Alt and the arrows. */
export function AgendaList({ sitting, drafts, editable, current, onChoose }: AgendaListProps) {
  const { items } = sitting
  const announce = useAnnounce()
  const move = useCommand('itemMove')
  const list = useRef<HTMLOListElement>(null)
  const [dragged, setDragged] = useState<string>()
  const [over, setOver] = useState<number>()
  const moveTo = (item: AgendaItem, position: number) => {
    if (position < 0 || position >= items.length || items[position]?.id === item.id) return
    move.mutate(
      { input: { params: { id: sitting.id, itemId: item.id }, body: { position } } },
      { onSuccess: () => announce(words.moved(position + 1, items.length)) },
    )
  }
  const onKey = (e: KeyboardEvent, item: AgendaItem, index: number) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[e.key]
    if (step === undefined) return
    e.preventDefault()
    if (e.altKey && editable) return moveTo(item, index + step)
    const buttons = list.current?.querySelectorAll<HTMLElement>('.agenda-item') ?? []
    buttons[Math.min(items.length - 1, Math.max(0, index + step))]?.focus()
  }
  const drop = (e: DragEvent, position: number) => {
    e.preventDefault()
    const item = items.find((i) => i.id === dragged)
    if (item) moveTo(item, position)
    setDragged(undefined)
    setOver(undefined)
  }
  return (
    <>
      {move.error && <Notice kind="danger" title={troubleOf(move.error).message} live />}
      <ol className="agenda-list" ref={list} aria-label={words.label}>
        {items.map((item, index) => (
          <li
            key={item.id}
            data-current={item.id === current || undefined}
            data-dragged={item.id === dragged || undefined}
            data-over={over === index && dragged !== item.id ? true : undefined}
            onDragOver={(e) => {
              if (!dragged) return
              e.preventDefault()
              setOver(index)
            }}
            onDrop={(e) => drop(e, index)}
          >
            {editable && (
              // The handle is for the mouse; the two buttons and Alt with the arrows do the same by keyboard.
              <span
                className="agenda-handle"
                aria-hidden
                title={words.drag}
                draggable
                onDragStart={(e) => {
                  setDragged(item.id)
                  e.dataTransfer.effectAllowed = 'move'
                  e.dataTransfer.setData('text/plain', item.id)
                }}
                onDragEnd={() => {
                  setDragged(undefined)
                  setOver(undefined)
                }}
              >
                <GripVertical className="icon" />
              </span>
            )}
            <button
              type="button"
              className="agenda-item"
              aria-current={item.id === current || undefined}
              aria-keyshortcuts={editable ? 'Alt+ArrowUp Alt+ArrowDown' : undefined}
              onClick={() => onChoose(item.id)}
              onKeyDown={(e) => onKey(e, item, index)}
            >
              <span className="agenda-rank">{index + 1}</span>
              <span className="agenda-words">
                <span>{drafts.of(item).title}</span>
                <ItemFacts item={item} dirty={drafts.isDirty(item.id)} />
              </span>
            </button>
            {editable && item.id === current && (
              <span className="agenda-moves">
                <Button
                  kind="bare"
                  icon={ArrowUp}
                  iconOnly
                  disabled={index === 0}
                  onPress={() => moveTo(item, index - 1)}
                >
                  {words.up}
                </Button>
                <Button
                  kind="bare"
                  icon={ArrowDown}
                  iconOnly
                  disabled={index === items.length - 1}
                  onPress={() => moveTo(item, index + 1)}
                >
                  {words.down}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ol>
    </>
  )
}

function ItemFacts({ item, dirty }: { item: AgendaItem; dirty: boolean }) {
  const facts = [
    sittingText.kinds[item.kind],
    item.annexes.length > 0 && count(item.annexes.length, words.annexes),
  ].filter(Boolean)
  const bare = deliberating.has(item.kind) && item.note.trim() === '' && item.text.length === 0
  return (
    <span className="agenda-facts">
      <span className="soft">{facts.join(' · ')}</span>
      {item.status !== 'planned' && (
        <StateBadge tone={itemTone[item.status]}>{words.status[item.status]}</StateBadge>
      )}
      {bare && item.status === 'planned' && <StateBadge tone="warning">{words.noNote}</StateBadge>}
      {dirty && <StateBadge tone="action">{words.unsaved}</StateBadge>}
    </span>
  )
}
