import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readAcquit } from './acquit.ts'
import { checkPes } from './check.ts'
import { inventory } from './inventory.ts'
import { domainTotals, readPes } from './read.ts'
import { readRetour } from './retour.ts'

const shared = path.resolve(import.meta.dirname, '../../../shared')
const samples = path.join(shared, 'samples/pes')
const hasSamples = existsSync(samples) && existsSync(path.join(shared, 'schemas/pes'))
if (!hasSamples && process.env['CI']) throw new Error(`Samples or schemas are missing: ${shared}`)
if (!hasSamples)
  console.warn(`PES samples or schemas not found (${shared}): reading of foreign files NOT tested.`)

const read = (file: string) => readFileSync(path.join(samples, file))
const unknown = /^tdt-api\//

// Verdicts of SOURCES.md. Files of the DGFiP break their schema and are read all the same: ok with an invalid XSD.
const expected: Record<string, [kind: string, xsd: string, ok: boolean, errors?: string[]]> = {
  'aller/unsigned/HELIOS_SIMU_ALR2_LibelleColBud_avec_accent.xml': ['pes-aller', 'valid', true],
  'aller/unsigned/PESALR1_99988877766655_121211_11.xml': [
    'pes-aller',
    'invalid',
    false,
    ['PES_CODCOL', 'PES_AMOUNT_ZERO', 'XSD'],
  ],
  'aller/unsigned/aller-unsigned-with-2-pj-derived.xml': ['pes-aller', 'valid', true],
  'aller/signed-bordereau/SHA256_bordereau.xml': ['pes-aller', 'invalid', false, ['XSD']],
  'aller/signed-global/HELIOS_SIMU_ALR2_1445334258_694103934.xml': ['pes-aller', 'invalid', false, ['XSD']],
  'aller/negative/test-alteree.xml': ['pes-aller', 'valid', true],
  'aller/negative/pes-id-starts-with-digit.xml': ['pes-aller', 'invalid', false, ['PES_ID_INVALID', 'XSD']],
  'aller/negative/HELIOS_SIMU_ALR2_BlocPiece-without-InfoPce.xml': ['pes-aller', 'invalid', false, ['XSD']],
  'acquit/ACQUIT_PESALR2_49101169800000_171227_2045.xml': ['pes-acquit', 'valid', true],
  'acquit/006111_190130123456-ACK-A3020100_A0000IDL_KO.xml': ['pes-acquit', 'invalid', true],
  'acquit/006111_190130123456-ACK-A3020100_A0000SEN_KO.xml': ['pes-acquit', 'invalid', true],
  'acquit/acquit-v1-seda_pes_acquit.xml': ['pes-acquit', 'invalid', true],
  'retour/HELIOS_SIMU_RETOUR_1565181244_184723364.xml': ['pes-retour', 'valid', true],
}

