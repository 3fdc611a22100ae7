import type { SittingView } from '../../../contracts/views.ts'
import { fullName } from '../../../core/people/model.ts'
import type { ItemKind } from '../../../core/sitting/model.ts'
import { useHub } from '../../data/hub.ts'
import { sittingText } from '../../text/sittings.ts'
import { agendaText } from '../../text/sittings-agenda.ts'
import { subjectGroups } from '../../text/sittings-subjects.ts'
import { SelectField } from '../../ui/choice-fields.tsx'
import { TextArea, TextField } from '../../ui/text-field.tsx'
import { useMay } from '../session.tsx'
import type { ItemDraft } from './drafts.ts'

const words = agendaText.fields

const known = new Set(subjectGroups.flatMap((g) => g.codes.map(([code]) => code)))
const subjectOptions = (chosen: string) => [
  // A deeper code, from the prefecture's own list, stays what it is.
  ...(known.has(chosen) ? [] : [{ value: chosen, label: chosen }]),
  ...subjectGroups.map((g) => ({
    group: g.group,
    options: g.codes.map(([value, label]) => ({ value, label: `${value} ${label}` })),
  })),
]

interface ItemSheetProps {
  view: SittingView
  draft: ItemDraft
  onChange: (part: Partial<ItemDraft>) => void
}

/** Title, nature, rapporteur, subject code, explanatory note and budget of an item. */
export function ItemSheet({ view, draft, onChange }: ItemSheetProps) {
  const mayFinance = useMay('finance.read')
  const withBudget = draft.kind === 'budget' || draft.kind === 'accounts'
  const finance = useHub('finance', undefined, { enabled: mayFinance && withBudget })
  const budgets = (finance.data ?? []).filter((f) => f.kind === 'budget')
  return (
    <div className="form">
      <TextArea
        label={words.title}
        name="item-title"
        value={draft.title}
        onChange={(title) => onChange({ title: title.replace(/\n/g, ' ') })}
        rows={2}
        maxLength={499}
        required
      />
      <SelectField
        label={words.kind}
        value={draft.kind}
        placeholder={null}
        onChange={(kind) => onChange({ kind: kind as ItemKind })}
        options={Object.entries(sittingText.kinds).map(([value, label]) => ({ value, label }))}
      />
      <SelectField
        label={words.rapporteur}
        value={draft.rapporteurId ?? ''}
        placeholder={words.noRapporteur}
        onChange={(id) => onChange({ rapporteurId: id || null })}
        options={view.members.map((m) => ({ value: m.id, label: fullName(m) }))}
      />
      <SelectField
        label={words.subject}
        value={draft.subjectCode}
        placeholder={null}
        onChange={(subjectCode) => onChange({ subjectCode })}
        options={subjectOptions(draft.subjectCode)}
      />
      <TextField
        label={words.topic}
        hint={words.topicHint}
        value={draft.topic}
        onChange={(topic) => onChange({ topic })}
        optional
      />
      <TextArea
        label={words.note}
        hint={words.noteHint}
        value={draft.note}
        onChange={(note) => onChange({ note })}
        rows={7}
        document
      />
      {withBudget && mayFinance && (
        <SelectField
          label={words.budget}
          value={draft.budgetFileId ?? ''}
          placeholder={words.noBudget}
          onChange={(id) => onChange({ budgetFileId: id || null })}
          options={budgets.map((f) => ({ value: f.id, label: f.title }))}
        />
      )}
    </div>
  )
}
