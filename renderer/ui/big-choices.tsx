import { Check, type LucideIcon } from 'lucide-react'
import { ToggleButton } from 'react-aria-components'

export interface BigChoice {
  id: string
  label: string
  icon: LucideIcon
  disabled?: boolean | undefined
}

interface BigChoicesProps {
  /** The question. */
  label: string
  choices: readonly BigChoice[]
  /** What is recorded now; its button carries a tick. */
  chosen?: string | undefined
  onChoose: (id: string) => void
  disabled?: boolean | undefined
}

/** Two to four large buttons for a vote or an answer: no wrong tap, and what is recorded stays visible. */
export function BigChoices({ label, choices, chosen, onChoose, disabled = false }: BigChoicesProps) {
  return (
    <fieldset className="big-choices" aria-label={label}>
      {choices.map(({ id, label: words, icon: Icon, disabled: off = false }) => (
        <ToggleButton
          key={id}
          className="big-choice"
          isSelected={chosen === id}
          isDisabled={disabled || off}
          onChange={() => onChoose(id)}
        >
          {chosen === id ? <Check aria-hidden /> : <Icon aria-hidden />}
          <span>{words}</span>
        </ToggleButton>
      ))}
    </fieldset>
  )
}
