import { useState } from 'react'
import type { SittingView } from '../../../contracts/views.ts'
import { fullName } from '../../../core/people/model.ts'
import { ballotRequestThreshold } from '../../../core/sitting/ballot.ts'
import type { AgendaItem } from '../../../core/sitting/model.ts'
import { troubleOf, useCommand } from '../../data/hub.ts'
import { meetingText } from '../../text/sittings-meeting.ts'
import { uiText } from '../../text/ui.ts'
import { Button } from '../../ui/button.tsx'
import { CheckboxField, SelectField } from '../../ui/choice-fields.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { FieldProblem } from '../../ui/field.tsx'
import { Form, FormActions } from '../../ui/form.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { TextArea, TextField } from '../../ui/text-field.tsx'

export type ItemAsk = 'withdrawn' | 'deferred' | 'public' | 'recuse' | 'cancel'

interface DialogProps {
  view: SittingView
  item: AgendaItem
  onClose: () => void
}

const titleOf = (asking: ItemAsk): string => {
  if (asking === 'public') return meetingText.publicRequest.title
  if (asking === 'recuse') return meetingText.recuse.title
  return asking === 'cancel' ? '' : meetingText.item.outcomeTitle[asking]
}

/** The one question of the moment about an item. */
export function ItemDialogs({ asking, ...props }: DialogProps & { asking: ItemAsk | null }) {
  if (asking === 'cancel') return <CancelBallot {...props} />
  return (
    <Dialog isOpen={asking !== null} onClose={props.onClose} title={asking ? titleOf(asking) : ''}>
      {asking === 'public' && <PublicRequest {...props} />}
      {asking === 'recuse' && <RecusalForm {...props} />}
      {(asking === 'withdrawn' || asking === 'deferred') && <OutcomeForm {...props} outcome={asking} />}
    </Dialog>
  )
}

function CancelBallot({ view, item, onClose }: DialogProps) {
  const words = meetingText.ballot
  const [ballotId] = useState(() => item.ballots.find((b) => b.state === 'open')?.id ?? '')
  const cancel = useCommand('ballotCancel', onClose)
  return (
    <ReasonDialog
      isOpen
      onClose={onClose}
      title={words.cancelTitle}
      warning={cancel.error ? troubleOf(cancel.error).message : undefined}
      confirmLabel={words.cancelConfirm}
      pending={cancel.isPending}
      minLength={5}
      onConfirm={(reason) =>
        cancel.mutate({ input: { params: { id: view.sitting.id, ballotId }, body: { reason } } })
      }
    />
  )
}

function Foot({ label, pending, onClose }: { label: string; pending: boolean; onClose: () => void }) {
  return (
    <FormActions>
      <Button type="submit" kind="primary" pending={pending}>
        {label}
      </Button>
      <Button onPress={onClose}>{uiText.cancel}</Button>
    </FormActions>
  )
}

const said = (error: Error): FieldProblem[] => [{ message: troubleOf(error).message }]

function OutcomeForm({ view, item, onClose, outcome }: DialogProps & { outcome: 'withdrawn' | 'deferred' }) {
  const [reason, setReason] = useState('')
  const end = useCommand('itemEnd', onClose)
  const words = meetingText.item
  return (
    <Form
      problems={end.error ? said(end.error) : undefined}
      onSubmit={() =>
        end.mutate({
          input: {
            params: { id: view.sitting.id, itemId: item.id },
            body: { outcome, reason: reason.trim() },
          },
        })
      }
    >
      <p>{item.title}</p>
      <TextArea label={words.outcomeReason} value={reason} onChange={setReason} rows={2} optional autoFocus />
      <Foot label={words.outcomeConfirm[outcome]} pending={end.isPending} onClose={onClose} />
    </Form>
  )
}

function PublicRequest({ view, item, onClose }: DialogProps) {
  const words = meetingText.publicRequest
  const needed = ballotRequestThreshold(view.quorum?.present.length ?? 0, 'public')
  const [asked, setAsked] = useState(String(needed))
  const open = useCommand('ballotOpen', onClose)
  return (
    <Form
      problems={open.error ? said(open.error) : undefined}
      onSubmit={() =>
        open.mutate({
          input: {
            params: { id: view.sitting.id, itemId: item.id },
            body: { kind: 'public', requestedBy: Math.max(0, Math.trunc(Number(asked) || 0)) },
          },
        })
      }
    >
      <p>{words.what(needed)}</p>
      <TextField
        label={words.count}
        name="requested-by"
        value={asked}
        onChange={setAsked}
        inputMode="numeric"
        narrow
        autoFocus
      />
      <Foot label={words.confirm} pending={open.isPending} onClose={onClose} />
    </Form>
  )
}

function RecusalForm({ view, item, onClose }: DialogProps) {
  const words = meetingText.recuse
  const [who, setWho] = useState('')
  const [ground, setGround] = useState('')
  const [leftRoom, setLeftRoom] = useState(true)
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const recuse = useCommand('recuse', onClose)
  const already = new Set(item.recusals.map((r) => r.councillorId))
  const submit = () => {
    const found: FieldProblem[] = []
    if (who === '') found.push({ field: 'recusal-who', message: words.problems.who })
    if (ground.trim().length < 3) found.push({ field: 'recusal-ground', message: words.problems.ground })
    setProblems(found)
    if (found.length === 0)
      recuse.mutate(
        {
          input: {
            params: { id: view.sitting.id, itemId: item.id },
            body: { councillorId: who, ground: ground.trim(), leftRoom },
          },
        },
        { onError: (error) => setProblems(said(error)) },
      )
  }
  return (
    <Form onSubmit={submit} problems={problems}>
      <p className="soft">{words.article}</p>
      <SelectField
        label={words.who}
        name="recusal-who"
        value={who}
        onChange={setWho}
        options={view.members
          .filter((m) => !already.has(m.id))
          .map((m) => ({ value: m.id, label: fullName(m) }))}
        required
      />
      <TextField
        label={words.ground}
        name="recusal-ground"
        hint={words.groundHint}
        value={ground}
        onChange={setGround}
        required
      />
      <CheckboxField label={words.left} checked={leftRoom} onChange={setLeftRoom} />
      <Foot label={words.confirm} pending={recuse.isPending} onClose={onClose} />
    </Form>
  )
}
