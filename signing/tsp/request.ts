import {
  boolean,
  childAt,
  childrenOf,
  integer,
  nullValue,
  octets,
  oid,
  readDer,
  readOid,
  sequence,
} from '../cms/der.ts'
import { digestName, digestOf } from '../cms/read.ts'
import { OID } from '../cms/signed-data.ts'
import { SigningError } from '../types.ts'

export type TimestampRequest = {
  readonly imprint: Uint8Array
  /** Node's name of the digest of the imprint. */
  readonly hashAlgorithm: string
  /** Unsigned big-endian, as in the INTEGER; undefined when absent. */
  readonly nonce: Uint8Array | undefined
  readonly policy: string | undefined
  readonly certReq: boolean
}

/** `MessageImprint` for a SHA-256 digest. */
export const messageImprint = (imprint: Uint8Array): Uint8Array =>
  sequence(sequence(oid(OID.sha256), nullValue), octets(imprint))

/** DER TimeStampReq: version 1, SHA-256 imprint, nonce, certReq TRUE, optional policy. */
export function buildRequest(imprint: Uint8Array, nonce: Uint8Array, policy?: string): Uint8Array {
  return sequence(
    integer(1),
    messageImprint(imprint),
    ...(policy ? [oid(policy)] : []),
    integer(nonce),
    boolean(true),
  )
}

/** Parses a TimeStampReq (for a time-stamping server). Throws `demande-illisible`. */
export function parseRequest(der: Uint8Array): TimestampRequest {
  try {
    const [version, imprint, ...rest] = childrenOf(readDer(der))
    if (version?.content[0] !== 1 || !imprint) throw new RangeError('not a TimeStampReq')
    const policy = rest.find((node) => node.tag === 0x06)
    const algorithm = digestName(readOid(childAt(imprint, 0, 0)))
    const value = childAt(imprint, 1).content
    if (!algorithm || digestOf(algorithm, []).length !== value.length) throw new RangeError('bad imprint')
    return {
      imprint: value,
      hashAlgorithm: algorithm,
      nonce: rest.find((node) => node.tag === 0x02)?.content,
      policy: policy ? readOid(policy) : undefined,
      certReq: rest.some((node) => node.tag === 0x01 && node.content[0] !== 0),
    }
  } catch (cause) {
    throw new SigningError('demande-illisible', 'La demande d’horodatage est illisible.', '', { cause })
  }
}

export type TimestampResponse = {
  /** PKIStatus: 0 granted, 1 granted with modifications, else refused. */
  readonly status: number
  readonly text: string
  readonly token: Uint8Array | undefined
}

/** Parses a TimeStampResp. Throws `reponse-illisible`. */
export function parseResponse(der: Uint8Array): TimestampResponse {
  try {
    const [info, token] = childrenOf(readDer(der))
    if (!info) throw new RangeError('not a TimeStampResp')
    const fields = childrenOf(info)
    const status = fields[0]?.tag === 0x02 ? (fields[0].content[0] ?? 2) : 2
    const strings = fields.find((node) => node.tag === 0x30)
    const text = strings
      ? childrenOf(strings)
          .map((node) => new TextDecoder().decode(node.content))
          .join(' ')
      : ''
    return { status, text, token: token?.raw }
  } catch (cause) {
    throw new SigningError('reponse-illisible', 'La réponse du service d’horodatage est illisible.', '', {
      cause,
    })
  }
}
