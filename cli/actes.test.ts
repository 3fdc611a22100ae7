import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { bundledClassification } from '../exports/actes/classification.ts'
import { smallPdf } from '../exports/actes/test-act.ts'
import { everyMessage } from '../exports/actes/test-messages.ts'
import { writeMessage } from '../exports/actes/write-message.ts'
import { main } from './main.ts'

let folder: string
const file = (name: string, content: Uint8Array | string): string => {
  const target = path.join(folder, name)
  writeFileSync(target, content)
  return target
}
async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const code = await main(argv, {
    stdout(text) {
      out += text
    },
    stderr(text) {
      err += text
    },
  })
  return { code, out, err }
}

const meta = {
  sender: {
    siren: '219999997',
    department: '045',
    arrondissement: '1',
    authorityType: '31',
    returnEmails: ['actes@exemple.fr'],
  },
  trigram: 'SLO',
  builtOn: '2026-12-11',
  serial: 1,
  classification: '2019-04-18',
  act: { date: '2026-12-10', internalNumber: '2026_042', nature: 1, subject: '8.1', object: 'Tarifs' },
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'cli-actes-'))
})

describe('actes show', () => {
  test.each(everyMessage)('$code is told in French', async (content) => {
    const { code, out, err } = await run('actes', 'show', file('m.xml', writeMessage(content)))
    expect([code, err]).toEqual([0, ''])
    expect(out).not.toMatch(/undefined|null|\[object/)
  })

  test('a file that is no message, or that is missing, is refused', async () => {
    expect(await run('actes', 'show', file('x.xml', '<x/>'))).toMatchObject({ code: 1 })
    expect((await run('actes', 'show', path.join(folder, 'rien'))).err).toContain('n’existe pas')
    expect((await run('actes', 'show')).code).toBe(2)
    expect((await run('actes', 'show', '--autre', 'x')).code).toBe(2)
    expect((await run('actes')).code).toBe(2)
  })
})

describe('actes build', () => {
  const build = (data: unknown, ...more: string[]) =>
    run(
      'actes',
      'build',
      '--acte',
      file('acte.pdf', smallPdf()),
      '--meta',
      file('meta.json', JSON.stringify(data)),
      '--out',
      path.join(folder, 'out'),
      ...more,
    )

  test('writes the archive, which show reads back', async () => {
    const built = await build(
      { ...meta, annexPieceCodes: ['21_DA'] },
      '--annexe',
      file('plan.pdf', smallPdf('plan')),
      '--json',
    )
    expect(built.code).toBe(0)
    const report = JSON.parse(built.out)
    expect(report).toMatchObject({
      kind: 'actes-archive',
      ok: true,
      actId: '045-219999997-20261210-2026_042-DE',
    })
    expect(report.files[3]).toBe('21_DA-045-219999997-20261210-2026_042-DE-1-1_2.pdf')
    const shown = await run('actes', 'show', report.archive)
    expect(shown).toMatchObject({ code: 0, err: '' })
    expect(shown.out).toContain('Objet : Tarifs')
  })

  test('the same again is harmless; another act under the same name is refused', async () => {
    expect((await build(meta)).code).toBe(0)
    expect((await build(meta)).code).toBe(0)
    const other = await build({ ...meta, act: { ...meta.act, object: 'Autre' } })
    expect(other.code).toBe(1)
    expect(other.err).toContain('pas remplacée')
  })

  test('a classification of the prefecture can be given as its file', async () => {
    file('7-2.xml', writeMessage({ code: '7-2', classification: bundledClassification('2020-05-05') }))
    expect((await build({ ...meta, classification: '7-2.xml' })).code).toBe(0)
    file('7-3.xml', writeMessage({ code: '7-3', date: '2020-05-05' }))
    expect((await build({ ...meta, serial: 2, classification: '7-3.xml' })).err).toContain(
      'pas une classification',
    )
  })

  test('a refusal tells every problem and writes nothing', async () => {
    const { code, err } = await build({ ...meta, act: { ...meta.act, internalNumber: 'a', object: '' } })
    expect(code).toBe(1)
    expect(err.trim().split('\n')).toHaveLength(2)
    expect(readdirSync(folder)).not.toContain('out')
  })

  test('metadata are judged field by field', async () => {
    expect((await build({ ...meta, serial: 'un' })).err).toContain('« serial »')
    expect((await build({ ...meta, autre: 1 })).err).toContain('« autre »')
    const broken = await run(
      'actes',
      'build',
      '--acte',
      file('a.pdf', smallPdf()),
      '--meta',
      file('m.json', '{'),
      '--out',
      folder,
    )
    expect(broken.err).toContain('JSON')
  })
})
