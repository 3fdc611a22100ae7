import type { CertificateDescription } from '../keys/certificate.ts'
import type { Problem } from '../types.ts'
import type { Change } from './changes.ts'

/** Level reached by a signature; `autre` for a sound signature outside the PAdES baseline. */
export type SignatureLevel = 'B-B' | 'B-T' | 'B-LT' | 'B-LTA' | 'autre'

/** What is known of one signature (or document time-stamp) of a PDF. Plain data apart from the dates. */
export type SignatureReport = {
  readonly field: string
  readonly kind: 'signature' | 'horodatage'
  /** Common name in the certificate. */
  readonly signer: string
  readonly certificate: CertificateDescription | undefined
  /** /Name, /Reason, /Location as written by the signer; not proven. */
  readonly name: string
  readonly reason: string
  readonly location: string
  /** /M: what the signer's clock said. */
  readonly claimedAt: Date | undefined
  /** Proven by a time-stamp. */
  readonly timestampAt: Date | undefined
  readonly timestampAuthority: string
  /** Digest, signature value and certificate binding all hold. */
  readonly integrity: boolean
  readonly coversWholeDocument: boolean
  /** `undefined`: no trust anchors were given, or the chain could not be looked at. */
  readonly trusted: boolean | undefined
  /** What later revisions did to the document. */
  readonly changes: readonly Change[]
  readonly level: SignatureLevel
  readonly problems: readonly Problem[]
}

export type PdfReport = {
  /** No blocking problem, at least one signature. */
  readonly ok: boolean
  readonly problems: readonly Problem[]
  readonly signatures: readonly SignatureReport[]
}
