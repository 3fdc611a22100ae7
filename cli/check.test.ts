import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { buildActeArchive } from '../exports/actes/build.ts'
import { rootOf } from '../exports/actes/model.ts'
import { sampleInput, smallPdf } from '../exports/actes/test-act.ts'
import { everyMessage } from '../exports/actes/test-messages.ts'
import { writeMessage } from '../exports/actes/write-message.ts'
import { writeZip } from '../exports/archive/zip.ts'
import { run } from './check.ts'
import { checkFile } from './check-report.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const NS = 'http://www.interieur.gouv.fr/ACTES#v1.1-20040216'
const PES = 'http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller'
const BUDGET = 'http://www.minefi.gouv.fr/cp/demat/docbudgetaire'
const SEDA = 'fr:gouv:culture:archivesdefrance:seda:v2.2'

describe('kinds', () => {
  test.each(everyMessage)('$code', async (content) => {
    const report = await checkFile(writeMessage(content), '')
    expect(report.ok).toBe(true)
    const special: Record<string, string> = {
      ENV: 'actes-envelope',
      'ENV-ETAT': 'actes-envelope',
      ANO: 'actes-anomaly',
      '7-2': 'actes-classification',
    }
    expect(report.kind).toBe(special[content.code] ?? 'actes-message')
    expect(report.message).toBe(
      content.code.startsWith('ENV') || content.code === 'ANO' ? undefined : content.code,
    )
    expect(report['root']).toBe(rootOf[content.code])
  })

  test('an archive, a PDF, what is nothing of ours', async () => {
    const built = buildActeArchive(sampleInput())
    const archive = await checkFile(built.bytes, built.archiveName)
    expect(archive).toMatchObject({ kind: 'actes-archive', ok: true, messages: [{ message: '1-1' }] })
    expect((await checkFile(smallPdf(), 'a.pdf')).kind).toBe('pdf')
    for (const [source, told] of [
      ['', 'vide'],
      ['a;b\n1;2\n', 'CSV'],
      ['{"a":1}', 'JSON'],
      ['# Titre\n', 'Markdown'],
      ['-----BEGIN CERTIFICATE-----\n', 'certificat'],
      ['<transaction/>', '<transaction>'],
      ['<!doctype html><html></html>', ''],
      ['<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>', 'XSD'],
      ['n’importe quoi', 'aucun format'],
    ] as const) {
      const report = await checkFile(bytes(source), 'x')
      expect([report.kind, report.ok]).toEqual(['unknown', false])
      expect(report.problems[0]?.message).toContain(told)
    }
    expect(
      await checkFile(writeZip([{ name: 'a.txt', bytes: bytes('x') }], new Date(0)), 'a.zip'),
    ).toMatchObject({ kind: 'unknown', ok: false })
  })

  test('a zip with a SEDA document is a SEDA package', async () => {
    const manifest = { name: 'manifest.xml', bytes: bytes(`<ArchiveTransfer xmlns="${SEDA}"/>`) }
    const report = await checkFile(
      writeZip([manifest, { name: 'content/a.txt', bytes: bytes('x') }], new Date('2026-01-01')),
      'a.zip',
    )
    expect(report.kind).toBe('seda')
  })
})

describe('hostile files keep their kind and are refused with a French reason', () => {
  const laughs = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
  test.each<[string, Uint8Array, string, string]>([
    [
      'ACTES with entities',
      bytes(`${laughs}<a:Acte xmlns:a="${NS}">&b;</a:Acte>`),
      'actes-message',
      'XML_DOCTYPE',
    ],
    [
      'PES with a DTD',
      bytes(
        `<?xml version="1.0"?>\n<!DOCTYPE x SYSTEM "http://exemple.invalid/x">\n<n:PES_Aller xmlns:n="${PES}"/>`,
      ),
      'pes-aller',
      'XML_DOCTYPE',
    ],
    [
      'a budget cut in the middle',
      bytes(`<DocumentBudgetaire xmlns="${BUDGET}"><EnTete`),
      'budget',
      'XML_MALFORMED',
    ],
    [
      'a hundred thousand levels',
      bytes(`<n:PES_Aller xmlns:n="${PES}">${'<a>'.repeat(100_000)}`),
      'pes-aller',
      'XML_TOO_DEEP',
    ],
    [
      'SEDA in UTF-16',
      bytes(`<?xml version="1.0" encoding="UTF-16"?><ArchiveTransfer xmlns="${SEDA}"/>`),
      'seda',
      'XML_ENCODING',
    ],
    [
      'a gzip bomb',
      new Uint8Array(gzipSync(new Uint8Array(60 * 1024 * 1024))),
      'actes-archive',
      'ARCHIVE_BOMB',
    ],
    [
      'gzip of something else',
      new Uint8Array(gzipSync(bytes('x'.repeat(600)))),
      'actes-archive',
      'ARCHIVE_BROKEN',
    ],
    [
      'a zip bomb',
      writeZip([{ name: 'manifest.xml', bytes: new Uint8Array(40 * 1024 * 1024) }], new Date(0)),
      'unknown',
      'ARCHIVE_BOMB',
    ],
  ])('%s', async (_title, source, kind, code) => {
    const report = await checkFile(source, 'x')
    expect([report.kind, report.ok]).toEqual([kind, false])
    expect(report.problems.map((problem) => problem.code)).toContain(code)
  })

  test('an unsigned PDF is sound, a cut one is not', async () => {
    expect((await checkFile(smallPdf().slice(0, 30), 'a.pdf')).ok).toBe(false)
  })
})

describe('the command', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'check-'))
  const good = path.join(folder, 'bon.xml')
  const bad = path.join(folder, 'mauvais.xml')
  writeFileSync(good, writeMessage({ code: '7-3', date: '2019-04-18' }))
  writeFileSync(bad, '<!DOCTYPE x><x/>')

  const ask = async (args: string[], json = false): Promise<{ code: number; out: string; err: string }> => {
    let out = ''
    let err = ''
    const code = await run(args, {
      json,
      stdout(text) {
        out += text
      },
      stderr(text) {
        err += text
      },
    })
    return { code, out, err }
  }

  test('one file gives one object, several give a list; 1 as soon as one is refused', async () => {
    const one = await ask([good], true)
    expect([one.code, JSON.parse(one.out)]).toMatchObject([
      0,
      { kind: 'actes-message', message: '7-3', ok: true },
    ])
    const two = await ask([good, bad], true)
    expect(two.code).toBe(1)
    expect(JSON.parse(two.out)).toMatchObject([
      { ok: true },
      { ok: false, problems: [{ code: 'XML_DOCTYPE', level: 'error' }] },
    ])
  })

  test('for a person: the verdict on stdout, the reasons on stderr', async () => {
    const { code, out, err } = await ask([bad])
    expect(code).toBe(1)
    expect(out).toContain('refusé, 1 point à corriger')
    expect(err).toContain('DOCTYPE')
  })

  test('a folder and a missing file are told, no file is a wrong usage', async () => {
    expect((await ask([folder])).err).toContain('C’est un dossier')
    expect((await ask([path.join(folder, 'rien')])).err).toContain('n’existe pas')
    expect((await ask([])).code).toBe(2)
    expect((await ask(['--autre', good])).code).toBe(2)
  })
})
