import { CircleDot, Vote } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { PackView } from '../../contracts/views.ts'
import { tabletText } from '../text/tablet.ts'
import { voteText } from '../text/tablet-vote.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { typeset } from '../ui/format.ts'
import { placePath } from './paths.ts'
import type { Stop } from './stops.ts'
import type { Voting } from './use-voting.ts'
import { endedInWords } from './vote-sheet.tsx'

const words = tabletText.live

interface LiveStripProps {
  pack: PackView
  current: Stop | undefined
  voting: Voting
}

/** One line above the page while the sitting lasts: the item under discussion, or the ballot that was put aside. */
export function LiveStrip({ pack, current, voting }: LiveStripProps) {
  const announce = useAnnounce()
  const item = pack.items.find((i) => i.id === pack.currentItemId)
  const running = pack.state === 'open' || pack.state === 'suspended'
  const said = useSaid(pack, running)
  useEffect(() => {
    if (said) announce(said)
  }, [said, announce])
  const ballotItem = pack.items.find((i) => i.id === (pack.ballot ?? voting.ended)?.itemId)
  if (ballotItem && pack.ballot) {
    const voted = pack.ballot.voices.every((v) => v.choice !== null)
    return (
      <Strip urgent={!voted} text={(voted ? voteText.openVoted : voteText.open)(ballotItem.position)}>
        <Button kind={voted ? 'quiet' : 'primary'} onPress={voting.bringBack}>
          {voted ? voteText.review : voteText.vote}
        </Button>
      </Strip>
    )
  }
  // The result stays until the sitting moves on to another item.
  if (ballotItem && voting.ended && (!item || item.id === ballotItem.id))
    return (
      <Strip text={`${tabletText.pack.item(ballotItem.position)}. ${endedInWords(pack, voting.ended)}`} />
    )
  if (!running) return null
  if (pack.state === 'suspended') return <Strip text={words.suspended} />
  if (!item) return <Strip text={words.between} />
  if (current?.item?.id === item.id) return <Strip text={words.here(item.position)} />
  return (
    <Strip text={words.now(item.position, typeset(item.title))}>
      <ButtonLink href={placePath(pack.id, { itemId: item.id, sha256: null })}>
        {words.go(item.position)}
      </ButtonLink>
    </Strip>
  )
}

/** The sentence to read aloud when the sitting moves on; nothing about what was already so when the page opened. */
function useSaid(pack: PackView, running: boolean): string {
  const item = pack.items.find((i) => i.id === pack.currentItemId)
  const now = !running
    ? pack.state === 'convened'
      ? ''
      : words.over
    : pack.state === 'suspended'
      ? words.suspended
      : item
        ? words.now(item.position, typeset(item.title))
        : words.between
  const first = useRef(now)
  return now === first.current ? '' : now
}

interface StripProps {
  text: string
  urgent?: boolean
  children?: React.ReactNode
}

function Strip({ text, urgent = false, children }: StripProps) {
  const Icon = urgent ? Vote : CircleDot
  return (
    <aside className="live-strip" data-urgent={urgent || undefined} aria-label={words.label}>
      <Icon className="icon" aria-hidden />
      <p>{text}</p>
      {children}
    </aside>
  )
}
