import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonicalJson, genesisHash, hashOf, journalFormat } from '../storage/journal-line.ts'
import { run } from './journal.ts'

let dir: string
beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'echarpe-cli-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const body = {
  ...{
    authorityId: 'a',
    seq: 1,
    at: '2026-03-05T18:00:00.000Z',
    actorId: 'u',
    actorLabel: 'Léa',
    capacity: 'agent',
  },
  ...{ action: 'x', subjectKind: 'act', subjectId: '1', data: { n: 1 }, previousHash: genesisHash('a') },
}
const line = { ...body, hash: hashOf(body) }
const header = {
  ...{ format: journalFormat as typeof journalFormat, version: 1 as const, lines: 1, head: line.hash },
  authority: { id: 'a', siren: '219900018', name: 'Saint-Écharpe' },
}
const good = [{ ...header, hash: hashOf(header) }, line].map((l) => `${canonicalJson(l)}\n`).join('')

function file(content: string): string {
  const name = path.join(dir, 'journal.jsonl')
  writeFileSync(name, content)
  return name
}

async function call(...args: string[]) {
  const said = { out: '', err: '' }
  const io = {
    stdout: (t: string) => {
      said.out += t
    },
    stderr: (t: string) => {
      said.err += t
    },
    json: false,
  }
  const code = await run(args, io)
  return { code, ...said }
}

describe('journal verify', () => {
  it('says that a journal is sound', async () => {
    const told = await call('verify', file(good), '--head', line.hash)
    expect(told).toMatchObject({ code: 0, err: '' })
    expect(told.out).toContain(
      'Journal de Saint-Écharpe (SIREN 219900018)\n1 ligne, du 05/03/2026 au 05/03/2026',
    )
    expect(told.out).toContain('l’empreinte attendue y figure')
  })

  it('says what is wrong, for people and for machines', async () => {
    const bad = file(good.replace('"n":1', '"n":2'))
    const told = await call('verify', bad)
    expect(told.code).toBe(1)
    expect(told.err).toContain(
      'Erreur : La ligne n° 1 a été modifiée : son empreinte ne correspond plus. [ligne 2]',
    )
    expect(told.out).not.toContain('intact')
    const machine = await call('verify', bad, '--json')
    expect(machine).toMatchObject({ code: 1, err: '' })
    expect(JSON.parse(machine.out)).toMatchObject({
      kind: 'journal',
      ok: false,
      problems: [{ code: 'journal.changed', where: 'ligne 2', level: 'error' }],
      lines: 1,
    })
  })

  it('refuses a head that is not there', async () => {
    expect(await call('verify', file(good), '--head', 'ab'.repeat(32))).toMatchObject({ code: 1 })
  })

  it('refuses an absent file', async () => {
    const told = await call('verify', path.join(dir, 'absent'), '--json')
    expect(told.code).toBe(1)
    expect(JSON.parse(told.out)).toMatchObject({
      kind: 'journal',
      ok: false,
      problems: [{ code: 'file-unreadable' }],
    })
  })

  it.each([
    [[]],
    [['verify']],
    [['show', 'x']],
    [['verify', 'x', 'y']],
    [['verify', 'x', '--what']],
    [['verify', 'x', '--head', 'zz']],
  ])('wrong usage: %j', async (args) => {
    expect(await call(...args)).toMatchObject({ code: 2, out: '' })
  })
})
