import { childAt, childrenOf, type DerNode, readDer, readOid, sameBytes, toHex } from '../cms/der.ts'
import {
  type CmsSignature,
  certificateBinding,
  digestMatches,
  digestName,
  digestOf,
  readCms,
  signatureMatches,
} from '../cms/read.ts'
import { OID } from '../cms/signed-data.ts'
import {
  certificateParts,
  describeCertificate,
  extendedKeyUsageOf,
  OID_TIME_STAMPING,
} from '../keys/certificate.ts'
import { fault, type Problem, SigningError } from '../types.ts'
import { checkChain } from '../verify/chain.ts'

/** What a time-stamp token says (RFC 3161 TSTInfo). */
export type TimestampToken = {
  readonly genTime: Date
  readonly policy: string
  /** Hexadecimal. */
  readonly serial: string
  readonly hashAlgorithm: string
  readonly imprint: Uint8Array
  /** INTEGER content, as in the request; undefined when absent. */
  readonly nonce: Uint8Array | undefined
  readonly cms: CmsSignature
}

/** Parses a DER TimeStampToken. Throws `jeton-illisible`. */
export function parseTimestampToken(der: Uint8Array): TimestampToken {
  try {
    const cms = readCms(der)
    if (cms.contentType !== OID.tstInfo || !cms.content) throw new RangeError('not a TSTInfo')
    const fields = childrenOf(readDer(cms.content))
    const [, policy, imprint, serial, genTime] = fields
    if (!policy || !imprint || !serial || genTime?.tag !== 0x18) throw new RangeError('incomplete TSTInfo')
    const algorithm = readOid(childAt(imprint, 0, 0))
    return {
      genTime: readTime(genTime),
      policy: readOid(policy),
      serial: toHex(serial.content),
      hashAlgorithm: digestName(algorithm) ?? algorithm,
      imprint: childAt(imprint, 1).content,
      nonce: fields.slice(5).find((node) => node.tag === 0x02)?.content,
      cms,
    }
  } catch (cause) {
    throw new SigningError('jeton-illisible', 'Le jeton d’horodatage est illisible.', '', { cause })
  }
}

function readTime(node: DerNode): Date {
  const text = new TextDecoder('latin1').decode(node.content)
  const found = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(text)
  if (!found) throw new RangeError('not a UTC GeneralizedTime')
  const [, y, mo, d, h, mi, s, fraction = ''] = found
  return new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}${fraction.slice(0, 4)}Z`)
}

export type TimestampVerdict = {
  readonly genTime: Date
  /** Common name of the time-stamping unit. */
  readonly authority: string
  /** `undefined` when no trust anchors were given. */
  readonly trusted: boolean | undefined
  readonly problems: readonly Problem[]
}

/**
 * Verifies a token over `imprint` (SHA-256 of the stamped bytes): imprint, signature, ESS binding, critical and exclusive
 * timeStamping usage, chain to `roots` (not looked at when undefined). Throws `jeton-illisible`; everything else is a problem.
 */
export function verifyTimestampToken(
  token: Uint8Array,
  imprint: Uint8Array | { readonly data: readonly Uint8Array[] },
  roots?: readonly Uint8Array[],
): TimestampVerdict {
  const parsed = parseTimestampToken(token)
  const { cms } = parsed
  const problems: Problem[] = []
  const say = (code: string, message: string) => problems.push(fault(code, message))
  if (!imprintMatches(parsed, imprint))
    say('horodatage-autre-empreinte', 'Le jeton d’horodatage porte sur un autre contenu que celui-ci.')
  if (!cms.signer) {
    say(
      'horodatage-sans-certificat',
      'Le jeton d’horodatage ne contient pas le certificat de l’autorité qui l’a signé.',
    )
    return { genTime: parsed.genTime, authority: '', trusted: roots ? false : undefined, problems }
  }
  const authority = describeCertificate(cms.signer).subject
  if (!digestMatches(cms, [cms.content ?? new Uint8Array()]) || !signatureMatches(cms))
    say(
      'horodatage-signature',
      'La signature du jeton d’horodatage ne se vérifie pas : le jeton a été modifié.',
    )
  const binding = certificateBinding(cms)
  if (binding === 'autre' || binding === 'absent')
    say('horodatage-certificat', 'Le jeton d’horodatage ne désigne pas le certificat qui l’a signé.')
  const usage = extendedKeyUsageOf(certificateParts(cms.signer))
  if (!usage.critical || usage.oids.length !== 1 || usage.oids[0] !== OID_TIME_STAMPING)
    say('horodatage-usage', `Le certificat « ${authority} » n’est pas réservé à l’horodatage.`)
  if (!roots) return { genTime: parsed.genTime, authority, trusted: undefined, problems }
  const chain = checkChain(cms.signer, cms.certificates, roots, parsed.genTime)
  return {
    genTime: parsed.genTime,
    authority,
    trusted: chain.trusted && problems.length === 0,
    problems: [...problems, ...chain.problems],
  }
}

function imprintMatches(
  parsed: TimestampToken,
  imprint: Uint8Array | { readonly data: readonly Uint8Array[] },
): boolean {
  if (imprint instanceof Uint8Array)
    return parsed.hashAlgorithm === 'sha256' && sameBytes(parsed.imprint, imprint)
  if (parsed.hashAlgorithm === 'sha1' || /^\d/.test(parsed.hashAlgorithm)) return false
  return sameBytes(parsed.imprint, digestOf(parsed.hashAlgorithm, imprint.data))
}
