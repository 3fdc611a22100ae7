import type { Problem, Signer, TimestampClient } from '../types.ts'
import { complete } from './complete.ts'
import { prepare, type SignatureRequest } from './prepare.ts'

export type SignOptions = Omit<SignatureRequest, 'certificate' | 'chain' | 'keyType' | 'level'> & {
  readonly level?: 'B-B' | 'B-T'
  readonly timestamp?: TimestampClient
}

/** Prepares, signs and completes in one call, for a key that is at hand. Throws SigningError like the two steps. */
export async function signPdf(
  pdf: Uint8Array,
  signer: Signer,
  options: SignOptions,
): Promise<{ pdf: Uint8Array; warnings: Problem[] }> {
  const { timestamp, level = timestamp ? 'B-T' : 'B-B', ...request } = options
  const step = await prepare(pdf, {
    ...request,
    level,
    certificate: signer.certificate,
    chain: signer.chain,
    keyType: signer.keyType,
  })
  const signature = await signer.sign(step.bytesToSign)
  const signed = await complete(step.prepared, signature, timestamp ? { timestamp } : {})
  return { pdf: signed, warnings: step.warnings }
}
