import { useId } from 'react'
import { uiText } from '../text/ui.ts'
import { integer, percent } from './format.ts'

interface ProgressProps {
  label: string
  value: number
  max: number
  /** Words instead of "3 sur 12", for instance "1,2 Mo sur 8 Mo". */
  detail?: string | undefined
}

/** How far a long action has come, in figures and as a bar. */
export function Progress({ label, value, max, detail }: ProgressProps) {
  const id = useId()
  const ratio = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0
  const words = detail ?? uiText.progress.of(integer(value), integer(max))
  return (
    <div className="progress">
      <div className="progress-words">
        <span id={id}>{label}</span>
        <span className="soft">{words}</span>
      </div>
      <div
        className="progress-track"
        role="progressbar"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(ratio * 100)}
        aria-valuetext={`${words}, ${percent(ratio)}`}
      >
        <div className="progress-bar" style={{ inlineSize: `${ratio * 100}%` }} />
      </div>
    </div>
  )
}
