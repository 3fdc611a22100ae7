import { useState } from 'react'
import { HubError } from '../../../contracts/client.ts'
import type { SittingView } from '../../../contracts/views.ts'
import { fullName } from '../../../core/people/model.ts'
import { quorumRequired } from '../../../core/sitting/quorum.ts'
import { troubleOf, useCommand } from '../../data/hub.ts'
import { meetingText } from '../../text/sittings-meeting.ts'
import { Button } from '../../ui/button.tsx'
import { RadioGroup, SelectField } from '../../ui/choice-fields.tsx'
import type { FieldProblem } from '../../ui/field.tsx'
import { Form, FormActions } from '../../ui/form.tsx'
import { longDate } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { Figures } from './figures.tsx'
import { MemberGrid } from './member-grid.tsx'
import { memberName } from './members.ts'
import { type GivenReasons, type LegalWarning, ReasonsFlow } from './reasons.tsx'

const words = meetingText.roll

/** Who is away at the start: those who said so, or gave their power. */
const announcedAway = ({ sitting }: SittingView): Set<string> =>
  new Set(sitting.replies.filter((r) => r.answer !== 'present').map((r) => r.councillorId))

/** The roll call that opens a sitting: absents, chair, secretary, quorum as one goes. */
export function RollCall({ view, today }: { view: SittingView; today: string }) {
  const { sitting, members } = view
  const [away, setAway] = useState(() => announcedAway(view))
  const present = members.filter((m) => !away.has(m.id))
  const mayor = present.find((m) => m.office === 'mayor') ?? present[0]
  const [chair, setChair] = useState<string>()
  const chairId = chair && !away.has(chair) ? chair : (mayor?.id ?? '')
  const [secretary, setSecretary] = useState('')
  const secretaryId = away.has(secretary) ? '' : secretary
  const urgent = (sitting.convocations.at(-1)?.urgencyReason ?? null) !== null
  const [approved, setApproved] = useState('')
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const [asked, setAsked] = useState<readonly LegalWarning[]>([])
  const open = useCommand('sittingOpen')
  const powers = sitting.proxies.filter((p) => p.state === 'active')
  const carried = powers.filter((p) => away.has(p.grantorId) && !away.has(p.holderId))
  const required = quorumRequired(members.length)
  const waived = sitting.kind === 'secondConvocation'
  const reached = waived || present.length >= required
  const detail = (id: string) => {
    const civility = members.find((m) => m.id === id)?.civility ?? 'M.'
    if (!away.has(id)) return words.present[civility]
    const power = powers.find((p) => p.grantorId === id)
    if (!power) return (announcedAway(view).has(id) ? words.excused : words.absent)[civility]
    const holder = memberName(members, power.holderId)
    return away.has(power.holderId) ? words.powerLost(holder) : words.powerTo(holder)
  }
  const toggle = (id: string) => {
    const next = new Set(away)
    if (!next.delete(id)) next.add(id)
    setAway(next)
  }
  const send = (reasons: GivenReasons) => {
    setAsked([])
    open.mutate(
      {
        input: {
          params: { id: sitting.id },
          body: {
            chairId,
            secretaryIds: [secretaryId],
            presentIds: present.map((m) => m.id),
            reasons,
            ...(urgent ? { urgencyApproved: approved === 'yes' } : {}),
          },
        },
      },
      {
        onError: (error) => {
          if (error instanceof HubError && error.status === 428) setAsked(error.body.warnings)
          else setProblems([{ message: troubleOf(error).message }])
        },
      },
    )
  }
  const submit = () => {
    const found: FieldProblem[] = []
    if (!chairId) found.push({ field: 'chair', message: words.problems.chair })
    if (!secretaryId) found.push({ field: 'secretary', message: words.problems.secretary })
    if (urgent && !approved) found.push({ field: 'urgency', message: words.problems.urgency })
    setProblems(found)
    if (found.length === 0) send({})
  }
  const choices = present.map((m) => ({ value: m.id, label: fullName(m) }))
  return (
    <div className="roll-call">
      {sitting.date !== today && <Notice title={words.otherDay(longDate(sitting.date))} />}
      <div className="roll-body">
        <Section title={words.title} lead={words.lead}>
          <MemberGrid
            label={words.title}
            members={members}
            isOn={(id) => !away.has(id)}
            onToggle={toggle}
            detail={detail}
            describedBy="roll-keys"
          />
          <p className="soft" id="roll-keys">
            {words.keys}
          </p>
        </Section>
        <div className="roll-side">
          <div aria-live="polite" aria-atomic="true">
            <Figures
              label={meetingText.figures.label}
              figures={[
                { value: present.length, label: meetingText.figures.present },
                { value: carried.length, label: meetingText.figures.powers },
                { value: away.size - carried.length, label: meetingText.figures.away },
                {
                  value: required,
                  label: `${meetingText.figures.quorum} ${waived ? meetingText.figures.waived : reached ? meetingText.figures.reached : meetingText.figures.lost}`,
                  tone: reached ? 'done' : 'danger',
                },
              ]}
            />
          </div>
          <Form onSubmit={submit} problems={problems}>
            <SelectField
              label={words.chair}
              name="chair"
              value={chairId}
              placeholder={null}
              onChange={setChair}
              options={choices}
            />
            <SelectField
              label={words.secretary}
              name="secretary"
              hint={words.secretaryHint}
              value={secretaryId}
              onChange={setSecretary}
              options={choices}
              required
            />
            {urgent && (
              <RadioGroup
                label={words.urgency}
                name="urgency"
                hint={words.urgencyHint}
                value={approved}
                onChange={setApproved}
                options={[
                  { value: 'yes', label: words.urgencyYes },
                  { value: 'no', label: words.urgencyNo },
                ]}
                required
              />
            )}
            {!reached && <Notice kind="warning" title={words.notReached} />}
            <FormActions>
              <Button type="submit" kind="primary" pending={open.isPending}>
                {words.open(present.length)}
              </Button>
            </FormActions>
          </Form>
        </div>
      </div>
      <ReasonsFlow
        warnings={asked}
        onDone={send}
        onCancel={() => setAsked([])}
        confirmLabel={words.openAnyway}
        pending={open.isPending}
      />
    </div>
  )
}
