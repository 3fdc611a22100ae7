import { sql } from 'kysely'
import type { z } from 'zod'
import { fault, Refusal } from '../core/refusal.ts'
import { isUniqueViolation } from './errors.ts'
import type { AggregateTable, Reader, Row, Tx } from './schema.ts'

/** The typed columns of a table, without `version` and `data`. */
export type Columns<T extends AggregateTable> = Omit<Row<T>, 'version' | 'data'> & { id: string }

/** A row as Kysely's `selectAll` gives it. */
export type RawRow<T extends AggregateTable> = Row<T> & { id: string; data: string }

/** A row as read: typed columns, the version it had, and its data parsed. */
export type Stored<T extends AggregateTable, D> = Columns<T> & { version: number; data: D }

/** Equality on typed columns: a value, `null`, or an array meaning "one of". */
export type Filter<T extends AggregateTable> = {
  readonly [K in keyof Columns<T>]?: Columns<T>[K] | readonly Columns<T>[K][]
}

export type ListOptions<T extends AggregateTable> = {
  order?: readonly { by: keyof Columns<T> & string; descending?: boolean }[]
  limit?: number
  offset?: number
}

/** Every method takes the commune: a row of another commune is "not found", whatever its id. */
export type Repository<T extends AggregateTable, D> = {
  /** Refuses `notFound`. */
  get: (reader: Reader, authorityId: string, id: string) => Promise<Stored<T, D>>
  find: (reader: Reader, authorityId: string, id: string) => Promise<Stored<T, D> | undefined>
  /** Ordered by id (thus by creation) unless said otherwise. */
  list: (
    reader: Reader,
    authorityId: string,
    filter?: Filter<T>,
    options?: ListOptions<T>,
  ) => Promise<Stored<T, D>[]>
  /** Adds a row at version 1. Refuses `storage.duplicate` when its id or a unique column is taken. */
  insert: (tx: Tx, row: Columns<T> & { data: D }) => Promise<Stored<T, D>>
  /** Replaces the row that was read at this version; gives it at the next one. Refuses `conflict` or `notFound`. */
  update: (tx: Tx, row: Stored<T, D>) => Promise<Stored<T, D>>
  /** Deletes the row that was read at this version. Refuses `conflict` or `notFound`. */
  remove: (tx: Tx, row: Stored<T, D>) => Promise<void>
  /** For queries written with Kysely: turns a whole row (`selectAll`) into what the other methods give. */
  parse: (row: RawRow<T>) => Stored<T, D>
}

/** The repository of one table whose `data` obeys `schema`, on reading and on writing. */
export function repository<T extends AggregateTable, D>(table: T, schema: z.ZodType<D>): Repository<T, D> {
  const name = sql.table(table)
  const tenantColumn = table === 'authority' ? 'id' : 'authorityId'

  const tenantOf = (row: object): string => String(new Map(Object.entries(row)).get(tenantColumn))

  const parse = (row: RawRow<T>): Stored<T, D> =>
    ({ ...row, data: parseData(row.id, row.data) }) as unknown as Stored<T, D> // only `data` changes its type

  function parseData(id: string, text: string): D {
    const read = schema.safeParse(parseJson(text))
    if (read.success) return read.data
    throw new Refusal(
      'storage.unreadable',
      'Un enregistrement de la base ne peut pas être lu : il a été abîmé, ou écrit par une autre version. ' +
        'Gardez une copie de la base et demandez de l’aide.',
      {
        family: 'impossible',
        where: `${table} ${id}`,
        problems: read.error.issues.map((i) =>
          fault('storage.unreadable', i.message, `${table} ${id} ${i.path.join('.')}`),
        ),
      },
    )
  }

  async function select(reader: Reader, authorityId: string, filter: object, options: ListOptions<T>) {
    const conditions = Object.entries({ [tenantColumn]: authorityId, ...filter, [tenantColumn]: authorityId })
      .filter(([, value]) => value !== undefined)
      .map(([column, value]) => condition(column, value))
    const order = [...(options.order ?? []), { by: 'id', descending: false }].map((o) =>
      o.descending ? sql`${sql.ref(o.by)} desc` : sql.ref(o.by),
    )
    const query = sql<RawRow<T>>`select * from ${name} where ${sql.join(conditions, sql` and `)}
      order by ${sql.join(order)} limit ${options.limit ?? 1_000_000} offset ${options.offset ?? 0}`
    return (await query.execute(reader)).rows.map(parse)
  }

  const find: Repository<T, D>['find'] = async (reader, authorityId, id) =>
    (await select(reader, authorityId, { id }, { limit: 1 }))[0]

  const get: Repository<T, D>['get'] = async (reader, authorityId, id) => {
    const found = await find(reader, authorityId, id)
    if (found) return found
    throw new Refusal('storage.notFound', 'Cet élément n’existe pas ou n’existe plus.', {
      family: 'notFound',
      data: { table, id },
    })
  }

  /** `get` tells a missing row; otherwise somebody else was faster. */
  async function explain(tx: Tx, row: Stored<T, D>): Promise<never> {
    const now = await get(tx, tenantOf(row), row.id)
    throw new Refusal(
      'storage.conflict',
      'Cet élément a été modifié entre-temps par une autre personne. Rechargez-le, puis refaites votre modification.',
      { family: 'conflict', data: { table, id: row.id, expected: row.version, found: now.version } },
    )
  }

  const same = (row: Stored<T, D>) =>
    sql`${sql.ref('id')} = ${row.id} and ${sql.ref(tenantColumn)} = ${tenantOf(row)} and version = ${row.version}`

  return {
    find,
    get,
    parse,
    list: (reader, authorityId, filter = {}, options = {}) => select(reader, authorityId, filter, options),
    insert: async (tx, row) => {
      const data = schema.parse(row.data)
      const values = Object.entries({ ...row, version: 1, data: JSON.stringify(data) })
      try {
        await sql`insert into ${name} (${sql.join(values.map(([c]) => sql.ref(c)))})
          values (${sql.join(values.map(([, v]) => v))})`.execute(tx)
      } catch (error) {
        if (!isUniqueViolation(error)) throw error
        const refusal = new Refusal(
          'storage.duplicate',
          'Cet élément existe déjà : il n’a pas été ajouté une seconde fois.',
          {
            family: 'conflict',
            data: { table, id: row.id },
          },
        )
        refusal.cause = error
        throw refusal
      }
      return { ...row, version: 1, data } as unknown as Stored<T, D> // the columns of `row` and these two are the whole row
    },
    update: async (tx, row) => {
      const data = schema.parse(row.data)
      const next = row.version + 1
      const changes = Object.entries({ ...row, version: next, data: JSON.stringify(data) })
        .filter(([column]) => column !== 'id' && column !== tenantColumn)
        .map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
      const done = await sql`update ${name} set ${sql.join(changes)} where ${same(row)}`.execute(tx)
      if (done.numAffectedRows !== 1n) return explain(tx, row)
      return { ...row, version: next, data }
    },
    remove: async (tx, row) => {
      const done = await sql`delete from ${name} where ${same(row)}`.execute(tx)
      if (done.numAffectedRows !== 1n) await explain(tx, row)
    },
  }
}

function condition(column: string, value: unknown) {
  if (value === null) return sql`${sql.ref(column)} is null`
  if (!Array.isArray(value)) return sql`${sql.ref(column)} = ${value}`
  return value.length === 0 ? sql`1 = 0` : sql`${sql.ref(column)} in (${sql.join(value)})`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
