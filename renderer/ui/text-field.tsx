import type { HTMLInputTypeAttribute, Ref } from 'react'
import { FieldFrame, type FieldProps, useField } from './field.tsx'

interface TextFieldProps extends FieldProps {
  value?: string | undefined
  defaultValue?: string | undefined
  onChange?: ((value: string) => void) | undefined
  type?: 'text' | 'email' | 'password' | 'tel' | 'url' | 'number' | undefined
  autoComplete?: string | undefined
  inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | undefined
  maxLength?: number | undefined
  placeholder?: string | undefined
  autoFocus?: boolean | undefined
  /** For short values (a SIREN, a code): the field is only as wide as what it holds. */
  narrow?: boolean | undefined
  ref?: Ref<HTMLInputElement> | undefined
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const wiring = useField(props)
  return (
    <FieldFrame {...props} wiring={wiring}>
      <input
        {...wiring.control}
        className="input"
        type={(props.type ?? 'text') satisfies HTMLInputTypeAttribute}
        value={props.value}
        defaultValue={props.defaultValue}
        onChange={(e) => props.onChange?.(e.target.value)}
        autoComplete={props.autoComplete ?? 'off'}
        inputMode={props.inputMode}
        maxLength={props.maxLength}
        placeholder={props.placeholder}
        // biome-ignore lint/a11y/noAutofocus: asked by the screen, for the only field of a dialog
        autoFocus={props.autoFocus}
        ref={props.ref}
      />
    </FieldFrame>
  )
}

interface TextAreaProps extends FieldProps {
  value?: string | undefined
  defaultValue?: string | undefined
  onChange?: ((value: string) => void) | undefined
  rows?: number | undefined
  maxLength?: number | undefined
  autoFocus?: boolean | undefined
  /** Serif, for the text of a délibération. */
  document?: boolean | undefined
}

/** Several lines of text. */
export function TextArea(props: TextAreaProps) {
  const wiring = useField(props)
  return (
    <FieldFrame {...props} wiring={wiring}>
      <textarea
        {...wiring.control}
        className={props.document ? 'input document-text' : 'input'}
        rows={props.rows ?? 4}
        value={props.value}
        defaultValue={props.defaultValue}
        onChange={(e) => props.onChange?.(e.target.value)}
        maxLength={props.maxLength}
        // biome-ignore lint/a11y/noAutofocus: asked by the screen, for the only field of a dialog
        autoFocus={props.autoFocus}
      />
    </FieldFrame>
  )
}
