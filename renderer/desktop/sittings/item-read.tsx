import type { SittingView } from '../../../contracts/views.ts'
import { fullName } from '../../../core/people/model.ts'
import type { AgendaItem, RichBlock } from '../../../core/sitting/model.ts'
import { sittingText } from '../../text/sittings.ts'
import { agendaText as words } from '../../text/sittings-agenda.ts'
import { FactList } from '../../ui/fact-list.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Annexes } from './annexes.tsx'
import { leadOf } from './text-editor.tsx'

/** An item once its agenda is frozen: the same parts, to read. */
export function ItemRead({ view, item, rank }: { view: SittingView; item: AgendaItem; rank: number }) {
  const rapporteur = view.members.find((m) => m.id === item.rapporteurId)
  return (
    <div className="item-panel">
      <h2>{words.point(rank, item.title)}</h2>
      <Tabs
        label={words.tabs}
        items={[
          {
            id: 'sheet',
            label: words.sheet,
            content: (
              <div className="item-facts">
                <FactList
                  facts={[
                    { label: words.fields.kind, value: sittingText.kinds[item.kind] },
                    { label: words.fields.rapporteur, value: rapporteur ? fullName(rapporteur) : words.none },
                    { label: words.fields.subject, value: item.subjectCode },
                    item.topic ? { label: words.fields.topic, value: item.topic } : undefined,
                    ...item.opinions.map((o) => ({
                      label: o.committee,
                      value: `${words.opinions[o.opinion]}${o.comment ? ` – ${o.comment}` : ''}`,
                    })),
                  ]}
                />
                {item.note && <p className="document-text">{item.note}</p>}
              </div>
            ),
          },
          { id: 'text', label: words.text, content: <TextRead blocks={item.text} /> },
          {
            id: 'annexes',
            label: words.annexTab,
            count: item.annexes.length,
            content: <Annexes sittingId={view.sitting.id} item={item} editable={false} />,
          },
        ]}
      />
    </div>
  )
}

/** The text of a délibération as it was sent. */
export function TextRead({ blocks }: { blocks: readonly RichBlock[] }) {
  if (blocks.length === 0) return <p className="soft">{words.editor.emptyRead}</p>
  return (
    <div className="document-text text-read">
      {blocks.map((b, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no id and don't move here
        <ReadBlock key={i} block={b} lead={leadOf(blocks, i)} />
      ))}
    </div>
  )
}

function ReadBlock({ block, lead }: { block: RichBlock; lead: string }) {
  if (block.kind === 'list')
    return (
      <ul>
        {block.items.map((t) => (
          <li key={t}>{t}</li>
        ))}
      </ul>
    )
  if (block.kind === 'table')
    return (
      <table className="plain-table">
        <thead>
          <tr>
            {block.header.map((h) => (
              <th key={h} scope="col">
                {h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row) => (
            <tr key={row.join('|')}>
              {row.map((c, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells have no id
                <td key={i}>{c}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    )
  return (
    <p>
      {block.kind !== 'paragraph' && <strong>{lead} </strong>}
      {block.text}
    </p>
  )
}
