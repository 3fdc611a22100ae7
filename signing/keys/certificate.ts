import { createHash, createPublicKey, X509Certificate } from 'node:crypto'
import { childAt, childrenOf, type DerNode, readDer, readOid, toHex } from '../cms/der.ts'
import { SigningError } from '../types.ts'

/** The parts of a certificate that signatures need, cut out of its DER without re-encoding. */
export type CertificateParts = {
  readonly der: Uint8Array
  /** INTEGER, whole element. */
  readonly serialRaw: Uint8Array
  /** Name, whole element, byte for byte. */
  readonly issuerRaw: Uint8Array
  readonly subjectRaw: Uint8Array
  readonly spkiRaw: Uint8Array
  readonly extensions: readonly { oid: string; critical: boolean; value: Uint8Array }[]
}

/** What a person (and a journal) wants to know of a certificate. */
export type CertificateDescription = {
  /** Common name of the holder, else the whole subject. */
  readonly subject: string
  readonly organization: string
  /** Common name of the issuer, else the whole issuer name. */
  readonly issuer: string
  /** RFC 4514, most specific RDN first; what XAdES calls X509IssuerName. */
  readonly issuerName: string
  readonly subjectName: string
  readonly validFrom: Date
  readonly validTo: Date
  /** Decimal. */
  readonly serial: string
  readonly keyType: 'RSA' | 'EC' | 'autre'
  readonly keyBits: number
  readonly keyUsage: readonly string[]
  readonly extendedKeyUsage: readonly string[]
  readonly policies: readonly string[]
  readonly isAuthority: boolean
  readonly selfSigned: boolean
  /** SHA-256 of the DER, lower-case hexadecimal. */
  readonly fingerprint: string
}

const OID_KEY_USAGE = '2.5.29.15'
const OID_EXTENDED_KEY_USAGE = '2.5.29.37'
const OID_BASIC_CONSTRAINTS = '2.5.29.19'
const OID_POLICIES = '2.5.29.32'
export const OID_TIME_STAMPING = '1.3.6.1.5.5.7.3.8'

const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
]

/** Attribute keywords allowed in the XAdES profile of the DGFiP; anything else is a dotted OID. */
const KEYWORDS: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.6': 'C',
  '2.5.4.9': 'STREET',
  '0.9.2342.19200300.100.1.25': 'DC',
  '0.9.2342.19200300.100.1.1': 'UID',
}

/** Cuts a DER certificate. Throws `certificat-illisible`. */
export function certificateParts(der: Uint8Array): CertificateParts {
  try {
    const fields = childrenOf(childAt(readDer(der), 0))
    const at = fields[0]?.tag === 0xa0 ? 1 : 0
    const [serial, , issuer, , subject, spki] = fields.slice(at)
    if (!serial || !issuer || !subject || !spki) throw new RangeError('incomplete certificate')
    const extensions = fields.find((field) => field.tag === 0xa3)
    return {
      der,
      serialRaw: serial.raw,
      issuerRaw: issuer.raw,
      subjectRaw: subject.raw,
      spkiRaw: spki.raw,
      extensions: extensions ? childrenOf(childAt(extensions, 0)).map(readExtension) : [],
    }
  } catch (cause) {
    throw new SigningError(
      'certificat-illisible',
      'Le certificat est illisible : ce n’est pas un certificat X.509 en DER.',
      '',
      { cause },
    )
  }
}

function readExtension(node: DerNode): { oid: string; critical: boolean; value: Uint8Array } {
  const items = childrenOf(node)
  const [id] = items
  const value = items.at(-1)
  if (!id || !value) throw new RangeError('incomplete extension')
  return {
    oid: readOid(id),
    critical: items[1]?.tag === 0x01 && items[1].content[0] !== 0,
    value: value.content,
  }
}

const extension = (parts: CertificateParts, oid: string) => parts.extensions.find((item) => item.oid === oid)

/** Key usage names; empty when the certificate has no such extension. */
export function keyUsageOf(parts: CertificateParts): string[] {
  const found = extension(parts, OID_KEY_USAGE)
  if (!found) return []
  const bits = readDer(found.value).content
  return KEY_USAGES.filter((_, i) => ((bits[1 + (i >> 3)] ?? 0) & (0x80 >> (i & 7))) !== 0)
}

/** Extended key usage OIDs and whether the extension is critical. */
export function extendedKeyUsageOf(parts: CertificateParts): { oids: string[]; critical: boolean } {
  const found = extension(parts, OID_EXTENDED_KEY_USAGE)
  if (!found) return { oids: [], critical: false }
  return { oids: childrenOf(readDer(found.value)).map(readOid), critical: found.critical }
}

/** True for a certificate that may issue others (basic constraints). */
export function isAuthority(parts: CertificateParts): boolean {
  const found = extension(parts, OID_BASIC_CONSTRAINTS)
  if (!found) return false
  const first = childrenOf(readDer(found.value))[0]
  return first?.tag === 0x01 && first.content[0] !== 0
}

