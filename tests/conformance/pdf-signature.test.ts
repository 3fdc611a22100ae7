import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../cli/pdf.ts'
import { startTsa } from '../../connectors/tsa/server.ts'
import { readCms } from '../../signing/cms/read.ts'
import { OID } from '../../signing/cms/signed-data.ts'
import { toPem } from '../../signing/keys/certificate.ts'
import {
  createTestAuthority,
  type TestAuthority,
  type TestIdentity,
} from '../../signing/keys/test-authority.ts'
import { addSignatureFields } from '../../signing/pades/fields.ts'
import { signPdf } from '../../signing/pades/sign.ts'
import { samplePdf } from '../../signing/testing.ts'
import { createTimestampClient } from '../../signing/tsp/client.ts'
import { createTimestampResponder } from '../../signing/tsp/responder.ts'
import { verifyPdf } from '../../signing/verify/pdf.ts'

const missing = ['pdfsig', 'openssl', 'qpdf', 'certutil'].filter(
  (tool) => spawnSync('which', [tool]).status !== 0,
)
if (missing.length > 0 && process.env['CI']) throw new Error(`Outils absents : ${missing.join(', ')}`)

/** External tools judge by the machine's clock, so this file uses it too. */
const clock = () => new Date()
const FIELDS = [
  {
    name: 'signature-secretaire',
    tooltip: 'Signature du secrétaire',
    page: 2,
    x: 50,
    y: 60,
    width: 200,
    height: 70,
  },
  {
    name: 'signature-maire',
    tooltip: 'Signature de la maire',
    page: 2,
    x: 300,
    y: 60,
    width: 220,
    height: 80,
  },
]

