import { beforeAll, describe, expect, it } from 'vitest'
import { createTestAuthority, type TestAuthority, type TestIdentity } from '../keys/test-authority.ts'
import type { Signer } from '../types.ts'
import { exampleFlow } from './flow.fixture.ts'
import { completeXades, prepareXades, signXades, type XadesOptions } from './prepare.ts'
import { removeSignatures } from './remove.ts'
import { verifyXades } from './verify.ts'

const now = new Date('2026-11-24T10:00:00Z')
const options: Omit<XadesOptions, 'certificate'> = {
  targets: 'bordereaux',
  signingTime: now,
  role: 'Maire délégué',
  place: { city: 'L’Haÿ & <Co>', postalCode: '94240' },
}
let authority: TestAuthority
let mayor: TestIdentity

beforeAll(async () => {
  authority = await createTestAuthority({ clock: () => now, keyBits: 2048 })
  mayor = await authority.issuePerson({ name: 'Élodie Ménard, maire', organization: 'Commune d’Été "test"' })
})

const verify = (bytes: Uint8Array) =>
  verifyXades(bytes, { roots: [authority.root], intermediates: mayor.chain, now })
const edit = (bytes: Uint8Array, from: string, to: string): Uint8Array => {
  const text = Buffer.from(bytes).toString('latin1')
  expect(text).toContain(from)
  return new Uint8Array(Buffer.from(text.replace(from, to), 'latin1'))
}
const codes = (bytes: Uint8Array) =>
  verify(bytes)
    .problems.filter((p) => p.level === 'error')
    .map((p) => p.code)

describe('signing a flow', () => {
  const flows: [string, Uint8Array][] = [
    ['ISO-8859-1 with accents', exampleFlow()],
    ['UTF-8', exampleFlow({ encoding: 'UTF-8' })],
    ['CRLF line ends', exampleFlow({ eol: '\r\n' })],
    ['no trailing newline', exampleFlow({ trailing: '' })],
    ['trailing comment', exampleFlow({ trailing: '\n<!-- fin -->' })],
    [
      'byte order mark',
      new Uint8Array(Buffer.concat([Buffer.from('\ufeff'), exampleFlow({ encoding: 'UTF-8' })])),
    ],
  ]
  for (const [name, flow] of flows)
    for (const profile of ['1.1.1', '1.2.2'] as const)
      for (const targets of ['bordereaux', 'flow'] as const)
        it(`${name}, XAdES ${profile}, ${targets}`, async () => {
          const signed = await signXades(flow, mayor.signer, { ...options, profile, targets })
          const report = verify(signed)
          expect(report.problems).toEqual([])
          expect(report.ok).toBe(true)
          expect(report.signatures.map((s) => s.kind)).toEqual(
            targets === 'flow' ? ['flow'] : ['bordereau', 'bordereau', 'bordereau'],
          )
          expect(report.signatures[0]).toMatchObject({
            role: 'Maire délégué',
            city: 'L’Haÿ & <Co>',
            integrity: true,
            xadesVersion: profile,
          })
          expect(Buffer.compare(removeSignatures(signed), flow)).toBe(0)
        })

  it('signs only the bordereaux asked for, and the others later', async () => {
    const once = await signXades(exampleFlow(), mayor.signer, { ...options, targets: ['BORD42'] })
    expect(verify(once).bordereaux.map((b) => b.state)).toEqual(['unsigned', 'signed', 'unsigned'])
    expect(codes(once)).toEqual(['xades-bordereau-unsigned', 'xades-bordereau-unsigned'])
    const twice = await signXades(once, mayor.signer, { ...options, targets: ['BORD41', 'BORDREC7'] })
    expect(verify(twice).ok).toBe(true)
    expect(Buffer.compare(removeSignatures(twice), exampleFlow())).toBe(0)
  })

  it('takes Ids for its signatures that the file does not use yet', async () => {
    const flow = edit(
      exampleFlow(),
      '<BlocBordereau><IdBord V="41"/>',
      '<BlocBordereau Id="BORD41_SIG_1"><IdBord V="41"/>',
    )
    const signed = await signXades(flow, mayor.signer, options)
    expect(verify(signed).signatures[0]?.id).toBe('BORD41_SIG_2')
  })

  it('can be prepared here and signed elsewhere', async () => {
    const { toSign, prepared } = prepareXades(exampleFlow(), { ...options, certificate: mayor.certificate })
    expect(toSign.map((t) => t.id)).toEqual(['BORD41_SIG_1', 'BORD42_SIG_1', 'BORDREC7_SIG_1'])
    const values = new Map<string, Uint8Array>()
    for (const t of toSign) values.set(t.id, await mayor.signer.sign(t.bytes))
    expect(verify(completeXades(prepared, values)).ok).toBe(true)
  })
})

