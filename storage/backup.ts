import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { copyFile, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { fault, type Problem, Refusal } from '../core/refusal.ts'
import type { BackupTask } from './backup-worker.ts'
import { type BlobStore, copyBlob, openBlobStore } from './blobs.ts'
import { nameError } from './errors.ts'
import { exportJournal } from './journal.ts'
import { verifyJournal } from './journal-verify.ts'
import type { Storage } from './open.ts'
import { connectSqlite, kyselyOnSqlite } from './sqlite.ts'

const manifestSchema = z.object({
  format: z.literal('echarpe-backup'),
  version: z.literal(1),
  at: z.string(),
  database: z.object({ sha256: z.string(), size: z.number() }),
  documents: z.array(z.string()),
  journals: z.array(
    z.object({ authorityId: z.string(), name: z.string(), lines: z.number(), head: z.string() }),
  ),
})

/** What a backup folder holds: the database, the hashes of its documents, and the state of each commune's journal. */
export type BackupManifest = z.infer<typeof manifestSchema>

const databaseName = 'echarpe.db'
const documentsName = 'documents'
const manifestName = 'sauvegarde.json'

/**
 * Copies the embedded database (one consistent state, while the program works) and every document it knows into `dir`,
 * a folder that does not exist yet or is empty; checks the copy by reading all of it back. `at` is the instant written
 * in the manifest. An interrupted backup leaves `<dir>.en-cours`, never a folder that looks complete.
 * Refuses `backup.notEmpty`, `backup.postgres` (pg_dump does it), `backup.unsound`, and the named disk troubles.
 */
export async function backupStorage(storage: Storage, dir: string, at: string): Promise<BackupManifest> {
  if (storage.target.kind === 'postgres') throw postgresRefusal()
  if (existsSync(dir) && (await readdir(dir)).length > 0)
    throw new Refusal(
      'backup.notEmpty',
      'Le dossier de sauvegarde contient déjà quelque chose. Choisissez un dossier vide.',
      {
        family: 'impossible',
        where: dir,
      },
    )
  const draft = `${path.resolve(dir)}.en-cours`
  try {
    await rm(draft, { recursive: true, force: true })
    await mkdir(draft, { recursive: true, mode: 0o700 })
    const copy = path.join(draft, databaseName)
    await inWorker({ kind: 'vacuumInto', file: storage.target.file, to: copy })
    const { documents, journals } = await contentOf(copy)
    const copies = openBlobStore(path.join(draft, documentsName))
    for (const sha256 of documents) await copyBlob(storage.blobs, copies, sha256)
    const manifest: BackupManifest = {
      format: 'echarpe-backup',
      version: 1,
      at,
      database: await fingerprint(copy),
      documents,
      journals,
    }
    await writeFile(path.join(draft, manifestName), `${JSON.stringify(manifest, null, 2)}\n`)
    const problems = await verifyBackup(draft)
    if (problems.length > 0) throw unsound(problems)
    await syncFile(copy)
    await syncFile(path.join(draft, manifestName))
    await rm(dir, { recursive: true, force: true })
    await rename(draft, dir)
    return manifest
  } catch (error) {
    throw nameError(error, dir)
  }
}

/** Everything wrong with a backup folder: database, each document, each journal. Empty when it can be restored. */
export async function verifyBackup(dir: string): Promise<Problem[]> {
  const manifest = await readManifest(dir)
  if (!manifest)
    return [
      fault(
        'backup.manifest',
        'Ce dossier n’est pas une sauvegarde d’Écharpe, ou son sommaire est abîmé.',
        dir,
      ),
    ]
  const copy = path.join(dir, databaseName)
  const found = existsSync(copy) ? await fingerprint(copy) : undefined
  if (found?.sha256 !== manifest.database.sha256)
    return [fault('backup.database', 'La base de cette sauvegarde manque ou a changé.', databaseName)]
  const problems = (await inWorker({ kind: 'check', file: copy })).map((trouble) =>
    fault('backup.integrity', `La base de cette sauvegarde est abîmée (${trouble}).`, databaseName),
  )
  const store = openBlobStore(path.join(dir, documentsName))
  for (const sha256 of manifest.documents)
    if (!(await store.verify(sha256)))
      problems.push(fault('backup.document', 'Un document de cette sauvegarde manque ou a changé.', sha256))
  return problems
}

/**
 * Puts a verified backup in the place of a stopped installation. Documents are added, none is removed; the database
 * that was there is kept beside as `<file>.avant-restauration-<at>`, whose path is given back (undefined when there was
 * none). Refuses `backup.unsound`, `backup.running` while a program uses the database, and the named disk troubles.
 */
export async function restoreBackup(
  dir: string,
  target: { file: string; blobDir: string },
  at: string,
): Promise<{ manifest: BackupManifest; kept: string | undefined }> {
  const problems = await verifyBackup(dir)
  const manifest = await readManifest(dir)
  if (problems.length > 0 || !manifest) throw unsound(problems)
  const draft = `${target.file}.restauration`
  try {
    await mkdir(path.dirname(target.file), { recursive: true, mode: 0o700 })
    const had = existsSync(target.file)
    if (had) await refuseRunning(target.file)
    const from = openBlobStore(path.join(dir, documentsName))
    const to: BlobStore = openBlobStore(target.blobDir)
    for (const sha256 of manifest.documents) await copyBlob(from, to, sha256)
    await copyFile(path.join(dir, databaseName), draft)
    await syncFile(draft)
    const kept = had ? `${target.file}.avant-restauration-${at.replace(/[^0-9TZ]/g, '')}` : undefined
    if (kept) await rename(target.file, kept)
    await rename(draft, target.file)
    return { manifest, kept }
  } catch (error) {
    await rm(draft, { force: true })
    throw nameError(error, target.file)
  }
}

async function contentOf(copy: string): Promise<Pick<BackupManifest, 'documents' | 'journals'>> {
  const connection = await connectSqlite(copy, 'copy')
  const db = kyselyOnSqlite(connection)
  try {
    const blobs = await db.selectFrom('blob').select('sha256').orderBy('sha256').execute()
    const authorities = await db.selectFrom('authority').select(['id', 'name']).orderBy('id').execute()
    const journals: BackupManifest['journals'] = []
    for (const { id, name } of authorities) {
      const { ok, problems, lines, head } = verifyJournal(await text(exportJournal(db, id)))
      if (!ok) throw unsound(problems)
      journals.push({ authorityId: id, name, lines, head })
    }
    return { documents: blobs.map((b) => b.sha256), journals }
  } finally {
    connection.close()
  }
}

/** Nobody may have the database open: its write-ahead log would be applied to another file. */
async function refuseRunning(file: string): Promise<void> {
  const connection = await connectSqlite(file, 'write').catch(() => undefined)
  if (!connection) return // so damaged that nothing can be using it
  try {
    connection.pragma('busy_timeout = 500')
    // Leaving WAL needs to be alone, and folds the log into the file that is kept.
    if (connection.pragma('journal_mode = DELETE', { simple: true }) === 'delete') return
  } catch {
    // said below
  } finally {
    connection.close()
  }
  throw new Refusal('backup.running', 'Écharpe utilise cette base. Arrêtez le programme, puis recommencez.', {
    family: 'impossible',
    where: file,
  })
}

async function readManifest(dir: string): Promise<BackupManifest | undefined> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(path.join(dir, manifestName), 'utf8')))
  } catch {
    return undefined
  }
}

async function fingerprint(file: string): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256')
  const stream = createReadStream(file)
  await pipeline(stream, hash)
  return { sha256: hash.digest('hex'), size: stream.bytesRead }
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function inWorker(task: BackupTask): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./backup-worker.ts', import.meta.url), { workerData: task })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`backup worker ended (${code})`))) // after an answer, without effect
  })
}

function unsound(problems: readonly Problem[]): Refusal {
  return new Refusal(
    'backup.unsound',
    'Cette sauvegarde ne peut pas servir : ce qu’elle contient est abîmé ou incomplet. Le détail suit.',
    { family: 'impossible', problems: [...problems] },
  )
}

function postgresRefusal(): Refusal {
  return new Refusal(
    'backup.postgres',
    'Cette installation est sur PostgreSQL : sauvegardez la base par « pg_dump --format=custom », puis le dossier des ' +
      'documents, dans cet ordre (voir storage/README.md).',
    { family: 'impossible' },
  )
}
