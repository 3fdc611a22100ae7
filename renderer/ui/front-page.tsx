import type { ReactNode } from 'react'
import { uiText } from '../text/ui.ts'
import { Mark } from './mark.tsx'

interface FrontPageProps {
  title: string
  /** Shown after the name of the program. */
  authorityName?: string | undefined
  lead?: string | undefined
  foot?: string | undefined
  wide?: boolean | undefined
  children: ReactNode
}

/** A page before the shell: brand, title, one sheet, one line at the foot. */
export function FrontPage({ title, authorityName, lead, foot, wide, children }: FrontPageProps) {
  return (
    <div className="front">
      <main className="front-main" data-wide={wide || undefined}>
        <div className="front-head">
          <p className="front-brand">
            <Mark size={40} />
            {uiText.appName}
            {authorityName && <span className="soft">{authorityName}</span>}
          </p>
          <h1>{title}</h1>
          {lead && <p>{lead}</p>}
        </div>
        {children}
      </main>
      <footer className="front-foot">{foot}</footer>
    </div>
  )
}
