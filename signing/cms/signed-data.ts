import { createHash } from 'node:crypto'
import { certificateParts } from '../keys/certificate.ts'
import type { Signer } from '../types.ts'
import { context, integer, nullValue, octets, oid, sequence, setOf } from './der.ts'

export const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  signatureTimestamp: '1.2.840.113549.1.9.16.2.14',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsaEncryption: '1.2.840.113549.1.1.1',
  ecdsaSha256: '1.2.840.10045.4.3.2',
} as const

export const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}

const attribute = (id: string, ...values: readonly Uint8Array[]): Uint8Array =>
  sequence(oid(id), setOf(values))

/** `SigningCertificateV2` (RFC 5035): SHA-256 of the certificate (default algorithm omitted, as DER asks) and issuerSerial. */
export function signingCertificateV2(certificate: Uint8Array): Uint8Array {
  const { issuerRaw, serialRaw } = certificateParts(certificate)
  const issuerSerial = sequence(sequence(context(4, issuerRaw)), serialRaw)
  return sequence(sequence(sequence(octets(sha256(certificate)), issuerSerial)))
}

/**
 * The signed attributes of a baseline signature, DER SET (0x31) sorted bytewise: content-type, message-digest,
 * signing-certificate-v2, and nothing else (no signing-time: ETSI EN 319 142-1 §6.3). These are the bytes to sign.
 */
export function signedAttributes(
  certificate: Uint8Array,
  messageDigest: Uint8Array,
  contentType: string = OID.data,
): Uint8Array {
  return setOf([
    attribute(OID.contentType, oid(contentType)),
    attribute(OID.messageDigest, octets(messageDigest)),
    attribute(OID.signingCertificateV2, signingCertificateV2(certificate)),
  ])
}

export type SignedDataParts = {
  readonly certificate: Uint8Array
  readonly chain: readonly Uint8Array[]
  readonly keyType: Signer['keyType']
  /** As given by `signedAttributes`. */
  readonly attributes: Uint8Array
  /** As given by `Signer.sign` (r‖s for EC). */
  readonly signature: Uint8Array
  /** DER TimeStampToken put in the signature-time-stamp unsigned attribute. */
  readonly timestamp?: Uint8Array | undefined
  readonly content?: { readonly type: string; readonly bytes: Uint8Array } | undefined
  /** Leaves the certificates out (a time-stamp requested without certReq). */
  readonly withoutCertificates?: boolean | undefined
}

/** A DER ContentInfo(SignedData) with one SignerInfo. Detached unless `content` is given. */
export function buildSignedData(parts: SignedDataParts): Uint8Array {
  const { issuerRaw, serialRaw } = certificateParts(parts.certificate)
  const digestAlgorithm = sequence(oid(OID.sha256))
  const ec = parts.keyType === 'EC'
  const signerInfo = sequence(
    integer(1),
    sequence(issuerRaw, serialRaw),
    digestAlgorithm,
    retag(parts.attributes, 0xa0),
    ec ? sequence(oid(OID.ecdsaSha256)) : sequence(oid(OID.rsaEncryption), nullValue),
    octets(cmsSignature(parts.signature, parts.keyType)),
    ...(parts.timestamp ? [setOf([attribute(OID.signatureTimestamp, parts.timestamp)], 0xa1)] : []),
  )
  const content = parts.content
  const signedData = sequence(
    integer(content && content.type !== OID.data ? 3 : 1),
    setOf([digestAlgorithm]),
    content ? sequence(oid(content.type), context(0, octets(content.bytes))) : sequence(oid(OID.data)),
    ...(parts.withoutCertificates ? [] : [setOf([parts.certificate, ...parts.chain], 0xa0)]),
    setOf([signerInfo]),
  )
  return sequence(oid(OID.signedData), context(0, signedData))
}

/** The signature octets as CMS writes them: DER SEQUENCE of r and s for EC, unchanged for RSA. */
export function cmsSignature(signature: Uint8Array, keyType: Signer['keyType']): Uint8Array {
  if (keyType === 'RSA') return signature
  const half = signature.length / 2
  return sequence(integer(signature.subarray(0, half)), integer(signature.subarray(half)))
}

function retag(bytes: Uint8Array, tag: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[0] = tag
  return copy
}
