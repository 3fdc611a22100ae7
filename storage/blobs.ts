import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../core/refusal.ts'
import { nameError } from './errors.ts'
import type { Reader, Tx } from './schema.ts'

/** A document kept: its name is the SHA-256 of its bytes (hexadecimal, lower case), `size` in bytes. */
export type BlobRef = { sha256: string; size: number; mediaType: string }

export type OpenedBlob = { stream: Readable; size: number; start: number; end: number }

export type BlobStore = {
  dir: string
  /**
   * Keeps bytes or a stream under their hash; on the disk for good when the promise resolves, whole or not at all.
   * Refuses `blob.tooLarge` beyond `limit` bytes (default 512 Mio), `blob.mismatch` when `expected` is another hash.
   */
  put: (
    content: Uint8Array | Readable,
    mediaType: string,
    options?: { limit?: number; expected?: string },
  ) => Promise<BlobRef>
  /**
   * Opens for reading; `start` and `end` are byte positions, end included (as in HTTP ranges). With `verify`, a whole
   * read whose bytes do not match the name ends in error. Refuses `blob.missing`, `blob.range`.
   */
  open: (sha256: string, options?: { start?: number; end?: number; verify?: boolean }) => Promise<OpenedBlob>
  /** The whole content, its hash checked (`blob.corrupt` otherwise). */
  read: (sha256: string) => Promise<Uint8Array>
  has: (sha256: string) => Promise<boolean>
  /** True when the file is there and its bytes still match its name. */
  verify: (sha256: string) => Promise<boolean>
  /** Removes the drafts that a crash left before that instant (an upload under way is younger); gives how many. */
  sweep: (before: Date) => Promise<number>
}

const defaultLimit = 512 * 1024 * 1024

/** Documents as files `<dir>/ab/cd/<sha256>`. Folders come with the first document; nothing to close. */
export function openBlobStore(dir: string): BlobStore {
  const fileOf = (sha256: string) => path.join(dir, sha256.slice(0, 2), sha256.slice(2, 4), named(sha256))

  const put: BlobStore['put'] = async (content, mediaType, options = {}) => {
    const draft = draftIn(dir)
    try {
      await mkdir(path.dirname(draft), { recursive: true, mode: 0o700 })
      const written = await writeDraft(draft, content, options.limit ?? defaultLimit)
      if (options.expected !== undefined && options.expected !== written.sha256)
        throw new Refusal(
          'blob.mismatch',
          'Le document reçu n’est pas celui qui était annoncé. Envoyez-le de nouveau.',
          {
            data: { expected: options.expected, received: written.sha256 },
          },
        )
      const file = fileOf(written.sha256)
      if (await matches(file, written.sha256)) await rm(draft)
      else await settle(draft, file, dir)
      return { ...written, mediaType }
    } catch (error) {
      await rm(draft, { force: true })
      throw nameError(error, dir)
    }
  }

  const openBlob: BlobStore['open'] = async (sha256, options = {}) => {
    const file = fileOf(sha256)
    const size = await sizeOf(file, sha256)
    const start = options.start ?? 0
    const end = Math.min(options.end ?? size - 1, size - 1)
    const empty = size === 0 && start === 0
    if (!empty && (start < 0 || start > end))
      throw new Refusal('blob.range', `Le document ne contient pas cette partie : il fait ${size} octets.`, {
        data: { size, start, end: options.end },
      })
    const source = empty ? Readable.from([]) : createReadStream(file, { start, end, highWaterMark: 1 << 20 })
    const whole = start === 0 && end === size - 1
    if (!options.verify || !whole) return { stream: source, size, start, end }
    const checked = checking(sha256)
    source.on('error', (error: Error) => checked.destroy(error))
    checked.on('close', () => source.destroy())
    return { stream: source.pipe(checked), size, start, end }
  }

  return {
    dir,
    put,
    open: openBlob,
    read: async (sha256) => {
      const { stream } = await openBlob(sha256, { verify: true })
      const chunks: Uint8Array[] = []
      for await (const chunk of stream) chunks.push(chunk as Uint8Array) // a stream of a file gives buffers
      return Buffer.concat(chunks)
    },
    has: async (sha256) => (await stat(fileOf(sha256)).catch(() => undefined))?.isFile() ?? false,
    verify: (sha256) => matches(fileOf(sha256), sha256),
    sweep: async (before) => {
      const folder = path.dirname(draftIn(dir))
      let removed = 0
      for (const name of await readdir(folder).catch(() => [])) {
        const draft = path.join(folder, name)
        const found = await stat(draft).catch(() => undefined)
        if (!found || found.mtime >= before) continue
        await rm(draft, { force: true })
        removed++
      }
      return removed
    },
  }
}

