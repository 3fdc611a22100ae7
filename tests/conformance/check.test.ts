import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkFile } from '../../cli/check-report.ts'

// `check` on every sample: its kind, whether it is sound, and the verdict of the official schema. The facts are those that
// the SOURCES.md beside the samples state.
const shared = path.resolve(import.meta.dirname, '../../../shared')
const ready = existsSync(path.join(shared, 'samples')) && existsSync(path.join(shared, 'schemas'))
if (!ready && process.env['CI']) throw new Error('Official samples or schemas are absent from ../shared')
if (!ready) console.warn('check NOT tried on the official samples: ../shared is absent')

type Fact = { kind: string; ok: boolean; xsd?: 'valid' | 'invalid' | 'absent'; message?: string }
type Row = readonly [pattern: RegExp, fact: Fact]

const pes = (kind: string, ok: boolean, xsd: 'valid' | 'invalid'): Fact => ({ kind, ok, xsd })
const actes = (message: string): Fact => ({ kind: 'actes-message', ok: true, xsd: 'valid', message })

/** First match wins. */
const facts: readonly Row[] = [
  [/\.(?:md|csv|json|pem)$/, { kind: 'unknown', ok: false }],
  [/pes\/tdt-api\//, { kind: 'unknown', ok: false }],
  // PES
  [/pes\/synthetic\/synthetic-acquit-/, pes('pes-acquit', true, 'valid')],
  [/pes\/synthetic\/synthetic-retour-/, pes('pes-retour', true, 'valid')],
  [
    /synthetic-signed-(?:bordereaux-(?:tampered-amount|one-missing|sp-not-referenced|inclusive-c14n)|global-swapped-pj)\.xml$/,
    pes('pes-aller', false, 'valid'),
  ],
  [/synthetic-signature-wrapping\.xml$/, pes('pes-aller', false, 'valid')],
  [/pes\/synthetic\/synthetic-(?:signed-|unsigned)/, pes('pes-aller', true, 'valid')],
  [/acquit\/ACQUIT_PESALR2/, pes('pes-acquit', true, 'valid')],
  [/pes\/acquit\//, pes('pes-acquit', true, 'invalid')],
  [/pes\/retour\//, pes('pes-retour', true, 'valid')],
  [/negative\/test-alteree\.xml$/, pes('pes-aller', false, 'valid')],
  [/pes\/aller\/(?:negative|signed-)/, pes('pes-aller', false, 'invalid')],
  [/unsigned\/PESALR1_/, pes('pes-aller', false, 'invalid')],
  [/pes\/aller\/unsigned\//, pes('pes-aller', true, 'valid')],
  // Budgets: the V95 schema is older than some annexes, which is told and does not refuse the file.
  [/docbudgetaire\/negative\/nomenclature-unknown/, { kind: 'budget', ok: false, xsd: 'valid' }],
  [/docbudgetaire\/negative\//, { kind: 'budget', ok: false, xsd: 'invalid' }],
  [
    /docbudgetaire\/(?:crach-ca-2021|mohon|montpellier|montreuil-ca-2023)/,
    { kind: 'budget', ok: true, xsd: 'invalid' },
  ],
  [/docbudgetaire\//, { kind: 'budget', ok: true, xsd: 'valid' }],
  // ACTES
  [/actes\/.*\.tar\.gz$/, { kind: 'actes-archive', ok: true, xsd: 'valid' }],
  [/actes\/classification\//, { kind: 'actes-classification', ok: true, xsd: 'valid', message: '7-2' }],
  [/\/ANO_/, { kind: 'actes-anomaly', ok: true, xsd: 'valid' }],
  [/\/[ET]ACT--/, { kind: 'actes-envelope', ok: true, xsd: 'valid' }],
  [/-1-1_0\.xml$|\/acte-2024/, actes('1-1')],
  [/-1-2(?:_0)?\.xml$/, actes('1-2')],
  [/-1-3_1\.xml$/, actes('1-3')],
  [/-2-1_17\.xml$/, actes('2-1')],
  [/-3-3_0\.xml$/, actes('3-3')],
  [/seda\/examples\//, { kind: 'seda', ok: true, xsd: 'valid' }],
]

const under = (folder: string): string[] =>
  readdirSync(path.join(shared, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(shared, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort()

const files = ready ? [...under('samples'), ...under('schemas/seda/examples')] : []

describe.skipIf(!ready)('check on every official sample', () => {
  test('there is a fact for each of them', () => {
    expect(files.length).toBeGreaterThan(80)
    expect(files.filter((file) => !facts.some(([pattern]) => pattern.test(file)))).toEqual([])
  })

  test.each(files)('%s', async (file) => {
    const fact = facts.find(([pattern]) => pattern.test(file))?.[1]
    const report = await checkFile(new Uint8Array(readFileSync(path.join(shared, file))), path.basename(file))
    const { kind, ok, xsd, message } = report
    expect({
      kind,
      ok,
      ...(xsd === undefined ? {} : { xsd }),
      ...(message === undefined ? {} : { message }),
    }).toEqual(fact)
    // A refused file always says why, and every sentence ends like one.
    expect(ok).toBe(report.problems.every((problem) => problem.level !== 'error'))
    for (const problem of report.problems) expect(problem.message).toMatch(/[.!?»)]$/)
  })
})
