import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { SittingView } from '../../../contracts/views.ts'
import type { Ballot, Choice } from '../../../core/sitting/model.ts'
import { troubleOf, useCommand } from '../../data/hub.ts'
import { meetingText } from '../../text/sittings-meeting.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Figures } from './figures.tsx'
import { memberName, rollName } from './members.ts'
import { choiceOfKey, nextVoice, type Tally, tallyOf } from './tally.ts'

const words = meetingText.ballot
const choices: readonly Choice[] = ['for', 'against', 'abstain', 'notVoting']

interface BallotPanelProps {
  view: SittingView
  ballot: Ballot
  running: boolean
  /** Asks why, then cancels: the question lives above, since it outlasts the ballot. */
  onCancel: () => void
}

/** An open ballot: one line per voice, the count as it goes, then one gesture to close it. */
export function BallotPanel({ view, ballot, running, onCancel }: BallotPanelProps) {
  const params = { id: view.sitting.id, ballotId: ballot.id }
  const enter = useCommand('voteEnter')
  const close = useCommand('ballotClose')
  // Shown at once; the hub's answer replaces it.
  const [typed, setTyped] = useState<Readonly<Record<string, Choice>>>({})
  const shown: Ballot = withTyped(ballot, typed)
  const tally = tallyOf(shown)
  const choose = (memberId: string, choice: Choice) => {
    setTyped((t) => ({ ...t, [memberId]: choice }))
    enter.mutate(
      { input: { params, body: { memberId, choice } } },
      { onSettled: () => setTyped(({ [memberId]: _, ...rest }) => rest) },
    )
  }
  const end = (others: Choice | null) => close.mutate({ input: { params, body: { others } } })
  const trouble = enter.error ?? close.error
  const isPublic = ballot.kind === 'public'
  const place = useRef<HTMLElement>(null)
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'start' })
  }, [])
  return (
    <section className="ballot" ref={place} aria-label={isPublic ? words.public : words.ordinary}>
      <div className="ballot-head">
        <div>
          <h3>{isPublic ? words.public : words.ordinary}</h3>
          <p className="soft">{isPublic ? words.publicLead : words.ordinaryLead}</p>
        </div>
      </div>
      {trouble && (
        <Notice kind="danger" title={troubleOf(trouble).message} live>
          {troubleOf(trouble).where}
        </Notice>
      )}
      <Voices view={view} ballot={shown} onChoose={running ? choose : undefined} />
      <div className="ballot-foot">
        <div aria-live="polite">
          <TallyFigures tally={tally} isPublic={isPublic} />
        </div>
        {running && (
          <div className="ballot-actions">
            <CloseButton ballot={shown} tally={tally} pending={close.isPending} onClose={end} />
            {tally.left > 0 && (
              <Menu
                label={words.othersMenu}
                groups={[
                  {
                    items: [
                      ...(isPublic
                        ? []
                        : [
                            { id: 'against', label: words.othersAgainst, onPress: () => end('against') },
                            { id: 'abstain', label: words.othersAbstain, onPress: () => end('abstain') },
                          ]),
                      { id: 'none', label: words.othersNone, onPress: () => end('notVoting') },
                    ],
                  },
                ]}
              />
            )}
            <Button kind="bare" onPress={onCancel}>
              {words.cancel}
            </Button>
          </div>
        )}
      </div>
    </section>
  )
}

function withTyped(ballot: Ballot, typed: Readonly<Record<string, Choice>>): Ballot {
  const kept = ballot.votes.filter((v) => !(v.memberId in typed))
  const added = ballot.entitled.flatMap((v) => {
    const choice = typed[v.memberId]
    return choice ? [{ ...v, choice, at: ballot.openedAt, enteredBy: 'operator' as const }] : []
  })
  return { ...ballot, votes: [...kept, ...added] }
}

function TallyFigures({ tally, isPublic }: { tally: Tally; isPublic: boolean }) {
  return (
    <Figures
      label={words.tally}
      figures={[
        ...choices
          .filter((c) => c !== 'notVoting' || tally.notVoting > 0)
          .map((c) => ({ value: tally[c], label: words.short[c].toLocaleLowerCase('fr') })),
        { value: tally.left, label: isPublic ? words.remaining : words.others },
      ]}
    />
  )
}

