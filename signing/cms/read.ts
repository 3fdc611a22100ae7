import { constants, createHash, createPublicKey, type KeyObject, verify as nodeVerify } from 'node:crypto'
import { certificateParts } from '../keys/certificate.ts'
import { SigningError } from '../types.ts'
import {
  childAt,
  childrenOf,
  compareBytes,
  concat,
  type DerNode,
  readDer,
  readOid,
  sameBytes,
} from './der.ts'
import { OID } from './signed-data.ts'

/** A parsed CMS SignedData with its only signer. All byte arrays are cut from the input, never re-encoded. */
export type CmsSignature = {
  readonly contentType: string
  /** Encapsulated content (time-stamp tokens); undefined when detached. */
  readonly content: Uint8Array | undefined
  readonly certificates: readonly Uint8Array[]
  /** The certificate that the signer identifier designates, when it is included. */
  readonly signer: Uint8Array | undefined
  readonly digestAlgorithm: string
  readonly signatureAlgorithm: { readonly oid: string; readonly parameters: DerNode | undefined }
  readonly signature: Uint8Array
  /** Signed attributes as they were signed: DER SET (0x31). */
  readonly signedAttributes: Uint8Array
  readonly signed: ReadonlyMap<string, readonly DerNode[]>
  readonly unsigned: ReadonlyMap<string, readonly DerNode[]>
}

const unreadable = (cause?: unknown) =>
  new SigningError(
    'cms-illisible',
    'La signature est illisible : son enveloppe CMS est abîmée ou incomplète.',
    '',
    {
      cause,
    },
  )

/** Parses a ContentInfo(SignedData). Bytes after it are ignored (padding). Throws `cms-illisible`, `cms-plusieurs-signataires`. */
export function readCms(der: Uint8Array): CmsSignature {
  try {
    return parse(der)
  } catch (cause) {
    if (cause instanceof SigningError) throw cause
    throw unreadable(cause)
  }
}

function parse(der: Uint8Array): CmsSignature {
  const outer = readDer(der)
  if (outer.tag !== 0x30 || readOid(childAt(outer, 0)) !== OID.signedData) throw unreadable()
  const [, , encap, ...rest] = childrenOf(childAt(outer, 1, 0))
  const infos = rest.at(-1)
  if (!encap || infos?.tag !== 0x31) throw unreadable()
  const signers = childrenOf(infos)
  const [info] = signers
  if (!info || signers.length !== 1)
    throw new SigningError(
      'cms-plusieurs-signataires',
      'Cette signature désigne plusieurs signataires (ou aucun) dans une même enveloppe : ce n’est pas admis.',
    )
  const certificateSet = rest.find((node) => node.tag === 0xa0)
  const certificates = certificateSet
    ? childrenOf(certificateSet)
        .filter((node) => node.tag === 0x30)
        .map((node) => node.raw)
    : []
  const fields = childrenOf(info)
  const [, sid, digestAlgorithm] = fields
  const signedNode = fields[3]?.tag === 0xa0 ? fields[3] : undefined
  const [algorithm, value, unsignedNode] = fields.slice(signedNode ? 4 : 3)
  if (!sid || !digestAlgorithm || !signedNode || !algorithm || value?.tag !== 0x04) throw unreadable()
  const [contentTypeNode, explicit] = childrenOf(encap)
  if (!contentTypeNode) throw unreadable()
  const signedAttributes = Uint8Array.from(signedNode.raw)
  signedAttributes[0] = 0x31
  return {
    contentType: readOid(contentTypeNode),
    content: explicit ? octetsOf(childAt(explicit, 0)) : undefined,
    certificates,
    signer: findSigner(sid, certificates),
    digestAlgorithm: readOid(childAt(digestAlgorithm, 0)),
    signatureAlgorithm: { oid: readOid(childAt(algorithm, 0)), parameters: childrenOf(algorithm)[1] },
    signature: value.content,
    signedAttributes,
    signed: attributesOf(signedNode),
    unsigned: unsignedNode?.tag === 0xa1 ? attributesOf(unsignedNode) : new Map(),
  }
}

function octetsOf(node: DerNode): Uint8Array {
  return node.tag === 0x24 ? concat(childrenOf(node).map(octetsOf)) : node.content
}

function attributesOf(node: DerNode): Map<string, readonly DerNode[]> {
  const out = new Map<string, readonly DerNode[]>()
  for (const attribute of childrenOf(node)) {
    const id = readOid(childAt(attribute, 0))
    if (out.has(id)) throw unreadable()
    out.set(id, childrenOf(childAt(attribute, 1)))
  }
  return out
}

