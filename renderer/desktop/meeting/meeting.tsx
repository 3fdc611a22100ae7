import { useState } from 'react'
import type { SittingView } from '../../../contracts/views.ts'
import { troubleOf, useCommand } from '../../data/hub.ts'
import { meetingText } from '../../text/meeting.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { StateBadge, type Tone } from '../../ui/state-badge.tsx'
import { ItemPanel } from './item-panel.tsx'
import { Movements } from './movements.tsx'
import { Opening } from './opening.tsx'
import { nextItem } from './voices.ts'
import './meeting.css'

const tones: Record<SittingView['sitting']['items'][number]['status'], Tone> = {
  planned: 'neutral',
  underDiscussion: 'action',
  adopted: 'done',
  refused: 'danger',
  noted: 'done',
  withdrawn: 'off',
  deferred: 'waiting',
}

/** The sitting on the evening itself: roll call, then item after item, then its end. */
export function Meeting({ view }: { view: SittingView }) {
  const { sitting } = view
  if (sitting.state === 'convened') return <Opening view={view} />
  return <Running view={view} />
}

function Running({ view }: { view: SittingView }) {
  const { sitting, quorum } = view
  const [chosen, setChosen] = useState<string | null>(null)
  const [moving, setMoving] = useState(false)
  const [closing, setClosing] = useState(false)
  const params = { id: sitting.id }
  const suspend = useCommand('sittingSuspend')
  const resume = useCommand('sittingResume')
  const close = useCommand('sittingClose', () => setClosing(false))
  const start = useCommand('itemStart', () => setChosen(null))
  const shownId = chosen ?? sitting.currentItemId ?? sitting.items[0]?.id ?? ''
  const shown = sitting.items.find((i) => i.id === shownId)
  const next = nextItem(sitting.items, sitting.currentItemId)
  const current = sitting.items.find((i) => i.id === sitting.currentItemId)
  const betweenItems = sitting.state === 'open' && next && current?.status !== 'underDiscussion'
  const trouble = [suspend, resume, close, start].find((c) => c.error)?.error
  return (
    <div className="meeting">
      <div className="meeting-bar">
        {quorum && (
          <p className="meeting-quorum" data-reached={quorum.reached} role="status">
            <span className="meeting-figure number">
              {quorum.present.length}
              <span className="meeting-of"> / {quorum.required}</span>
            </span>
            <span>
              {quorum.reached
                ? meetingText.quorumReached(quorum.present.length, quorum.required)
                : meetingText.quorumMissing(quorum.present.length, quorum.required)}
              {quorum.represented.length > 0 && ` ${meetingText.represented(quorum.represented.length)}.`}
            </span>
          </p>
        )}
        <div className="meeting-tools">
          {sitting.state === 'open' && (
            <>
              <Button onPress={() => setMoving(true)}>{meetingText.movements}</Button>
              <Button onPress={() => suspend.mutate({ input: { params } })} pending={suspend.isPending}>
                {meetingText.suspend}
              </Button>
            </>
          )}
          {sitting.state === 'suspended' ? (
            <Button
              kind="primary"
              onPress={() => resume.mutate({ input: { params } })}
              pending={resume.isPending}
            >
              {meetingText.resume}
            </Button>
          ) : (
            <Button onPress={() => setClosing(true)}>{meetingText.close}</Button>
          )}
        </div>
      </div>
      {trouble && <Notice kind="danger" title={troubleOf(trouble).message} live />}
      {sitting.state === 'quorumFailed' && (
        <Notice kind="danger" title={meetingText.failed}>
          {meetingText.failedWhat}
        </Notice>
      )}
      {sitting.state === 'suspended' && <Notice kind="info" title={meetingText.suspended} />}
      {betweenItems && (
        <div className="meeting-next">
          <Button
            kind="primary"
            pending={start.isPending}
            onPress={() => start.mutate({ input: { params: { id: sitting.id, itemId: next.id } } })}
          >
            {meetingText.callNext}
          </Button>
          <span className="soft">
            {sitting.items.indexOf(next) + 1}. {next.title}
          </span>
        </div>
      )}
      <div className="meeting-body">
        <nav aria-label={meetingText.items}>
          <ol className="meeting-items">
            {sitting.items.map((item, index) => (
              <li key={item.id} className="ruled">
                <button
                  type="button"
                  className="meeting-item"
                  aria-current={item.id === shownId ? 'true' : undefined}
                  onClick={() => setChosen(item.id)}
                >
                  <span className="number">{index + 1}</span>
                  <span className="meeting-item-title">{item.title}</span>
                  <StateBadge tone={tones[item.status]}>{meetingText.itemStatus[item.status]}</StateBadge>
                </button>
              </li>
            ))}
          </ol>
        </nav>
        {shown && (
          <ItemPanel key={shown.id} view={view} item={shown} position={sitting.items.indexOf(shown) + 1} />
        )}
      </div>
      <Movements view={view} isOpen={moving} onClose={() => setMoving(false)} />
      <ConfirmDialog
        isOpen={closing}
        onClose={() => setClosing(false)}
        onConfirm={() => close.mutate({ input: { params } }, { onError: () => setClosing(false) })}
        title={meetingText.closeTitle}
        confirmLabel={meetingText.close}
        pending={close.isPending}
      >
        <p>{meetingText.closeBody}</p>
      </ConfirmDialog>
    </div>
  )
}
