import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from '../../scripts/system.ts'
import {
  byteRanges,
  echarpe,
  filesUnder,
  flipped,
  hasSamples,
  hasSchemas,
  inputs,
  judgedBySchema,
  missingTools,
  read,
  schemas,
  sha256,
  tool,
  unpack,
  xpath,
} from './demo-output.ts'
import { publicPageProblems } from './demo-public-pages.ts'

// The whole chain, once, then its output judged by programs that nobody here wrote.

if (process.env['CI']) {
  if (missingTools.length > 0) throw new Error(`Outils absents : ${missingTools.join(', ')}`)
  if (!hasSamples || !hasSchemas) throw new Error('Échantillons ou schémas officiels absents de ../shared')
}
if (missingTools.length > 0) console.warn(`Demo NOT judged, missing tools: ${missingTools.join(', ')}`)
else if (!hasSamples) console.warn('Official samples are absent: the demo runs on its own flow and budget')
if (!hasSchemas) console.warn('Official schemas are absent: their verdict on the demo is NOT asked')

let dir: string
let out: string
let ran: ReturnType<typeof echarpe>
type Report = {
  kind: string
  ok: boolean
  problems: unknown[]
  sitting: { title: string; date: string; items: number }
  convocations: { members: number; clearDays: number; files: string[] }
  deliberations: string[]
  actes: string[]
  pes: string[]
  publication: string[]
  journal: { ok: boolean; lines: number }
}
let report: Report

beforeAll(() => {
  if (missingTools.length > 0) return
  dir = mkdtempSync(path.join(os.tmpdir(), 'echarpe-sortie-'))
  out = path.join(dir, 'out')
  ran = echarpe(
    ...['demo', '--out', out],
    ...(hasSamples ? ['--pes', inputs.pes, '--budget', inputs.budget] : []),
  )
  if (ran.status !== 0) throw new Error(`demo: ${ran.status}\n${ran.err}`)
  report = JSON.parse(read(out, 'report.json').toString())
  const nss = path.join(dir, 'nss')
  mkdirSync(nss)
  tool('certutil', ['-N', '-d', `sql:${nss}`, '--empty-password'])
  tool('certutil', [
    ...['-A', '-d', `sql:${nss}`, '-n', 'racine', '-t', 'CT,C,C'],
    ...['-i', path.join(out, 'certificats/racine.pem')],
  ])
}, 240_000)
afterAll(() => {
  if (dir) rmSync(dir, { recursive: true, force: true })
})

const inOut = (folder: string) => filesUnder(path.join(out, folder))

