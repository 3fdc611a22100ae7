import { useSearchParams } from 'react-router'
import type { SittingView } from '../../../contracts/views.ts'
import { agendaText as words } from '../../text/sittings-agenda.ts'
import { EmptyState } from '../../ui/notice.tsx'
import { SplitPane } from '../../ui/split-pane.tsx'
import { AddItem } from './add-item.tsx'
import { AgendaList } from './agenda-list.tsx'
import type { Drafts } from './drafts.ts'
import { ItemPanel } from './item-panel.tsx'
import { ItemRead } from './item-read.tsx'

interface AgendaProps {
  view: SittingView
  drafts: Drafts
  /** The agenda is not frozen and the person may prepare it. */
  editable: boolean
}

/** The agenda on the left, the chosen item on the right; the address keeps which one. */
export function Agenda({ view, drafts, editable }: AgendaProps) {
  const { sitting } = view
  const [search, setSearch] = useSearchParams()
  const asked = search.get('point')
  const current = sitting.items.find((i) => i.id === asked)
  const choose = (id: string | null) =>
    setSearch((now) => {
      if (id === null) now.delete('point')
      else now.set('point', id)
      return now
    })
  if (sitting.items.length === 0)
    return (
      <EmptyState
        title={words.empty}
        action={editable && <AddItem sittingId={sitting.id} onAdded={choose} startOpen />}
      >
        {editable ? words.emptyWhat : words.emptyRead}
      </EmptyState>
    )
  const rank = sitting.items.findIndex((i) => i.id === current?.id) + 1
  return (
    <SplitPane
      listSize="narrow"
      listLabel={words.label}
      detailLabel={words.detail}
      onBack={() => choose(null)}
      placeholder={<p className="soft agenda-choose">{words.choose}</p>}
      list={
        <>
          <AgendaList
            sitting={sitting}
            drafts={drafts}
            editable={editable}
            current={current?.id}
            onChoose={choose}
          />
          {editable && <AddItem sittingId={sitting.id} onAdded={choose} />}
        </>
      }
      detail={
        current &&
        (editable ? (
          <ItemPanel
            key={current.id}
            view={view}
            item={current}
            rank={rank}
            drafts={drafts}
            onRemoved={() => choose(sitting.items[rank]?.id ?? sitting.items[rank - 2]?.id ?? null)}
          />
        ) : (
          <ItemRead key={current.id} view={view} item={current} rank={rank} />
        ))
      }
    />
  )
}
