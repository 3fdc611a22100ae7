import { CircleAlert, CircleCheck } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { partsText } from '../text/parts.ts'
import { Button } from './button.tsx'

export interface LineResultRow {
  id: string
  /** The object: "D2026_0007 – Subventions aux associations". */
  label: ReactNode
  ok: boolean
  /** What was done, or why it was refused and what to do. */
  message: string
}

interface LineResultsProps {
  results: readonly LineResultRow[]
  /** By default counts what was done and what was refused. */
  title?: string | undefined
  onClose?: (() => void) | undefined
  /** Under a heading that already says the title. */
  hideTitle?: boolean | undefined
}

/** Account of an action made on several objects: one line each, refusals first. Takes the focus when it appears. */
export function LineResults({ results, title, onClose, hideTitle = false }: LineResultsProps) {
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    if (results.length > 0) box.current?.focus()
  }, [results])
  if (results.length === 0) return null
  const words = partsText.results
  const refused = results.filter((r) => !r.ok).length
  const said =
    title ??
    (refused === 0 ? words.allDone(results.length) : words.someRefused(results.length - refused, refused))
  return (
    <section
      className="line-results"
      aria-label={said}
      tabIndex={-1}
      ref={box}
      data-refused={refused > 0 || undefined}
    >
      <div className={hideTitle ? 'visually-hidden' : 'line-results-head'}>
        <p role="status">
          <strong>{said}</strong>
        </p>
        {onClose && (
          <Button kind="bare" onPress={onClose}>
            {words.close}
          </Button>
        )}
      </div>
      <ul>
        {[...results]
          .sort((a, b) => Number(a.ok) - Number(b.ok))
          .map((r) => {
            const Icon = r.ok ? CircleCheck : CircleAlert
            return (
              <li key={r.id} data-ok={r.ok}>
                <Icon className="icon" aria-hidden />
                <span>{r.label}</span>
                <span className="line-result">
                  <span className="visually-hidden">{r.ok ? words.done : words.refused} : </span>
                  {r.message}
                </span>
              </li>
            )
          })}
      </ul>
    </section>
  )
}
