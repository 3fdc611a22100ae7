import { createHash } from 'node:crypto'
import { fault, isClean, type Problem } from '../core/refusal.ts'
import {
  canonicalJson,
  genesisHash,
  hashOf,
  type JournalHeader,
  type JournalLine,
  journalFormat,
  timestampAction,
} from './journal-line.ts'

export type JournalReport = {
  kind: 'journal'
  ok: boolean
  problems: Problem[]
  authority: { id: string; siren: string; name: string } | undefined
  /** Lines read, header not counted. */
  lines: number
  /** Hash of the last line read (the genesis hash when there is none). */
  head: string
  /** Instants of the first and last line. */
  from: string | undefined
  to: string | undefined
  timestamps: number
}

const maxProblems = 100

/**
 * Checks an exported journal without any database: every hash recomputed, every link followed, and the count.
 * `expected.head` is a hash noted earlier (a timestamp, a paper, a former export): it must still be in the chain.
 * Finds a changed byte and lines removed, moved, inserted, repeated or cut off; a journal rewritten from one line to
 * its end is only found by such a hash. The signatures of the timestamps themselves are not checked here.
 */
export function verifyJournal(input: string | Uint8Array, expected: { head?: string } = {}): JournalReport {
  const problems: Problem[] = []
  const report = (
    rest: Partial<Pick<JournalReport, 'authority' | 'lines' | 'head' | 'from' | 'to' | 'timestamps'>> = {},
  ): JournalReport => ({
    kind: 'journal',
    ok: isClean(problems),
    problems:
      problems.length > maxProblems ? [...problems.slice(0, maxProblems), more(problems.length)] : problems,
    authority: undefined,
    lines: 0,
    head: '',
    from: undefined,
    to: undefined,
    timestamps: 0,
    ...rest,
  })
  const text = decode(input)
  if (text === undefined) {
    problems.push(
      fault('journal.encoding', 'Ce fichier n’est pas en UTF-8 : ce n’est pas l’export d’origine.'),
    )
    return report()
  }
  const rows = text.split('\n')
  if (rows.pop() !== '')
    problems.push(
      fault(
        'journal.truncated',
        'Le fichier s’arrête au milieu d’une ligne. Demandez un nouvel export.',
        `ligne ${rows.length + 1}`,
      ),
    )
  const header = headerOf(rows[0] ?? '', problems)
  if (!header) return report()

  const { hashes, ...chain } = followChain(rows.slice(1), header, problems)
  if (chain.lines !== header.lines || chain.head !== header.head)
    problems.push(
      fault(
        'journal.incomplete',
        `L’en-tête annonce ${count(header.lines)} et le fichier en contient ${chain.lines}` +
          `${chain.lines === header.lines ? ', mais la dernière n’est pas celle annoncée' : ''}. Demandez un nouvel export.`,
      ),
    )
  const wanted = expected.head?.trim().toLowerCase()
  if (wanted !== undefined && !hashes.has(wanted))
    problems.push(
      fault(
        'journal.headMissing',
        'L’empreinte attendue n’est celle d’aucune ligne : la fin du journal manque, ou le journal a été réécrit.',
        wanted.slice(0, 64),
      ),
    )
  return report({ authority: header.authority, ...chain })
}

type Chain = Pick<JournalReport, 'lines' | 'head' | 'from' | 'to' | 'timestamps'> & {
  hashes: ReadonlySet<string>
}

function followChain(rows: readonly string[], header: JournalHeader, problems: Problem[]): Chain {
  let previous = { seq: 0, hash: genesisHash(header.authority.id) }
  const hashes = new Set([previous.hash])
  let [from, to]: (string | undefined)[] = []
  let timestamps = 0
  rows.forEach((row, index) => {
    const where = `ligne ${index + 2}`
    const line = lineOf(row)
    if (!line) {
      problems.push(
        fault(
          'journal.unreadable',
          'Cette ligne n’est pas une ligne de journal : elle a été abîmée ou ajoutée.',
          where,
        ),
      )
      return
    }
    const { hash, ...body } = line
    const intact = hashOf(body) === hash
    if (!intact)
      problems.push(
        fault(
          'journal.changed',
          `La ligne n° ${line.seq} a été modifiée : son empreinte ne correspond plus.`,
          where,
        ),
      )
    else if (canonicalJson(line) !== row)
      problems.push(
        fault(
          'journal.rewritten',
          `La ligne n° ${line.seq} dit la même chose, mais n’est plus écrite comme à l’origine (espaces, fins de ligne…). Demandez l’export d’origine.`,
          where,
        ),
      )
    if (line.authorityId !== header.authority.id)
      problems.push(
        fault('journal.foreign', `La ligne n° ${line.seq} vient du journal d’une autre collectivité.`, where),
      )
    const place = placeProblem(line, previous, hashes)
    if (place) problems.push(fault(place.code, place.message, where))
    if (line.action === timestampAction) {
      timestamps++
      const trouble = timestampProblem(line, hashes)
      if (trouble) problems.push(fault('journal.timestamp', trouble, where))
    }
    hashes.add(hash)
    previous = line
    from ??= line.at
    to = line.at
  })
  return { lines: rows.length, head: previous.hash, from, to, timestamps, hashes }
}

