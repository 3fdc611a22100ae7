import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  appendJournal,
  exportJournal,
  type JournalEntry,
  journalHead,
  readJournal,
} from '../../storage/journal.ts'
import { verifyJournal } from '../../storage/journal-verify.ts'
import { openStorage, type Storage } from '../../storage/open.ts'
import { engines, newPlace, type Place } from './engines.ts'

const entry = (authorityId: string, more: Partial<JournalEntry> = {}): JournalEntry => ({
  authorityId,
  at: '2026-03-01T18:00:00.000Z',
  actorId: 'u1',
  actorLabel: 'Léa Ançay, « secrétaire » 🖋',
  capacity: 'agent',
  action: 'act.signed',
  subjectKind: 'act',
  subjectId: 'x1',
  data: { b: [1, 2.5, null, true], a: { é: 'à l’unanimité' } },
  ...more,
})

describe.each(engines)('the journal on %s', (engine) => {
  let place: Place
  let storage: Storage
  let authorities = 0
  beforeAll(async () => {
    place = await newPlace(engine)
    storage = await openStorage(place.target, { blobDir: place.blobDir })
  })
  afterAll(async () => {
    await storage.close()
    await place.remove()
  })

  async function newAuthority(): Promise<string> {
    const id = `commune-${++authorities}`
    const row = { id, siren: String(219900000 + authorities), name: `Commune d’${id}`, data: '{}' }
    await storage.write(id, (tx) => tx.insertInto('authority').values(row).execute())
    return id
  }
  const append = (id: string, entries: readonly JournalEntry[]) =>
    storage.write(id, (tx) => appendJournal(tx, entries))
  const exported = (id: string) => text(exportJournal(storage.read, id))

  it('comes out as an export that verifies, each commune on its own', async () => {
    const [a, b] = [await newAuthority(), await newAuthority()]
    expect(verifyJournal(await exported(a))).toMatchObject({ ok: true, lines: 0 })
    await append(a, [entry(a), entry(a, { action: 'act.sent' })])
    await append(b, [entry(b)])
    const lines = await append(a, [entry(a, { data: {} })])
    expect(lines.map((l) => l.seq)).toEqual([3])
    const report = verifyJournal(await exported(a), { head: lines[0]!.hash })
    expect(report).toMatchObject({
      problems: [],
      ok: true,
      lines: 3,
      head: lines[0]!.hash,
      authority: { id: a },
    })
    expect(await journalHead(storage.read, a)).toEqual({ seq: 3, hash: lines[0]!.hash })
    expect(verifyJournal(await exported(b))).toMatchObject({ ok: true, lines: 1 })
  })

  it('keeps texts that no database likes', async () => {
    const a = await newAuthority()
    await append(a, [
      entry(a, { actorLabel: 'nul \0 and half \ud83d', data: { '\ud83d': '\0\ud83d', gone: undefined } }),
    ])
    expect(verifyJournal(await exported(a)).problems).toEqual([])
    expect((await readJournal(storage.read, a))[0]?.actorLabel).toBe('nul \ufffd and half \ufffd')
  })

  it('is read from a number on, and by subject', async () => {
    const a = await newAuthority()
    await append(a, [entry(a), entry(a, { subjectId: 'x2' }), entry(a)])
    const seqs = async (options: Parameters<typeof readJournal>[2]) =>
      (await readJournal(storage.read, a, options)).map((l) => l.seq)
    expect(await seqs({ after: 1 })).toEqual([2, 3])
    expect(await seqs({ limit: 1 })).toEqual([1])
    expect(await seqs({ subject: { kind: 'act', id: 'x1' } })).toEqual([1, 3])
  })

  it('takes thousands of lines at once', async () => {
    const a = await newAuthority()
    await append(
      a,
      Array.from({ length: 2345 }, (_, i) => entry(a, { subjectId: String(i) })),
    )
    expect(verifyJournal(await exported(a))).toMatchObject({ problems: [], lines: 2345 })
  })

  it('stays one chain when many write', async () => {
    const a = await newAuthority()
    await Promise.all(
      Array.from({ length: 30 }, (_, i) => append(a, [entry(a, { actorId: String(i) }), entry(a)])),
    )
    expect(verifyJournal(await exported(a))).toMatchObject({ problems: [], lines: 60 })
  })

  it('loses nothing but the refused transaction when written outside its commune’s turn', async () => {
    const a = await newAuthority()
    const scopes = [a, null, a, null, a, null]
    const all = await Promise.allSettled(
      scopes.map((s) => storage.write(s, (tx) => appendJournal(tx, [entry(a)]))),
    )
    const kept = all.filter((r) => r.status === 'fulfilled').length
    expect(verifyJournal(await exported(a))).toMatchObject({ problems: [], lines: kept })
  })

  it('refuses an instant that is not UTC with milliseconds', async () => {
    const a = await newAuthority()
    await expect(append(a, [entry(a, { at: '2026-03-01T19:00:00+01:00' })])).rejects.toThrow('UTC')
    await expect(append(a, [entry(a, { data: { when: new Date(0) } })])).rejects.toThrow('journal data')
    expect((await journalHead(storage.read, a)).seq).toBe(0)
  })

  it('lets nobody change, delete, replace or empty it', async () => {
    const a = await newAuthority()
    const [line] = await append(a, [entry(a)])
    const attempt = (statement: ReturnType<typeof sql>) => storage.write(null, (tx) => statement.execute(tx))
    const refused = engine === 'sqlite' ? /modifie/ : /modifie|duplicate/
    await expect(attempt(sql`update journal set actor_label = 'X' where seq = 1`)).rejects.toThrow(refused)
    await expect(attempt(sql`delete from journal`)).rejects.toThrow(refused)
    await expect(attempt(sql`delete from authority where id = ${a}`)).rejects.toThrow(/foreign/i)
    if (engine === 'postgres') await expect(attempt(sql`truncate journal`)).rejects.toThrow(refused)
    const replace = storage.write(null, (tx) => {
      const row = { ...line!, data: '{}' }
      const insert = tx.insertInto('journal').values(row)
      return (engine === 'sqlite' ? insert.orReplace() : insert).execute()
    })
    await expect(replace).rejects.toThrow(refused)
    expect(verifyJournal(await exported(a), { head: line!.hash })).toMatchObject({ problems: [], lines: 1 })
  })

  it('shows what somebody changed past the program', async () => {
    const a = await newAuthority()
    await append(a, [entry(a), entry(a), entry(a)])
    await storage.write(null, async (tx) => {
      const off =
        engine === 'sqlite'
          ? sql`drop trigger journal_no_update`
          : sql`alter table journal disable trigger journal_no_change`
      await off.execute(tx)
      await sql`update journal set data = '{"b":' where seq = 2 and authority_id = ${a}`.execute(tx)
    })
    const report = verifyJournal(await exported(a))
    expect(report.problems.map((p) => [p.code, p.where])).toEqual([['journal.changed', 'ligne 3']])
  })
})
