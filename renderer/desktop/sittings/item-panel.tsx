import { Trash2 } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { ItemBody } from '../../../contracts/routes/sitting.ts'
import type { SittingView } from '../../../contracts/views.ts'
import type { AgendaItem } from '../../../core/sitting/model.ts'
import { troubleOf, useCommand } from '../../data/hub.ts'
import { agendaText as words } from '../../text/sittings-agenda.ts'
import { StatusLine } from '../../ui/announce.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Notice } from '../../ui/notice.tsx'
import { BatchBar } from '../../ui/page.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Annexes } from './annexes.tsx'
import type { Drafts } from './drafts.ts'
import { ItemSheet } from './item-sheet.tsx'
import { Opinions } from './opinions.tsx'
import { TextEditor } from './text-editor.tsx'

interface ItemPanelProps {
  view: SittingView
  item: AgendaItem
  /** Its place on the agenda, from 1. */
  rank: number
  drafts: Drafts
  onRemoved: () => void
}

/** One item being prepared: its sheet, its text, its annexes, the opinions; saved when asked (Ctrl S). */
export function ItemPanel({ view, item, rank, drafts, onRemoved }: ItemPanelProps) {
  const params = { id: view.sitting.id, itemId: item.id }
  const draft = drafts.of(item)
  const dirty = drafts.isDirty(item.id)
  const [removing, setRemoving] = useState(false)
  const [problem, setProblem] = useState<string>()
  const save = useCommand('itemChange', () => drafts.drop(item.id))
  const remove = useCommand('itemRemove', () => {
    drafts.drop(item.id)
    onRemoved()
  })
  const change: (part: Partial<typeof draft>) => void = (part) => drafts.change(item, part)
  const submit = () => {
    if (!dirty || save.isPending) return
    const parsed = ItemBody.safeParse(draft)
    setProblem(parsed.success ? undefined : words.titleProblem)
    if (parsed.success) save.mutate({ input: { params, body: draft } })
  }
  const onKey = (e: KeyboardEvent) => {
    if (!(e.ctrlKey || e.metaKey) || e.key.toLowerCase() !== 's') return
    e.preventDefault()
    submit()
  }
  const trouble = problem ?? (save.error ? troubleOf(save.error).message : undefined)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only adds Ctrl S to the button that saves
    <div className="item-panel" onKeyDown={onKey}>
      <div className="item-head">
        <h2>{words.point(rank, draft.title)}</h2>
        <Menu
          label={words.more}
          kind="bare"
          groups={[
            {
              items: [
                {
                  id: 'remove',
                  label: words.remove,
                  icon: Trash2,
                  danger: true,
                  onPress: () => setRemoving(true),
                },
              ],
            },
          ]}
        />
      </div>
      <Tabs
        label={words.tabs}
        items={[
          {
            id: 'sheet',
            label: words.sheet,
            content: <ItemSheet view={view} draft={draft} onChange={change} />,
          },
          {
            id: 'text',
            label: words.text,
            content: <TextEditor blocks={draft.text} onChange={(text) => change({ text })} />,
          },
          {
            id: 'annexes',
            label: words.annexTab,
            count: item.annexes.length,
            content: <Annexes sittingId={view.sitting.id} item={item} editable />,
          },
          {
            id: 'opinions',
            label: words.opinionTab,
            count: draft.opinions?.length ?? 0,
            content: (
              <Opinions opinions={draft.opinions ?? []} onChange={(opinions) => change({ opinions })} />
            ),
          },
        ]}
      />
      {trouble && <Notice kind="danger" title={trouble} live />}
      <StatusLine tone="done">{!dirty && save.isSuccess ? words.saved : ''}</StatusLine>
      {dirty && (
        <BatchBar
          actions={
            <>
              <Button onPress={submit} pending={save.isPending} shortcut="Control+S">
                {words.save}
              </Button>
              <Button kind="bare" onPress={() => drafts.drop(item.id)} disabled={save.isPending}>
                {words.giveUp}
              </Button>
            </>
          }
        >
          {words.dirty}
        </BatchBar>
      )}
      <ConfirmDialog
        isOpen={removing}
        onClose={() => setRemoving(false)}
        onConfirm={() => remove.mutate({ input: { params } })}
        title={words.removeTitle}
        confirmLabel={words.remove}
        pending={remove.isPending}
        danger
      >
        {words.removeWhat(item.title)}
        {remove.error && <Notice kind="danger" title={troubleOf(remove.error).message} live />}
      </ConfirmDialog>
    </div>
  )
}
