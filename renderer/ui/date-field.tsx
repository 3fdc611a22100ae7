import { uiText } from '../text/ui.ts'
import { FieldFrame, type FieldProps, useField } from './field.tsx'
import { clockTime, longDate } from './format.ts'

interface DateFieldProps extends FieldProps {
  /** `2026-12-10`; empty when nothing is chosen. */
  value?: string | undefined
  defaultValue?: string | undefined
  onChange?: ((value: string) => void) | undefined
  min?: string | undefined
  max?: string | undefined
}

function NativeField({ type, ...props }: DateFieldProps & { type: 'date' | 'time' }) {
  const wiring = useField(props)
  return (
    <FieldFrame {...props} wiring={wiring} narrow>
      <input
        {...wiring.control}
        className="input"
        type={type}
        value={props.value}
        defaultValue={props.defaultValue}
        onChange={(e) => props.onChange?.(e.target.value)}
        min={props.min}
        max={props.max}
      />
      <Echo type={type} value={props.value} />
    </FieldFrame>
  )
}

// Browsers show these inputs in the device's language, where 12/10 may be December: the French words below settle it.
function Echo({ type, value }: { type: 'date' | 'time'; value: string | undefined }) {
  if (!value) return null
  return (
    <span className="field-echo">
      {type === 'date' ? longDate(value) : clockTime(`2000-01-01T${value}:00Z`, 'UTC')}
    </span>
  )
}

/** A calendar day, as ISO text, with the device's own calendar. */
export function DateField(props: DateFieldProps) {
  return <NativeField {...props} type="date" />
}

/** An hour of the day, `18:30`. */
export function TimeField(props: DateFieldProps) {
  return <NativeField {...props} type="time" />
}

interface DateTimeFieldProps {
  label: string
  name: string
  date: string
  time: string
  onChange: (date: string, time: string) => void
  hint?: string | undefined
  required?: boolean | undefined
  min?: string | undefined
}

/** Day and hour under one legend; the fields are named `<name>-date` and `<name>-time`. */
export function DateTimeField(props: DateTimeFieldProps) {
  const hintId = `${props.name}-hint`
  return (
    <fieldset className="field" {...(props.hint && { 'aria-describedby': hintId })}>
      <legend className="field-label">{props.label}</legend>
      {props.hint && (
        <div className="field-hint" id={hintId}>
          {props.hint}
        </div>
      )}
      <div className="field-row">
        <DateField
          label={uiText.date.date}
          name={`${props.name}-date`}
          value={props.date}
          required={props.required}
          min={props.min}
          onChange={(d) => props.onChange(d, props.time)}
        />
        <TimeField
          label={uiText.date.time}
          name={`${props.name}-time`}
          value={props.time}
          required={props.required}
          onChange={(t) => props.onChange(props.date, t)}
        />
      </div>
    </fieldset>
  )
}
