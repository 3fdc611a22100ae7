import { CircleAlert } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { uiText } from '../text/ui.ts'
import { type FieldProblem, FormProblems } from './field.tsx'

interface FormProps {
  children: ReactNode
  onSubmit: () => void
  /** Everything wrong after a try; a new array moves the focus to the summary. */
  problems?: readonly FieldProblem[] | undefined
  /** Accessible name when the form is one of several on the page. */
  label?: string | undefined
}

const none: readonly FieldProblem[] = []

/** A form whose problems are summed up at the top, said beside each field, and never only by the browser. */
export function Form({ children, onSubmit, problems = none, label }: FormProps) {
  return (
    <form
      className="form"
      noValidate
      aria-label={label}
      onSubmit={(e) => {
        e.preventDefault()
        onSubmit()
      }}
    >
      <ErrorSummary problems={problems} />
      <FormProblems value={problems}>{children}</FormProblems>
    </form>
  )
}

interface SummaryProps {
  problems: readonly FieldProblem[]
  title?: string | undefined
}

/** Lists what must be corrected, takes the focus when it appears or changes, leads to each field. */
export function ErrorSummary({ problems, title }: SummaryProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problems.length > 0) box.current?.focus()
  }, [problems])
  if (problems.length === 0) return null
  return (
    <div className="error-summary" role="alert" tabIndex={-1} ref={box}>
      <h2>
        <CircleAlert className="icon" aria-hidden />
        {title ?? uiText.form.summaryTitle(problems.length)}
      </h2>
      <ul>
        {problems.map((p) => (
          <li key={`${p.field ?? ''}:${p.message}`}>
            {p.field ? (
              <a
                href={`#${p.field}`}
                onClick={(e) => {
                  e.preventDefault()
                  focusField(p.field!)
                }}
              >
                {p.message}
              </a>
            ) : (
              p.message
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

function focusField(name: string): void {
  const target = document.getElementById(name)
  const inside = target?.matches('fieldset')
    ? target.querySelector<HTMLElement>('input, select, textarea')
    : null
  const goal = inside ?? target
  goal?.focus()
  goal?.scrollIntoView({ block: 'center' })
}

/** The buttons at the foot of a form or a dialog: the action first, the way out after. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className="form-actions">{children}</div>
}
