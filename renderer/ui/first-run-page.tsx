import type { ReactNode } from 'react'
import { firstRunText } from '../text/shell.ts'
import { Button } from './button.tsx'
import { FrontPage } from './front-page.tsx'

interface FirstRunProps {
  onDemo: () => void
  onInstall: () => void
  pending?: boolean | undefined
  /** A refusal to show above the choices. */
  notice?: ReactNode
}

/** The first time: look with the demonstration commune, or install one's own. */
export function FirstRunPage({ onDemo, onInstall, pending = false, notice }: FirstRunProps) {
  const points = (texts: readonly string[]) => (
    <ul>
      {texts.map((t) => (
        <li key={t}>{t}</li>
      ))}
    </ul>
  )
  return (
    <FrontPage title={firstRunText.title} lead={firstRunText.lead} foot={firstRunText.foot} wide>
      <div className="front-sheet" data-flush>
        {notice}
        <div className="front-choices">
          <section className="front-choice">
            <h2>{firstRunText.demoTitle}</h2>
            {points(firstRunText.demoPoints)}
            <Button kind="primary" onPress={onDemo} pending={pending} pendingLabel={firstRunText.pendingDemo}>
              {firstRunText.demo}
            </Button>
          </section>
          <section className="front-choice">
            <h2>{firstRunText.installTitle}</h2>
            {points(firstRunText.installPoints)}
            <Button kind="primary" onPress={onInstall} disabled={pending}>
              {firstRunText.install}
            </Button>
          </section>
        </div>
      </div>
    </FrontPage>
  )
}
