import type { JournalLine } from '../contracts/views.ts'
import { readJournal } from '../storage/journal.ts'
import { sentenceOf } from './sentences.ts'
import type { View } from './work.ts'

type Stored = Awaited<ReturnType<typeof readJournal>>[number]

/** A journal line as a person reads it. */
export const lineView = (l: Stored): JournalLine => ({
  seq: l.seq,
  at: l.at,
  actorLabel: l.actorLabel,
  capacity: l.capacity,
  action: l.action,
  subjectKind: l.subjectKind,
  subjectId: l.subjectId,
  summary: sentenceOf(l.action, l.data as Record<string, unknown>),
  hash: l.hash,
})

/** The story of one object, oldest first. */
export async function historyOf(view: View, kind: string, id: string): Promise<JournalLine[]> {
  return (await readJournal(view.reader, view.authorityId, { subject: { kind, id } })).map(lineView)
}