/** Says in the database that a document exists. To call in the transaction whose rows refer to it; twice is harmless. */
export async function recordBlob(tx: Tx, blob: BlobRef, at: string): Promise<void> {
  await tx
    .insertInto('blob')
    .values({ ...blob, createdAt: at })
    .onConflict((oc) => oc.column('sha256').doNothing())
    .execute()
}

/** What the database knows of a document. */
export async function findBlob(reader: Reader, sha256: string): Promise<BlobRef | undefined> {
  return reader
    .selectFrom('blob')
    .select(['sha256', 'size', 'mediaType'])
    .where('sha256', '=', sha256)
    .executeTakeFirst()
}

/** Copies one document to another store, checking it on arrival. Refuses `blob.missing` and `blob.corrupt`. */
export async function copyBlob(from: BlobStore, to: BlobStore, sha256: string): Promise<void> {
  if (await to.verify(sha256)) return
  const source = path.join(from.dir, sha256.slice(0, 2), sha256.slice(2, 4), named(sha256))
  await sizeOf(source, sha256)
  const draft = draftIn(to.dir)
  try {
    await mkdir(path.dirname(draft), { recursive: true, mode: 0o700 })
    await copyFile(source, draft)
    if (!(await matches(draft, sha256))) throw corrupt(sha256)
    await settle(draft, path.join(to.dir, sha256.slice(0, 2), sha256.slice(2, 4), sha256), to.dir)
  } catch (error) {
    await rm(draft, { force: true })
    throw nameError(error, to.dir)
  }
}

const draftIn = (dir: string) => path.join(dir, 'tmp', randomUUID())

async function writeDraft(
  draft: string,
  content: Uint8Array | Readable,
  limit: number,
): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256')
  let size = 0
  const handle = await open(draft, 'wx', 0o600)
  try {
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      const bytes: Uint8Array = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      size += bytes.length
      if (size > limit)
        throw new Refusal(
          'blob.tooLarge',
          `Ce document dépasse la taille admise (${Math.floor(limit / 1024)} Kio).`,
          {
            data: { limit },
          },
        )
      hash.update(bytes)
      await handle.writeFile(bytes)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { sha256: hash.digest('hex'), size }
}

/** Gives a complete draft its name. Every new directory entry is forced to the disk before the promise resolves. */
async function settle(draft: string, file: string, dir: string): Promise<void> {
  const leaf = path.dirname(file)
  await mkdir(leaf, { recursive: true, mode: 0o700 })
  const handle = await open(draft, 'r+') // a copy has not been forced to the disk yet
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, file)
  for (const folder of [leaf, path.dirname(leaf), dir]) await syncFolder(folder)
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return // NTFS journals its directories, and Windows cannot open one
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function matches(file: string, sha256: string): Promise<boolean> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(file), hash)
  } catch {
    return false
  }
  return hash.digest('hex') === sha256
}

async function sizeOf(file: string, sha256: string): Promise<number> {
  const found = await stat(file).catch(() => undefined)
  if (found?.isFile()) return found.size
  throw new Refusal(
    'blob.missing',
    'Ce document n’est pas dans le dossier des documents. Restaurez-le depuis une sauvegarde.',
    { family: 'notFound', where: sha256 },
  )
}

function checking(sha256: string): Transform {
  const hash = createHash('sha256')
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
    flush(done) {
      done(hash.digest('hex') === sha256 ? null : corrupt(sha256))
    },
  })
}

function corrupt(sha256: string): Refusal {
  return new Refusal(
    'blob.corrupt',
    'Ce document a changé sur le disque depuis son enregistrement. Ne l’utilisez pas ; restaurez-le depuis une sauvegarde.',
    { family: 'impossible', where: sha256 },
  )
}

/** The name, once sure that it is only a hash: it becomes a path. */
function named(sha256: string): string {
  if (/^[0-9a-f]{64}$/.test(sha256)) return sha256
  throw new Refusal('blob.name', 'Ce nom de document n’est pas une empreinte SHA-256.', {
    where: sha256.slice(0, 80),
  })
}
