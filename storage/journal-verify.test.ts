import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, genesisHash, hashOf, type JournalLine, journalFormat } from './journal-line.ts'
import { verifyJournal } from './journal-verify.ts'

const authority = { id: 'commune-1', siren: '219900018', name: 'Saint-Écharpe-l’Évêque' }

type Content = Partial<Pick<JournalLine, 'action' | 'data'>>

function chain(contents: Content[], id = authority.id): JournalLine[] {
  const lines: JournalLine[] = []
  contents.forEach((content, i) => {
    const body = {
      authorityId: id,
      seq: i + 1,
      at: `2026-03-0${(i % 9) + 1}T18:00:00.000Z`,
      actorId: 'u1',
      actorLabel: 'Léa Ançay',
      capacity: 'agent',
      action: 'sitting.convened',
      subjectKind: 'sitting',
      subjectId: `s${i}`,
      data: { n: i, note: 'à l’unanimité' },
      previousHash: lines.at(-1)?.hash ?? genesisHash(id),
      ...content,
    }
    lines.push({ ...body, hash: hashOf(body) })
  })
  return lines
}

function exported(lines: JournalLine[], header: { lines?: number; head?: string } = {}): string {
  const head = {
    format: journalFormat as typeof journalFormat,
    version: 1 as const,
    authority,
    lines: header.lines ?? lines.length,
    head: header.head ?? lines.at(-1)?.hash ?? genesisHash(authority.id),
  }
  return [{ ...head, hash: hashOf(head) }, ...lines].map((l) => `${canonicalJson(l)}\n`).join('')
}

const good = chain([{}, {}, {}, {}, {}])
const codes = (text: string | Uint8Array, head?: string) =>
  verifyJournal(text, head === undefined ? {} : { head }).problems.map((p) => p.code)

/** The lines as they are, under a header that was made to agree with them: only the chain can tell. */
const altered = (lines: JournalLine[]) => codes(exported(lines))

describe('a sound journal', () => {
  it('is accepted, with its count, head and period', () => {
    expect(verifyJournal(exported(good))).toEqual({
      kind: 'journal',
      ok: true,
      problems: [],
      authority,
      lines: 5,
      head: good[4]!.hash,
      from: '2026-03-01T18:00:00.000Z',
      to: '2026-03-05T18:00:00.000Z',
      timestamps: 0,
    })
  })

  it('may be empty, and may be given as bytes', () => {
    expect(verifyJournal(Buffer.from(exported([])))).toMatchObject({ ok: true, lines: 0 })
  })

  it('still contains a head noted earlier', () => {
    expect(codes(exported(good), good[2]!.hash)).toEqual([])
    expect(codes(exported(good), ` ${good[4]!.hash.toUpperCase()}\n`)).toEqual([])
  })
})

describe('an altered journal', () => {
  it('any changed byte is found', () => {
    const bytes = Buffer.from(exported(good))
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const copy = Buffer.from(bytes)
        copy[at] = copy[at]! ^ flip
        expect(verifyJournal(copy).ok).toBe(false)
      }),
      { numRuns: 1500 },
    )
  })

  it('any cut is found', () => {
    const bytes = Buffer.from(exported(good))
    for (let end = 0; end < bytes.length; end++) expect(verifyJournal(bytes.subarray(0, end)).ok).toBe(false)
  })

  it('a changed word is named with its line', () => {
    const report = verifyJournal(exported(good).replace('"n":2,"note":"à', '"n":2,"note":"a'))
    expect(report.problems).toEqual([
      { code: 'journal.changed', level: 'error', where: 'ligne 4', message: expect.stringContaining('n° 3') },
    ])
  })

  it('a changed line with a hash made to agree breaks the link', () => {
    const { hash: _, ...body } = { ...good[2]!, actorLabel: 'Quelqu’un d’autre' }
    expect(altered(good.with(2, { ...body, hash: hashOf(body) }))).toEqual(['journal.broken'])
  })

  it('a removed line is missing', () => {
    const report = verifyJournal(exported(good.toSpliced(1, 2)))
    expect(report.problems.map((p) => p.message)).toEqual([
      'Les lignes n° 2 à 3 manquent à cet endroit : retirées ou déplacées.',
    ])
    expect(altered(good.slice(1))).toEqual(['journal.missing'])
  })

  it('lines moved, repeated or inserted are named', () => {
    const [a, b, c, d, e] = good as [JournalLine, JournalLine, JournalLine, JournalLine, JournalLine]
    expect(altered([a, c, b, d, e])).toEqual(['journal.missing', 'journal.order', 'journal.missing'])
    expect(altered([a, b, b, c, d, e])).toEqual(['journal.repeated'])
    const { hash: _, ...body } = { ...b, seq: 3, previousHash: b.hash, action: 'act.signed' }
    expect(altered([a, b, { ...body, hash: hashOf(body) }, c, d, e])).toContain('journal.order')
  })

  it('a cut tail is found by the header, and by a head noted earlier when the header agrees', () => {
    expect(codes(exported(good.slice(0, 3), { lines: 5, head: good[4]!.hash }))).toEqual([
      'journal.incomplete',
    ])
    expect(codes(exported(good.slice(0, 3)))).toEqual([])
    expect(codes(exported(good.slice(0, 3)), good[4]!.hash)).toEqual(['journal.headMissing'])
  })

  it('a journal rewritten to its end is found by a head noted earlier', () => {
    const rewritten = chain([{}, {}, { action: 'act.signed' }, {}, {}])
    expect(codes(exported(rewritten), good[4]!.hash)).toEqual(['journal.headMissing'])
  })

  it('lines of another commune are refused', () => {
    expect(altered(chain([{}, {}], 'commune-2'))).toContain('journal.foreign')
  })

  it('a rewritten file that says the same is told apart from a changed one', () => {
    expect(codes(exported(good).replaceAll('\n', '\r\n'))).toContain('journal.rewritten')
  })
})

