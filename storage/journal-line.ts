import { createHash } from 'node:crypto'

/** One line of the evidence journal. `at` is ISO-8601 UTC with milliseconds; hashes are hexadecimal SHA-256. */
export type JournalLine = {
  authorityId: string
  /** 1, 2, 3… within one commune, without a gap. */
  seq: number
  at: string
  actorId: string
  actorLabel: string
  capacity: string
  action: string
  subjectKind: string
  subjectId: string
  data: Readonly<Record<string, unknown>>
  previousHash: string
  hash: string
}

/** The first line of an export. `lines` and `head` describe the whole file; `hash` covers this header. */
export type JournalHeader = {
  format: typeof journalFormat
  version: 1
  authority: { id: string; siren: string; name: string }
  lines: number
  head: string
  hash: string
}

export const journalFormat = 'echarpe-journal'

/** The action of a line that holds a timestamp; its data are `{ head, token }` (README, "Timestamps"). */
export const timestampAction = 'journal.timestamped'

const maxDepth = 64

/**
 * The canonical JSON of a value: RFC 8785 (keys in UTF-16 order, no space, ECMAScript numbers and escapes), with
 * members that are `undefined` left out and lone surrogates replaced by U+FFFD.
 * Throws on what JSON cannot say (NaN, functions, dates, class instances) and beyond 64 levels.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > maxDepth) throw new RangeError('journal data nested too deeply')
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed())
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((v) => canonicalJson(v, depth + 1)).join(',')}]`
  if (typeof value !== 'object' || !isPlain(value))
    throw new TypeError(`journal data cannot hold ${typeof value}`)
  const members = Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .map(([k, v]): [string, unknown] => [k.toWellFormed(), v])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v, depth + 1)}`)
  return `{${members.join(',')}}`
}

/** The hash of a line or of a header: SHA-256 of the UTF-8 canonical JSON of the object without its `hash` member. */
export function hashOf(line: Omit<JournalLine, 'hash'> | Omit<JournalHeader, 'hash'>): string {
  return sha256(canonicalJson({ ...line, hash: undefined }))
}

/** What the first line of a commune has for `previousHash`: binds the chain to its commune. */
export function genesisHash(authorityId: string): string {
  return sha256(`${journalFormat}:1:${authorityId.toWellFormed()}`)
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
