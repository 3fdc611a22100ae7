import { Search, X } from 'lucide-react'
import { useId, useRef } from 'react'
import { uiText } from '../text/ui.ts'
import { Button } from './button.tsx'

interface SearchFieldProps {
  label?: string | undefined
  value: string
  onChange: (value: string) => void
  placeholder?: string | undefined
  /** Shows the label above; hidden by default, the magnifier and the placeholder say it. */
  showLabel?: boolean | undefined
}

/** Text that narrows a list; Escape empties it. */
export function SearchField({
  label = uiText.search.label,
  value,
  onChange,
  placeholder,
  showLabel,
}: SearchFieldProps) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className="field search-field">
      <label className={showLabel ? 'field-label' : 'visually-hidden'} htmlFor={id}>
        {label}
      </label>
      <div className="search-box">
        <Search className="icon" aria-hidden />
        <input
          id={id}
          ref={input}
          type="search"
          className="input"
          value={value}
          placeholder={placeholder ?? label}
          autoComplete="off"
          onChange={(e) => onChange(e.target.value)}
          onKeyDown={(e) => {
            if (e.key !== 'Escape' || value === '') return
            e.stopPropagation()
            onChange('')
          }}
        />
        {value !== '' && (
          <Button
            kind="bare"
            icon={X}
            iconOnly
            onPress={() => {
              onChange('')
              input.current?.focus()
            }}
          >
            {uiText.search.clear}
          </Button>
        )}
      </div>
    </div>
  )
}
