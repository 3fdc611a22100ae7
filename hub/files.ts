import type { FileRef } from '../core/sitting/model.ts'
import type { BlobRef } from '../storage/blobs.ts'
import type { FileAnswer } from './bind.ts'
import type { Services } from './services.ts'

/** Keeps bytes under their hash; the caller makes them known in its transaction (`work.keep`). */
export async function keepFile(
  services: Services,
  name: string,
  bytes: Uint8Array,
  mediaType: string,
  pages?: number,
): Promise<{ blob: BlobRef; file: FileRef }> {
  const blob = await services.storage.blobs.put(bytes, mediaType)
  return {
    blob,
    file: {
      sha256: blob.sha256,
      name,
      mediaType,
      size: blob.size,
      ...(pages === undefined ? {} : { pages }),
    },
  }
}

/** A kept file as an HTTP answer: by ranges, cacheable for ever, never run as a page of ours. */
export function sendKept(services: Services, file: FileRef): FileAnswer {
  return {
    body: async (range) => (await services.storage.blobs.open(file.sha256, range ?? {})).stream,
    size: file.size,
    mediaType: file.mediaType,
    name: file.name,
    etag: file.sha256,
    foreign: true,
  }
}

/** A name that is safe and legible in a folder: « Convocation Mme Aubert.pdf ». */
export const safeName = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 120)
