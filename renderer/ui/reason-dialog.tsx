import { type ReactNode, useId, useState } from 'react'
import { uiText } from '../text/ui.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import type { FieldProblem } from './field.tsx'
import { Form } from './form.tsx'
import { Link } from './link.tsx'
import { Notice } from './notice.tsx'
import { TextArea } from './text-field.tsx'

interface ReasonDialogProps {
  isOpen: boolean
  onClose: () => void
  /** Receives the trimmed reason, already long enough. */
  onConfirm: (reason: string) => void
  title: string
  /** What the law says here, in a sentence. Absent for a plain refusal with reason. */
  warning?: ReactNode
  /** "Code général des collectivités territoriales, art. L. 2121-12". */
  article?: { label: string; href?: string | undefined } | undefined
  /** The way that needs no exception, offered first. */
  lawfulWay?: { label: string; onPress: () => void; explanation?: ReactNode } | undefined
  /** A verb: "Convoquer en urgence", "Refuser le dossier". */
  confirmLabel: string
  reasonLabel?: string | undefined
  reasonHint?: string | undefined
  minLength?: number | undefined
  pending?: boolean | undefined
  danger?: boolean | undefined
}

/** The law advises, the mayor decides: article, lawful way, then a typed reason that the journal keeps. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { minLength = 10, pending = false } = props
  const formId = useId()
  const [reason, setReason] = useState('')
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const close = () => {
    setProblems([])
    props.onClose()
  }
  const submit = () => {
    const text = reason.trim()
    if (text.length < minLength) {
      setProblems([{ field: formId, message: uiText.reason.tooShort(minLength) }])
      return
    }
    setProblems([])
    props.onConfirm(text)
  }
  return (
    <Dialog isOpen={props.isOpen} onClose={close} title={props.title} role="alertdialog" locked={pending}>
      {props.warning && (
        <Notice kind="warning" title={props.warning}>
          {props.article && (
            <p className="article">
              {uiText.reason.article} :{' '}
              {props.article.href ? (
                <Link href={props.article.href} external>
                  {props.article.label}
                </Link>
              ) : (
                props.article.label
              )}
            </p>
          )}
        </Notice>
      )}
      {props.lawfulWay && (
        <section className="lawful-way">
          <h3>{uiText.reason.lawfulFirst}</h3>
          {props.lawfulWay.explanation && <div>{props.lawfulWay.explanation}</div>}
          <Button kind="primary" onPress={props.lawfulWay.onPress} disabled={pending}>
            {props.lawfulWay.label}
          </Button>
        </section>
      )}
      <section className="override">
        {props.lawfulWay && <h3>{uiText.reason.override}</h3>}
        <Form onSubmit={submit} problems={problems}>
          <TextArea
            label={props.reasonLabel ?? uiText.reason.label}
            name={formId}
            hint={props.reasonHint ?? uiText.reason.hint}
            value={reason}
            onChange={setReason}
            required
            rows={3}
            autoFocus={!props.lawfulWay}
          />
          <div className="form-actions">
            <Button
              type="submit"
              kind={props.lawfulWay || props.danger ? 'danger' : 'primary'}
              pending={pending}
            >
              {props.confirmLabel}
            </Button>
            <Button onPress={close} disabled={pending}>
              {uiText.cancel}
            </Button>
          </div>
        </Form>
      </section>
    </Dialog>
  )
}
