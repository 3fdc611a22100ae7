import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import {
  CamelCasePlugin,
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  SqliteDialect,
  SqliteDriver,
} from 'kysely'
import { Refusal } from '../core/refusal.ts'
import type { Database } from './schema.ts'

class ImmediateDriver extends SqliteDriver {
  readonly #database: BetterSqlite3.Database
  constructor(database: BetterSqlite3.Database) {
    super({ database })
    this.#database = database
  }
  // A deferred transaction that reads first and then writes fails with SQLITE_BUSY_SNAPSHOT when another process wrote
  // in between, and busy_timeout does not help: take the write lock at once.
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
  // On a full disk SQLite has already rolled back by itself; a second rollback would hide the reason.
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection)
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #database: BetterSqlite3.Database
  constructor(database: BetterSqlite3.Database) {
    super({ database })
    this.#database = database
  }
  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#database)
  }
}

/** The embedded engine could not be loaded by this Node: says which one to use. */
function refuseOldNode(napi = process.versions.napi): void {
  if (Number(napi) >= 10) return
  throw new Refusal(
    'storage.nodeTooOld',
    `Ce Node (${process.version}) ne peut pas charger la base embarquée, et s’arrêterait net. ` +
      'Lancez Écharpe par « npm start », qui apporte son propre Node, ou utilisez Node 24.',
    { family: 'impossible' },
  )
}

/**
 * Opens one SQLite connection with the pragmas that a legal record needs. `write` creates file and folder when absent;
 * `read` sees committed data beside a writer and refuses to write; `copy` reads a file that nobody writes, a backup,
 * and leaves it untouched.
 */
export async function connectSqlite(
  file: string,
  mode: 'write' | 'read' | 'copy',
): Promise<BetterSqlite3.Database> {
  refuseOldNode()
  const { default: Sqlite } = await import('better-sqlite3')
  if (mode === 'write') mkdirSync(path.dirname(path.resolve(file)), { recursive: true, mode: 0o700 })
  const db = new Sqlite(file, { timeout: 5000, fileMustExist: mode !== 'write', readonly: mode === 'copy' })
  if (mode === 'copy') return db
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL') // NORMAL may lose the last commits in a power cut
    db.pragma('foreign_keys = ON')
    db.pragma('recursive_triggers = ON') // so that REPLACE fires the journal's delete trigger
    if (mode === 'read') db.pragma('query_only = ON')
  } catch (error) {
    db.close()
    throw error
  }
  return db
}

/** Kysely over one SQLite connection, which stays its opener's to close. */
export function kyselyOnSqlite(connection: BetterSqlite3.Database): Kysely<Database> {
  return new Kysely<Database>({ dialect: new ImmediateDialect(connection), plugins: [new CamelCasePlugin()] })
}
