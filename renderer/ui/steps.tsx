import { Check, TriangleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { uiText } from '../text/ui.ts'

export type StepState = 'done' | 'current' | 'todo' | 'warning' | 'refused'

export interface Step {
  label: string
  state: StepState
  /** A date, a name: small, under the label. */
  detail?: ReactNode
}

/** Where an object is in its life: done, here, to come. */
export function Steps({ steps, label }: { steps: readonly Step[]; label: string }) {
  return (
    <ol className="steps" aria-label={label}>
      {steps.map((s) => (
        <li
          key={s.label}
          className="step"
          data-state={s.state}
          aria-current={s.state === 'current' ? 'step' : undefined}
        >
          <span className="step-dot" aria-hidden>
            {s.state === 'done' && <Check className="icon" />}
            {s.state === 'warning' && <TriangleAlert className="icon" />}
            {s.state === 'refused' && <X className="icon" />}
          </span>
          <span className="step-words">
            <span className="step-label">{s.label}</span>
            <span className="visually-hidden"> ({uiText.steps[s.state]})</span>
            {s.detail && <span className="step-detail">{s.detail}</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}
