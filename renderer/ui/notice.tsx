import { CircleCheck, Info, type LucideIcon, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { uiText } from '../text/ui.ts'

type NoticeKind = 'info' | 'warning' | 'danger' | 'done'

const icons: Record<NoticeKind, LucideIcon> = {
  info: Info,
  warning: TriangleAlert,
  danger: OctagonAlert,
  done: CircleCheck,
}

interface NoticeProps {
  kind?: NoticeKind | undefined
  title?: ReactNode
  children?: ReactNode
  /** Buttons or links: what to do now. */
  actions?: ReactNode
  /** Has it read at once when it appears (refusals); leave false for what is there when the page opens. */
  live?: boolean | undefined
}

/** What is the matter, where, and what to do, inside the page. */
export function Notice({ kind = 'info', title, children, actions, live = false }: NoticeProps) {
  const Icon = icons[kind]
  return (
    <div className="notice" data-kind={kind} {...(live && { role: kind === 'danger' ? 'alert' : 'status' })}>
      <Icon className="icon" aria-hidden />
      <div className="notice-body">
        <span className="visually-hidden">{uiText.notice[kind]} : </span>
        {title && <p className="notice-title">{title}</p>}
        {children && <div>{children}</div>}
        {actions && <div className="notice-actions">{actions}</div>}
      </div>
    </div>
  )
}

interface EmptyStateProps {
  title: string
  /** What to do so that something appears here. */
  children?: ReactNode
  action?: ReactNode
  icon?: LucideIcon | undefined
}

/** Says why there is nothing and what to do; never just an empty page. */
export function EmptyState({ title, children, action, icon: Icon }: EmptyStateProps) {
  return (
    <div className="empty-state">
      {Icon && <Icon aria-hidden className="empty-icon" />}
      <p className="empty-title">{title}</p>
      {children && <div className="soft">{children}</div>}
      {action && <div className="empty-action">{action}</div>}
    </div>
  )
}
