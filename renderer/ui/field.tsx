import { CircleAlert } from 'lucide-react'
import { createContext, type ReactNode, use, useId } from 'react'
import { uiText } from '../text/ui.ts'

/** One thing wrong in a form; `field` is the `name` of the field concerned. */
export interface FieldProblem {
  message: string
  field?: string | undefined
}

export const FormProblems = createContext<readonly FieldProblem[]>([])

export interface FieldProps {
  label: string
  /** Also the id of the input, so that the error summary can lead to it. */
  name?: string | undefined
  hint?: ReactNode
  /** Shown under the field; when absent, the problem of the surrounding Form with the same name. */
  error?: string | undefined
  required?: boolean | undefined
  /** Adds "(facultatif)" to the label. */
  optional?: boolean | undefined
  disabled?: boolean | undefined
  /** Keeps the label for screen readers only, where a visible heading already says it. */
  hideLabel?: boolean | undefined
}

export interface FieldWiring {
  id: string
  hintId: string
  errorId: string
  error: string | undefined
  /** Attributes for a native control. */
  control: {
    id: string
    name?: string
    disabled: boolean
    required: boolean
    'aria-invalid'?: true
    'aria-describedby'?: string
  }
}

/** Ids, error and ARIA attributes of a field, from its props and the surrounding Form. */
export function useField(props: FieldProps): FieldWiring {
  const generated = useId()
  const problems = use(FormProblems)
  const id = props.name ?? generated
  const error =
    props.error ?? (props.name ? problems.find((p) => p.field === props.name)?.message : undefined)
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  const described = [error ? errorId : '', props.hint ? hintId : ''].filter(Boolean).join(' ')
  return {
    id,
    hintId,
    errorId,
    error,
    control: {
      id,
      ...(props.name && { name: props.name }),
      disabled: props.disabled ?? false,
      required: props.required ?? false,
      ...(error && { 'aria-invalid': true as const }),
      ...(described && { 'aria-describedby': described }),
    },
  }
}

/** The words of a label, with "(facultatif)" when asked. */
export function LabelWords({ label, optional }: { label: string; optional?: boolean | undefined }) {
  return (
    <>
      {label}
      {optional && <span className="field-optional"> ({uiText.optional})</span>}
    </>
  )
}

interface FrameProps extends FieldProps {
  wiring: FieldWiring
  children: ReactNode
  /** "group" for several controls under one legend (radio buttons). */
  as?: 'field' | 'group'
  narrow?: boolean | undefined
}

/** Label above, hint, control, then the error: the one layout of every field. */
export function FieldFrame({ wiring, children, as = 'field', narrow, ...props }: FrameProps) {
  const labelClass = props.hideLabel ? 'visually-hidden' : 'field-label'
  const words = <LabelWords label={props.label} optional={props.optional} />
  const rest = (
    <>
      {props.hint && (
        <div className="field-hint" id={wiring.hintId}>
          {props.hint}
        </div>
      )}
      {children}
      <FieldError wiring={wiring} />
    </>
  )
  if (as === 'group') {
    return (
      <fieldset
        className="field"
        id={wiring.id}
        tabIndex={-1}
        data-invalid={wiring.error ? true : undefined}
        aria-describedby={wiring.control['aria-describedby']}
      >
        <legend className={labelClass}>{words}</legend>
        {rest}
      </fieldset>
    )
  }
  return (
    <div className="field" data-invalid={wiring.error ? true : undefined} data-narrow={narrow || undefined}>
      <label className={labelClass} htmlFor={wiring.id}>
        {words}
      </label>
      {rest}
    </div>
  )
}

/** The error line of a field, or nothing. */
export function FieldError({ wiring }: { wiring: FieldWiring }) {
  if (!wiring.error) return null
  return (
    <p className="field-error" id={wiring.errorId}>
      <CircleAlert className="icon" aria-hidden />
      <span>
        <span className="visually-hidden">{uiText.form.errorPrefix}</span>
        {wiring.error}
      </span>
    </p>
  )
}