describe.skipIf(missingTools.length > 0)('the output of the demonstration', () => {
  test('the summary is readable and the report says what is there', () => {
    expect(ran.out).toMatch(/27 membres convoqués/)
    expect(ran.out).toMatch(/Tout est dans/)
    expect(report).toMatchObject({ kind: 'demo', ok: true, problems: [], journal: { ok: true } })
    expect(report.convocations.members).toBe(27)
    expect(report.convocations.clearDays).toBeGreaterThanOrEqual(5)
    const told = [
      ...[report.convocations.files, report.deliberations, report.actes, report.pes, report.publication],
    ].flat()
    expect(new Set(told).size).toBe(told.length)
    const there = filesUnder(out)
    for (const file of told) expect(there).toContain(file)
    for (const folder of ['convocations', 'deliberations', 'actes', 'pes'])
      expect(told.filter((file) => file.startsWith(`${folder}/`)).sort()).toEqual(
        inOut(folder).map((name) => `${folder}/${name}`),
      )
    expect(report.deliberations.length).toBeGreaterThan(5)
    expect(report.pes).toHaveLength(1)
  })

  test('each délibération: two valid and trusted signatures, sound PDF/A, tagged', () => {
    for (const name of inOut('deliberations')) {
      const file = path.join(out, 'deliberations', name)
      const seen = signatures(file)
      expect([name, seen.valid, seen.trusted, seen.text.split('Signature #').length - 1]).toEqual([
        name,
        2,
        2,
        2,
      ])
      expect(seen.text.split('- Total document signed').length - 1).toBe(1)
      const check = tool('qpdf', ['--check', file])
      expect([name, check.status, /WARNING|ERROR/.test(check.text)]).toEqual([name, 0, false])
      expect(tool('pdfinfo', [file]).text).toMatch(/Tagged: +yes/)
      const meta = tool('pdfinfo', ['-meta', file]).text
      expect(meta).toMatch(/<pdfaid:part>2<\/pdfaid:part>/)
      expect(meta).toMatch(/<pdfaid:conformance>[UA]<\/pdfaid:conformance>/)
      expect(tool('pdftotext', [file, '-']).text).toContain(path.basename(name, '.pdf'))
    }
  })

  test('one bit changed inside what was signed is found by pdfsig and by us', () => {
    const names = inOut('deliberations')
    for (const [n, name] of names.entries()) {
      const pdf = read(out, 'deliberations', name)
      const ranges = byteRanges(pdf)
      expect(ranges).toHaveLength(2)
      const [, first = 0] = ranges[0] ?? []
      const copy = path.join(dir, 'altered.pdf')
      // in the unread second line, or in the midst of the page: nothing signed may change
      writeFileSync(copy, flipped(pdf, n % 2 ? Math.floor(first / 2) : 11))
      expect([name, signatures(copy).valid]).toEqual([name, 0])
    }
    const verify = (file: string) =>
      echarpe('pdf', 'verify', file, '--roots', path.join(out, 'certificats/racine.pem'), '--json')
    const sound = verify(path.join(out, 'deliberations', names[0] ?? ''))
    expect([sound.status, JSON.parse(sound.out).ok]).toEqual([0, true])
    const altered = verify(path.join(dir, 'altered.pdf'))
    expect(altered.status).toBe(1)
    expect(JSON.parse(altered.out)).toMatchObject({ kind: 'pdf', ok: false })
  })

  test('each ACTES archive: names of the norm, equal inside and outside, the signed act within', () => {
    const archives = inOut('actes').filter((name) => name.endsWith('.tar.gz'))
    expect(archives).toHaveLength(report.deliberations.length)
    const signed = new Map(inOut('deliberations').map((n) => [sha256(read(out, 'deliberations', n)), n]))
    const acts = new Set<string>()
    for (const name of archives) {
      const outer = /^[A-Za-z]{3}-((?:EACT|TACT)--(\d{9})--(\d{8})-([1-9]\d*))\.tar\.gz$/.exec(name)
      expect([name, outer !== null]).toEqual([name, true])
      const [, envelope = '', siren = ''] = outer ?? []
      const folder = path.join(dir, 'actes', envelope)
      const names = unpack(path.join(out, 'actes', name), folder)
      expect(names[0]).toBe(`${envelope}.xml`)
      expect(
        xpath(path.join(folder, names[0] ?? ''), '//*[local-name()="Formulaire"]/*/text()').join(' '),
      ).toBe(names[1])
      const message = /^([0-9AB]{3})-(\d{9})-(\d{8})-([A-Z0-9_]{1,15})-([A-Z]{2})-1-1_0\.xml$/.exec(
        names[1] ?? '',
      )
      expect([names[1], message !== null]).toEqual([names[1], true])
      const [, department, messageSiren, date = '', number = '', nature] = message ?? []
      expect(messageSiren).toBe(siren)
      expect(acts.has(`${nature}${number}`)).toBe(false)
      acts.add(`${nature}${number}`)
      const file = path.join(folder, names[1] ?? '')
      expect(xpath(file, 'string(/*/@*[local-name()="Date"])').join('').replaceAll('-', '')).toBe(date)
      expect(xpath(file, 'string(/*/@*[local-name()="NumeroInterne"])')).toEqual([number])
      const documents = xpath(file, '//*[local-name()="NomFichier"]/text()')
      expect(documents).toEqual(names.slice(2))
      for (const [rank, document] of documents.entries())
        expect(document).toMatch(
          new RegExp(
            `^[A-Z0-9_]{5}-${department}-${siren}-${date}-${number}-${nature}-1-1_${rank + 1}\\.(pdf|xml|jpg|png)$`,
          ),
        )
      const within = documents.map((document) => sha256(read(folder, document)))
      expect(within.map((hash) => signed.get(hash)).filter(Boolean)).toEqual([`${number}.pdf`])
    }
  })

  test.skipIf(!hasSchemas)('each ACTES message, envelope and receipt is valid by the schema of 2017', () => {
    const files = filesUnder(path.join(dir, 'actes')).filter(
      (f) => /^(EACT|TACT)-/.test(path.basename(f)) || f.endsWith('-1-1_0.xml'),
    )
    expect(files).toHaveLength(2 * report.deliberations.length)
    for (const file of files)
      expect([file, judgedBySchema(schemas.actes, path.join(dir, 'actes', file))]).toEqual([file, 'valid'])
    for (const file of inOut('actes/retours'))
      expect([file, judgedBySchema(schemas.actes, path.join(out, 'actes/retours', file))]).toEqual([
        file,
        'valid',
      ])
  })

  test('each act has its receipt, under its own identifier', () => {
    const sent = filesUnder(path.join(dir, 'actes'))
      .filter((f) => f.endsWith('-1-1_0.xml'))
      .map((f) => path.basename(f).replace('-1-1_0.xml', ''))
    const receipts = inOut('actes/retours')
    expect(receipts.map((f) => f.replace(/-1-2_\d+\.xml$/, ''))).toEqual(sent.sort())
    for (const file of receipts)
      expect(
        xpath(path.join(out, 'actes/retours', file), 'string(/*/@*[local-name()="IDActe"])').join(''),
      ).toBe(file.replace(/-1-2_\d+\.xml$/, ''))
  })

  test('the budget left untouched, with its délibération', () => {
    const budgets = filesUnder(path.join(dir, 'actes')).filter((f) => /\/99_BU-.*_1\.xml$/.test(f))
    expect(budgets).toHaveLength(1)
    const sent = read(dir, 'actes', budgets[0] ?? '')
    if (hasSamples) expect(sha256(sent)).toBe(sha256(read(inputs.budget)))
    const seen = echarpe('budget', 'show', path.join(dir, 'actes', budgets[0] ?? ''), '--json')
    expect(JSON.parse(seen.out)).toMatchObject({ kind: 'budget', ok: true, seal: 'valid' })
  })

  test('the flow: valid, each bordereau signed, the input back without its signatures', () => {
    const file = path.join(out, 'pes', inOut('pes')[0] ?? '')
    const signed = read(file).toString('latin1')
    if (hasSchemas) expect(judgedBySchema(schemas.pes, file)).toBe('valid')
    const ids = signatureIds(file)
    expect(ids).toHaveLength(xpath(file, '//*[local-name()="Bordereau"]/@Id').length)
    expect(ids.length).toBeGreaterThan(0)
    for (const id of ids) expect([id, xmlsec(file, id)]).toEqual([id, true])
    const bare = signed.replace(/<ds:Signature\b[\s\S]*?<\/ds:Signature>/g, '')
    expect(bare).not.toContain('<ds:Signature')
    if (hasSamples) expect(sha256(Buffer.from(bare, 'latin1'))).toBe(sha256(read(inputs.pes)))
    const altered = path.join(dir, 'altered.xml')
    writeFileSync(altered, signed.replace(/<MtHT V="(\d+)\.(\d\d)"\/>/, '<MtHT V="9$1.$2"/>'), 'latin1')
    expect(signatureIds(altered).map((id) => xmlsec(altered, id))).toContain(false)
    expect(echarpe('pes', 'verify', file).status).toBe(0)
    expect(echarpe('pes', 'verify', altered).status).toBe(1)
  })

  test('each proof of convocation stands without us: sums, binding, time-stamp', () => {
    const proofs = inOut('convocations').filter((name) => name.endsWith('.zip'))
    expect(proofs).toHaveLength(27)
    const letters = new Set(inOut('convocations').map((n) => sha256(read(out, 'convocations', n))))
    mkdirSync(path.join(dir, 'preuves'))
    for (const [n, name] of proofs.entries()) {
      const to = path.join(dir, 'preuves', String(n))
      expect(tool('unzip', ['-q', path.join(out, 'convocations', name), '-d', to]).status).toBe(0)
      expect([name, tool('sha256sum', ['-c', 'SHA256SUMS'], to).status]).toEqual([name, 0])
      const manifest = read(to, 'manifest.json').toString()
      const sums = read(to, 'SHA256SUMS')
      expect(manifest).toContain(sha256(sums))
      expect(
        sums
          .toString()
          .split('\n')
          .some((line) => letters.has(line.slice(0, 64))),
      ).toBe(true)
      expect([name, timestampOk(to)]).toEqual([name, true])
      writeFileSync(path.join(to, 'manifest.json'), flipped(Buffer.from(manifest), 40))
      expect([name, timestampOk(to)]).toEqual([name, false])
    }
  })

  test.skipIf(!chromiumPath() && !process.env['CI'])(
    'the public pages: links that lead somewhere, the signed bytes, axe finds nothing',
    async () => {
      const pages = inOut('publication').filter((name) => name.endsWith('.html'))
      expect(pages).toHaveLength(report.publication.length + 1)
      expect(pages).toContain('index.html')
      expect(await publicPageProblems(path.join(out, 'publication'), pages)).toEqual([])
      const online = new Map(inOut('publication/documents').map((n) => [path.basename(n, '.pdf'), n]))
      for (const [hash, name] of online) expect(sha256(read(out, 'publication/documents', name))).toBe(hash)
      for (const name of inOut('deliberations'))
        expect([name, online.has(sha256(read(out, 'deliberations', name)))]).toEqual([name, true])
    },
  )

  test('the journal verifies, and fails on a copy with one changed byte', () => {
    const journal = read(out, 'journal.jsonl')
    const sound = echarpe('journal', 'verify', path.join(out, 'journal.jsonl'), '--json')
    expect([sound.status, JSON.parse(sound.out)]).toMatchObject([
      0,
      { kind: 'journal', ok: true, lines: report.journal.lines },
    ])
    const copy = path.join(dir, 'journal.jsonl')
    for (const offset of [20, Math.floor(journal.length / 3), journal.length - 100]) {
      writeFileSync(copy, flipped(journal, offset))
      const altered = echarpe('journal', 'verify', copy)
      expect([offset, altered.status]).toEqual([offset, 1])
      expect(altered.err).toMatch(/Ce journal ne peut pas servir de preuve/)
    }
  })
})

