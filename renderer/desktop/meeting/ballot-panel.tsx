import { type KeyboardEvent, useRef, useState } from 'react'
import type { SittingView } from '../../../contracts/views.ts'
import type { Ballot, Choice } from '../../../core/sitting/model.ts'
import { troubleOf, useCommand } from '../../data/hub.ts'
import { meetingText } from '../../text/meeting.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { namesOf } from './voices.ts'

const choices: readonly Choice[] = ['for', 'against', 'abstain', 'notVoting']
const keys: Record<string, Choice> = { p: 'for', c: 'against', a: 'abstain', n: 'notVoting' }

/**
 * A ballot as the operator runs it. By show of hands only the voices that differ are noted; in a public ballot each voice
 * is called, by keyboard from one line to the next. Votes made on tablets appear by themselves.
 */
export function BallotPanel({
  view,
  ballot,
  disabled,
}: {
  view: SittingView
  ballot: Ballot
  disabled: boolean
}) {
  const params = { id: view.sitting.id, ballotId: ballot.id }
  const enter = useCommand('voteEnter')
  const close = useCommand('ballotClose')
  const cancel = useCommand('ballotCancel')
  const [cancelling, setCancelling] = useState(false)
  const rows = useRef<HTMLOListElement>(null)
  const nameOf = namesOf(view.members)
  const voteOf = (memberId: string) => ballot.votes.find((v) => v.memberId === memberId)
  const left = ballot.entitled.length - ballot.votes.length
  const isPublic = ballot.kind === 'public'
  const error = [enter, close, cancel].find((c) => c.error)?.error
  const choose = (memberId: string, choice: Choice) =>
    enter.mutate({ input: { params, body: { memberId, choice } } })
  const closeWith = (others: Choice | null) => close.mutate({ input: { params, body: { others } } })

  function onKey(event: KeyboardEvent, memberId: string, index: number) {
    const choice = keys[event.key.toLowerCase()]
    const move = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (event.ctrlKey || event.metaKey || event.altKey || (!choice && move === 0)) return
    event.preventDefault()
    if (choice) choose(memberId, choice)
    const line = rows.current?.children[index + (choice ? 1 : move)]
    line?.querySelector<HTMLButtonElement>('button')?.focus()
  }

  return (
    <fieldset className="ballot" aria-label={meetingText.ballotOpen(ballot.kind)}>
      <h3>{meetingText.ballotOpen(ballot.kind)}</h3>
      <p className="soft">{isPublic ? meetingText.publicVoting : meetingText.ordinaryHelp}</p>
      {error && <Notice kind="danger" title={troubleOf(error).message} live />}
      <p role="status">{meetingText.entered(ballot.votes.length, ballot.entitled.length)}</p>
      <ol className="ballot-voices" ref={rows}>
        {ballot.entitled.map((voice, index) => {
          const vote = voteOf(voice.memberId)
          const name = nameOf(voice.memberId)
          return (
            <li
              key={voice.memberId}
              className="ruled ballot-voice"
              onKeyDown={(e) => onKey(e, voice.memberId, index)}
            >
              <span className="ballot-name">
                {name}
                {voice.castBy !== voice.memberId && (
                  <span className="soft"> {meetingText.carriedBy(nameOf(voice.castBy))}</span>
                )}
                {vote?.enteredBy === 'member' && <span className="soft"> {meetingText.byTablet}</span>}
              </span>
              <fieldset className="ballot-choices" aria-label={name}>
                {choices.map((choice) => (
                  <button
                    key={choice}
                    type="button"
                    className="ballot-choice"
                    aria-pressed={vote?.choice === choice}
                    disabled={disabled}
                    onClick={() => choose(voice.memberId, choice)}
                  >
                    {meetingText.choice[choice]}
                  </button>
                ))}
              </fieldset>
            </li>
          )
        })}
      </ol>
      <div className="meeting-actions">
        {isPublic && left === 0 && (
          <Button kind="primary" onPress={() => closeWith(null)} pending={close.isPending}>
            {meetingText.closePublic}
          </Button>
        )}
        {isPublic && left > 0 && (
          <Button onPress={() => closeWith('notVoting')} pending={close.isPending}>
            {meetingText.closeRest(left)}
          </Button>
        )}
        {!isPublic && (
          <>
            <Button
              kind="primary"
              onPress={() => closeWith('for')}
              pending={close.isPending}
              disabled={disabled}
            >
              {meetingText.othersFor}
            </Button>
            <Button onPress={() => closeWith('against')} disabled={disabled || close.isPending}>
              {meetingText.othersAgainst}
            </Button>
            <Button onPress={() => closeWith('abstain')} disabled={disabled || close.isPending}>
              {meetingText.othersAbstain}
            </Button>
          </>
        )}
        <Button kind="bare" onPress={() => setCancelling(true)}>
          {meetingText.cancelBallot}
        </Button>
      </div>
      <ReasonDialog
        isOpen={cancelling}
        onClose={() => setCancelling(false)}
        title={meetingText.cancelTitle}
        confirmLabel={meetingText.cancelConfirm}
        minLength={5}
        pending={cancel.isPending}
        onConfirm={(reason) =>
          cancel.mutate({ input: { params, body: { reason } } }, { onSuccess: () => setCancelling(false) })
        }
      />
    </fieldset>
  )
}
