import type { JournalLine } from '../../../contracts/views.ts'
import { partsText } from '../../text/parts.ts'
import type { Tone } from '../../ui/state-badge.tsx'
import { type HistoryEvent, Timeline } from '../../ui/timeline.tsx'
import { useMe } from '../session.tsx'

const tones: Record<string, Tone> = {
  'act.signed': 'done',
  'act.received': 'done',
  'act.published': 'done',
  'act.signingRejected': 'danger',
  'act.refusedByState': 'danger',
  'folder.stepDone': 'done',
  'folder.rejected': 'danger',
  'finance.signed': 'done',
  'finance.signingRejected': 'danger',
  'finance.sent': 'done',
  'transmission.sent': 'done',
  'transmission.failed': 'danger',
}

const eventOf = (l: JournalLine): HistoryEvent => ({
  id: String(l.seq),
  at: l.at,
  actor: partsText.actor(l.actorLabel, l.capacity),
  title: l.summary,
  tone: tones[l.action],
  proof: { hash: l.hash, journalLine: l.seq },
})

/** The story of one object, oldest first, each line with its place and fingerprint in the journal. */
export function History({ lines }: { lines: readonly JournalLine[] }) {
  return <Timeline events={lines.map(eventOf)} timeZone={useMe().authority.timeZone} />
}