/** Describes a DER certificate for people. Throws `certificat-illisible`. */
export function describeCertificate(der: Uint8Array): CertificateDescription {
  const parts = certificateParts(der)
  let node: X509Certificate
  try {
    node = new X509Certificate(der)
  } catch (cause) {
    throw new SigningError('certificat-illisible', 'Le certificat est illisible.', '', { cause })
  }
  const key = createPublicKey({ key: Buffer.from(parts.spkiRaw), format: 'der', type: 'spki' })
  const details = key.asymmetricKeyDetails ?? {}
  const kind = key.asymmetricKeyType
  const issuerName = rfc4514(parts.issuerRaw)
  const subjectName = rfc4514(parts.subjectRaw)
  return {
    subject: attributeOf(parts.subjectRaw, '2.5.4.3') ?? subjectName,
    organization: attributeOf(parts.subjectRaw, '2.5.4.10') ?? '',
    issuer: attributeOf(parts.issuerRaw, '2.5.4.3') ?? issuerName,
    issuerName,
    subjectName,
    validFrom: new Date(node.validFrom),
    validTo: new Date(node.validTo),
    serial: BigInt(`0x${toHex(readDer(parts.serialRaw).content)}`).toString(),
    keyType: kind === 'rsa' || kind === 'rsa-pss' ? 'RSA' : kind === 'ec' ? 'EC' : 'autre',
    keyBits: details.modulusLength ?? curveBits(details.namedCurve),
    keyUsage: keyUsageOf(parts),
    extendedKeyUsage: extendedKeyUsageOf(parts).oids,
    policies: policiesOf(parts),
    isAuthority: isAuthority(parts),
    selfSigned: toHex(parts.issuerRaw) === toHex(parts.subjectRaw),
    fingerprint: createHash('sha256').update(der).digest('hex'),
  }
}

const curveBits = (curve: string | undefined): number =>
  curve === 'prime256v1' || curve === 'secp256k1'
    ? 256
    : curve === 'secp384r1'
      ? 384
      : curve === 'secp521r1'
        ? 521
        : 0

function policiesOf(parts: CertificateParts): string[] {
  const found = extension(parts, OID_POLICIES)
  return found ? childrenOf(readDer(found.value)).map((policy) => readOid(childAt(policy, 0))) : []
}

/** First value of an attribute of a DER Name, as text. */
function attributeOf(nameRaw: Uint8Array, oid: string): string | undefined {
  for (const rdn of childrenOf(readDer(nameRaw)))
    for (const attribute of childrenOf(rdn))
      if (readOid(childAt(attribute, 0)) === oid) return stringOf(childAt(attribute, 1))
  return undefined
}

function stringOf(node: DerNode): string | undefined {
  if (node.tag === 0x0c) return new TextDecoder().decode(node.content)
  if (node.tag === 0x13 || node.tag === 0x16 || node.tag === 0x12 || node.tag === 0x14)
    return new TextDecoder('latin1').decode(node.content)
  if (node.tag === 0x1e) return new TextDecoder('utf-16be').decode(node.content)
  return undefined
}

/**
 * RFC 4514 string of a DER Name: most specific RDN first (the reverse of the encoding order), keywords CN, O, OU,
 * L, ST, C, STREET, DC, UID; any other attribute as dotted OID, `=#` and the hexadecimal of its DER value.
 */
export function rfc4514(nameRaw: Uint8Array): string {
  return childrenOf(readDer(nameRaw))
    .map((rdn) => childrenOf(rdn).map(rfc4514Attribute).join('+'))
    .reverse()
    .join(',')
}

function rfc4514Attribute(attribute: DerNode): string {
  const oid = readOid(childAt(attribute, 0))
  const value = childAt(attribute, 1)
  const keyword = KEYWORDS[oid]
  const text = stringOf(value)
  if (!keyword || text === undefined) return `${oid}=#${toHex(value.raw)}`
  return `${keyword}=${escape4514(text)}`
}

const escape4514 = (text: string): string =>
  text
    .replace(/["+,;<>\\]/g, '\\$&')
    .replaceAll('\0', '\\00')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ')

/** PEM text (one or several certificates) to DER. Throws `certificat-illisible`. */
export function pemCertificates(text: string): Uint8Array[] {
  const blocks = [...text.matchAll(/-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/g)]
  if (blocks.length === 0)
    throw new SigningError('certificat-illisible', 'Ce fichier ne contient aucun certificat au format PEM.')
  return blocks.map((block) => {
    const der = new Uint8Array(Buffer.from(block[1] ?? '', 'base64'))
    certificateParts(der)
    return der
  })
}

/** DER certificate to PEM text. */
export function toPem(der: Uint8Array): string {
  const lines = Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n').trimEnd()
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}
