import { AsyncLocalStorage } from 'node:async_hooks'
import { mkdirSync, rmSync } from 'node:fs'
import type { Kysely } from 'kysely'
import { Refusal } from '../core/refusal.ts'
import { type BlobStore, openBlobStore } from './blobs.ts'
import { errorCode, nameError } from './errors.ts'
import { type Migration, migrate } from './migrations.ts'
import { kyselyOnPostgres, lockScope, refuseForeignEncoding } from './postgres.ts'
import type { Database, Engine, Reader, Tx } from './schema.ts'
import { connectSqlite, kyselyOnSqlite } from './sqlite.ts'

export type StorageTarget = { kind: 'sqlite'; file: string } | { kind: 'postgres'; url: string }

/** The open database and its documents. A live resource: `close()` it. */
export type Storage = {
  engine: Engine
  target: StorageTarget
  /** Reads the last committed state, outside any transaction. */
  read: Reader
  blobs: BlobStore
  /** Names of the migrations applied by this opening. */
  migrated: readonly string[]
  /**
   * Runs `fn` in one write transaction: everything is kept or nothing is. Writers of one commune come one after the
   * other, whatever the engine and the number of hubs, so `fn` runs once and decides on a stable state; it must not
   * wait for anything but the database. `authorityId` is null for what belongs to the whole installation.
   */
  write: <T>(authorityId: string | null, fn: (tx: Tx) => Promise<T>) => Promise<T>
  /** Lets the writes already asked for end, then closes. Twice is harmless. */
  close: () => Promise<void>
}

export type StorageOptions = {
  /** Folder of the documents, created when absent. */
  blobDir: string
  /** Hears of PostgreSQL connections lost; the pool recovers alone. */
  onConnectionLost?: (error: unknown) => void
  /** For the tests of the migrations themselves. */
  migrations?: readonly Migration[]
}

/**
 * Opens the storage, creating or upgrading its schema (an embedded database is copied beside itself before an
 * upgrade). Refuses with a named `Refusal`: `storage.tooNew`, `.corrupt`, `.readOnly`, `.diskFull`, `.unopenable`,
 * `.unreachable`, `.denied`, `.encoding`, `.nodeTooOld`.
 */
export async function openStorage(target: StorageTarget, options: StorageOptions): Promise<Storage> {
  const place = target.kind === 'sqlite' ? target.file : placeOf(target.url)
  try {
    mkdirSync(options.blobDir, { recursive: true, mode: 0o700 })
    const blobs = openBlobStore(options.blobDir)
    const opened =
      target.kind === 'sqlite' ? await openSqlite(target.file, options) : await openPg(target.url, options)
    return storageOver(target, place, blobs, opened)
  } catch (error) {
    // A Unix socket that is not there
    const missing = target.kind === 'postgres' && errorCode(error) === 'ENOENT'
    throw nameError(missing ? Object.assign(new Error('no socket'), { code: 'ECONNREFUSED' }) : error, place)
  }
}

type Opened = {
  writer: Kysely<Database>
  reader: Kysely<Database>
  migrated: string[]
  end: () => Promise<void>
}

async function openSqlite(file: string, options: StorageOptions): Promise<Opened> {
  if (file === '' || file.startsWith(':'))
    throw new Refusal('storage.unopenable', 'La base embarquée doit être un fichier : donnez son chemin.', {
      family: 'impossible',
    })
  const connection = await connectSqlite(file, 'write')
  const writer = kyselyOnSqlite(connection)
  try {
    const migrated = await migrate(writer, 'sqlite', {
      ...(options.migrations ? { all: options.migrations } : {}),
      beforeUpgrade: async (first) => {
        const copy = `${file}.avant-${first}`
        rmSync(copy, { force: true }) // left by an upgrade that failed: the database did not change since
        connection.prepare('vacuum into ?').run(copy)
      },
    })
    const reading = await connectSqlite(file, 'read')
    // Not Kysely's destroy(): it closes nothing before the first query.
    const end = async () => {
      reading.close()
      connection.close()
    }
    return { writer, reader: kyselyOnSqlite(reading), migrated, end }
  } catch (error) {
    connection.close()
    throw error
  }
}

async function openPg(url: string, options: StorageOptions): Promise<Opened> {
  const db = kyselyOnPostgres(url, options.onConnectionLost ?? (() => {}))
  try {
    await refuseForeignEncoding(db)
    const migrated = await migrate(db, 'postgres', options.migrations ? { all: options.migrations } : {})
    return { writer: db, reader: db, migrated, end: () => db.destroy() }
  } catch (error) {
    await db.destroy()
    throw error
  }
}

function storageOver(target: StorageTarget, place: string, blobs: BlobStore, opened: Opened): Storage {
  const engine: Engine = target.kind
  const { writer, reader } = opened
  const inside = new AsyncLocalStorage<true>()
  const tails = new Map<string, Promise<unknown>>()
  let closing: Promise<void> | undefined

  // In-process queue: SQLite has one writing connection, and on PostgreSQL the writers that wait must not hold the pool.
  function enqueue<T>(key: string, run: () => Promise<T>): Promise<T> {
    const result = (tails.get(key) ?? Promise.resolve()).then(run)
    const tail = result
      .catch(() => {})
      .then(() => {
        if (tails.get(key) === tail) tails.delete(key)
      })
    tails.set(key, tail)
    return result
  }

  async function write<T>(authorityId: string | null, fn: (tx: Tx) => Promise<T>): Promise<T> {
    if (inside.getStore())
      throw new Error('storage.write inside storage.write would wait for itself: pass the tx')
    if (closing)
      throw new Refusal('storage.closed', 'Le programme s’arrête : rien n’a été enregistré.', {
        family: 'impossible',
      })
    const scope = authorityId ?? 'installation'
    try {
      return await enqueue(engine === 'sqlite' ? 'sqlite' : scope, () =>
        writer.transaction().execute(async (tx) => {
          if (engine === 'postgres') await lockScope(tx, scope)
          return inside.run(true, () => fn(tx))
        }),
      )
    } catch (error) {
      throw nameError(error, place)
    }
  }

  async function close(): Promise<void> {
    closing ??= (async () => {
      await Promise.all(tails.values())
      await opened.end()
    })()
    return closing
  }

  return { engine, target, read: reader, blobs, migrated: opened.migrated, write, close }
}

/** The server and database of a URL, without its password. */
function placeOf(url: string): string {
  const parsed = URL.parse(url)
  return parsed ? `${parsed.searchParams.get('host') ?? parsed.host}${parsed.pathname}` : 'PostgreSQL'
}
