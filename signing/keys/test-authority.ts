import 'reflect-metadata'
import { createPrivateKey, type KeyObject, sign as nodeSign } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import { toHex } from '../cms/der.ts'
import { sha256 } from '../cms/signed-data.ts'
import type { Clock, Signer } from '../types.ts'
import { writeP12 } from './p12-write.ts'

/** Said in the name of every demonstration authority, so that no one takes its signatures for real ones. */
export const TEST_MENTION = 'ESSAI – SANS VALEUR JURIDIQUE'

/** Someone (or something) the demonstration authority knows. */
export type TestIdentity = {
  readonly name: string
  readonly certificate: Uint8Array
  readonly chain: readonly Uint8Array[]
  readonly signer: Signer
  /** Writes the identity as a `.p12` protected by `pin` (PBES2). */
  p12(pin: string): Uint8Array
}

export type TestPerson = {
  readonly name: string
  readonly title?: string
  readonly organization?: string
  /** `NTRFR-` and the SIREN, as eIDAS certificates of organisations carry it. */
  readonly organizationIdentifier?: string
  readonly keyType?: 'RSA' | 'EC'
  readonly validFrom?: Date
  readonly validTo?: Date
  /** Overrides the key usage (nonRepudiation and digitalSignature). */
  readonly keyUsage?: 'signature' | 'encryption'
}

export type TestAuthority = {
  /** DER of the root: the only trust anchor. */
  readonly root: Uint8Array
  readonly issuing: Uint8Array
  issuePerson(person: TestPerson): Promise<TestIdentity>
  /** A time-stamping unit: critical extended key usage timeStamping and nothing else. */
  issueTsa(name?: string): Promise<TestIdentity>
}

const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]) }
const EC_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const DAY = 86_400_000

/**
 * Creates a demonstration PKI: root, issuing authority, then persons and a time-stamping unit on demand.
 * `clock` dates everything (validity starts one day before). `keyBits` is the size of the authorities' RSA keys.
 */
export async function createTestAuthority(options: {
  clock: Clock
  name?: string
  keyBits?: number
}): Promise<TestAuthority> {
  x509.cryptoProvider.set(crypto)
  const label = options.name ?? 'Écharpe'
  const now = options.clock()
  const rsa = { ...ALGORITHM, modulusLength: options.keyBits ?? 3072 }
  const rootKeys = await generate(rsa)
  const issuingKeys = await generate(rsa)
  const span = (years: number) => ({
    notBefore: new Date(now.getTime() - DAY),
    notAfter: new Date(now.getTime() + years * 365 * DAY),
  })
  const rootName = dn({ C: 'FR', O: TEST_MENTION, CN: `${label} Racine (${TEST_MENTION})` })
  const issuingName = dn({ C: 'FR', O: TEST_MENTION, CN: `${label} AC Signataires (${TEST_MENTION})` })
  const root = await x509.X509CertificateGenerator.create({
    serialNumber: await serialOf(rootKeys.publicKey),
    subject: rootName,
    issuer: rootName,
    ...span(20),
    signingAlgorithm: ALGORITHM,
    publicKey: rootKeys.publicKey,
    signingKey: rootKeys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(rootKeys.publicKey),
    ],
  })
  const issuing = await x509.X509CertificateGenerator.create({
    serialNumber: await serialOf(issuingKeys.publicKey),
    subject: issuingName,
    issuer: rootName,
    ...span(10),
    signingAlgorithm: ALGORITHM,
    publicKey: issuingKeys.publicKey,
    signingKey: rootKeys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(issuingKeys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(rootKeys.publicKey),
    ],
  })
  const chain = [der(issuing), der(root)]

  const issue = async (request: {
    name: string
    subject: x509.Name
    keyType: 'RSA' | 'EC'
    notBefore: Date
    notAfter: Date
    extensions: x509.Extension[]
  }): Promise<TestIdentity> => {
    const keys = await generate(
      request.keyType === 'EC' ? EC_ALGORITHM : { ...ALGORITHM, modulusLength: 2048 },
    )
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: await serialOf(keys.publicKey),
      subject: request.subject,
      issuer: issuingName,
      notBefore: request.notBefore,
      notAfter: request.notAfter,
      signingAlgorithm: ALGORITHM,
      publicKey: keys.publicKey,
      signingKey: issuingKeys.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        ...request.extensions,
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
        await x509.AuthorityKeyIdentifierExtension.create(issuingKeys.publicKey),
      ],
    })
    const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
    const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
    return {
      name: request.name,
      certificate: der(certificate),
      chain,
      signer: { certificate: der(certificate), chain, keyType: request.keyType, sign: signWith(key) },
      p12: (pin) =>
        writeP12(
          { privateKey: pkcs8, certificates: [der(certificate), ...chain], friendlyName: request.name },
          pin,
        ),
    }
  }

  return {
    root: der(root),
    issuing: der(issuing),
    issuePerson: (person) =>
      issue({
        name: person.name,
        subject: dn({
          C: 'FR',
          ...(person.organization ? { O: person.organization } : {}),
          ...(person.organizationIdentifier ? { '2.5.4.97': person.organizationIdentifier } : {}),
          ...(person.title ? { '2.5.4.12': person.title } : {}),
          CN: person.name,
        }),
        keyType: person.keyType ?? 'RSA',
        notBefore: person.validFrom ?? span(3).notBefore,
        notAfter: person.validTo ?? span(3).notAfter,
        extensions: [
          new x509.KeyUsagesExtension(
            person.keyUsage === 'encryption'
              ? x509.KeyUsageFlags.keyEncipherment
              : x509.KeyUsageFlags.nonRepudiation | x509.KeyUsageFlags.digitalSignature,
            true,
          ),
        ],
      }),
    issueTsa: (tsaName = `${label} Horodatage (${TEST_MENTION})`) =>
      issue({
        name: tsaName,
        subject: dn({ C: 'FR', O: TEST_MENTION, CN: tsaName }),
        keyType: 'RSA',
        ...span(5),
        extensions: [
          new x509.KeyUsagesExtension(
            x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation,
            true,
          ),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.timeStamping], true),
        ],
      }),
  }
}

const generate = (algorithm: RsaHashedKeyGenParams | EcKeyGenParams) =>
  crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<CryptoKeyPair>

const der = (certificate: x509.X509Certificate): Uint8Array => new Uint8Array(certificate.rawData)

/** Each attribute alone in its RDN, UTF-8 except the country, in the given order (general to specific). */
const dn = (attributes: Record<string, string>): x509.Name =>
  new x509.Name(
    Object.entries(attributes).map(([type, value]) => ({
      [type]: type === 'C' ? [{ printableString: value }] : [{ utf8String: value }],
    })),
  )

/** A positive 16-byte serial drawn from the key itself: as unpredictable as the key. */
async function serialOf(key: CryptoKey): Promise<string> {
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', key))
  const bytes = sha256(spki).slice(0, 16)
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return toHex(bytes)
}

const signWith =
  (key: KeyObject): Signer['sign'] =>
  async (data) =>
    new Uint8Array(nodeSign('sha256', data, { key, dsaEncoding: 'ieee-p1363' }))
