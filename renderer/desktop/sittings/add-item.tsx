import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { ItemKind } from '../../../core/sitting/model.ts'
import { troubleOf, useCommand } from '../../data/hub.ts'
import { sittingText } from '../../text/sittings.ts'
import { agendaText as words } from '../../text/sittings-agenda.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/choice-fields.tsx'
import type { FieldProblem } from '../../ui/field.tsx'
import { Form, FormActions } from '../../ui/form.tsx'
import { TextField } from '../../ui/text-field.tsx'

/** Most likely subject code of each kind; the sheet changes it. */
const usualCode: Record<ItemKind, string> = {
  deliberation: '9.1',
  information: '5.2',
  nomination: '5.3',
  accounts: '7.1',
  budget: '7.1',
  budgetDebate: '7.1',
  minutesAdoption: '5.2',
  decisionsReport: '5.2',
  oralQuestion: '5.2',
}

/** A title and a kind add an item at the end; the form stays open for the next one. */
export function AddItem({
  sittingId,
  onAdded,
  startOpen = false,
}: {
  sittingId: string
  onAdded: (id: string) => void
  startOpen?: boolean
}) {
  const [open, setOpen] = useState(startOpen)
  const [title, setTitle] = useState('')
  const [kind, setKind] = useState<ItemKind>('deliberation')
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const add = useCommand('itemAdd', ({ id }) => {
    setTitle('')
    setOpen(false)
    onAdded(id)
  })
  const submit = () => {
    if (title.trim().length < 3) return setProblems([{ field: 'new-item-title', message: words.addProblem }])
    setProblems([])
    add.mutate(
      { input: { params: { id: sittingId }, body: { kind, title, subjectCode: usualCode[kind] } } },
      { onError: (error) => setProblems([{ message: troubleOf(error).message }]) },
    )
  }
  if (!open)
    return (
      <Button kind="bare" icon={Plus} onPress={() => setOpen(true)}>
        {words.add}
      </Button>
    )
  return (
    <div className="agenda-add">
      <Form onSubmit={submit} problems={problems} label={words.add}>
        <TextField
          label={words.addTitle}
          name="new-item-title"
          value={title}
          onChange={setTitle}
          maxLength={499}
          autoFocus
          required
        />
        <SelectField
          label={words.addKind}
          value={kind}
          placeholder={null}
          onChange={(k) => setKind(k as ItemKind)}
          options={Object.entries(sittingText.kinds).map(([value, label]) => ({ value, label }))}
        />
        <FormActions>
          <Button type="submit" kind={startOpen ? 'primary' : 'quiet'} pending={add.isPending}>
            {words.addDo}
          </Button>
          {!startOpen && (
            <Button kind="bare" onPress={() => setOpen(false)}>
              {words.cancel}
            </Button>
          )}
        </FormActions>
      </Form>
    </div>
  )
}
