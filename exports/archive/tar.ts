import { Readable } from 'node:stream'
import { createGunzip, gzipSync } from 'node:zlib'
import { extract } from 'tar-stream'
import { Refusal } from '../../core/refusal.ts'
import {
  type ArchiveFile,
  type ArchiveLimits,
  broken,
  checkName,
  createMeter,
  defaultLimits,
  notAFile,
} from './limits.ts'

const BLOCK = 512

const kinds: Readonly<Record<string, string>> = {
  link: 'lien',
  symlink: 'lien symbolique',
  directory: 'dossier',
  'character-device': 'périphérique',
  'block-device': 'périphérique',
  fifo: 'tube nommé',
  'contiguous-file': 'fichier contigu',
}

/** True for bytes that begin like gzip. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/**
 * Files of a .tar.gz that may be hostile, in order, in memory. Refuses (`Refusal` ARCHIVE_…) paths, links, devices,
 * folders, names met twice, and bombs, the last while still inflating.
 */
export async function readTarGz(
  bytes: Uint8Array,
  limits: Partial<ArchiveLimits> = {},
): Promise<ArchiveFile[]> {
  const all = { ...defaultLimits, ...limits }
  const meter = createMeter(bytes.length, all)
  if (!isGzip(bytes)) throw broken('.tar.gz', 'le fichier n’est pas compressé par gzip')
  const files: ArchiveFile[] = []
  const unpacker = extract()
  const gunzip = createGunzip()
  // Headers, padding and pax records count too: an endless run of them is a bomb as well.
  gunzip.on('data', (chunk: Buffer) => {
    const refusal = meter.raw(chunk.length)
    if (refusal !== undefined) gunzip.destroy(refusal)
  })
  gunzip.on('error', (error) => unpacker.destroy(error))
  Readable.from([bytes]).pipe(gunzip).pipe(unpacker)
  try {
    for await (const entry of unpacker) {
      const { type } = entry.header
      // Some tools write « ./nom »: the same file, without a folder.
      const name = entry.header.name.replace(/^\.\//, '')
      if (type !== 'file') throw notAFile(name, kinds[type ?? ''] ?? 'type inconnu')
      meter.startFile(name)
      const chunks: Uint8Array[] = []
      for await (const chunk of entry) {
        if (!(chunk instanceof Uint8Array)) continue
        meter.add(name, chunk.length)
        chunks.push(chunk)
      }
      files.push({ name, bytes: new Uint8Array(Buffer.concat(chunks)) })
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw broken('.tar.gz', error instanceof Error ? gzipReason(error.message) : 'erreur de lecture')
  } finally {
    gunzip.destroy()
    unpacker.destroy()
  }
  if (files.length === 0) throw broken('.tar.gz', 'elle est vide')
  return files
}

function gzipReason(message: string): string {
  if (/unexpected end|Unexpected end/.test(message)) return 'elle s’arrête avant la fin'
  if (/header|checksum|Invalid tar/i.test(message)) return 'un en-tête est invalide'
  return 'les données compressées sont endommagées'
}

const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`

function ustarHeader(file: ArchiveFile, seconds: number): Buffer {
  const header = Buffer.alloc(BLOCK)
  const put = (offset: number, value: string): void => void header.write(value, offset, 'latin1')
  put(0, file.name)
  put(100, octal(0o644, 8))
  put(108, octal(0, 8))
  put(116, octal(0, 8))
  put(124, octal(file.bytes.length, 12))
  put(136, octal(seconds, 12))
  put(148, ' '.repeat(8))
  put(156, '0')
  put(257, 'ustar\x0000')
  put(329, octal(0, 8))
  put(337, octal(0, 8))
  const sum = header.reduce((total, byte) => total + byte, 0)
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `)
  return header
}

/**
 * A .tar.gz of plain files: ustar, flat, owner 0, mode 644. The same files and date give the same bytes on every system.
 * `modified` is written for every file, to the second. Names are ASCII, at most 100 characters.
 */
export function writeTarGz(files: readonly ArchiveFile[], modified: Date): Uint8Array {
  const seconds = Math.floor(modified.getTime() / 1000)
  const parts: Uint8Array[] = []
  const names = new Set<string>()
  for (const file of files) {
    checkName(file.name, false)
    if (!/^[\x20-\x7e]{1,100}$/.test(file.name) || names.has(file.name)) {
      throw new Refusal(
        'ARCHIVE_NAME',
        `Le nom « ${file.name} » ne convient pas à une archive : 100 caractères au plus, sans accent, chacun une seule fois.`,
        { where: file.name },
      )
    }
    names.add(file.name)
    parts.push(
      ustarHeader(file, seconds),
      file.bytes,
      new Uint8Array((BLOCK - (file.bytes.length % BLOCK)) % BLOCK),
    )
  }
  parts.push(new Uint8Array(2 * BLOCK))
  const packed = gzipSync(Buffer.concat(parts), { level: 9 })
  // gzip notes the operating system it ran on; 255 is "unknown", the same everywhere.
  packed[9] = 255
  return new Uint8Array(packed)
}