describe('refusing to sign', () => {
  const refusals: [string, Uint8Array, Partial<XadesOptions>][] = [
    ['xades-id-missing', exampleFlow({ ids: ['', 'B', 'C'] }), {}],
    ['xades-id-invalid', exampleFlow({ ids: ['1A', 'B', 'C'] }), {}],
    ['xades-id-twice', exampleFlow({ ids: ['A', 'A', 'C'] }), {}],
    ['xades-id-missing', exampleFlow({ rootId: '' }), { targets: 'flow' }],
    ['xades-unknown-target', exampleFlow(), { targets: ['ABSENT'] }],
    ['xades-role-missing', exampleFlow(), { role: ' ' }],
    ['xades-place-missing', exampleFlow(), { place: { city: '', postalCode: '94240' } }],
    ['pes-not-aller', Buffer.from('<a><Bordereau Id="x"/></a>'), {}],
    ['pes-not-aller', Buffer.from('<PES_Aller><PES_DepenseAller/></PES_Aller>'), {}],
    [
      'xades-nothing-to-sign',
      Buffer.from('<n:PES_Aller xmlns:n="http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller" Id="A"/>'),
      {},
    ],
    [
      'xades-empty-target',
      Buffer.from(
        '<n:PES_Aller xmlns:n="http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller" Id="A"><PES_DepenseAller><Bordereau Id="B"/></PES_DepenseAller></n:PES_Aller>',
      ),
      {},
    ],
  ]
  for (const [code, flow, changed] of refusals)
    it(`${code}`, async () => {
      await expect(signXades(flow, mayor.signer, { ...options, ...changed })).rejects.toMatchObject({ code })
    })

  it('a bordereau or a flow already signed', async () => {
    const signed = await signXades(exampleFlow(), mayor.signer, options)
    await expect(signXades(signed, mayor.signer, options)).rejects.toMatchObject({
      code: 'xades-already-signed',
      where: 'ligne 7',
    })
    await expect(signXades(signed, mayor.signer, { ...options, targets: 'flow' })).rejects.toMatchObject({
      code: 'xades-already-signed',
    })
    const global = await signXades(exampleFlow(), mayor.signer, { ...options, targets: 'flow' })
    await expect(signXades(global, mayor.signer, options)).rejects.toMatchObject({
      code: 'xades-already-signed',
    })
  })

  it('an EC key', async () => {
    const other = await authority.issuePerson({ name: 'Clé EC', keyType: 'EC' })
    await expect(signXades(exampleFlow(), other.signer, options)).rejects.toMatchObject({
      code: 'xades-key-not-rsa',
    })
  })

  it('a value made by another key', async () => {
    const other = await authority.issuePerson({ name: 'Quelqu’un d’autre' })
    const lying: Signer = {
      ...mayor.signer,
      certificate: mayor.certificate,
      sign: (data) => other.signer.sign(data),
    }
    await expect(signXades(exampleFlow(), lying, options)).rejects.toMatchObject({
      code: 'xades-value-wrong',
    })
  })

  it('a missing value, or a file changed since the preparation', async () => {
    const { prepared } = prepareXades(exampleFlow(), { ...options, certificate: mayor.certificate })
    expect(() => completeXades(prepared, new Map())).toThrow(
      expect.objectContaining({ code: 'xades-value-missing' }),
    )
    prepared.bytes[prepared.bytes.length - 1] = 0x20
    expect(() => completeXades(prepared, new Map())).toThrow(
      expect.objectContaining({ code: 'xades-changed' }),
    )
  })
})