function signatures(file: string): { valid: number; trusted: number; text: string } {
  const { text } = tool('pdfsig', ['-nssdir', `sql:${path.join(dir, 'nss')}`, file])
  return {
    valid: text.split('Signature is Valid.').length - 1,
    trusted: text.split('Certificate is Trusted.').length - 1,
    text,
  }
}

const signatureIds = (file: string): string[] =>
  xpath(file, '//*[local-name()="Signature"]/@Id').map((a) => /"(.*)"/.exec(a)?.[1] ?? '')

function xmlsec(file: string, id: string): boolean {
  const aller = 'http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller'
  return (
    tool('xmlsec1', [
      ...['--verify', '--trusted-pem', path.join(out, 'certificats/racine.pem')],
      ...['--untrusted-pem', path.join(out, 'certificats/intermediaire.pem')],
      ...['--id-attr:Id', 'Bordereau', '--id-attr:Id', `${aller}:PES_Aller`],
      ...['--node-xpath', `//*[local-name()='Signature'][@Id='${id}']`, file],
    ]).status === 0
  )
}

function timestampOk(folder: string): boolean {
  const args = ['ts', '-verify', '-data', 'manifest.json', '-in', 'manifest.tst', '-token_in']
  const ca = ['-CAfile', 'horodatage-ca.pem', '-untrusted', 'horodatage-ca.pem']
  const { status, text } = tool('openssl', [...args, ...ca], folder)
  return status === 0 && text.includes('Verification: OK')
}
