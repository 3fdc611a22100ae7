import type { ReactNode } from 'react'
import { Link } from './link.tsx'

interface PageHeaderProps {
  title: ReactNode
  /** Where this page hangs: "Séances". */
  parent?: { label: string; href: string } | undefined
  /** State badge beside the title. */
  badge?: ReactNode
  /** One line under the title: deadline, article, what is left. */
  children?: ReactNode
  /** The one primary action, and at most a menu. */
  actions?: ReactNode
}

/** Head of a page: where it hangs, its title (h1), its state, its one action. */
export function PageHeader({ title, parent, badge, children, actions }: PageHeaderProps) {
  return (
    <div className="page-header">
      <div className="page-title">
        {parent && (
          <p className="page-parent">
            <Link href={parent.href}>{parent.label}</Link>
          </p>
        )}
        <div className="page-title-line">
          <h1>{title}</h1>
          {badge}
        </div>
        {children && <div className="page-lead">{children}</div>}
      </div>
      {actions && <div className="page-actions">{actions}</div>}
    </div>
  )
}

interface SectionProps {
  title: string
  children: ReactNode
  actions?: ReactNode
  /** Text under the title. */
  lead?: ReactNode
}

/** A part of a page, under its own heading (h2), separated by a hairline. */
export function Section({ title, children, actions, lead }: SectionProps) {
  return (
    <section className="section">
      <div className="section-head">
        <h2>{title}</h2>
        {actions && <div className="section-actions">{actions}</div>}
      </div>
      {lead && <div className="soft">{lead}</div>}
      {children}
    </section>
  )
}

/** Bar that stays at the foot while rows are selected: what is selected, and the one action on it. */
export function BatchBar({ children, actions }: { children: ReactNode; actions: ReactNode }) {
  return (
    <div className="batch-bar">
      <output>{children}</output>
      <div className="batch-actions">{actions}</div>
    </div>
  )
}
