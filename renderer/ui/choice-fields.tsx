import type { ReactNode } from 'react'
import { uiText } from '../text/ui.ts'
import { FieldError, FieldFrame, type FieldProps, LabelWords, useField } from './field.tsx'

export interface Choice {
  value: string
  label: string
  hint?: ReactNode
  disabled?: boolean | undefined
}

interface SelectFieldProps extends FieldProps {
  options: readonly (Choice | { group: string; options: readonly Choice[] })[]
  value?: string | undefined
  defaultValue?: string | undefined
  onChange?: ((value: string) => void) | undefined
  /** First line when nothing is chosen; `null` leaves it out. */
  placeholder?: string | null | undefined
}

const option = (c: Choice) => (
  <option key={c.value} value={c.value} disabled={c.disabled}>
    {c.label}
  </option>
)

/** One choice among many. The device's own list: known to everyone, and right under every finger and reader. */
export function SelectField(props: SelectFieldProps) {
  const wiring = useField(props)
  const placeholder = props.placeholder === undefined ? uiText.select.choose : props.placeholder
  return (
    <FieldFrame {...props} wiring={wiring}>
      <select
        {...wiring.control}
        className="input"
        value={props.value}
        defaultValue={props.value === undefined ? (props.defaultValue ?? '') : undefined}
        onChange={(e) => props.onChange?.(e.target.value)}
      >
        {placeholder !== null && <option value="">{placeholder}</option>}
        {props.options.map((o) =>
          'group' in o ? (
            <optgroup key={o.group} label={o.group}>
              {o.options.map(option)}
            </optgroup>
          ) : (
            option(o)
          ),
        )}
      </select>
    </FieldFrame>
  )
}

interface RadioGroupProps extends FieldProps {
  options: readonly Choice[]
  value?: string | undefined
  defaultValue?: string | undefined
  onChange?: ((value: string) => void) | undefined
  /** Side by side when there is room. */
  inline?: boolean | undefined
}

/** One choice among a few, all visible. */
export function RadioGroup(props: RadioGroupProps) {
  const wiring = useField(props)
  const name = props.name ?? wiring.id
  return (
    <FieldFrame {...props} wiring={wiring} as="group">
      <div className="choices" data-inline={props.inline || undefined}>
        {props.options.map((o) => (
          <label key={o.value} className="choice">
            <input
              type="radio"
              name={name}
              value={o.value}
              disabled={(o.disabled || props.disabled) ?? false}
              required={props.required ?? false}
              {...(props.value !== undefined
                ? { checked: props.value === o.value }
                : { defaultChecked: props.defaultValue === o.value })}
              onChange={() => props.onChange?.(o.value)}
            />
            <span>
              {o.label}
              {o.hint && <span className="choice-hint">{o.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </FieldFrame>
  )
}

interface CheckboxFieldProps extends FieldProps {
  checked?: boolean | undefined
  defaultChecked?: boolean | undefined
  onChange?: ((checked: boolean) => void) | undefined
}

/** A yes or no. The label says what is true when it is ticked. */
export function CheckboxField(props: CheckboxFieldProps) {
  const wiring = useField(props)
  return (
    <div className="field" data-invalid={wiring.error ? true : undefined}>
      <label className="choice">
        <input
          {...wiring.control}
          type="checkbox"
          {...(props.checked !== undefined
            ? { checked: props.checked }
            : { defaultChecked: props.defaultChecked })}
          onChange={(e) => props.onChange?.(e.target.checked)}
        />
        <span>
          <LabelWords label={props.label} optional={props.optional} />
          {props.hint && (
            <span className="choice-hint" id={wiring.hintId}>
              {props.hint}
            </span>
          )}
        </span>
      </label>
      <FieldError wiring={wiring} />
    </div>
  )
}
