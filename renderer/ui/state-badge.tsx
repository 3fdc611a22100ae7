import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDot,
  Clock,
  type LucideIcon,
  TriangleAlert,
} from 'lucide-react'
import type { ReactNode } from 'react'

export type Tone = 'neutral' | 'waiting' | 'action' | 'done' | 'warning' | 'danger' | 'off'

const icons: Record<Tone, LucideIcon> = {
  neutral: CircleDashed,
  waiting: Clock,
  action: CircleDot,
  done: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
  off: Ban,
}

/**
 * A state in one or two words: its icon says the tone, colour only repeats it.
 * `done` is for what is done and proven; `danger` for a refusal; `action` for what waits for the reader.
 */
export function StateBadge({
  tone = 'neutral',
  icon,
  children,
}: {
  tone?: Tone
  icon?: LucideIcon
  children: ReactNode
}) {
  const Icon = icon ?? icons[tone]
  return (
    <span className="state-badge" data-tone={tone}>
      <Icon className="icon" aria-hidden />
      <span>{children}</span>
    </span>
  )
}

/** A plain word attached to a thing: "Budget", "Annexe", "Huis clos". */
export function Tag({ children }: { children: ReactNode }) {
  return <span className="tag">{children}</span>
}