function placeProblem(
  line: JournalLine,
  previous: { seq: number; hash: string },
  hashes: ReadonlySet<string>,
): { code: string; message: string } | undefined {
  const next = previous.seq + 1
  if (line.seq === next && line.previousHash === previous.hash) return undefined
  if (hashes.has(line.hash))
    return { code: 'journal.repeated', message: `La ligne n° ${line.seq} figure deux fois.` }
  if (line.seq > next) {
    const missing =
      line.seq - 1 === next
        ? `La ligne n° ${next} manque`
        : `Les lignes n° ${next} à ${line.seq - 1} manquent`
    return { code: 'journal.missing', message: `${missing} à cet endroit : retirées ou déplacées.` }
  }
  if (line.seq < next)
    return {
      code: 'journal.order',
      message: `La ligne n° ${line.seq} n’est pas à sa place : déplacée ou ajoutée.`,
    }
  return {
    code: 'journal.broken',
    message: `La ligne n° ${line.seq} ne suit pas la précédente : l’une des deux a été remplacée ou ajoutée.`,
  }
}

/** A token must be about an earlier line: its message imprint is that line's hash, or the SHA-256 of the hash's text. */
function timestampProblem(line: JournalLine, hashes: ReadonlySet<string>): string | undefined {
  const { head, token } = line.data
  if (typeof head !== 'string' || typeof token !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(token))
    return `L’horodatage de la ligne n° ${line.seq} est illisible.`
  if (!hashes.has(head))
    return `L’horodatage de la ligne n° ${line.seq} ne porte sur aucune ligne précédente.`
  const bytes = Buffer.from(token, 'base64')
  // RFC 3161, 2.4.1: MessageImprint ::= SEQUENCE { hashAlgorithm, hashedMessage OCTET STRING }; 04 20 = 32 octets.
  // Some services hash what they are given: then it is the head's 64 characters.
  const imprints = [head, createHash('sha256').update(head, 'utf8').digest('hex')]
  if (!imprints.some((imprint) => bytes.includes(Buffer.from(`0420${imprint}`, 'hex'))))
    return `Le jeton de la ligne n° ${line.seq} horodate autre chose que la ligne qu’il annonce.`
  return undefined
}

function headerOf(row: string, problems: Problem[]): JournalHeader | undefined {
  const header = parse(row)
  const authority = isRecord(header) ? header['authority'] : undefined
  if (!isRecord(header) || header['format'] !== journalFormat || !isRecord(authority)) {
    problems.push(
      fault(
        'journal.header',
        'Ce fichier n’est pas un export de journal d’Écharpe : son en-tête manque.',
        'ligne 1',
      ),
    )
    return undefined
  }
  const { version, lines, head, hash } = header
  const { id, siren, name } = authority
  if (version !== 1) {
    problems.push(
      fault(
        'journal.version',
        'Cet export vient d’une version plus récente d’Écharpe. Vérifiez-le avec cette version.',
        'ligne 1',
      ),
    )
    return undefined
  }
  const texts = [head, hash, id, siren, name]
  const read =
    typeof lines === 'number' && texts.every((t) => typeof t === 'string')
      ? ({
          format: journalFormat,
          version,
          authority: { id, siren, name },
          lines,
          head,
          hash,
        } as JournalHeader) // checked just above
      : undefined
  if (!read || hashOf({ ...read }) !== read.hash || canonicalJson(read) !== row)
    problems.push(fault('journal.headerChanged', 'L’en-tête du fichier a été modifié.', 'ligne 1'))
  return read
}

const textMembers = [
  ...['authorityId', 'at', 'actorId', 'actorLabel', 'capacity', 'action', 'subjectKind', 'subjectId'],
  ...['previousHash', 'hash'],
]

function lineOf(row: string): JournalLine | undefined {
  const line = parse(row)
  if (!isRecord(line) || !Number.isSafeInteger(line['seq']) || !isRecord(line['data'])) return undefined
  if (!textMembers.every((m) => typeof line[m] === 'string')) return undefined
  if (Object.keys(line).length !== textMembers.length + 2) return undefined
  return line as JournalLine // every member was just checked
}

/** Parsed JSON, only if it can be written canonically (bounded depth). */
function parse(row: string): unknown {
  try {
    const value: unknown = JSON.parse(row)
    canonicalJson(value)
    return value
  } catch {
    return undefined
  }
}

function decode(input: string | Uint8Array): string | undefined {
  if (typeof input === 'string') return input
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(input)
  } catch {
    return undefined
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const count = (lines: number) => (lines > 1 ? `${lines} lignes` : `${lines} ligne`)

const more = (all: number): Problem => fault('journal.more', `… et ${all - maxProblems} autres problèmes.`)