describe.skipIf(missing.length > 0)('signatures judged by independent tools', () => {
  let dir: string
  let pki: TestAuthority
  let mayor: TestIdentity
  let secretary: TestIdentity
  let tsa: Awaited<ReturnType<typeof startTsa>>

  const file = (name: string) => path.join(dir, name)
  const save = (name: string, bytes: Uint8Array) => {
    writeFileSync(file(name), bytes)
    return file(name)
  }
  const tool = (command: string, ...args: string[]) => {
    const result = spawnSync(command, args, { encoding: 'utf8', cwd: dir })
    return { status: result.status, text: result.stdout + result.stderr }
  }
  // Without -no-ocsp: that option makes NSS demand a CRL; our certificates name no responder, so nothing is asked of the network.
  const pdfsig = (target: string) => tool('pdfsig', '-nssdir', `sql:${file('nss')}`, target).text
  const count = (text: string, sentence: string) => text.split(sentence).length - 1

  beforeAll(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'echarpe-pdf-'))
    pki = await createTestAuthority({ clock, keyBits: 2048 })
    mayor = await pki.issuePerson({
      name: 'Éloïse Lefèvre-Noël',
      title: 'Maire',
      organization: 'Commune d’Essai',
    })
    secretary = await pki.issuePerson({
      name: 'Benoît Guéguen',
      title: 'Secrétaire de séance',
      keyType: 'EC',
    })
    const unit = await pki.issueTsa()
    tsa = await startTsa({ respond: createTimestampResponder({ signer: unit.signer, clock }) })
    save('root.pem', Buffer.from(toPem(pki.root)))
    save('ica.pem', Buffer.from(toPem(pki.issuing)))
    execFileSync('mkdir', [file('nss')])
    execFileSync('certutil', ['-N', '-d', `sql:${file('nss')}`, '--empty-password'])
    execFileSync('certutil', [
      '-A',
      '-d',
      `sql:${file('nss')}`,
      '-n',
      'racine',
      '-t',
      'CT,C,C',
      '-i',
      file('root.pem'),
    ])
  })

  afterAll(async () => {
    await tsa?.stop()
    rmSync(dir, { recursive: true, force: true })
  })

  const timestamp = () => createTimestampClient({ urls: [tsa.url], clock, roots: [pki.root] })

  const twoSignatures = async (objectStreams: boolean) => {
    const prepared = addSignatureFields(await samplePdf({ objectStreams }), FIELDS)
    const first = await signPdf(prepared, secretary.signer, {
      fieldName: 'signature-secretaire',
      role: 'Le secrétaire de séance',
      name: secretary.name,
      claimedAt: clock(),
      timestamp: timestamp(),
    })
    const second = await signPdf(first.pdf, mayor.signer, {
      fieldName: 'signature-maire',
      role: 'La maire',
      name: mayor.name,
      location: 'Saint-Énogat',
      claimedAt: clock(),
      timestamp: timestamp(),
    })
    return { prepared, first: first.pdf, second: second.pdf }
  }

  it.each([false, true])(
    'two signers one after the other are both valid and trusted (object streams: %s)',
    async (objectStreams) => {
      const { prepared, first, second } = await twoSignatures(objectStreams)
      expect(Buffer.from(first.subarray(0, prepared.length)).equals(prepared)).toBe(true)
      expect(Buffer.from(second.subarray(0, first.length)).equals(first)).toBe(true)
      const text = pdfsig(save('two.pdf', second))
      expect(count(text, 'Signature is Valid.')).toBe(2)
      expect(count(text, 'Certificate is Trusted.')).toBe(2)
      expect(count(text, 'Signature Type: ETSI.CAdES.detached')).toBe(2)
      expect(count(text, '- Total document signed')).toBe(1)
      const check = tool('qpdf', '--check', file('two.pdf'))
      expect(check.text).not.toMatch(/WARNING|ERROR/)
      expect(check.status).toBe(0)
      const report = await verifyPdf(second, { roots: [pki.root], now: clock() })
      expect(report.ok).toBe(true)
      expect(report.signatures.map((s) => [s.signer, s.level, s.trusted])).toEqual([
        ['Benoît Guéguen', 'B-T', true],
        ['Éloïse Lefèvre-Noël', 'B-T', true],
      ])
    },
  )

  it('the second signature changes its own field and nothing else', async () => {
    const { first, second } = await twoSignatures(false)
    const objects = (bytes: Uint8Array): Record<string, unknown> => {
      const target = save('revision.pdf', bytes)
      return JSON.parse(tool('qpdf', '--json=2', '--json-stream-data=none', target).text).qpdf[1]
    }
    const [before, after] = [objects(first), objects(second)]
    const altered = Object.keys(before).filter(
      (key) => key !== 'trailer' && JSON.stringify(before[key]) !== JSON.stringify(after[key]),
    )
    expect(altered).toHaveLength(1)
    expect(JSON.stringify(after[altered[0] ?? ''])).toContain('signature-maire')
  })

  it('openssl accepts the CMS as CAdES and the time-stamp as RFC 3161', async () => {
    const { second } = await twoSignatures(false)
    const reports = [
      ...Buffer.from(second)
        .toString('latin1')
        .matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+)\]/g),
    ]
    expect(reports).toHaveLength(2)
    for (const range of reports) {
      const [a, b, c] = range.slice(1).map(Number) as [number, number, number]
      save('data.bin', Buffer.concat([second.subarray(0, a), second.subarray(b, b + c)]))
      const der = Buffer.from(Buffer.from(second.subarray(a + 1, b - 1)).toString('latin1'), 'hex')
      save('sig.der', der)
      const cades = tool(
        'openssl',
        'cms',
        '-verify',
        '-cades',
        '-binary',
        '-inform',
        'DER',
        '-in',
        'sig.der',
        '-content',
        'data.bin',
        '-CAfile',
        'root.pem',
        '-purpose',
        'any',
        '-out',
        '/dev/null',
      )
      expect(cades.text).toMatch(/CAdES Verification successful/)
      expect(tool('openssl', 'asn1parse', '-inform', 'DER', '-in', 'sig.der').text).not.toContain(
        'signingTime',
      )
      const cms = readCms(der)
      save('value.bin', cms.signature)
      save('token.der', cms.unsigned.get(OID.signatureTimestamp)?.[0]?.raw ?? new Uint8Array())
      const ts = tool(
        'openssl',
        'ts',
        '-verify',
        '-data',
        'value.bin',
        '-in',
        'token.der',
        '-token_in',
        '-CAfile',
        'root.pem',
        '-untrusted',
        'ica.pem',
      )
      expect(ts.text).toContain('Verification: OK')
    }
  })

  it('openssl’s own request gets an answer that openssl accepts', async () => {
    save('data.txt', Buffer.from('chaîne du journal'))
    tool('openssl', 'ts', '-query', '-data', 'data.txt', '-sha256', '-cert', '-out', 'q.tsq')
    const answer = await fetch(tsa.url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body: new Uint8Array(readFileSync(file('q.tsq'))),
    })
    save('r.tsr', new Uint8Array(await answer.arrayBuffer()))
    const ts = tool(
      'openssl',
      'ts',
      '-verify',
      '-queryfile',
      'q.tsq',
      '-in',
      'r.tsr',
      '-CAfile',
      'root.pem',
      '-untrusted',
      'ica.pem',
    )
    expect(ts.text).toContain('Verification: OK')
  })

  it('one changed byte of the text is refused by pdfsig and by us', async () => {
    const { second } = await twoSignatures(false)
    const tampered = Uint8Array.from(second)
    const at = Buffer.from(tampered).indexOf('/MediaBox')
    tampered[at + 1] = 'C'.charCodeAt(0)
    expect(pdfsig(save('tampered.pdf', tampered))).not.toContain('Signature is Valid.')
    const report = await verifyPdf(tampered, { roots: [pki.root], now: clock() })
    expect(report.ok).toBe(false)
    expect(report.signatures.every((signature) => !signature.integrity)).toBe(true)
  })

  it('linearised, object-stream and rotated files rewritten by qpdf can be signed', async () => {
    save('plain.pdf', await samplePdf())
    for (const options of [
      ['--linearize'],
      ['--linearize', '--object-streams=generate'],
      ['--object-streams=generate'],
      ['--rotate=90'],
    ]) {
      tool('qpdf', ...options, 'plain.pdf', 'variant.pdf')
      const { pdf } = await signPdf(new Uint8Array(readFileSync(file('variant.pdf'))), mayor.signer, {
        fieldName: 'visa',
        role: 'La maire',
        name: mayor.name,
        claimedAt: clock(),
        placement: { page: 1, x: 300, y: 40, width: 200, height: 70 },
      })
      expect(pdfsig(save('variant-signed.pdf', pdf)), options.join(' ')).toContain('Signature is Valid.')
      expect(tool('qpdf', '--check', 'variant-signed.pdf').text, options.join(' ')).not.toMatch(
        /WARNING|ERROR/,
      )
    }
  })

  it('an encrypted PDF is refused, even with an empty password', async () => {
    save('plain.pdf', await samplePdf())
    tool('qpdf', '--encrypt', '', 'owner', '256', '--', 'plain.pdf', 'encrypted.pdf')
    const bytes = new Uint8Array(readFileSync(file('encrypted.pdf')))
    const request = { fieldName: 'a', role: '', name: mayor.name, claimedAt: clock() }
    await expect(signPdf(bytes, mayor.signer, request)).rejects.toMatchObject({ code: 'pdf-chiffre' })
    expect((await verifyPdf(bytes)).problems[0]?.code).toBe('pdf-chiffre')
  })

  it('.p12 files of openssl open: modern, 3DES and RC2, with accents in the password', async () => {
    const { openP12 } = await import('../../signing/keys/p12.ts')
    save('own.p12', mayor.p12('éà-Pin 1'))
    const pem = tool(
      'openssl',
      'pkcs12',
      '-in',
      'own.p12',
      '-passin',
      'pass:éà-Pin 1',
      '-nodes',
      '-out',
      'own.pem',
    )
    expect(pem.status).toBe(0)
    const forms = [
      [],
      ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
      ['-legacy'],
    ]
    for (const form of forms) {
      const made = tool(
        'openssl',
        'pkcs12',
        '-export',
        '-in',
        'own.pem',
        '-passout',
        'pass:éà-Pin 1',
        ...form,
        '-out',
        'other.p12',
      )
      expect(made.status, made.text).toBe(0)
      const bytes = new Uint8Array(readFileSync(file('other.p12')))
      const signer = await openP12(bytes, 'éà-Pin 1')
      expect(Buffer.from(signer.certificate).equals(mayor.certificate), form.join(' ')).toBe(true)
      await expect(openP12(bytes, 'autre'), form.join(' ')).rejects.toMatchObject({ code: 'pin-faux' })
    }
  })

  it('the command signs, verifies, refuses, and never writes on refusal', async () => {
    save('acte.pdf', await samplePdf())
    save('maire.p12', mayor.p12('1234'))
    process.env['ECHARPE_TEST_PIN'] = '1234'
    process.env['ECHARPE_TEST_BAD_PIN'] = '0000'
    const call = async (...args: string[]) => {
      let out = ''
      const code = await run(args, {
        json: true,
        stdout: (text) => {
          out += text
        },
        stderr: () => {},
      })
      return { code, body: out ? JSON.parse(out) : undefined }
    }
    const base = ['sign', file('acte.pdf'), '--p12', file('maire.p12')]
    const bad = await call(...base, '--pin-env', 'ECHARPE_TEST_BAD_PIN', '--out', file('non.pdf'))
    expect([bad.code, bad.body.problems[0].code]).toEqual([1, 'pin-faux'])
    expect(tool('ls', 'non.pdf').status).not.toBe(0)
    const good = await call(
      ...base,
      '--pin-env',
      'ECHARPE_TEST_PIN',
      '--level',
      'B-T',
      '--tsa',
      tsa.url,
      '--role',
      'La maire',
      '--roots',
      file('root.pem'),
    )
    expect([good.code, good.body.ok, good.body.signatures[0].level]).toEqual([0, true, 'B-T'])
    expect(pdfsig(file('acte-signe.pdf'))).toContain('Signature is Valid.')
    expect((await call(...base, '--pin-env', 'ECHARPE_TEST_PIN')).body.problems[0].code).toBe(
      'fichier-existant',
    )
    const seen = await call('verify', file('acte-signe.pdf'), '--roots', file('root.pem'))
    expect([seen.code, seen.body.kind, seen.body.signatures[0].signer]).toEqual([
      0,
      'pdf',
      'Éloïse Lefèvre-Noël',
    ])
    tsa.behave('en-panne')
    const down = await call(
      ...base,
      '--pin-env',
      'ECHARPE_TEST_PIN',
      '--tsa',
      tsa.url,
      '--out',
      file('non.pdf'),
    )
    tsa.behave('normal')
    expect([down.code, down.body.problems[0].code]).toEqual([1, 'horodatage-injoignable'])
    expect(tool('ls', 'non.pdf').status).not.toBe(0)
    expect((await call('verify', file('root.pem'))).body.problems[0].code).toBe('pas-un-pdf')
    expect((await call('sign', file('acte.pdf'))).code).toBe(2)
  })
})
