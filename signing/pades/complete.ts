import { createPublicKey, verify as nodeVerify } from 'node:crypto'
import { sameBytes, toHex } from '../cms/der.ts'
import { buildSignedData, cmsSignature, sha256 } from '../cms/signed-data.ts'
import { certificateParts } from '../keys/certificate.ts'
import { SigningError, type TimestampClient } from '../types.ts'
import { verifyPdf } from '../verify/pdf.ts'
import type { PreparedPdf } from './prepare.ts'

/**
 * Second step: puts the signature value (as `Signer.sign` gives it) into the prepared file, with the time-stamp
 * of level B-T, then verifies the result. The original bytes are an exact prefix of what it gives.
 * Throws SigningError: `signature-incorrecte`, `horodatage-requis`, `signature-trop-grande`, `document-modifie`, or the
 * time-stamp client's own refusals. Never falls back to a lower level.
 */
export async function complete(
  prepared: PreparedPdf,
  signature: Uint8Array,
  options: { timestamp?: TimestampClient } = {},
): Promise<Uint8Array> {
  requireUnchanged(prepared)
  requireMatchingKey(prepared, signature)
  if (prepared.level === 'B-T' && !options.timestamp)
    throw new SigningError(
      'horodatage-requis',
      'Le niveau B-T demande un service d’horodatage, et aucun n’est réglé. Indiquez-en un, ou signez au niveau B-B.',
    )
  const token =
    prepared.level === 'B-T'
      ? await options.timestamp?.(sha256(cmsSignature(signature, prepared.keyType)))
      : undefined
  const cms = buildSignedData({
    certificate: prepared.certificate,
    chain: prepared.chain,
    keyType: prepared.keyType,
    attributes: prepared.signedAttributes,
    signature,
    timestamp: token,
  })
  const [, open, close] = prepared.byteRange
  const hex = toHex(cms)
  if (hex.length > close - open - 2)
    throw new SigningError(
      'signature-trop-grande',
      'La signature et son horodatage ne tiennent pas dans la place réservée. Préparez à nouveau la signature.',
    )
  const signed = Uint8Array.from(prepared.pdf)
  for (let i = 0; i < hex.length; i++) signed[open + 1 + i] = hex.charCodeAt(i)
  await selfCheck(signed, prepared)
  return signed
}

function requireUnchanged(prepared: PreparedPdf): void {
  const [, open, close, rest] = prepared.byteRange
  const digest = sha256(prepared.pdf.subarray(0, open), prepared.pdf.subarray(close, close + rest))
  if (!Buffer.from(prepared.signedAttributes).includes(Buffer.from(digest)))
    throw new SigningError(
      'document-modifie',
      'Le document a changé entre la préparation et la signature. Relisez-le et recommencez.',
      prepared.fieldName,
    )
}

function requireMatchingKey(prepared: PreparedPdf, signature: Uint8Array): void {
  const spki = Buffer.from(certificateParts(prepared.certificate).spkiRaw)
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
  if (!nodeVerify('sha256', prepared.signedAttributes, { key, dsaEncoding: 'ieee-p1363' }, signature))
    throw new SigningError(
      'signature-incorrecte',
      'La signature reçue ne correspond pas au certificat choisi ou au document préparé. Le document n’a pas été modifié.',
      prepared.fieldName,
    )
}

/** Our own reading of what we wrote, before anyone else sees it. */
async function selfCheck(signed: Uint8Array, prepared: PreparedPdf): Promise<void> {
  const report = await verifyPdf(signed, {})
  const mine = report.signatures.find((item) => item.field === prepared.fieldName)
  const wrong = report.signatures
    .flatMap((item) => item.problems)
    .find((problem) => problem.level === 'error')
  const prefix = sameBytes(
    signed.subarray(0, prepared.originalLength),
    prepared.pdf.subarray(0, prepared.originalLength),
  )
  if (!prefix || !mine?.integrity || !mine.coversWholeDocument)
    throw new SigningError(
      'auto-verification',
      `La signature produite ne se vérifie pas${wrong ? ` : ${wrong.message}` : ''}. Le document n’a pas été modifié.`,
      prepared.fieldName,
    )
}
