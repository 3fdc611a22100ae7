import { useState } from 'react'
import type { SittingView } from '../../../contracts/views.ts'
import { deliberating } from '../../../core/sitting/model.ts'
import { hub, queries, troubleOf } from '../../data/hub.ts'
import { meetingText } from '../../text/sittings-meeting.ts'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { count } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { isEnded } from './meeting.tsx'

const words = meetingText.close

/** Closes the sitting and numbers its délibérations; what was not treated is put off in the same gesture. */
export function CloseSitting({
  view,
  isOpen,
  onClose,
}: {
  view: SittingView
  isOpen: boolean
  onClose: () => void
}) {
  const { sitting } = view
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const left = sitting.state === 'open' ? sitting.items.filter((i) => !isEnded(i.status)) : []
  const acts = sitting.items.filter(
    (i) => deliberating.has(i.kind) && ['adopted', 'refused', 'noted'].includes(i.status),
  ).length
  const close = async () => {
    setBusy(true)
    setTrouble(undefined)
    try {
      for (const item of left)
        await hub(
          'itemEnd',
          {
            params: { id: sitting.id, itemId: item.id },
            body: { outcome: 'deferred', reason: words.reason },
          },
          { commandId: crypto.randomUUID() },
        )
      await hub('sittingClose', { params: { id: sitting.id } }, { commandId: crypto.randomUUID() })
      onClose()
    } catch (error) {
      setTrouble(troubleOf(error).message)
    } finally {
      setBusy(false)
      await queries.invalidateQueries()
    }
  }
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      onConfirm={() => void close()}
      title={words.title}
      confirmLabel={left.length > 0 ? words.deferAll(left.length) : words.confirm}
      pending={busy}
    >
      <p>{acts > 0 ? words.what(count(acts, 'délibération')) : words.nothing}</p>
      {left.length > 0 && (
        <Notice kind="warning" title={words.left}>
          <ul className="plain-list">
            {left.map((i) => (
              <li key={i.id}>{i.title}</li>
            ))}
          </ul>
          <p>{words.leftWhat}</p>
        </Notice>
      )}
      {trouble && <Notice kind="danger" title={trouble} live />}
    </ConfirmDialog>
  )
}