describe('a signature tampered with', () => {
  const changes: [string, string, string, string][] = [
    ['an amount', '1200.00', '1800.00', 'xades-content-digest'],
    ['the role', 'Maire d&#233;l&#233;gu&#233;', 'Ordonnateur', 'xades-properties-digest'],
    ['the date', '<xad:SigningTime>2026-11-24', '<xad:SigningTime>2026-11-23', 'xades-properties-digest'],
    ['the reference', 'URI="#BORD42"', 'URI="#BORD41"', 'xades-target'],
    ['the policy', '21.1.7</xad:Identifier>', '21.1.4</xad:Identifier>', 'xades-properties-digest'],
    ['an identifier doubled', '<n:PES_Aller', '<n:PES_Aller n:x="1" ', ''],
    ['a second Id', '<EnTeteRecette>', '<EnTeteRecette Id="BORD42">', 'xades-target-unique'],
    ['a hidden content', '</ds:Object>', '</ds:Object><ds:Object><a/></ds:Object>', 'xades-foreign-content'],
    ['a digest', '<ds:DigestValue>', '<ds:DigestValue>AAAA', 'xades-content-digest'],
  ]
  for (const [what, from, to, code] of changes)
    it(`${what}: ${code || 'no harm'}`, async () => {
      const signed = await signXades(exampleFlow(), mayor.signer, options)
      const found = codes(edit(signed, from, to))
      if (code) expect(found).toContain(code)
      else expect(found).toEqual([])
    })

  it('moved to another bordereau', async () => {
    const text = Buffer.from(
      await signXades(exampleFlow(), mayor.signer, { ...options, targets: ['BORD41'] }),
    ).toString('latin1')
    const signature = /<ds:Signature[\s\S]*<\/ds:Signature>/.exec(text)![0]
    const moved = text.replace(signature, '').replace('</Bordereau >', `${signature}</Bordereau >`)
    expect(codes(Buffer.from(moved, 'latin1'))).toContain('xades-target')
  })

  it('put outside a bordereau', async () => {
    const text = Buffer.from(
      await signXades(exampleFlow(), mayor.signer, { ...options, targets: ['BORD41'] }),
    ).toString('latin1')
    const signature = /<ds:Signature[\s\S]*<\/ds:Signature>/.exec(text)![0]
    const moved = text.replace(signature, '').replace('</PES_PJ>', `${signature}</PES_PJ>`)
    expect(codes(Buffer.from(moved, 'latin1'))).toContain('xades-misplaced')
  })

  it('by someone without trust, or out of date', async () => {
    const signed = await signXades(exampleFlow(), mayor.signer, options)
    const stranger = await createTestAuthority({ clock: () => now, keyBits: 2048 })
    const report = verifyXades(signed, { roots: [stranger.root], intermediates: mayor.chain, now })
    expect(report.problems.map((p) => p.code)).toContain('xades-chain')
    expect(report.ok).toBe(false)
    const late = await signXades(exampleFlow(), mayor.signer, {
      ...options,
      signingTime: new Date('2056-01-01T00:00:00Z'),
    })
    expect(codes(late)).toContain('xades-cert-validity')
    expect(verify(late).problems.map((p) => p.code)).toContain('xades-time-future')
  })

  it('says, and does not hide, that trust was not checked', async () => {
    const signed = await signXades(exampleFlow(), mayor.signer, options)
    const report = verifyXades(signed, { now })
    expect(report.ok).toBe(true)
    expect(report.problems.map((p) => p.code)).toContain('xades-chain')
  })

  it('warns when InfoDematerialisee is 0, or when a global signature is only technical', async () => {
    const flow = exampleFlow({ dematerialised: '0' })
    const signed = await signXades(flow, mayor.signer, { ...options, targets: 'flow' })
    const report = verify(signed)
    expect(report.signatures[0]?.kind).toBe('technical')
    expect(report.problems.map((p) => `${p.level} ${p.code}`)).toContain('warning xades-not-dematerialised')
  })
})
