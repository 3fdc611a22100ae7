import { CircleCheck, CircleMinus, CircleX, UserRoundX } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { HubError } from '../../contracts/client.ts'
import type { PackView } from '../../contracts/views.ts'
import type { Choice } from '../../core/sitting/model.ts'
import { troubleOf, useCommand } from '../data/hub.ts'
import { resultInWords, voteText as words } from '../text/tablet-vote.ts'
import { BigChoices } from '../ui/big-choices.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { clockTime, typeset } from '../ui/format.ts'
import type { OpenBallot, Voting } from './use-voting.ts'
import './vote-sheet.css'

// A finger already on its way to the page must not become a vote when the sheet rises under it.
const SETTLE_MS = 600

const choices = [
  { id: 'for', label: words.choices.for, icon: CircleCheck },
  { id: 'against', label: words.choices.against, icon: CircleX },
  { id: 'abstain', label: words.choices.abstain, icon: CircleMinus },
  { id: 'notVoting', label: words.choices.notVoting, icon: UserRoundX },
] as const satisfies readonly { id: Choice; label: string; icon: typeof CircleCheck }[]

interface VoteSheetProps {
  pack: PackView
  voting: Voting
  timeZone: string
}

/** One large sheet over the pack while a ballot is open, then its result in words. */
export function VoteSheet({ pack, voting, timeZone }: VoteSheetProps) {
  const { sheet, ended } = voting
  const shown = sheet === 'ballot' ? pack.ballot : ended
  const item = pack.items.find((i) => i.id === shown?.itemId)
  const title = item ? typeset(words.sheet(item.position, item.title)) : ''
  return (
    <Dialog
      isOpen={sheet !== null && item !== undefined}
      onClose={voting.putAside}
      title={title}
      shape="sheet"
      actions={
        <Button onPress={voting.putAside} kind={sheet === 'result' ? 'primary' : 'quiet'}>
          {words.aside}
        </Button>
      }
    >
      {sheet === 'ballot' && pack.ballot && (
        <Ballot key={pack.ballot.id} sittingId={pack.id} ballot={pack.ballot} timeZone={timeZone} />
      )}
      {sheet === 'result' && <Result pack={pack} ended={ended} />}
    </Dialog>
  )
}

function Ballot({
  sittingId,
  ballot,
  timeZone,
}: {
  sittingId: string
  ballot: OpenBallot
  timeZone: string
}) {
  const risen = useRef(0)
  useEffect(() => {
    risen.current = performance.now()
  }, [])
  const settled = () => risen.current > 0 && performance.now() - risen.current > SETTLE_MS
  return (
    <div className="ballot">
      <p>{words.kinds[ballot.kind]}</p>
      {ballot.voices.map((voice) => (
        <Voice
          key={voice.memberId}
          sittingId={sittingId}
          ballotId={ballot.id}
          voice={voice}
          timeZone={timeZone}
          settled={settled}
        />
      ))}
      {ballot.voices.some((v) => v.choice !== null) && <p className="soft">{words.canChange}</p>}
    </div>
  )
}

interface VoiceProps {
  sittingId: string
  ballotId: string
  voice: OpenBallot['voices'][number]
  timeZone: string
  settled: () => boolean
}

function Voice({ sittingId, ballotId, voice, timeZone, settled }: VoiceProps) {
  const vote = useCommand('vote')
  const [pressed, setPressed] = useState<Choice | null>(null)
  const send = (choice: Choice) => {
    if (!settled() || (choice === voice.choice && !vote.isError)) return
    setPressed(choice)
    vote.mutate({
      input: { params: { id: sittingId, ballotId }, body: { memberId: voice.memberId, choice } },
    })
  }
  const shown = vote.isPending ? pressed : voice.choice
  const state = () => {
    if (vote.isPaused) return words.paused
    if (vote.isPending) return words.sending
    if (vote.error) return vote.error instanceof HubError ? troubleOf(vote.error).message : words.unreachable
    return voice.choice
      ? words.recorded(voice.choice, voice.at ? clockTime(voice.at, timeZone) : '')
      : words.waiting
  }
  const tone = vote.error || vote.isPaused ? 'danger' : voice.choice && !vote.isPending ? 'done' : 'neutral'
  return (
    <section className="voice">
      <h3>{typeset(voice.label)}</h3>
      <BigChoices
        label={typeset(voice.label)}
        choices={choices}
        chosen={shown ?? undefined}
        disabled={vote.isPending && !vote.isPaused}
        onChoose={(id) => {
          const choice = choices.find((c) => c.id === id)
          if (choice) send(choice.id)
        }}
      />
      <output className="voice-state" data-tone={tone} aria-live="polite">
        {state()}
      </output>
    </section>
  )
}

function Result({ pack, ended }: { pack: PackView; ended: Voting['ended'] }) {
  return (
    <div className="ballot" role="status">
      <p className="soft">{words.ended}</p>
      <p className="ballot-result">{endedInWords(pack, ended)}</p>
    </div>
  )
}

/** What to say of a ballot that has just ended. */
export function endedInWords(pack: PackView, ended: Voting['ended']): string {
  const vote = pack.items.find((i) => i.id === ended?.itemId)?.vote
  if (!vote || vote.ballotId !== ended?.id) return words.counting
  return vote.result ? resultInWords(vote.result) : words.cancelled
}
