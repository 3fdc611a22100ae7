import { useState } from 'react'
import { HubError } from '../../../contracts/client.ts'
import type { MemberView, SittingView } from '../../../contracts/views.ts'
import { fullName } from '../../../core/people/model.ts'
import { quorumRequired } from '../../../core/sitting/quorum.ts'
import { troubleOf, useCommand } from '../../data/hub.ts'
import { meetingText } from '../../text/meeting.ts'
import { Button } from '../../ui/button.tsx'
import { RadioGroup, SelectField } from '../../ui/choice-fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { namesOf } from './voices.ts'

/** Roll call and opening: all present but those who announced otherwise; chair, secretary, quorum. */
export function Opening({ view }: { view: SittingView }) {
  const { sitting, members } = view
  const announced = new Map(sitting.replies.map((r) => [r.councillorId, r.answer]))
  const [absent, setAbsent] = useState<ReadonlySet<string>>(
    () => new Set(members.filter((m) => (announced.get(m.id) ?? 'present') !== 'present').map((m) => m.id)),
  )
  const [chairId, setChairId] = useState(members.find((m) => m.office === 'mayor')?.id ?? '')
  const [secretaryId, setSecretaryId] = useState('')
  const urgent = sitting.convocations.at(-1)?.urgencyReason != null
  const [approved, setApproved] = useState('')
  const open = useCommand('sittingOpen')
  const present = members.filter((m) => !absent.has(m.id))
  const required = quorumRequired(members.length)
  const reached = present.length >= required
  const submit = (reasons: Record<string, string>) =>
    open.mutate({
      input: {
        params: { id: sitting.id },
        body: {
          chairId,
          secretaryIds: secretaryId ? [secretaryId] : [],
          presentIds: present.map((m) => m.id),
          reasons,
          ...(urgent && approved ? { urgencyApproved: approved === 'yes' } : {}),
        },
      },
    })
  const warning = open.error instanceof HubError ? open.error.body.warnings[0] : undefined
  const options = present.map((m) => ({ value: m.id, label: fullName(m) }))
  const toggle = (id: string) =>
    setAbsent((before) =>
      before.has(id) ? new Set([...before].filter((x) => x !== id)) : new Set([...before, id]),
    )
  return (
    <section className="meeting" aria-label={meetingText.opening}>
      <div className="meeting-bar">
        <p className="meeting-quorum" data-reached={reached} role="status">
          <span className="meeting-figure number">
            {present.length}
            <span className="meeting-of"> / {required}</span>
          </span>
          <span>
            {reached
              ? meetingText.quorumReached(present.length, required)
              : meetingText.quorumMissing(present.length, required)}
          </span>
        </p>
      </div>
      {open.error && !warning && <Notice kind="danger" title={troubleOf(open.error).message} live />}
      <div className="meeting-opening">
        <fieldset className="roll-call">
          <legend>{meetingText.rollCall}</legend>
          <p className="soft">{meetingText.openingLead}</p>
          <ul className="roll-call-list">
            {members.map((m) => (
              <RollCallRow
                key={m.id}
                member={m}
                view={view}
                present={!absent.has(m.id)}
                onToggle={() => toggle(m.id)}
              />
            ))}
          </ul>
        </fieldset>
        <div className="meeting-chairs">
          <SelectField
            label={meetingText.chair}
            name="chair"
            options={options}
            value={chairId}
            onChange={setChairId}
          />
          <SelectField
            label={meetingText.secretary}
            name="secretary"
            options={[{ value: '', label: meetingText.chooseSecretary }, ...options]}
            value={secretaryId}
            onChange={setSecretaryId}
          />
          {urgent && (
            <RadioGroup
              label={meetingText.urgency}
              name="urgency"
              options={[
                { value: 'yes', label: meetingText.urgencyYes },
                { value: 'no', label: meetingText.urgencyNo },
              ]}
              value={approved}
              onChange={setApproved}
            />
          )}
          <Button kind="primary" onPress={() => submit({})} pending={open.isPending}>
            {meetingText.open}
          </Button>
        </div>
      </div>
      {warning && (
        <ReasonDialog
          isOpen
          onClose={() => open.reset()}
          title={meetingText.openReason}
          warning={warning.message}
          article={{ label: warning.article }}
          lawfulWay={{ label: meetingText.wait, onPress: () => open.reset(), explanation: warning.remedy }}
          confirmLabel={meetingText.openAnyway}
          onConfirm={(reason) => submit({ [warning.code]: reason })}
          pending={open.isPending}
        />
      )}
    </section>
  )
}

function RollCallRow({
  member,
  view,
  present,
  onToggle,
}: {
  member: MemberView
  view: SittingView
  present: boolean
  onToggle: () => void
}) {
  const reply = view.sitting.replies.find((r) => r.councillorId === member.id)?.answer
  const proxy = view.sitting.proxies.find((p) => p.grantorId === member.id && p.state === 'active')
  const said = proxy
    ? meetingText.proxyTo(namesOf(view.members)(proxy.holderId))
    : reply
      ? meetingText.reply[reply]
      : ''
  return (
    <li className="ruled">
      <label className="roll-call-row">
        <input type="checkbox" checked={present} onChange={onToggle} />
        <span>{fullName(member)}</span>
        {said && <span className="soft">{said}</span>}
      </label>
    </li>
  )
}
