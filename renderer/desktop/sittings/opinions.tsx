import { Plus, Trash2 } from 'lucide-react'
import { useHub } from '../../data/hub.ts'
import { agendaText as words } from '../../text/sittings-agenda.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/choice-fields.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useMay } from '../session.tsx'
import type { ItemDraft } from './drafts.ts'

type Opinion = NonNullable<ItemDraft['opinions']>[number]

/** What the committees said of an item. */
export function Opinions({
  opinions,
  onChange,
}: {
  opinions: readonly Opinion[]
  onChange: (opinions: Opinion[]) => void
}) {
  const authority = useHub('authority', undefined, { enabled: useMay('authority.read') })
  const committees = (authority.data?.bodies ?? []).filter((b) => b.kind === 'committee').map((b) => b.name)
  const unused = committees.find((c) => !opinions.some((o) => o.committee === c))
  const set = (index: number, part: Partial<Opinion>) =>
    onChange(opinions.map((o, i) => (i === index ? { ...o, ...part } : o)))
  const names = (chosen: string) => [...new Set([...committees, ...(chosen ? [chosen] : [])])]
  return (
    <div className="opinions">
      {opinions.length === 0 && <p className="soft">{words.opinionEmpty}</p>}
      {opinions.map((o, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: opinions have no id and are only added at the end
        <fieldset key={i} className="opinion">
          <legend className="visually-hidden">{words.opinionN(i + 1)}</legend>
          {committees.length > 0 ? (
            <SelectField
              label={words.fields.committee}
              value={o.committee}
              onChange={(committee) => set(i, { committee })}
              options={names(o.committee).map((name) => ({ value: name, label: name }))}
            />
          ) : (
            <TextField
              label={words.fields.committee}
              value={o.committee}
              onChange={(committee) => set(i, { committee })}
            />
          )}
          <SelectField
            label={words.fields.opinion}
            value={o.opinion}
            placeholder={null}
            onChange={(opinion) => set(i, { opinion: opinion as Opinion['opinion'] })}
            options={Object.entries(words.opinions).map(([value, label]) => ({ value, label }))}
          />
          <TextField
            label={words.fields.comment}
            value={o.comment}
            onChange={(comment) => set(i, { comment })}
            optional
          />
          <Button
            kind="bare"
            icon={Trash2}
            onPress={() => onChange(opinions.filter((_, index) => index !== i))}
          >
            {words.opinionRemove}
          </Button>
        </fieldset>
      ))}
      <Button
        icon={Plus}
        onPress={() =>
          onChange([...opinions, { committee: unused ?? '', opinion: 'favourable', comment: '' }])
        }
      >
        {words.opinionAdd}
      </Button>
    </div>
  )
}