describe.skipIf(!hasSamples)('files that nobody here wrote', () => {
  const files = hasSamples
    ? readdirSync(samples, { recursive: true, encoding: 'utf8' })
        .filter((f) => f.endsWith('.xml'))
        .sort()
    : []

  for (const file of files.filter((f) => !unknown.test(f)))
    it(file, () => {
      const kind = /acquit/.test(file) ? 'pes-acquit' : /retour/.test(file) ? 'pes-retour' : 'pes-aller'
      const [wantedKind, xsd, ok, errors = []] = expected[file] ?? [kind, 'valid', true]
      const check = checkPes(read(file), { name: file })
      expect([check.kind, check.xsd, check.ok]).toEqual([wantedKind, xsd, ok])
      const found = [...new Set(check.problems.filter((p) => p.level === 'error').map((p) => p.code))]
      expect(found.sort()).toEqual([...errors].sort())
      for (const problem of check.problems) expect(problem.message).toMatch(/[.!]$/)
    })

  it('answers of the transmission operator are no PES', () => {
    for (const file of files.filter((f) => unknown.test(f)))
      expect(() => checkPes(read(file))).toThrow(expect.objectContaining({ code: 'PES_ROOT' }))
  })

  it('the same fault 786 times is told once', () => {
    const { problems } = checkPes(read('aller/unsigned/PESALR1_99988877766655_121211_11.xml'))
    expect(problems.filter((p) => p.code === 'PES_AMOUNT_ZERO')).toHaveLength(1)
    expect(problems.find((p) => p.code === 'PES_AMOUNT_ZERO')?.where).toContain('786 fois')
    expect(problems.length).toBeLessThan(40)
  })

  it('a volume flow is read whole', () => {
    const flow = readPes(read('aller/unsigned/PESALR1_99988877766655_121211_11.xml'))
    const pieces = flow.bordereaux.flatMap((b) => b.pieces)
    expect([flow.bordereaux.length, pieces.length, pieces.flatMap((p) => p.lines).length]).toEqual([
      6, 25, 786,
    ])
    for (const b of flow.bordereaux) expect(b.totals.ht).toBe(b.ht.cents)
  })

  it('totals and supporting documents', () => {
    const derived = readPes(read('aller/unsigned/aller-unsigned-with-2-pj-derived.xml'))
    expect(domainTotals(derived, 'depense').ttc).toBe(487440n)
    expect(derived.attachments.map((a) => a.content.state)).toEqual(['readable', 'readable'])
    expect(inventory(derived)).toMatchObject({ missing: [], orphans: [] })
    const accent = readPes(read('aller/unsigned/HELIOS_SIMU_ALR2_LibelleColBud_avec_accent.xml'))
    expect(accent.header.libelleColBud).toMatch(/[éèêàç]/i)
  })

  it('swapping two documents changes what they hold, not what signs', () => {
    const prints = (file: string) =>
      readPes(read(file)).attachments.map((a) => (a.content.state === 'readable' ? a.content.sha256 : ''))
    const [a, b] = [
      prints('synthetic/synthetic-signed-bordereaux.xml'),
      prints('synthetic/synthetic-signed-bordereaux-swapped-pj.xml'),
    ]
    expect(a).not.toEqual(b)
    expect([...a].sort()).toEqual([...b].sort())
  })

  const acquits: [file: string, state: string, refused: string[], refusedDocuments: number][] = [
    ['acquit/ACQUIT_PESALR2_49101169800000_171227_2045.xml', 'accepted', [], 0],
    ['acquit/006111_190130123456-ACK-A3020100_A0000IDL_KO.xml', 'refused', ['5'], 0],
    ['acquit/006111_190130123456-ACK-A3020100_A0000SEN_KO.xml', 'partial', [], 1],
    ['acquit/acquit-v1-seda_pes_acquit.xml', 'accepted', [], 0],
    ['synthetic/synthetic-acquit-ok.xml', 'accepted', [], 0],
    ['synthetic/synthetic-acquit-partial.xml', 'partial', ['42'], 1],
    ['synthetic/synthetic-acquit-bordereau-split-over-two-elements.xml', 'partial', ['42'], 0],
    ['synthetic/synthetic-acquit-flux-ko-signature.xml', 'refused', [], 0],
    ['synthetic/synthetic-acquit-doublon-bordereau.xml', 'refused', ['41'], 0],
  ]
  for (const [file, state, refused, documents] of acquits)
    it(`${file}: ${state}`, () => {
      const acquit = readAcquit(read(file))
      expect(acquit.state).toBe(state)
      expect(acquit.bordereaux.filter((b) => !b.accepted).map((b) => b.number)).toEqual(refused)
      expect(acquit.attachments.filter((a) => !a.accepted)).toHaveLength(documents)
    })

  it('returns: paid, rejected with the same number allowed, on hold', () => {
    expect(readRetour(read('synthetic/synthetic-retour-paye.xml')).pieces).toMatchObject([
      { state: '05', paid: 35460n },
    ])
    expect(readRetour(read('synthetic/synthetic-retour-rejet-et-instance.xml')).pieces).toMatchObject([
      { state: '04', mayBeSentAgain: true },
      { state: '01', mayBeSentAgain: undefined },
    ])
  })
})