interface CloseButtonProps {
  ballot: Ballot
  tally: Tally
  pending: boolean
  onClose: (others: Choice | null) => void
}

function CloseButton({ ballot, tally, pending, onClose }: CloseButtonProps) {
  const untouched = tally.left === ballot.entitled.length
  if (tally.left === 0)
    return (
      <Button kind="primary" pending={pending} onPress={() => onClose(null)}>
        {words.closeNow}
      </Button>
    )
  if (ballot.kind === 'public') return <p className="ballot-left">{words.left(tally.left)}</p>
  return (
    <Button kind="primary" pending={pending} onPress={() => onClose('for')}>
      {untouched ? words.allFor(tally.left) : words.othersFor(tally.left)}
    </Button>
  )
}

interface VoicesProps {
  view: SittingView
  ballot: Ballot
  onChoose: ((memberId: string, choice: Choice) => void) | undefined
}

/** One line per voice, each a group of radio buttons; p, c, a, n note and go on. */
function Voices({ view, ballot, onChoose }: VoicesProps) {
  const place = useRef<HTMLDivElement>(null)
  const focus = (index: number) => {
    const row = place.current?.querySelectorAll('fieldset')[index]
    const goal = row?.querySelector<HTMLElement>('input:checked') ?? row?.querySelector<HTMLElement>('input')
    goal?.focus()
  }
  // A roll call starts at the first voice, under the fingers.
  useEffect(() => {
    if (ballot.kind === 'public') place.current?.querySelector<HTMLElement>('input')?.focus()
  }, [ballot.kind])
  const onKey = (e: KeyboardEvent, index: number) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return
    const choice = choiceOfKey[e.key.toLowerCase()]
    const voice = ballot.entitled[index]
    if (choice && voice && onChoose) {
      e.preventDefault()
      onChoose(voice.memberId, choice)
      const next = ballot.kind === 'public' ? nextVoice(ballot, index) : index + 1
      if (next >= 0) focus(Math.min(ballot.entitled.length - 1, next))
    } else if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault()
      const step = e.key === 'ArrowDown' ? 1 : -1
      focus(Math.min(ballot.entitled.length - 1, Math.max(0, index + step)))
    }
  }
  return (
    <>
      {onChoose && <p className="soft ballot-keys">{words.keys}</p>}
      <div className="voices" ref={place} data-public={ballot.kind === 'public' || undefined}>
        {ballot.entitled.map((voice, index) => {
          const member = view.members.find((m) => m.id === voice.memberId)
          const vote = ballot.votes.find((v) => v.memberId === voice.memberId)
          const name = memberName(view.members, voice.memberId)
          const power = voice.castBy === voice.memberId ? null : memberName(view.members, voice.castBy)
          return (
            <fieldset
              key={voice.memberId}
              className="voice"
              data-voted={vote ? vote.choice : undefined}
              disabled={!onChoose}
              onKeyDown={(e) => onKey(e, index)}
            >
              <legend className="visually-hidden">
                {name}
                {power && `, ${words.byPower(power)}`}
              </legend>
              <span className="voice-name" aria-hidden>
                {member ? rollName(member) : name}
                {power && <span className="soft"> {words.byPower(power)}</span>}
                {vote?.enteredBy === 'member' && <span className="soft"> {words.byTablet}</span>}
              </span>
              <span className="voice-choices">
                {choices.map((choice) => (
                  <label key={choice} data-choice={choice}>
                    <input
                      type="radio"
                      name={`voice-${voice.memberId}`}
                      checked={vote?.choice === choice}
                      onChange={() => onChoose?.(voice.memberId, choice)}
                    />
                    <span aria-hidden>{words.short[choice]}</span>
                    <span className="visually-hidden">{words.choices[choice]}</span>
                  </label>
                ))}
              </span>
            </fieldset>
          )
        })}
      </div>
    </>
  )
}
