import { useEffect, useState } from 'react'
import type { z } from 'zod'
import type { ItemBody } from '../../../contracts/routes/sitting.ts'
import type { AgendaItem, Sitting } from '../../../core/sitting/model.ts'

export type ItemDraft = z.output<typeof ItemBody>

/** What is typed about an item, from what is recorded. */
export const draftOf = (item: AgendaItem): ItemDraft => ({
  kind: item.kind,
  title: item.title,
  topic: item.topic,
  rapporteurId: item.rapporteurId,
  subjectCode: item.subjectCode,
  note: item.note,
  text: item.text,
  opinions: item.opinions,
  budgetFileId: item.budgetFileId,
})

export interface Drafts {
  /** The typed state of an item: what is being changed, else what is recorded. */
  of: (item: AgendaItem) => ItemDraft
  isDirty: (itemId: string) => boolean
  change: (item: AgendaItem, part: Partial<ItemDraft>) => void
  /** Forgets what was typed: it is saved, or given up. */
  drop: (itemId: string) => void
}

/** Texts being typed stay here while one looks at another item or another part of the page. */
export function useDrafts(sitting: Sitting): Drafts {
  const [typed, setTyped] = useState<Readonly<Record<string, ItemDraft>>>({})
  const dirty = Object.keys(typed).some((id) => sitting.items.some((i) => i.id === id))
  useEffect(() => {
    if (!dirty) return
    const warn = (e: BeforeUnloadEvent) => e.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [dirty])
  return {
    of: (item) => typed[item.id] ?? draftOf(item),
    isDirty: (id) => id in typed,
    change: (item, part) =>
      setTyped((all) => ({ ...all, [item.id]: { ...(all[item.id] ?? draftOf(item)), ...part } })),
    drop: (id) =>
      setTyped((all) => {
        const { [id]: _, ...rest } = all
        return rest
      }),
  }
}
