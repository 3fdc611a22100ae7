import {
  context,
  generalizedTime,
  integer,
  nullValue,
  octets,
  oid,
  sequence,
  tlv,
  utf8String,
} from '../cms/der.ts'
import { buildSignedData, OID, sha256, signedAttributes } from '../cms/signed-data.ts'
import { certificateParts } from '../keys/certificate.ts'
import type { Signer } from '../types.ts'
import type { TimestampRequest } from './request.ts'

const DIGEST_OIDS: Readonly<Record<string, string>> = {
  sha256: OID.sha256,
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
}

/** True when `issueToken` can stamp imprints of this algorithm (SHA-1 is refused). */
export const canStamp = (hashAlgorithm: string): boolean => hashAlgorithm in DIGEST_OIDS

/** A DER TimeStampToken for a request. `serial` is unsigned big-endian; accuracy one second. */
export async function issueToken(
  request: TimestampRequest,
  tsa: { signer: Signer; policy: string; genTime: Date; serial: Uint8Array },
): Promise<Uint8Array> {
  const { signer } = tsa
  const info = sequence(
    integer(1),
    oid(request.policy ?? tsa.policy),
    sequence(
      sequence(oid(DIGEST_OIDS[request.hashAlgorithm] ?? OID.sha256), nullValue),
      octets(request.imprint),
    ),
    integer(tsa.serial),
    generalizedTime(tsa.genTime),
    sequence(integer(1)),
    ...(request.nonce ? [integer(request.nonce)] : []),
    context(0, context(4, certificateParts(signer.certificate).subjectRaw)),
  )
  const attributes = signedAttributes(signer.certificate, sha256(info), OID.tstInfo)
  return buildSignedData({
    certificate: signer.certificate,
    chain: signer.chain,
    keyType: signer.keyType,
    attributes,
    signature: await signer.sign(attributes),
    content: { type: OID.tstInfo, bytes: info },
    withoutCertificates: !request.certReq,
  })
}

/** DER TimeStampResp that grants a token. */
export const grantedResponse = (token: Uint8Array): Uint8Array => sequence(sequence(integer(0)), token)

/** DER TimeStampResp that refuses; `failure` is the PKIFailureInfo bit (0 badAlg, 2 badRequest, 25 systemFailure). */
export function rejectedResponse(text: string, failure: number): Uint8Array {
  const bits = new Uint8Array(2 + (failure >> 3))
  bits[0] = 7 - (failure & 7)
  bits[1 + (failure >> 3)] = 0x80 >> (failure & 7)
  return sequence(sequence(integer(2), sequence(utf8String(text)), tlv(0x03, bits)))
}
