import { Refusal } from '../../core/refusal.ts'

/** One file of an archive, held in memory. */
export type ArchiveFile = { readonly name: string; readonly bytes: Uint8Array }

export type ArchiveLimits = {
  /** The archive itself, bytes. */
  maxArchiveBytes: number
  maxFiles: number
  /** One unpacked file, bytes. */
  maxFileBytes: number
  /** All unpacked files together, bytes. */
  maxTotalBytes: number
  /** Unpacked bytes per packed byte; only looked at beyond 10 MiB unpacked, since small XML packs very well. */
  maxRatio: number
  /** Accept `folder/file` names (SEDA packages); never absolute, never `..`. */
  folders: boolean
}

const MIB = 1024 * 1024

/** ACTES: 150 MiB packed (actes.md §10), flat. */
export const defaultLimits: ArchiveLimits = {
  maxArchiveBytes: 150 * MIB,
  maxFiles: 500,
  maxFileBytes: 200 * MIB,
  maxTotalBytes: 400 * MIB,
  maxRatio: 200,
  folders: false,
}

const RATIO_FLOOR = 10 * MIB
/** What headers and padding of one file may weigh in a tar, pax records included. */
const HEADERS = 4 * 512

const mebibytes = (bytes: number): string => `${Math.ceil(bytes / MIB)} Mio`

/** Counts what comes out of an archive and refuses as soon as a limit is passed, while streaming. */
export type Meter = {
  startFile(name: string): void
  add(name: string, length: number): void
  /** The same judgement on everything inflated, headers and padding included: the refusal, or undefined. */
  raw(length: number): Refusal | undefined
}

/** A meter for one archive of `archiveBytes` packed bytes. Refuses the archive at once when it is too heavy itself. */
export function createMeter(archiveBytes: number, limits: ArchiveLimits): Meter {
  if (archiveBytes > limits.maxArchiveBytes) {
    throw new Refusal(
      'ARCHIVE_TOO_BIG',
      `L’archive pèse ${mebibytes(archiveBytes)} ; la limite est de ${mebibytes(limits.maxArchiveBytes)}. Réduisez les fichiers joints.`,
    )
  }
  let total = 0
  let inflated = 0
  let inFile = 0
  let files = 0
  const seen = new Set<string>()
  const isBomb = (size: number): boolean =>
    size > limits.maxTotalBytes || (size > RATIO_FLOOR && size > archiveBytes * limits.maxRatio)
  return {
    startFile(name) {
      checkName(name, limits.folders)
      files++
      inFile = 0
      if (files > limits.maxFiles) {
        throw new Refusal(
          'ARCHIVE_TOO_MANY',
          `L’archive contient plus de ${limits.maxFiles} fichiers. Vérifiez son origine.`,
          { where: name },
        )
      }
      // Two names that a Windows or macOS disk would confuse are the same name.
      const key = name.normalize('NFC').toLowerCase()
      if (seen.has(key)) {
        throw new Refusal(
          'ARCHIVE_DUPLICATE',
          `L’archive contient deux fois le fichier « ${name} ». Refaites l’archive.`,
          { where: name },
        )
      }
      seen.add(key)
    },
    add(name, length) {
      inFile += length
      total += length
      if (inFile > limits.maxFileBytes || isBomb(total)) throw bomb(total, archiveBytes, name)
    },
    raw(length) {
      inflated += length
      const headers = limits.maxFiles * HEADERS
      return isBomb(inflated - Math.min(inflated, headers)) ? bomb(inflated, archiveBytes, '') : undefined
    },
  }
}

const bomb = (size: number, archiveBytes: number, where: string): Refusal =>
  new Refusal(
    'ARCHIVE_BOMB',
    `Le contenu déplié est démesuré (plus de ${mebibytes(size)} pour une archive de ${mebibytes(archiveBytes)}) : la lecture est arrêtée par sécurité. Vérifiez l’origine de l’archive.`,
    { where },
  )

/** Refuses (`ARCHIVE_PATH`) a name that is not a plain file name, or a relative path without `..` when folders are accepted. */
export function checkName(name: string, folders: boolean): void {
  const parts = folders ? name.split('/') : [name]
  const plain = (part: string): boolean =>
    part !== '' && part !== '.' && part !== '..' && !/[/\\\p{Cc}]/u.test(part)
  const drive = /^[A-Za-z]:/.test(name)
  if (parts.every(plain) && !drive && Buffer.byteLength(name) <= 255) return
  throw new Refusal(
    'ARCHIVE_PATH',
    `Le nom « ${name.slice(0, 120)} » est refusé : une archive ne doit contenir ${folders ? 'ni chemin absolu ni « .. »' : 'que des fichiers sans dossier ni chemin'}. Refaites l’archive.`,
    { where: name.slice(0, 120) },
  )
}

/** Refusal for a member that is not a plain file. */
export const notAFile = (name: string, kind: string): Refusal =>
  new Refusal(
    'ARCHIVE_SPECIAL',
    `« ${name.slice(0, 120)} » n’est pas un fichier ordinaire (${kind}). Refaites l’archive avec des fichiers seulement.`,
    { where: name.slice(0, 120) },
  )

/** Refusal for bytes that are not a readable archive. */
export const broken = (format: string, detail: string): Refusal =>
  new Refusal(
    'ARCHIVE_BROKEN',
    `L’archive ${format} est illisible : ${detail}. Elle est peut-être tronquée ; demandez-la de nouveau.`,
  )
