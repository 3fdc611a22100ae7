import { useHub } from '../../data/hub.ts'
import { Timeline } from '../../ui/timeline.tsx'
import { Loaded } from '../loaded.tsx'
import { useMe } from '../session.tsx'

/** What the journal keeps of a sitting, latest first, each line with its place in the chain. */
export function SittingHistory({ id }: { id: string }) {
  const me = useMe()
  const journal = useHub('journal', { query: { subjectId: id } })
  return (
    <Loaded query={journal}>
      {({ lines }) => (
        <Timeline
          timeZone={me.authority.timeZone}
          events={lines.map((l) => ({
            id: String(l.seq),
            at: l.at,
            actor: l.actorLabel,
            title: l.summary,
            proof: { hash: l.hash, journalLine: l.seq },
          }))}
        />
      )}
    </Loaded>
  )
}
