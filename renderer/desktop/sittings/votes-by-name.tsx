import type { SittingView } from '../../../contracts/views.ts'
import type { Ballot, Choice } from '../../../core/sitting/model.ts'
import { meetingText } from '../../text/sittings-meeting.ts'
import { FactList } from '../../ui/fact-list.tsx'
import { memberName } from './members.ts'

const order: readonly Choice[] = ['for', 'against', 'abstain', 'notVoting']

/** Who voted what: all of it in a public ballot, those who differed in an ordinary one. */
export function VotesByName({ view, ballot }: { view: SittingView; ballot: Ballot }) {
  const shown = ballot.kind === 'public' ? order : order.filter((c) => c !== 'for')
  const groups = shown
    .map((choice) => ({
      choice,
      names: ballot.votes.filter((v) => v.choice === choice).map((v) => memberName(view.members, v.memberId)),
    }))
    .filter((g) => g.names.length > 0)
  if (groups.length === 0) return null
  return (
    <FactList
      facts={groups.map((g) => ({
        label: meetingText.ballot.choices[g.choice],
        value: g.names.join(', '),
      }))}
    />
  )
}
