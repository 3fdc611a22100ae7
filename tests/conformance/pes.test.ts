import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareForSignature } from '../../exports/pes/dematerialise.ts'
import { toPem } from '../../signing/keys/certificate.ts'
import {
  createTestAuthority,
  type TestAuthority,
  type TestIdentity,
} from '../../signing/keys/test-authority.ts'
import { signXades } from '../../signing/xades/prepare.ts'
import { removeSignatures } from '../../signing/xades/remove.ts'
import { verifyXades } from '../../signing/xades/verify.ts'

// Our signed flows, judged by xmllint (schema 5.17 and XAdES schemas) and by xmlsec1, which nobody here wrote.
const shared = path.resolve(import.meta.dirname, '../../../shared')
const samples = path.join(shared, 'samples/pes')
const schemas = path.join(shared, 'schemas/pes/schemas_pes_v5.17')
const has = (tool: string) => spawnSync(tool, ['--version']).error === undefined
const ready = existsSync(samples) && existsSync(schemas) && has('xmlsec1') && has('xmllint')
if (!ready && process.env['CI'])
  throw new Error('PES conformance needs the samples, the schemas, xmlsec1 and xmllint')
if (!ready) console.warn('PES conformance NOT run: samples, schemas, xmlsec1 or xmllint missing.')

let dir: string
let authority: TestAuthority
let mayor: TestIdentity
const now = new Date()

beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'pes-conformance-'))
  authority = await createTestAuthority({ clock: () => now, keyBits: 2048 })
  mayor = await authority.issuePerson({ name: 'Élodie Ménard, maire', organization: 'Commune d’Été' })
  writeFileSync(path.join(dir, 'root.pem'), toPem(authority.root))
  writeFileSync(path.join(dir, 'issuing.pem'), toPem(authority.issuing))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const aller = 'http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller'

function xmlsec(file: string, id: string): { ok: boolean; references: string } {
  const args = [
    '--verify',
    '--trusted-pem',
    path.join(dir, 'root.pem'),
    '--untrusted-pem',
    path.join(dir, 'issuing.pem'),
  ]
  args.push('--id-attr:Id', 'Bordereau', '--id-attr:Id', `${aller}:PES_Aller`)
  args.push('--node-xpath', `//*[local-name()='Signature'][@Id='${id}']`, file)
  const { status, stdout, stderr } = spawnSync('xmlsec1', args, { encoding: 'utf8' })
  return {
    ok: status === 0,
    references: /References \(ok\/all\): (\S+)/.exec(stdout + stderr)?.[1] ?? stderr,
  }
}

function xmllint(schema: string, file: string): string {
  const { status, stderr } = spawnSync(
    'xmllint',
    ['--noout', '--huge', '--nonet', '--schema', path.join(schemas, schema), file],
    { encoding: 'utf8' },
  )
  return status === 0 ? 'valid' : stderr
}

const options = {
  signingTime: now,
  role: 'Maire délégué',
  place: { city: 'L’Haÿ', postalCode: '94240' },
} as const
const verify = (bytes: Uint8Array) =>
  verifyXades(bytes, { roots: [authority.root], intermediates: mayor.chain, now })
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const toBytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

const files = [
  'synthetic/synthetic-unsigned.xml',
  'aller/unsigned/aller-unsigned-with-2-pj-derived.xml',
  'aller/unsigned/HELIOS_SIMU_ALR2_LibelleColBud_avec_accent.xml',
]
const variants: [string, (bytes: Uint8Array) => Uint8Array][] = [
  ['as it is', (b) => b],
  ['with CRLF', (b) => toBytes(latin1(b).replace(/\r?\n/g, '\r\n'))],
  ['without a last newline', (b) => toBytes(latin1(b).trimEnd())],
  ['prepared (InfoDematerialisee 1)', (b) => prepareForSignature(b, { root: true }).bytes],
]