describe('what is not a journal', () => {
  it.each([
    ['nothing', '', 'journal.header'],
    ['a letter', 'bonjour\n', 'journal.header'],
    ['no commune', '{"format":"echarpe-journal"}\n', 'journal.header'],
    ['a later version', '{"format":"echarpe-journal","authority":{},"version":2}\n', 'journal.version'],
    ['half a header', '{"format":"echarpe-journal","authority":{},"version":1}\n', 'journal.headerChanged'],
    [
      'a deep header',
      `{"format":"echarpe-journal","authority":${'['.repeat(5000)}${']'.repeat(5000)}}\n`,
      'journal.header',
    ],
  ])('%s', (_, text, code) => {
    expect(codes(text)).toContain(code)
  })

  it('bytes that are not UTF-8', () => {
    expect(codes(Uint8Array.of(0xff, 0xfe, 0x00))).toEqual(['journal.encoding'])
  })

  it('a file with endless problems is told briefly', () => {
    const report = verifyJournal(`${exported([])}${'x\n'.repeat(5000)}`)
    expect(report.problems).toHaveLength(101)
    expect(report.problems[100]?.message).toBe('… et 4901 autres problèmes.')
  })
})

describe('timestamps in the journal', () => {
  // The part of a token that matters here: the imprint as RFC 3161 writes it.
  const tokenOver = (hash: string) =>
    Buffer.from(`3031300d0609608648016503040201050004 20${hash}`.replaceAll(' ', ''), 'hex')
  const stamped = (head: string, over: string) =>
    chain([
      {},
      {},
      { action: 'journal.timestamped', data: { head, token: tokenOver(over).toString('base64') } },
    ])
  const second = chain([{}, {}])[1]!.hash

  it('are counted when they are about a line of the chain', () => {
    expect(verifyJournal(exported(stamped(second, second)))).toMatchObject({ ok: true, timestamps: 1 })
    const ofText = createHash('sha256').update(second).digest('hex')
    expect(verifyJournal(exported(stamped(second, ofText)))).toMatchObject({ ok: true, timestamps: 1 })
  })

  it('are refused when about something else', () => {
    expect(altered(stamped('ab'.repeat(32), 'ab'.repeat(32)))).toEqual(['journal.timestamp'])
    expect(altered(stamped(second, 'ab'.repeat(32)))).toEqual(['journal.timestamp'])
    expect(altered(chain([{ action: 'journal.timestamped', data: {} }]))).toEqual(['journal.timestamp'])
  })
})

describe('canonical JSON', () => {
  it('follows RFC 8785', () => {
    // Appendix B and section 3.2.3 of the RFC
    expect(canonicalJson([Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27, -0])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    )
    const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
    expect(Object.values(JSON.parse(canonicalJson(Object.entries(keys).sort())))).toHaveLength(7)
    expect(canonicalJson(keys)).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    )
    expect(canonicalJson('\u20ac$\u000f\nA\'B"\\"/')).toBe('"\u20ac$\\u000f\\nA\'B\\"\\\\\\"/"')
  })

  it('leaves out undefined, repairs lone surrogates, refuses what JSON cannot say', () => {
    expect(canonicalJson({ b: undefined, a: '\ud800' })).toBe('{"a":"\ufffd"}')
    for (const bad of [Number.NaN, new Date(0), new Map(), 1n, () => 1, [undefined]])
      expect(() => canonicalJson(bad)).toThrow()
  })
})
