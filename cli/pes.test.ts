import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { exampleFlow } from '../exports/pes/flow.fixture.ts'
import { toPem } from '../signing/keys/certificate.ts'
import { createTestAuthority, type TestAuthority } from '../signing/keys/test-authority.ts'
import { removeSignatures } from '../signing/xades/remove.ts'
import { run } from './pes.ts'

const now = new Date('2026-11-24T10:00:00Z')
let dir: string
let authority: TestAuthority
let roots: string

beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'pes-cli-'))
  authority = await createTestAuthority({ clock: () => now, keyBits: 2048 })
  const mayor = await authority.issuePerson({ name: 'Élodie Ménard' })
  const late = await authority.issuePerson({
    name: 'Ancien maire',
    validFrom: new Date('2020-01-01'),
    validTo: new Date('2022-01-01'),
  })
  roots = path.join(dir, 'roots.pem')
  writeFileSync(roots, toPem(authority.root) + toPem(authority.issuing))
  writeFileSync(path.join(dir, 'mayor.p12'), mayor.p12('1234'))
  writeFileSync(path.join(dir, 'late.p12'), late.p12('1234'))
  process.env['TEST_PES_PIN'] = '1234'
  process.env['TEST_PES_WRONG'] = '4321'
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

let work: string
beforeEach(() => {
  work = mkdtempSync(path.join(dir, 'w-'))
})

async function call(...args: string[]) {
  let out = ''
  let err = ''
  const io = {
    stdout: (t: string) => {
      out += t
    },
    stderr: (t: string) => {
      err += t
    },
    json: false,
  }
  const code = await run(args, io, now)
  return { code, out, err }
}

const flowFile = (bytes: Uint8Array, name = 'flux.xml'): string => {
  const file = path.join(work, name)
  writeFileSync(file, bytes)
  return file
}
const signArgs = (file: string, ...more: string[]) => [
  'sign',
  file,
  '--p12',
  path.join(dir, 'mayor.p12'),
  '--pin-env',
  'TEST_PES_PIN',
  '--city',
  'Testville',
  '--postal-code',
  '99000',
  '--role',
  'Maire',
  ...more,
]
const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ')

describe('pes show', () => {
  it('tells the content and the totals in French', async () => {
    const { code, out } = await call('show', flowFile(exampleFlow()))
    expect(code).toBe(0)
    expect(plain(out)).toContain(
      'Bordereau de dépense n° 41 (2026, ordinaire) du 10/03/2026, 2 mandats, non signé',
    )
    expect(plain(out)).toContain('12 345,80 € TTC (12 345,60 € HT + 0,20 € TVA) ; cumul annuel 15 354,60 €')
    expect(plain(out)).toContain('PJ : plan.pdf (papier)')
    expect(plain(out)).toContain('Total recette : 45,50 € (1 bordereau)')
  })

  it('--json is for machines', async () => {
    const { code, out } = await call('show', flowFile(exampleFlow()), '--json')
    const result = JSON.parse(out)
    expect(code).toBe(0)
    expect(result).toMatchObject({
      kind: 'pes-aller',
      ok: true,
      summary: { totals: { depense: { ttc: '12345.80' } } },
    })
    expect(result.bordereaux[0].totals.ht).toBe('12345.60')
  })

  it('refuses what is not a PES, without a stack trace', async () => {
    for (const [text, said] of [
      ['<a/>', 'n’est pas un message PES'],
      ['<!DOCTYPE a><a/>', 'DOCTYPE'],
      ['', 'vide'],
      ['<a>', 'mal formé'],
    ]) {
      const { code, err } = await call('show', flowFile(Buffer.from(text!), 'x.xml'))
      expect(code).toBe(1)
      expect(err).toContain(said)
      expect(err).not.toContain('    at ')
    }
    expect((await call('show', path.join(work, 'absent.xml'))).code).toBe(1)
  })
})