describe.skipIf(!ready)('signed PES flows', () => {
  for (const file of files)
    for (const [name, change] of variants)
      for (const targets of ['bordereaux', 'flow'] as const)
        for (const profile of ['1.1.1', '1.2.2'] as const)
          it(`${path.basename(file)} ${name}, ${targets}, XAdES ${profile}`, async () => {
            const input = change(readFileSync(path.join(samples, file)))
            const signed = await signXades(input, mayor.signer, { ...options, targets, profile })
            const out = path.join(dir, 'signed.xml')
            writeFileSync(out, signed)
            expect(xmllint('PES_V2/Rev0/PES_Aller.xsd', out)).toBe('valid')
            const report = verify(signed)
            expect(report.ok).toBe(true)
            expect(report.signatures.length).toBeGreaterThan(0)
            for (const { id } of report.signatures)
              expect(xmlsec(out, id)).toEqual({ ok: true, references: '2/2' })
            expect(Buffer.compare(removeSignatures(signed), input)).toBe(0)
          })

  it('a flow of volume, with a prefix of its own', async () => {
    const input = readFileSync(path.join(samples, 'aller/unsigned/PESALR1_99988877766655_121211_11.xml'))
    const signed = await signXades(input, mayor.signer, { ...options, targets: 'bordereaux' })
    const out = path.join(dir, 'volume.xml')
    writeFileSync(out, signed)
    const ids = verify(signed).signatures.map((s) => s.id)
    expect(ids).toHaveLength(6)
    for (const id of ids) expect(xmlsec(out, id)).toEqual({ ok: true, references: '2/2' })
    expect(Buffer.compare(removeSignatures(signed), input)).toBe(0)
  })

  for (const [profile, schema] of [
    ['1.1.1', 'xades/XAdES-core-schema.xsd'],
    ['1.2.2', 'xades/XAdES1.2.2.xsd'],
  ] as const)
    it(`the qualifying properties are valid against the XAdES ${profile} schema`, async () => {
      const signed = latin1(
        await signXades(readFileSync(path.join(samples, files[0]!)), mayor.signer, {
          ...options,
          profile,
          targets: 'flow',
        }),
      )
      const properties = /<xad:QualifyingProperties[\s\S]*<\/xad:QualifyingProperties>/.exec(signed)![0]
      const out = path.join(dir, 'properties.xml')
      writeFileSync(
        out,
        properties.replace(
          '<xad:QualifyingProperties',
          '<xad:QualifyingProperties xmlns:ds="http://www.w3.org/2000/09/xmldsig#"',
        ),
        'latin1',
      )
      expect(xmllint(schema, out)).toBe('valid')
    })

  it('a tampered copy is refused by xmlsec1 and by us', async () => {
    const signed = latin1(
      await signXades(readFileSync(path.join(samples, files[0]!)), mayor.signer, {
        ...options,
        targets: 'bordereaux',
      }),
    )
    const changed = toBytes(signed.replace('<MtHT V="1200.00"/>', '<MtHT V="1200.01"/>'))
    const out = path.join(dir, 'tampered.xml')
    writeFileSync(out, changed)
    const report = verify(changed)
    const ours = report.signatures.map((s) => s.integrity)
    expect(ours).toEqual([true, false, true])
    expect(report.signatures.map((s) => xmlsec(out, s.id).ok)).toEqual(ours)
  })

  it('on foreign signatures we and xmlsec1 agree about the mathematics', () => {
    for (const name of [
      'bordereaux',
      'bordereaux-c14n-edge-crlf',
      'bordereaux-inclusive-c14n',
      'bordereaux-sha1-policy4',
      'bordereaux-tampered-amount',
      'global',
      'global-swapped-pj',
    ]) {
      const file = path.join(samples, `synthetic/synthetic-signed-${name}.xml`)
      for (const s of verifyXades(readFileSync(file), { now }).signatures) {
        const args = [
          '--verify',
          '--insecure',
          '--id-attr:Id',
          'Bordereau',
          '--id-attr:Id',
          `${aller}:PES_Aller`,
          '--node-xpath',
          `//*[local-name()='Signature'][@Id='${s.id}']`,
          file,
        ]
        expect([name, s.id, s.integrity]).toEqual([name, s.id, spawnSync('xmlsec1', args).status === 0])
      }
    }
  })
})
