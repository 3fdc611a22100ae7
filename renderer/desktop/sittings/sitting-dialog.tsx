import { useState } from 'react'
import type { z } from 'zod'
import { routes } from '../../../contracts/routes.ts'
import { CivilDate, civilOf } from '../../../core/calendar/civil-date.ts'
import {
  clearDaysBetween,
  delayRule,
  earliestSittingDate,
  legalDates,
} from '../../../core/calendar/legal-delays.ts'
import type { Sitting } from '../../../core/sitting/model.ts'
import { troubleOf, useCommand, useHub } from '../../data/hub.ts'
import { sittingText } from '../../text/sittings.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/choice-fields.tsx'
import { DateTimeField } from '../../ui/date-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { FieldProblem } from '../../ui/field.tsx'
import { Form, FormActions } from '../../ui/form.tsx'
import { longDate } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useMe } from '../session.tsx'
import { LegalDates } from './legal-dates.tsx'

type NewSitting = z.output<typeof routes.sittingCreate.body>

interface SittingDialogProps {
  isOpen: boolean
  onClose: () => void
  onSaved: (id: string) => void
  /** The sitting to change; absent to create one. */
  sitting?: Sitting | undefined
}

/** A sitting's day, hour and place, with its legal dates computed while one types. */
export function SittingDialog({ isOpen, onClose, sitting, onSaved }: SittingDialogProps) {
  const words = sittingText.form
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={sitting ? words.titleChange : words.titleNew}
      shape="wide"
    >
      <SittingForm sitting={sitting} onClose={onClose} onSaved={onSaved} />
    </Dialog>
  )
}

const fieldOf: Record<string, string> = { date: 'sitting-date', time: 'sitting-time' }

function problemsIn(input: NewSitting): FieldProblem[] {
  const words = sittingText.form.problems
  const found = routes.sittingCreate.body.safeParse(input).error?.issues ?? []
  const keys = [...new Set(found.map((i) => String(i.path[0])))]
  if (input.bodyId === '') keys.unshift('bodyId')
  return keys
    .filter((k): k is keyof typeof words => k in words)
    .map((k) => ({ field: fieldOf[k] ?? k, message: words[k] }))
}

function SittingForm({ sitting, onClose, onSaved }: Omit<SittingDialogProps, 'isOpen'>) {
  const words = sittingText.form
  const me = useMe()
  const authority = useHub('authority')
  const bodies = authority.data?.bodies ?? []
  const council = bodies.find((b) => b.kind === 'municipalCouncil')
  const [input, setInput] = useState<NewSitting>({
    bodyId: sitting?.bodyId ?? '',
    kind: sitting?.kind ?? 'ordinary',
    title: sitting?.title ?? '',
    date: sitting?.date ?? '',
    time: sitting?.time ?? '18:30',
    place: sitting?.place ?? me.authority.meetingPlace,
  })
  const bodyId = input.bodyId || council?.id || ''
  const body = bodies.find((b) => b.id === bodyId)
  const full: NewSitting = { ...input, bodyId, title: input.title || body?.name || '' }
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const create = useCommand('sittingCreate', ({ id }) => leave(id))
  const change = useCommand('sittingChange', () => leave(sitting?.id ?? ''))
  const leave = (id: string) => {
    onClose()
    onSaved(id)
  }
  const set = (part: Partial<NewSitting>) => setInput({ ...input, ...part })
  const save = () => {
    const found = problemsIn(full)
    setProblems(found)
    if (found.length > 0) return
    const onError = (error: Error) => setProblems([{ message: troubleOf(error).message }])
    const { title, date, time, place } = full
    if (sitting)
      change.mutate(
        { input: { params: { id: sitting.id }, body: { title, date, time, place } } },
        { onError },
      )
    else create.mutate({ input: { body: full } }, { onError })
  }
  return (
    <div className="sitting-form">
      <Form onSubmit={save} problems={problems}>
        {!sitting && (
          <>
            <SelectField
              label={words.body}
              name="bodyId"
              value={bodyId}
              placeholder={null}
              onChange={(v) => set({ bodyId: v, title: '' })}
              options={bodies.map((b) => ({ value: b.id, label: b.name }))}
            />
            {body?.kind === 'municipalCouncil' && (
              <SelectField
                label={words.kind}
                name="kind"
                value={input.kind}
                placeholder={null}
                onChange={(v) => set({ kind: v as NewSitting['kind'] })}
                options={Object.entries(sittingText.sittingKinds).map(([value, label]) => ({ value, label }))}
              />
            )}
          </>
        )}
        <TextField
          label={words.title}
          name="title"
          value={full.title}
          onChange={(title) => set({ title })}
          required
        />
        <DateTimeField
          label={words.when}
          name="sitting"
          date={input.date}
          time={input.time}
          onChange={(date, time) => set({ date, time })}
          required
        />
        <TextField
          label={words.place}
          name="place"
          value={input.place}
          onChange={(place) => set({ place })}
          required
        />
        <FormActions>
          <Button type="submit" kind="primary" pending={create.isPending || change.isPending}>
            {sitting ? words.save : words.create}
          </Button>
          <Button onPress={onClose}>{words.cancel}</Button>
        </FormActions>
      </Form>
      <section className="sitting-form-dates" aria-live="polite">
        <h3>{words.dates}</h3>
        {body?.kind === 'committee' ? (
          <p className="soft">{words.committee}</p>
        ) : (
          <Dates
            input={full}
            hasBudget={sitting?.items.some((i) => i.kind === 'budget') ?? false}
            onDate={(date) => set({ date })}
          />
        )}
      </section>
    </div>
  )
}

function Dates({
  input,
  hasBudget,
  onDate,
}: {
  input: NewSitting
  hasBudget: boolean
  onDate: (date: string) => void
}) {
  const words = sittingText.form
  const me = useMe()
  if (!CivilDate.safeParse(input.date).success) return <p className="soft">{words.noDate}</p>
  const today = civilOf(me.now, me.authority.timeZone).date
  const rule = delayRule(me.authority, input.kind)
  const first = earliestSittingDate(today, rule.clearDays)
  return (
    <>
      {clearDaysBetween(today, input.date) < rule.clearDays && (
        <Notice
          kind="warning"
          title={words.tooSoon(longDate(first))}
          actions={<Button onPress={() => onDate(first)}>{words.useFirst}</Button>}
        >
          CGCT art. {rule.article}
        </Notice>
      )}
      <LegalDates dates={legalDates(me.authority, input, hasBudget)} today={today} stacked />
    </>
  )
}