describe('pes sign, then verify', () => {
  for (const [scope, xades] of [
    ['bordereau', '1.1.1'],
    ['bordereau', '1.2.2'],
    ['flow', '1.1.1'],
  ] as const)
    it(`${scope}, ${xades}`, async () => {
      const file = flowFile(exampleFlow())
      const out = path.join(work, 'signe.xml')
      const signed = await call(...signArgs(file, '--scope', scope, '--xades', xades, '--out', out))
      expect(signed.err).toBe('')
      expect(signed.code).toBe(0)
      expect(Buffer.compare(removeSignatures(readFileSync(out)), exampleFlow())).toBe(0)
      expect(readdirSync(work).sort()).toEqual(['flux.xml', 'signe.xml'])
      const verified = await call('verify', out, '--roots', roots, '--json')
      expect(JSON.parse(verified.out)).toMatchObject({ kind: 'pes-aller', ok: true, problems: [], scope })
      expect(verified.code).toBe(0)
      const text = await call('verify', out, '--roots', roots)
      expect(text.out).toContain('Élodie Ménard, Maire, le 24/11/2026, Testville')
    })

  it('--prepare sets InfoDematerialisee and missing Ids first, and says so', async () => {
    const before = exampleFlow(
      ['<InfoDematerialisee V="1"/></EnTeteDepense>', '<InfoDematerialisee V="0"/></EnTeteDepense>'],
      [' Id="BORDREC41"', ''],
    )
    const file = flowFile(before)
    expect((await call(...signArgs(file))).code).toBe(1)
    const { code, out } = await call(...signArgs(file, '--prepare'))
    expect(code).toBe(0)
    expect(out).toContain('InfoDematerialisee passé de 0 à 1 en dépense.')
    expect((await call('verify', path.join(work, 'flux.signe.xml'), '--roots', roots)).code).toBe(0)
  })

  it('signs a flow whose InfoDematerialisee is 0 as it is, with a warning', async () => {
    const zero = exampleFlow(
      ['<InfoDematerialisee V="1"/></EnTeteDepense>', '<InfoDematerialisee V="0"/></EnTeteDepense>'],
      ['<InfoDematerialisee V="1"/></EnTeteRecette>', '<InfoDematerialisee V="0"/></EnTeteRecette>'],
    )
    const { code, err } = await call(...signArgs(flowFile(zero)))
    expect(code).toBe(0)
    expect(err).toContain('--prepare')
    expect(Buffer.compare(removeSignatures(readFileSync(path.join(work, 'flux.signe.xml'))), zero)).toBe(0)
  })

  it('verify refuses an unsigned flow, a tampered one, an untrusted one', async () => {
    const file = flowFile(exampleFlow())
    expect((await call('verify', file)).err).toContain('aucune signature')
    await call(...signArgs(file, '--out', path.join(work, 's.xml')))
    const text = readFileSync(path.join(work, 's.xml'), 'latin1')
    const changed = flowFile(Buffer.from(text.replace('Réfection', 'Réfectiom'), 'latin1'), 'c.xml')
    const verdict = await call('verify', changed, '--roots', roots, '--json')
    expect(verdict.code).toBe(1)
    expect(JSON.parse(verdict.out).problems).toMatchObject([
      { code: 'xades-content-digest', level: 'error', where: 'ligne 41' },
    ])
    const stranger = await createTestAuthority({ clock: () => now, keyBits: 2048 })
    writeFileSync(path.join(work, 'other.pem'), toPem(stranger.root))
    expect(
      (await call('verify', path.join(work, 's.xml'), '--roots', path.join(work, 'other.pem'))).code,
    ).toBe(1)
  })
})

describe('pes sign refuses and writes nothing', () => {
  const refusals: [what: string, bytes: Uint8Array, args: string[], said: string][] = [
    ['a flow that breaks our rules', exampleFlow(['<CodCol V="101"/>', '<CodCol V="1"/>']), [], 'CodCol'],
    ['a missing annual total', exampleFlow(['<MtCumulAnnuel V="45.50"/>', '']), [], 'MtCumulAnnuel'],
    [
      'a mixed InfoDematerialisee',
      exampleFlow(['<InfoDematerialisee V="1"/></EnTeteRecette>', '</EnTeteRecette>']),
      [],
      '--prepare',
    ],
    ['a wrong PIN', exampleFlow(), ['--pin-env', 'TEST_PES_WRONG'], 'mot de passe'],
    ['a PIN that is not there', exampleFlow(), ['--pin-env', 'TEST_PES_ABSENT'], 'TEST_PES_ABSENT'],
    ['an empty role', exampleFlow(), ['--role', ' '], 'qualité du signataire'],
    ['a folder that does not exist', exampleFlow(), ['--out', '/nowhere/x.xml'], 'Impossible d’écrire'],
    ['another document', new Uint8Array(Buffer.from('<a/>')), [], 'PES'],
  ]
  for (const [what, bytes, args, said] of refusals)
    it(what, async () => {
      const file = flowFile(bytes)
      const { code, err, out } = await call(...signArgs(file, ...args))
      expect(code).toBe(1)
      expect(out).toBe('')
      expect(err).toContain(said)
      expect(readdirSync(work)).toEqual(['flux.xml'])
      expect(Buffer.compare(readFileSync(file), bytes)).toBe(0)
    })

  it('an expired certificate, a file that is not a key', async () => {
    const file = flowFile(exampleFlow())
    expect((await call(...signArgs(file, '--p12', path.join(dir, 'late.p12')))).err).toContain('expiré')
    expect((await call(...signArgs(file, '--p12', roots))).code).toBe(1)
    expect(readdirSync(work)).toEqual(['flux.xml'])
  })

  it('a flow already signed, and to overwrite its input', async () => {
    const file = flowFile(exampleFlow())
    expect((await call(...signArgs(file, '--out', file))).err).toContain('existe déjà')
    await call(...signArgs(file))
    expect((await call(...signArgs(file))).err).toContain('existe déjà')
    const again = await call(...signArgs(path.join(work, 'flux.signe.xml'), '--json'))
    expect(again.code).toBe(1)
    expect(JSON.parse(again.out)).toMatchObject({ ok: false, problems: [{ code: 'PES_SIGNED' }] })
    expect(readdirSync(work).sort()).toEqual(['flux.signe.xml', 'flux.xml'])
  })

  it('wrong usage is 2', async () => {
    for (const args of [
      [],
      ['show'],
      ['montrer', 'x'],
      ['sign', 'x'],
      ['show', 'a', 'b'],
      ['show', 'a', '--inconnu'],
      signArgs('x', '--scope', 'page'),
      signArgs('x', '--xades', '1.3.2'),
    ])
      expect((await call(...args)).code).toBe(2)
  })
})
