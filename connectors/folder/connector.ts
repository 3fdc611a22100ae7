import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Refusal } from '../../core/refusal.ts'

/** The folder of an operator: what leaves goes to `outbox`, what comes back appears in `inbox`, what was read in `done`. */
export type FolderSettings = { outbox: string; inbox: string; done: string }

export type Drop = {
  name: string
  sha256: string
  /** The very same file was already there: nothing was written. */
  already: boolean
}

export type Received = { name: string; bytes: Uint8Array; sha256: string }

const MAX_INCOMING_BYTES = 200 * 1024 * 1024

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** The three folders under one root. */
export const folderSettings = (root: string): FolderSettings => ({
  outbox: path.join(root, 'depart'),
  inbox: path.join(root, 'arrivee'),
  done: path.join(root, 'traite'),
})

/** Makes the folders that are missing. Refuses (`FOLDER_UNWRITABLE`) when one cannot be made. */
export async function prepareFolders(settings: FolderSettings): Promise<void> {
  for (const folder of Object.values(settings)) {
    try {
      await mkdir(folder, { recursive: true })
    } catch (error) {
      throw unwritable(folder, error)
    }
  }
}

const unwritable = (folder: string, error: unknown): Refusal => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'erreur'
  const reason =
    code === 'ENOSPC'
      ? 'le disque est plein'
      : code === 'EACCES' || code === 'EPERM'
        ? 'l’accès est refusé'
        : `erreur ${code}`
  return new Refusal(
    'FOLDER_UNWRITABLE',
    `Le dossier de télétransmission « ${folder} » n’est pas utilisable : ${reason}. Vérifiez le chemin et les droits dans les paramètres.`,
    {
      family: 'impossible',
      where: folder,
    },
  )
}

function checkName(name: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(name)) return
  throw new Refusal(
    'FOLDER_NAME',
    `« ${name} » n’est pas un nom de fichier à déposer : lettres sans accent, chiffres, points et tirets seulement.`,
    { where: name },
  )
}

const readIfThere = async (file: string): Promise<Uint8Array | undefined> => {
  try {
    return await readFile(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Puts a file in the outbox so that nobody ever sees it half written: temporary name, fsync, rename, fsync of the folder.
 * The same name and bytes again is the same drop (`already`); the same name with other bytes is refused
 * (`FOLDER_CONFLICT`), also when the operator has already taken the first one (its hash is kept in `done`).
 */
export async function drop(settings: FolderSettings, name: string, bytes: Uint8Array): Promise<Drop> {
  checkName(name)
  await prepareFolders(settings)
  const hash = sha256(bytes)
  const known = await knownHash(settings, name)
  if (known === hash) return { name, sha256: hash, already: true }
  if (known !== undefined) {
    throw new Refusal(
      'FOLDER_CONFLICT',
      `Un autre fichier a déjà été déposé sous le nom « ${name} ». Rien n’est remplacé : donnez un nouveau numéro à l’enveloppe.`,
      {
        family: 'conflict',
        where: name,
        data: { known, proposed: hash },
      },
    )
  }
  try {
    await writeWhole(settings.outbox, name, bytes)
    await writeWhole(settings.done, `${name}.sha256`, new TextEncoder().encode(`${hash}  ${name}\n`))
  } catch (error) {
    throw unwritable(settings.outbox, error)
  }
  return { name, sha256: hash, already: false }
}

async function knownHash(settings: FolderSettings, name: string): Promise<string | undefined> {
  const there = await readIfThere(path.join(settings.outbox, name))
  if (there !== undefined) return sha256(there)
  const noted = await readIfThere(path.join(settings.done, `${name}.sha256`))
  return noted === undefined ? undefined : new TextDecoder().decode(noted).slice(0, 64)
}

/** Writes a file whole or not at all, and makes it last. */
export async function writeWhole(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const temporary = path.join(folder, `.${name}.${randomUUID()}.tmp`)
  try {
    const file = await open(temporary, 'wx', 0o644)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path.join(folder, name))
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncFolder(folder)
}

/** Without this a power cut could forget the new name. Windows cannot open a folder: there the file system decides. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * What came back and was not yet acknowledged, by name: loose XML files, documents, or tar.gz. Hidden and temporary
 * files are left alone; so is a file beyond 200 MiB. Does not move anything: call `acknowledge` once it is recorded.
 */
export async function receive(settings: FolderSettings): Promise<Received[]> {
  await prepareFolders(settings)
  const received: Received[] = []
  for (const name of (await readdir(settings.inbox)).sort()) {
    if (name.startsWith('.') || /\.(?:tmp|part|partial)$/i.test(name)) continue
    const file = path.join(settings.inbox, name)
    const facts = await stat(file)
    if (!facts.isFile() || facts.size > MAX_INCOMING_BYTES) continue
    const bytes = await readFile(file)
    received.push({ name, bytes, sha256: sha256(bytes) })
  }
  return received
}

/** Moves a file that has been recorded out of the inbox. Doing it twice is harmless; a name already used gets its hash. */
export async function acknowledge(
  settings: FolderSettings,
  file: Pick<Received, 'name' | 'sha256'>,
): Promise<void> {
  const from = path.join(settings.inbox, file.name)
  const there = await readIfThere(path.join(settings.done, file.name))
  const name =
    there !== undefined && sha256(there) !== file.sha256
      ? `${file.sha256.slice(0, 12)}-${file.name}`
      : file.name
  try {
    await rename(from, path.join(settings.done, name))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
    throw unwritable(settings.done, error)
  }
}

/** Tries the folders for the diagnostics screen: writes, reads back, deletes. Gives a French sentence when it fails. */
export async function diagnose(settings: FolderSettings): Promise<{ ok: boolean; message: string }> {
  try {
    await prepareFolders(settings)
    for (const folder of Object.values(settings)) {
      await writeWhole(folder, '.essai', new TextEncoder().encode('essai'))
      await rm(path.join(folder, '.essai'))
    }
    return { ok: true, message: 'Les dossiers de télétransmission sont accessibles en écriture.' }
  } catch (error) {
    return {
      ok: false,
      message: (error instanceof Refusal ? error : unwritable(settings.outbox, error)).message,
    }
  }
}
