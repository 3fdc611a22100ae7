import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import type { MemberView } from '../../../contracts/views.ts'
import { fullName } from '../../../core/people/model.ts'
import { folded } from '../../ui/format.ts'
import { rollName } from './members.ts'

interface MemberGridProps {
  label: string
  members: readonly MemberView[]
  isOn: (id: string) => boolean
  onToggle: (id: string) => void
  /** Under the name: "Présent", "Pouvoir à M. Roy". */
  detail: (id: string) => ReactNode
  disabled?: boolean | undefined
  describedBy?: string | undefined
}

const TYPING_MS = 900

/** Names to switch on and off: arrows or the first letters of a surname go to one, Space changes it. */
export function MemberGrid(props: MemberGridProps) {
  const { members } = props
  const place = useRef<HTMLFieldSetElement>(null)
  const [active, setActive] = useState(0)
  const typed = useRef({ text: '', at: 0 })
  const focus = (index: number) => {
    const to = Math.min(members.length - 1, Math.max(0, index))
    setActive(to)
    place.current?.querySelectorAll<HTMLElement>('button')[to]?.focus()
  }
  const perRow = () => {
    const all = [...(place.current?.querySelectorAll<HTMLElement>('button') ?? [])]
    const top = all[0]?.offsetTop
    return Math.max(1, all.filter((b) => b.offsetTop === top).length)
  }
  const onKey = (e: KeyboardEvent, index: number) => {
    const steps: Record<string, () => number> = {
      ArrowRight: () => index + 1,
      ArrowLeft: () => index - 1,
      ArrowDown: () => index + perRow(),
      ArrowUp: () => index - perRow(),
      Home: () => 0,
      End: () => members.length - 1,
    }
    const step = steps[e.key]
    if (step) {
      e.preventDefault()
      return focus(step())
    }
    // Space changes the name; the next letters begin another one.
    if (e.key === ' ') typed.current = { text: '', at: 0 }
    if (e.key.length !== 1 || e.key === ' ' || e.ctrlKey || e.metaKey || e.altKey) return
    const kept = e.timeStamp - typed.current.at < TYPING_MS ? typed.current.text : ''
    typed.current = { text: kept + folded(e.key), at: e.timeStamp }
    const found = members.findIndex((m) => folded(m.lastName).startsWith(typed.current.text))
    if (found >= 0) focus(found)
  }
  return (
    <fieldset
      className="member-grid"
      aria-label={props.label}
      aria-describedby={props.describedBy}
      ref={place}
      disabled={props.disabled}
    >
      {members.map((m, index) => (
        <button
          key={m.id}
          type="button"
          className="member-toggle"
          aria-pressed={props.isOn(m.id)}
          tabIndex={index === Math.min(active, members.length - 1) ? 0 : -1}
          onClick={() => props.onToggle(m.id)}
          onFocus={() => setActive(index)}
          onKeyDown={(e) => onKey(e, index)}
        >
          <span className="member-name">
            <span aria-hidden>{rollName(m)}</span>
            <span className="visually-hidden">{fullName(m)}</span>
          </span>
          <span className="member-detail">{props.detail(m.id)}</span>
        </button>
      ))}
    </fieldset>
  )
}
