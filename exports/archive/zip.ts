import { crc32, deflateRawSync } from 'node:zlib'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
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

/** True for bytes that begin like a zip. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 &&
  bytes[1] === 0x4b &&
  ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6))

const UNIX_TYPE = 0o170000
const UNIX_FILE = 0o100000

function kindOf(entry: Entry): string | undefined {
  if (entry.fileName.endsWith('/')) return undefined
  const mode = entry.externalFileAttributes >>> 16
  const madeOnUnix = entry.versionMadeBy >>> 8 === 3
  if (madeOnUnix && (mode & UNIX_TYPE) !== 0 && (mode & UNIX_TYPE) !== UNIX_FILE)
    return 'lien ou périphérique'
  return undefined
}

async function readEntry(zip: ZipFile, entry: Entry, add: (length: number) => void): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  const stream = await zip.openReadStreamPromise(entry)
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) continue
    add(chunk.length)
    chunks.push(chunk)
  }
  const bytes = Buffer.concat(chunks)
  if (crc32(bytes) !== entry.crc32)
    throw broken('zip', `« ${entry.fileName} » ne correspond pas à sa somme de contrôle`)
  return new Uint8Array(bytes)
}

/**
 * Files of a zip that may be hostile, in the order of its directory, in memory. Same refusals as `readTarGz`, and
 * `ARCHIVE_ENCRYPTED` for a password. Folder entries are skipped when folders are accepted, refused otherwise.
 */
export async function readZip(
  bytes: Uint8Array,
  limits: Partial<ArchiveLimits> = {},
): Promise<ArchiveFile[]> {
  const all = { ...defaultLimits, ...limits }
  const meter = createMeter(bytes.length, all)
  const files: ArchiveFile[] = []
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const zip = await fromBufferPromise(buffer, {
      strictFileNames: true,
      lazyEntries: true,
      autoClose: false,
    })
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName
      const kind = kindOf(entry)
      if (kind !== undefined) throw notAFile(name, kind)
      if (name.endsWith('/')) {
        if (!all.folders) throw notAFile(name, 'dossier')
        checkName(name.slice(0, -1), true)
        continue
      }
      meter.startFile(name)
      if (entry.isEncrypted()) {
        throw new Refusal(
          'ARCHIVE_ENCRYPTED',
          `« ${name} » est protégé par un mot de passe. Demandez une archive sans mot de passe.`,
          { where: name },
        )
      }
      // What the directory announces is checked first, what really comes out is counted after.
      if (entry.uncompressedSize > all.maxFileBytes) meter.add(name, entry.uncompressedSize)
      files.push({ name, bytes: await readEntry(zip, entry, (length) => meter.add(name, length)) })
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw zipRefusal(error instanceof Error ? error.message : '')
  }
  if (files.length === 0) throw broken('zip', 'elle est vide')
  return files
}

function zipRefusal(message: string): Refusal {
  const badName = /^(?:absolute path|invalid relative path|invalid characters in fileName): ([\s\S]*)$/.exec(
    message,
  )
  if (badName) {
    try {
      checkName('/', false)
    } catch (error) {
      if (error instanceof Refusal) {
        const name = (badName[1] ?? '').slice(0, 120)
        return new Refusal('ARCHIVE_PATH', error.message.replace('« / »', `« ${name} »`), { where: name })
      }
    }
  }
  if (/too many bytes|not enough bytes/.test(message)) {
    return broken('zip', 'la taille d’un fichier ne correspond pas à celle qu’elle annonce')
  }
  return broken('zip', 'son répertoire ou ses données sont endommagés')
}

const u16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** DOS date and time in UTC, so that the bytes do not depend on the time zone of the machine. */
function dosStamp(modified: Date): Buffer {
  // DOS time begins in 1980 and ends in 2107.
  const date = new Date(Math.min(Math.max(modified.getTime(), Date.UTC(1980, 0, 1)), Date.UTC(2107, 11, 31)))
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1)
  const day = ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate()
  return Buffer.concat([u16(time), u16(day)])
}

const UTF8_NAMES = 0x0800
const MAX_ZIP_BYTES = 0xffffffff

/**
 * A zip of plain files (names in UTF-8, `folder/name` allowed), without zip64. The same files and date give the same
 * bytes. A file that does not shrink is stored.
 */
export function writeZip(files: readonly ArchiveFile[], modified: Date): Uint8Array {
  const stamp = dosStamp(modified)
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  const names = new Set<string>()
  let offset = 0
  for (const file of files) {
    checkName(file.name, true)
    if (names.has(file.name)) {
      throw new Refusal('ARCHIVE_DUPLICATE', `Le fichier « ${file.name} » est donné deux fois.`, {
        where: file.name,
      })
    }
    names.add(file.name)
    const deflated = deflateRawSync(file.bytes, { level: 9 })
    const packed = deflated.length < file.bytes.length ? deflated : Buffer.from(file.bytes)
    const name = Buffer.from(file.name, 'utf8')
    const common = Buffer.concat([
      u16(20),
      u16(UTF8_NAMES),
      u16(packed === deflated ? 8 : 0),
      stamp,
      u32(crc32(file.bytes)),
      u32(packed.length),
      u32(file.bytes.length),
      u16(name.length),
      u16(0),
    ])
    const local = Buffer.concat([u32(0x04034b50), common, name, packed])
    const unixFile = ((UNIX_FILE | 0o644) << 16) >>> 0
    directory.push(
      Buffer.concat([
        u32(0x02014b50),
        u16((3 << 8) | 20),
        common,
        u16(0),
        u16(0),
        u16(0),
        u32(unixFile),
        u32(offset),
        name,
      ]),
    )
    locals.push(local)
    offset += local.length
    if (offset > MAX_ZIP_BYTES || files.length > 0xffff) {
      throw new Refusal('ARCHIVE_TOO_BIG', 'L’archive dépasserait 4 Gio ou 65 535 fichiers. Scindez-la.')
    }
  }
  const central = Buffer.concat(directory)
  const end = Buffer.concat([
    u32(0x06054b50),
    u16(0),
    u16(0),
    u16(files.length),
    u16(files.length),
    u32(central.length),
    u32(offset),
    u16(0),
  ])
  return new Uint8Array(Buffer.concat([...locals, central, end]))
}
