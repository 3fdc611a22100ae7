import { useState } from 'react'
import type { SittingView } from '../../../contracts/views.ts'
import { ballotRequestThreshold } from '../../../core/sitting/ballot.ts'
import { type AgendaItem, deliberating } from '../../../core/sitting/model.ts'
import { troubleOf, useCommand } from '../../data/hub.ts'
import { meetingText } from '../../text/meeting.ts'
import { Button } from '../../ui/button.tsx'
import { CheckboxField, SelectField } from '../../ui/choice-fields.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { type Fact, FactList } from '../../ui/fact-list.tsx'
import { typeset } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { BallotPanel } from './ballot-panel.tsx'
import { namesOf, openBallotOf, recordedBallotOf, resultInWords } from './voices.ts'

type Asked = 'public' | 'recusal' | 'deferred' | 'withdrawn' | null

/** One item in the room: what it is, and the one thing to do now. */
export function ItemPanel({
  view,
  item,
  position,
}: {
  view: SittingView
  item: AgendaItem
  position: number
}) {
  const { sitting } = view
  const params = { id: sitting.id, itemId: item.id }
  const [asked, setAsked] = useState<Asked>(null)
  const start = useCommand('itemStart')
  const end = useCommand('itemEnd', () => setAsked(null))
  const openBallot = useCommand('ballotOpen', () => setAsked(null))
  const nameOf = namesOf(view.members)
  const ballot = openBallotOf(item)
  const recorded = recordedBallotOf(item)
  const votes = deliberating.has(item.kind)
  const error = [start, end, openBallot].find((c) => c.error)?.error
  const busy = sitting.state !== 'open'
  const facts: (Fact | undefined)[] = [
    item.rapporteurId ? { label: meetingText.rapporteur, value: nameOf(item.rapporteurId) } : undefined,
    item.opinions.length > 0
      ? {
          label: meetingText.opinions,
          value: item.opinions.map((o) => `${o.committee} : ${meetingText.opinion[o.opinion]}`).join(' ; '),
        }
      : undefined,
    item.recusals.length > 0
      ? {
          label: meetingText.recused,
          value: item.recusals.map((r) => `${nameOf(r.councillorId)} (${r.ground})`).join(', '),
        }
      : undefined,
    recorded?.result
      ? { label: meetingText.result, value: <strong>{resultInWords(recorded.result)}</strong> }
      : undefined,
  ]
  return (
    <section className="meeting-panel" aria-label={meetingText.point(position)}>
      <p className="soft">{meetingText.point(position)}</p>
      <h2>{typeset(item.title)}</h2>
      {item.note && <p className="document-text">{typeset(item.note)}</p>}
      <FactList facts={facts} />
      {error && <Notice kind="danger" title={troubleOf(error).message} live />}
      {item.status === 'planned' && !busy && (
        <div className="meeting-actions">
          <Button
            kind="primary"
            onPress={() => start.mutate({ input: { params } })}
            pending={start.isPending}
          >
            {meetingText.call}
          </Button>
          <Button onPress={() => setAsked('deferred')}>{meetingText.defer}</Button>
          <Button onPress={() => setAsked('withdrawn')}>{meetingText.withdraw}</Button>
        </div>
      )}
      {item.status === 'underDiscussion' && !ballot && !busy && (
        <div className="meeting-actions">
          {votes && (
            <>
              <Button
                kind="primary"
                pending={openBallot.isPending}
                onPress={() => openBallot.mutate({ input: { params, body: { kind: 'ordinary' } } })}
              >
                {meetingText.showOfHands}
              </Button>
              <Button onPress={() => setAsked('public')}>{meetingText.publicBallot}</Button>
            </>
          )}
          <Button
            kind={votes ? 'quiet' : 'primary'}
            pending={end.isPending}
            onPress={() => end.mutate({ input: { params, body: { outcome: 'noted' } } })}
          >
            {meetingText.note}
          </Button>
          {votes && <Button onPress={() => setAsked('recusal')}>{meetingText.recuse}</Button>}
          <Button onPress={() => setAsked('deferred')}>{meetingText.defer}</Button>
          <Button onPress={() => setAsked('withdrawn')}>{meetingText.withdraw}</Button>
        </div>
      )}
      {ballot && <BallotPanel view={view} ballot={ballot} disabled={busy} />}
      <PublicDialog
        isOpen={asked === 'public'}
        present={item.quorum?.present.length ?? 0}
        pending={openBallot.isPending}
        trouble={openBallot.error ? troubleOf(openBallot.error).message : ''}
        onClose={() => setAsked(null)}
        onOpen={(requestedBy) =>
          openBallot.mutate({ input: { params, body: { kind: 'public', requestedBy } } })
        }
      />
      <RecusalDialog view={view} item={item} isOpen={asked === 'recusal'} onClose={() => setAsked(null)} />
      {(asked === 'deferred' || asked === 'withdrawn') && (
        <ReasonDialog
          isOpen
          onClose={() => setAsked(null)}
          title={asked === 'deferred' ? meetingText.deferTitle : meetingText.withdrawTitle}
          confirmLabel={asked === 'deferred' ? meetingText.defer : meetingText.withdraw}
          minLength={5}
          pending={end.isPending}
          onConfirm={(reason) => end.mutate({ input: { params, body: { outcome: asked, reason } } })}
        />
      )}
    </section>
  )
}

interface PublicProps {
  isOpen: boolean
  present: number
  pending: boolean
  trouble: string
  onClose: () => void
  onOpen: (requestedBy: number) => void
}

function PublicDialog({ isOpen, present, pending, trouble, onClose, onOpen }: PublicProps) {
  const [requested, setRequested] = useState('')
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={meetingText.publicTitle}
      actions={
        <Button kind="primary" pending={pending} onPress={() => onOpen(Number(requested) || 0)}>
          {meetingText.publicOpen}
        </Button>
      }
    >
      <p>{meetingText.publicHelp(ballotRequestThreshold(present, 'public'))}</p>
      {trouble && <Notice kind="danger" title={trouble} live />}
      <TextField
        label={meetingText.publicRequested}
        name="requestedBy"
        value={requested}
        onChange={setRequested}
        narrow
      />
    </Dialog>
  )
}

function RecusalDialog({
  view,
  item,
  isOpen,
  onClose,
}: {
  view: SittingView
  item: AgendaItem
  isOpen: boolean
  onClose: () => void
}) {
  const [who, setWho] = useState('')
  const [ground, setGround] = useState('')
  const [leftRoom, setLeftRoom] = useState(true)
  const recuse = useCommand('recuse', onClose)
  const nameOf = namesOf(view.members)
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={meetingText.recuseTitle}
      actions={
        <Button
          kind="primary"
          pending={recuse.isPending}
          onPress={() =>
            recuse.mutate({
              input: {
                params: { id: view.sitting.id, itemId: item.id },
                body: { councillorId: who, ground, leftRoom },
              },
            })
          }
        >
          {meetingText.recuseSave}
        </Button>
      }
    >
      {recuse.error && <Notice kind="danger" title={troubleOf(recuse.error).message} live />}
      <SelectField
        label={meetingText.recuseWho}
        name="councillor"
        value={who}
        onChange={setWho}
        options={[
          { value: '', label: '—' },
          ...(item.quorum?.present ?? []).map((id) => ({ value: id, label: nameOf(id) })),
        ]}
      />
      <TextField label={meetingText.recuseGround} name="ground" value={ground} onChange={setGround} />
      <CheckboxField
        label={meetingText.recuseLeft}
        name="leftRoom"
        checked={leftRoom}
        onChange={setLeftRoom}
      />
    </Dialog>
  )
}
