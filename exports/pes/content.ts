import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { Refusal } from '../../core/refusal.ts'
import type { AttachmentContent } from './model.ts'

/** Largest document given back: far above any real supporting document, far below what a bomb would inflate to. */
export const MAX_DOCUMENT_BYTES = 128 * 1024 * 1024

/**
 * Decodes the text of a Fichier: base64 of gzip, or base64 alone (seen in real files).
 * Refuses: `PES_PJ_EMPTY`, `PES_PJ_BASE64`, `PES_PJ_GZIP`, `PES_PJ_TOO_LARGE` (limit in bytes once inflated).
 */
export function decodeContent(
  text: string,
  limit = MAX_DOCUMENT_BYTES,
): { bytes: Uint8Array; compressed: boolean } {
  const packed = text.replace(/\s+/g, '')
  if (packed === '') throw new Refusal('PES_PJ_EMPTY', 'Le contenu de la pièce jointe est vide.')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(packed))
    throw new Refusal(
      'PES_PJ_BASE64',
      'Le contenu de la pièce jointe n’est pas du base64 : il est endommagé.',
    )
  const raw = Buffer.from(packed, 'base64')
  if (raw[0] !== 0x1f || raw[1] !== 0x8b) {
    if (raw.length > limit) throw tooLarge(limit)
    return { bytes: raw, compressed: false }
  }
  try {
    return { bytes: gunzipSync(raw, { maxOutputLength: limit }), compressed: true }
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(limit)
    throw new Refusal('PES_PJ_GZIP', 'Le contenu de la pièce jointe est endommagé : la décompression échoue.')
  }
}

const tooLarge = (limit: number) =>
  new Refusal(
    'PES_PJ_TOO_LARGE',
    `La pièce jointe décompressée dépasse ${Math.round(limit / 1024 / 1024)} Mio : elle n’est pas ouverte.`,
  )

/** Size, fingerprint and true type of a content, without keeping it. Never throws: what fails is a state. */
export function describeContent(text: string): AttachmentContent {
  try {
    const { bytes, compressed } = decodeContent(text)
    if (bytes.length === 0) return { state: 'empty' }
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return { state: 'readable', size: bytes.length, sha256, detectedType: detectType(bytes), compressed }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.code === 'PES_PJ_EMPTY' ? { state: 'empty' } : { state: 'unreadable', reason: error.message }
  }
}

/** MIME type told by the first bytes; the declared MIMEType is not to be trusted. */
export function detectType(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1')
  if (head.includes('%PDF-')) return 'application/pdf'
  if (head.startsWith('PK\x03\x04')) return 'application/zip'
  if (head.startsWith('\x89PNG')) return 'image/png'
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return 'image/tiff'
  if (/^(\xef\xbb\xbf)?\s*<\?xml/.test(head) || /^(\xef\xbb\xbf)?\s*<[A-Za-z]/.test(head))
    return 'application/xml'
  return 'application/octet-stream'
}
