import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { SigningFolder } from '../../../core/signing-folder/model.ts'
import { hub, troubleOf, useHub } from '../../data/hub.ts'
import { parapheurText } from '../../text/parapheur.ts'
import { uiText } from '../../text/ui.ts'
import { Button } from '../../ui/button.tsx'
import { RadioGroup } from '../../ui/choice-fields.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { FieldProblem } from '../../ui/field.tsx'
import { Form, FormActions } from '../../ui/form.tsx'
import { plainDate } from '../../ui/format.ts'
import { type LineResultRow, LineResults } from '../../ui/line-results.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { TextField } from '../../ui/text-field.tsx'

const words = parapheurText.dialog

// Small enough that the bar moves, large enough that the certificate isn't opened for each document.
const AT_ONCE = 5

interface SignDialogProps {
  /** What is signed, as it was shown; empty keeps the dialog closed. */
  folders: readonly SigningFolder[]
  onClose: (signed: ReadonlySet<string>) => void
}

type Phase = { step: 'ask' } | { step: 'signing'; done: number } | { step: 'told'; results: LineResultRow[] }

/** The one confirmation of a signature: what, with which certificate, its code; then a result per line. */
export function SignDialog({ folders, onClose }: SignDialogProps) {
  const keys = useHub('signingKeys', undefined, { enabled: folders.length > 0 })
  const client = useQueryClient()
  const [phase, setPhase] = useState<Phase>({ step: 'ask' })
  const [chosen, setChosen] = useState<string>()
  const [pin, setPin] = useState('')
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const open = folders.length > 0
  useEffect(() => {
    if (!open) return
    setPhase({ step: 'ask' })
    setPin('')
    setProblems([])
  }, [open])
  const keyId = chosen ?? keys.data?.[0]?.id
  const key = keys.data?.find((k) => k.id === keyId)

  const sign = async () => {
    if (!key) return
    if (pin === '') return setProblems([{ field: 'pin', message: words.pinNeeded }])
    setProblems([])
    const results: LineResultRow[] = []
    const titleOf = (id: string) => folders.find((f) => f.id === id)?.title ?? ''
    for (let done = 0; done < folders.length; done += AT_ONCE) {
      setPhase({ step: 'signing', done })
      const part = folders.slice(done, done + AT_ONCE)
      try {
        const lines = await hub(
          'foldersSign',
          {
            body: {
              keyId: key.id,
              pin,
              folders: part.map((f) => ({ id: f.id, shownSha256: f.document.sha256 })),
            },
          },
          { commandId: crypto.randomUUID() },
        )
        results.push(...lines.map((l) => ({ ...l, label: titleOf(l.id) })))
      } catch (error) {
        const { message } = troubleOf(error)
        if (results.length === 0) {
          setPhase({ step: 'ask' })
          setPin('')
          setProblems([{ field: 'pin', message }])
          return
        }
        const rest = folders.slice(done)
        results.push(
          ...rest.map((f, i) => ({
            id: f.id,
            label: f.title,
            ok: false,
            message: i ? words.stopped : message,
          })),
        )
        break
      }
    }
    setPin('')
    setPhase({ step: 'told', results })
    await client.invalidateQueries()
  }

  const close = () =>
    onClose(new Set(phase.step === 'told' ? phase.results.filter((r) => r.ok).map((r) => r.id) : []))
  const told = phase.step === 'told' ? phase.results : []
  const refused = told.filter((r) => !r.ok).length
  const toldTitle = refused === 0 ? words.done(told.length) : words.doneSome(told.length - refused, refused)
  return (
    <Dialog
      isOpen={open}
      onClose={close}
      title={phase.step === 'told' ? toldTitle : words.title(folders.length)}
      role="alertdialog"
      locked={phase.step === 'signing'}
    >
      {phase.step === 'told' && (
        <>
          <LineResults results={phase.results} title={toldTitle} hideTitle />
          <FormActions>
            <Button kind="primary" onPress={close}>
              {words.close}
            </Button>
          </FormActions>
        </>
      )}
      {phase.step === 'signing' && (
        <Progress label={words.progress} value={phase.done} max={folders.length} />
      )}
      {phase.step === 'ask' && (
        <Form onSubmit={() => void sign()} problems={problems}>
          <p>{words.lead}</p>
          <ul className="to-sign" aria-label={words.what}>
            {folders.map((f) => (
              <li key={f.id}>{f.title}</li>
            ))}
          </ul>
          {keys.data && !key && <Notice kind="danger" title={words.noKey} />}
          {key && (keys.data?.length ?? 0) > 1 ? (
            <RadioGroup
              label={words.certificate}
              value={key.id}
              onChange={setChosen}
              options={(keys.data ?? []).map((k) => ({
                value: k.id,
                label: k.subject,
                hint: words.until(k.issuer, plainDate(k.validUntil)),
              }))}
            />
          ) : (
            key && (
              <p>
                {parapheurText.batch.certificate(key.subject, plainDate(key.validUntil))}
                {key.demonstration && <span className="soft"> · {words.demonstration}</span>}
              </p>
            )
          )}
          <TextField
            label={words.pin}
            name="pin"
            type="password"
            hint={words.pinHint}
            value={pin}
            onChange={setPin}
            required
            narrow
            autoFocus
            autoComplete="off"
            disabled={keys.data !== undefined && !key}
          />
          <FormActions>
            <Button type="submit" kind="primary" disabled={!key}>
              {parapheurText.signMany(folders.length)}
            </Button>
            <Button onPress={close}>{uiText.cancel}</Button>
          </FormActions>
        </Form>
      )}
    </Dialog>
  )
}
