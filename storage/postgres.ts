import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { Refusal } from '../core/refusal.ts'
import type { Database, Tx } from './schema.ts'

const int8 = 20 // OID of bigint in pg_type

/**
 * Kysely over a connection pool; `destroy()` ends it. `onConnectionLost` hears of connections that the server closed (a
 * restart): the pool replaces them by itself, but without a listener the process would end.
 */
export function kyselyOnPostgres(url: string, onConnectionLost: (error: unknown) => void): Kysely<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'echarpe',
    // Our 64-bit columns (sizes, sequence numbers) stay far below 2^53.
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === int8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format ?? 'text'),
    },
  })
  // A connection may be lost between two statements of a transaction, where the pool does not listen.
  pool.on('connect', (client) => client.on('error', onConnectionLost))
  pool.on('error', () => {})
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin()] })
}

/** Refuses a database whose text is not UTF-8: accents would be lost or refused one by one. */
export async function refuseForeignEncoding(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ serverEncoding: string }>`show server_encoding`.execute(db)
  const encoding = rows[0]?.serverEncoding ?? ''
  if (encoding === 'UTF8') return
  throw new Refusal(
    'storage.encoding',
    `La base PostgreSQL est en ${encoding} ; Écharpe a besoin d’UTF-8. Créez-la avec « create database … encoding 'UTF8' ».`,
    { family: 'impossible' },
  )
}

/**
 * Waits until no other transaction of the same scope (a commune, or the installation) is writing, until commit.
 * Must be the first statement: under READ COMMITTED everything read afterwards is what the previous writer left.
 */
export async function lockScope(tx: Tx, scope: string): Promise<void> {
  await sql`set local lock_timeout = '30s'`.execute(tx)
  await sql`set local idle_in_transaction_session_timeout = '60s'`.execute(tx)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`echarpe:${scope}`}, 0))`.execute(tx)
}
