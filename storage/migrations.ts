import { type Kysely, sql } from 'kysely'
import { Refusal } from '../core/refusal.ts'
import * as initial from './migrations/0001-initial.ts'
import type { Database, Engine, Tx } from './schema.ts'

export type Migration = { name: string; up: (db: Kysely<unknown>, engine: Engine) => Promise<void> }

/** Every migration, in the order in which it is applied. */
export const migrations: readonly Migration[] = [{ name: '0001-initial', up: initial.up }]

/**
 * Brings the database to this code's schema, all pending migrations in one transaction (both engines roll DDL back).
 * `beforeUpgrade` runs first when an existing database is about to change. Gives the names applied.
 * Refuses (`storage.tooNew`) a database that holds a migration unknown here.
 */
export async function migrate(
  db: Kysely<Database>,
  engine: Engine,
  options: { all?: readonly Migration[]; beforeUpgrade?: (first: string) => Promise<void> } = {},
): Promise<string[]> {
  const all = options.all ?? migrations
  await db.transaction().execute(async (tx) => {
    await oneAtATime(tx, engine)
    await sql`create table if not exists schema_migration (name text primary key)`.execute(tx)
  })
  const before = await applied(db)
  refuseNewer(before, all)
  const first = all.find((m) => !before.has(m.name))
  if (!first) return []
  if (before.size > 0) await options.beforeUpgrade?.(first.name)
  return db.transaction().execute(async (tx) => {
    await oneAtATime(tx, engine)
    const done = await applied(tx)
    refuseNewer(done, all)
    const pending = all.filter((m) => !done.has(m.name))
    for (const m of pending) {
      await m.up(tx as unknown as Kysely<unknown>, engine) // a migration must not depend on today's table types
      await tx.insertInto('schemaMigration').values({ name: m.name }).execute()
    }
    return pending.map((m) => m.name)
  })
}

/** Several hubs of one installation may start together: one migrates, the others wait and find nothing to do. */
async function oneAtATime(tx: Tx, engine: Engine): Promise<void> {
  if (engine === 'postgres')
    await sql`select pg_advisory_xact_lock(hashtextextended('echarpe:migrate', 0))`.execute(tx)
}

async function applied(db: Kysely<Database>): Promise<Set<string>> {
  return new Set((await db.selectFrom('schemaMigration').select('name').execute()).map((r) => r.name))
}

function refuseNewer(found: ReadonlySet<string>, all: readonly Migration[]): void {
  const known = new Set(all.map((m) => m.name))
  const unknown = [...found].filter((n) => !known.has(n)).sort()
  if (unknown.length === 0) return
  throw new Refusal(
    'storage.tooNew',
    `Cette base a été ouverte par une version plus récente d’Écharpe (étape ${unknown.join(', ')}). ` +
      'Installez cette version, ou restaurez la sauvegarde faite avant la mise à jour ; la base n’a pas été modifiée.',
    { family: 'impossible', data: { unknown } },
  )
}
