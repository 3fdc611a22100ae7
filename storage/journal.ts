import {
  canonicalJson,
  genesisHash,
  hashOf,
  type JournalHeader,
  type JournalLine,
  journalFormat,
} from './journal-line.ts'
import type { Reader, Row, Tx } from './schema.ts'

/** What a command says happened. `data` is plain JSON; the chain's own members are added here. */
export type JournalEntry = Omit<JournalLine, 'seq' | 'previousHash' | 'hash'>

export type JournalHead = { seq: number; hash: string }

/**
 * Adds lines to the journals of their communes, in the order given, and gives them back with their number and hash.
 * To call in the transaction that writes the state, inside `storage.write(authorityId, …)`: another scope could meet
 * a concurrent line, and would then fail as a whole (the chain itself cannot fork: its primary key forbids it).
 */
export async function appendJournal(tx: Tx, entries: readonly JournalEntry[]): Promise<JournalLine[]> {
  const heads = new Map<string, JournalHead>()
  const lines: JournalLine[] = []
  for (const entry of entries) {
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(entry.at))
      throw new Error(`journal instant must be UTC with milliseconds: ${entry.at}`)
    const head = heads.get(entry.authorityId) ?? (await journalHead(tx, entry.authorityId))
    const body = { ...cleaned(entry), seq: head.seq + 1, previousHash: head.hash }
    const line: JournalLine = { ...body, hash: hashOf(body) }
    heads.set(entry.authorityId, line)
    lines.push(line)
  }
  // One statement per 500 lines: both engines limit the number of parameters.
  for (let i = 0; i < lines.length; i += 500)
    await tx
      .insertInto('journal')
      .values(lines.slice(i, i + 500).map((line) => ({ ...line, data: canonicalJson(line.data) })))
      .execute()
  return lines
}

/** The last line's number and hash; number 0 and the genesis hash for an empty journal. */
export async function journalHead(reader: Reader, authorityId: string): Promise<JournalHead> {
  const last = await reader
    .selectFrom('journal')
    .select(['seq', 'hash'])
    .where('authorityId', '=', authorityId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ?? { seq: 0, hash: genesisHash(authorityId) }
}

/** Lines of a commune after number `after`, oldest first, at most `limit`; of one subject when given. */
export async function readJournal(
  reader: Reader,
  authorityId: string,
  options: { after?: number; upTo?: number; limit?: number; subject?: { kind: string; id: string } } = {},
): Promise<JournalLine[]> {
  let query = reader
    .selectFrom('journal')
    .selectAll()
    .where('authorityId', '=', authorityId)
    .where('seq', '>', options.after ?? 0)
  if (options.upTo !== undefined) query = query.where('seq', '<=', options.upTo)
  if (options.subject)
    query = query.where('subjectKind', '=', options.subject.kind).where('subjectId', '=', options.subject.id)
  const rows = await query
    .orderBy('seq')
    .limit(options.limit ?? 1000)
    .execute()
  return rows.map(lineOf)
}

/**
 * The journal of one commune as JSON Lines, piece by piece, ready for a file: a header, then each line in canonical
 * JSON, each ended by LF. Lines added meanwhile are left for the next export. Throws when the commune is unknown.
 */
export async function* exportJournal(reader: Reader, authorityId: string): AsyncGenerator<string> {
  const authority = await reader
    .selectFrom('authority')
    .select(['id', 'siren', 'name'])
    .where('id', '=', authorityId)
    .executeTakeFirstOrThrow()
  const head = await journalHead(reader, authorityId)
  const header: Omit<JournalHeader, 'hash'> = {
    format: journalFormat,
    version: 1,
    authority,
    lines: head.seq,
    head: head.hash,
  }
  yield `${canonicalJson({ ...header, hash: hashOf(header) })}\n`
  for (let after = 0; after < head.seq; ) {
    const lines = await readJournal(reader, authorityId, { after, upTo: head.seq })
    const last = lines.at(-1)
    if (!last) return
    yield lines.map((line) => `${canonicalJson(line)}\n`).join('')
    after = last.seq
  }
}

function lineOf(row: Row<'journal'>): JournalLine {
  return { ...row, data: dataOf(row.data) }
}

function dataOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text)
  } catch {
    return { unreadable: text } // altered in the database: the line must still be exported, its hash tells
  }
}

// The stored text must be exactly the hashed text: no engine keeps a lone surrogate, and PostgreSQL refuses NUL.
function cleaned(entry: JournalEntry): JournalEntry {
  const clean = (text: string) => text.toWellFormed().replaceAll('\0', '\uFFFD')
  return {
    authorityId: entry.authorityId,
    at: entry.at,
    actorId: clean(entry.actorId),
    actorLabel: clean(entry.actorLabel),
    capacity: clean(entry.capacity),
    action: clean(entry.action),
    subjectKind: clean(entry.subjectKind),
    subjectId: clean(entry.subjectId),
    data: entry.data,
  }
}