function findSigner(sid: DerNode, certificates: readonly Uint8Array[]): Uint8Array | undefined {
  return certificates.find((der) => {
    const parts = certificateParts(der)
    if (sid.tag === 0x80) {
      const key = parts.extensions.find((extension) => extension.oid === '2.5.29.14')
      return key !== undefined && sameBytes(readDer(key.value).content, sid.content)
    }
    return sameBytes(childAt(sid, 0).raw, parts.issuerRaw) && sameBytes(childAt(sid, 1).raw, parts.serialRaw)
  })
}

const DIGESTS: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '1.3.14.3.2.26': 'sha1',
}
const RSA_WITH: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
}
const ECDSA_WITH: Readonly<Record<string, string>> = {
  '1.2.840.10045.4.1': 'sha1',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
}

/** Node's name of a digest OID, or undefined for one we do not accept at all. */
export const digestName = (oid: string): string | undefined => DIGESTS[oid]

/** Digest of several parts one after another, by Node's name of the algorithm. */
export function digestOf(algorithm: string, parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash(algorithm)
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}

/** True when the message-digest attribute is the digest of `parts` and content-type is the encapsulated type. */
export function digestMatches(cms: CmsSignature, parts: readonly Uint8Array[]): boolean {
  const algorithm = digestName(cms.digestAlgorithm)
  const expected = cms.signed.get(OID.messageDigest)
  const type = cms.signed.get(OID.contentType)?.[0]
  if (!algorithm || expected?.length !== 1 || !type || readOid(type) !== cms.contentType) return false
  return sameBytes(digestOf(algorithm, parts), expected[0]?.content ?? new Uint8Array())
}

/** True when the signature value verifies over the signed attributes with the signer's public key. */
export function signatureMatches(cms: CmsSignature): boolean {
  if (!cms.signer) return false
  try {
    const spki = Buffer.from(certificateParts(cms.signer).spkiRaw)
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    return verifyWith(cms, key)
  } catch {
    return false
  }
}

function verifyWith(cms: CmsSignature, key: KeyObject): boolean {
  const { oid, parameters } = cms.signatureAlgorithm
  const digest = digestName(cms.digestAlgorithm)
  const data = cms.signedAttributes
  const hash = RSA_WITH[oid] ?? ECDSA_WITH[oid] ?? digest
  if (!hash) return false
  if (oid === '1.2.840.113549.1.1.10') {
    const pss = pssParameters(parameters)
    return nodeVerify(
      pss.hash,
      data,
      { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: pss.saltLength },
      cms.signature,
    )
  }
  const rsa = oid === OID.rsaEncryption || oid in RSA_WITH
  if (!rsa && !(oid in ECDSA_WITH)) return false
  if ((key.asymmetricKeyType === 'rsa') !== rsa) return false
  return nodeVerify(hash, data, key, cms.signature)
}

function pssParameters(parameters: DerNode | undefined): { hash: string; saltLength: number } {
  const out = { hash: 'sha1', saltLength: 20 }
  for (const node of parameters ? childrenOf(parameters) : []) {
    if (node.tag === 0xa0) out.hash = DIGESTS[readOid(childAt(node, 0, 0))] ?? 'sha1'
    if (node.tag === 0xa2)
      out.saltLength = childAt(node, 0).content.reduce((sum, byte) => sum * 256 + byte, 0)
  }
  return out
}

/**
 * The binding of the signature to its certificate: `v2`/`v1` when the ESS attribute designates it, `absent` when there is
 * none, `autre` when it designates another certificate.
 */
export function certificateBinding(cms: CmsSignature): 'v2' | 'v1' | 'absent' | 'autre' {
  if (!cms.signer) return 'autre'
  const v2 = cms.signed.get(OID.signingCertificateV2)?.[0]
  const v1 = cms.signed.get(OID.signingCertificate)?.[0]
  const attribute = v2 ?? v1
  if (!attribute) return 'absent'
  const fields = childrenOf(childAt(attribute, 0, 0))
  const named =
    v2 && fields[0]?.tag === 0x30 ? digestName(readOid(childAt(fields[0], 0))) : v2 ? 'sha256' : 'sha1'
  const hash = fields.find((field) => field.tag === 0x04)
  if (!named || !hash) return 'autre'
  const expected = createHash(named).update(cms.signer).digest()
  if (!sameBytes(expected, hash.content)) return 'autre'
  const issuerSerial = fields.at(-1)
  if (issuerSerial && issuerSerial !== fields[0] && issuerSerial.tag === 0x30) {
    const parts = certificateParts(cms.signer)
    const serial = childrenOf(issuerSerial)[1]
    if (!serial || compareBytes(serial.raw, parts.serialRaw) !== 0) return 'autre'
  }
  return v2 ? 'v2' : 'v1'
}
