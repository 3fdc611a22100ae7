import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { pemCertificates } from '../keys/certificate.ts'
import { removeSignatures } from './remove.ts'
import { verifyXades } from './verify.ts'

const samples = path.resolve(import.meta.dirname, '../../../shared/samples/pes')
const hasSamples = existsSync(samples)
if (!hasSamples && process.env['CI']) throw new Error(`Samples are missing: ${samples}`)
if (!hasSamples)
  console.warn(`PES samples not found (${samples}): verification of foreign signatures NOT tested.`)

const now = new Date('2026-11-24T10:00:00Z')
type Row = [file: string, ok: boolean, integrity: boolean[], errors: string[], warnings: string[]]
const S = 'synthetic/synthetic-signed-'
const three = [true, true, true]

// Expected verdicts: SOURCES.md of the samples. `integrity` is what xmlsec1 says.
const rows: Row[] = [
  ['synthetic/synthetic-unsigned.xml', true, [], [], []],
  [`${S}bordereaux.xml`, true, three, [], []],
  [`${S}bordereaux-xades122.xml`, true, three, [], []],
  [`${S}bordereaux-target-without-hash-no-type.xml`, true, three, [], []],
  [`${S}bordereaux-c14n-edge-crlf.xml`, true, three, [], []],
  [`${S}bordereaux-sha1-policy4.xml`, true, three, [], ['xades-obsolete', 'xades-cert-digest-obsolete']],
  [`${S}global.xml`, true, [true], [], []],
  [`${S}bordereaux-tampered-amount.xml`, false, [true, false, true], ['xades-content-digest'], []],
  [`${S}bordereaux-swapped-pj.xml`, true, three, [], []],
  [`${S}global-swapped-pj.xml`, false, [false], ['xades-content-digest'], []],
  [`${S}bordereaux-one-missing.xml`, false, [true, true], ['xades-bordereau-unsigned'], []],
  [`${S}bordereaux-sp-not-referenced.xml`, false, [false, false, false], ['xades-properties-covered'], []],
  [`${S}bordereaux-inclusive-c14n.xml`, false, three, ['xades-c14n'], []],
  [
    'synthetic/synthetic-signature-wrapping.xml',
    false,
    [true, false, true],
    ['xades-foreign-content', 'xades-target'],
    [],
  ],
  ['aller/unsigned/HELIOS_SIMU_ALR2_LibelleColBud_avec_accent.xml', true, [], [], []],
  ['aller/unsigned/aller-unsigned-with-2-pj-derived.xml', true, [], [], []],
  [
    'aller/negative/test-alteree.xml',
    false,
    [false],
    ['xades-value'],
    ['xades-obsolete', 'xades-properties-enveloped', 'xades-cert-digest-obsolete', 'xades-chain'],
  ],
  [
    'aller/signed-bordereau/SHA256_bordereau.xml',
    true,
    [true],
    [],
    ['xades-cert-usage', 'xades-cert-digest-obsolete', 'xades-chain', 'xades-not-dematerialised'],
  ],
  [
    'aller/signed-global/HELIOS_SIMU_ALR2_1445334258_694103934.xml',
    true,
    [true],
    [],
    [
      'xades-cert-usage',
      'xades-obsolete',
      'xades-cert-digest-obsolete',
      'xades-cert-strength',
      'xades-chain',
      'xades-not-dematerialised',
    ],
  ],
]

describe.skipIf(!hasSamples)('signatures that others made', () => {
  for (const [file, ok, integrity, errors, warnings] of rows)
    it(file, () => {
      const roots = file.startsWith('synthetic/')
        ? pemCertificates(readFileSync(path.join(samples, 'synthetic/synthetic-ca.pem'), 'latin1'))
        : undefined
      const report = verifyXades(readFileSync(path.join(samples, file)), { now, ...(roots ? { roots } : {}) })
      const told = (level: string) =>
        [...new Set(report.problems.filter((p) => p.level === level).map((p) => p.code))].sort()
      expect(told('error')).toEqual([...errors].sort())
      expect(told('warning')).toEqual([...warnings].sort())
      expect(report.signatures.map((s) => s.integrity)).toEqual(integrity)
      expect(report.ok).toBe(ok)
    })

  it('says nothing is signed in the visible bordereau of the wrapping attack', () => {
    const report = verifyXades(
      readFileSync(path.join(samples, 'synthetic/synthetic-signature-wrapping.xml')),
      { now },
    )
    expect(report.bordereaux.map((b) => b.state)).toEqual(['invalid', 'invalid', 'signed'])
  })

  it('takes foreign signatures out and leaves a readable, unsigned flow', () => {
    const bare = removeSignatures(readFileSync(path.join(samples, `${S}bordereaux-c14n-edge-crlf.xml`)))
    expect(verifyXades(bare, { now }).signatures).toEqual([])
    expect(Buffer.from(bare).toString('latin1')).not.toContain('Signature')
  })
})
