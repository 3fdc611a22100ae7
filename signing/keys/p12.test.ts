import { describe, expect, it } from 'vitest'
import { NOW, testAuthority } from '../testing.ts'
import { SigningError } from '../types.ts'
import { describeCertificate, pemCertificates, toPem } from './certificate.ts'
import { checkUsable, openP12 } from './p12.ts'
import { writeP12 } from './p12-write.ts'
import { TEST_MENTION } from './test-authority.ts'

const pki = await testAuthority()
const mayor = await pki.issuePerson({
  name: 'Éloïse Lefèvre-Noël',
  title: 'Maire',
  organization: 'Commune, d’Essai + Cie',
  organizationIdentifier: 'NTRFR-210000000',
})
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepté',
    (error: unknown) => (error instanceof SigningError ? error.code : String(error)),
  )

describe('.p12 files', () => {
  it('gives the same signer back, chain from issuer to root', async () => {
    const signer = await openP12(mayor.p12('mot de passe éà€'), 'mot de passe éà€')
    expect(Buffer.from(signer.certificate).equals(mayor.certificate)).toBe(true)
    expect(signer.chain.map((der) => describeCertificate(der).subject)).toEqual([
      describeCertificate(pki.issuing).subject,
      describeCertificate(pki.root).subject,
    ])
    const data = new TextEncoder().encode('à signer')
    expect(await signer.sign(data)).toEqual(await mayor.signer.sign(data))
  })

  it('elliptic curve keys sign with r and s side by side', async () => {
    const agent = await pki.issuePerson({ name: 'Agent', keyType: 'EC' })
    const signer = await openP12(agent.p12(''), '')
    expect(signer.keyType).toBe('EC')
    expect(await signer.sign(new Uint8Array(3))).toHaveLength(64)
  })

  it('wrong password, damaged, foreign and empty files each have their reason', async () => {
    const p12 = mayor.p12('1234')
    expect(await codeOf(openP12(p12, '12345'))).toBe('pin-faux')
    expect(await codeOf(openP12(p12.subarray(0, 500), '1234'))).toBe('p12-endommage')
    expect(await codeOf(openP12(Buffer.from('-----BEGIN'), '1234'))).toBe('p12-endommage')
    expect(await codeOf(openP12(new Uint8Array(), '1234'))).toBe('p12-endommage')
    expect(await codeOf(openP12(mayor.certificate, '1234'))).toBe('p12-endommage')
    const damaged = Uint8Array.from(p12)
    damaged[400] = (damaged[400] ?? 0) ^ 0xff
    expect(['pin-faux', 'p12-endommage']).toContain(await codeOf(openP12(damaged, '1234')))
  })

  it('a key without its certificate', async () => {
    const agent = await pki.issuePerson({ name: 'Agent' })
    const { createPrivateKey, generateKeyPairSync } = await import('node:crypto')
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pkcs8 = createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })).export({
      format: 'der',
      type: 'pkcs8',
    })
    const p12 = writeP12({ privateKey: pkcs8, certificates: [agent.certificate], friendlyName: 'x' }, '1')
    expect(await codeOf(openP12(p12, '1'))).toBe('p12-sans-certificat')
  })
})

describe('certificates', () => {
  it('are described for people, and by RFC 4514 for XAdES', () => {
    const about = describeCertificate(mayor.certificate)
    expect(about.subject).toBe('Éloïse Lefèvre-Noël')
    expect(about.issuer).toContain(TEST_MENTION)
    expect(about.subjectName).toBe(
      'CN=Éloïse Lefèvre-Noël,2.5.4.12=#0c054d61697265,2.5.4.97=#0c0f4e545246522d323130303030303030,O=Commune\\, d’Essai \\+ Cie,C=FR',
    )
    expect(about.issuerName).toMatch(/^CN=.*,O=ESSAI – SANS VALEUR JURIDIQUE,C=FR$/)
    expect(about.serial).toMatch(/^\d+$/)
    expect(about.keyUsage).toEqual(['digitalSignature', 'nonRepudiation'])
  })

  it('travel as PEM', () => {
    const text = toPem(pki.root) + toPem(pki.issuing)
    expect(pemCertificates(text).map((der) => Buffer.from(der).toString('hex'))).toEqual(
      [pki.root, pki.issuing].map((der) => Buffer.from(der).toString('hex')),
    )
    expect(() => pemCertificates('rien')).toThrow(/aucun certificat/)
  })

  it('are usable or not, for a reason', async () => {
    const codes = (certificate: Uint8Array, now: Date) =>
      checkUsable({ certificate }, now).map((p) => `${p.level} ${p.code}`)
    expect(codes(mayor.certificate, NOW)).toEqual([])
    expect(codes(mayor.certificate, new Date('2025-01-01'))).toEqual(['error certificat-pas-encore-valide'])
    expect(codes(mayor.certificate, new Date('2040-01-01'))).toEqual(['error certificat-expire'])
    expect(codes(mayor.certificate, new Date('2029-11-10'))).toEqual(['warning certificat-bientot-expire'])
    expect(codes(pki.issuing, NOW)).toEqual([
      'error certificat-d-autorite',
      'error certificat-non-signataire',
    ])
  })
})
