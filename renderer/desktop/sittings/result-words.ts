import type { BallotResult } from '../../../core/sitting/model.ts'
import { meetingText } from '../../text/sittings-meeting.ts'

const words = meetingText.result

/** What the chair proclaims: « Adopté : 20 voix pour, 4 contre, 2 abstentions. » */
export function resultWords(r: BallotResult): string {
  const detail = [
    words.for(r.for),
    ...(r.against > 0 ? [words.against(r.against)] : []),
    ...(r.abstain > 0 ? [words.abstain(r.abstain)] : []),
    ...(r.notVoting > 0 ? [words.notVoting(r.notVoting)] : []),
  ].join(', ')
  if (r.unanimous && r.adopted) return words.unanimous(detail)
  if (r.castingVote) return r.adopted ? words.adoptedTie(detail) : words.refusedTie(detail)
  if (r.votesCast === 0 && !r.adopted) return words.noVote
  return r.adopted ? words.adopted(detail) : words.refused(detail)
}
