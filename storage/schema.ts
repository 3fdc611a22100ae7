import type { Generated, Insertable, Kysely, Selectable, Transaction } from 'kysely'

/** A boolean as both engines store it. */
export type Flag = 0 | 1

/**
 * The tables as the code sees them: camelCase here, snake_case in SQL (Kysely's CamelCasePlugin).
 * Only text and integer columns: instants are ISO-8601 UTC text with milliseconds, days are YYYY-MM-DD,
 * booleans 0/1, `data` is JSON text parsed by the Zod schema of its repository (aggregate.ts).
 */
export type Database = {
  authority: Versioned & { id: string; siren: string; name: string }
  body: Versioned & { id: string; authorityId: string; kind: string; name: string }
  councillor: Versioned & {
    id: string
    authorityId: string
    rank: number
    lastName: string
    firstName: string
  }
  userAccount: Versioned & {
    id: string
    authorityId: string
    login: string
    passwordHash: string
    displayName: string
    /** JSON array of role names. */
    roles: string
    councillorId: string | null
    disabled: Flag
    createdAt: string
  }
  webSession: {
    idHash: string
    userId: string
    createdAt: string
    lastSeenAt: string
    expiresAt: string
    userAgent: string
  }
  sitting: Versioned & { id: string; authorityId: string; bodyId: string; state: string; startsAt: string }
  convocationDispatch: Versioned & {
    id: string
    authorityId: string
    sittingId: string
    convocationVersion: number
    recipientId: string
    channel: string
    state: string
    updatedAt: string
  }
  act: Versioned & {
    id: string
    authorityId: string
    sittingId: string | null
    itemId: string | null
    number: string | null
    nature: string
    decidedOn: string
    signatureState: string
    stateTrack: string
    publicityState: string
  }
  signingFolder: Versioned & {
    id: string
    authorityId: string
    actId: string | null
    financeFileId: string | null
    state: string
    dueOn: string | null
  }
  financeFile: Versioned & {
    id: string
    authorityId: string
    kind: 'pes' | 'budget'
    state: string
    sha256: string
  }
  transmission: Versioned & {
    id: string
    authorityId: string
    actId: string | null
    financeFileId: string | null
    channel: string
    state: string
    uniqueKey: string
  }
  blob: { sha256: string; size: number; mediaType: string; createdAt: string }
  journal: JournalTable
  job: {
    id: string
    authorityId: string | null
    kind: string
    uniqueKey: string
    payload: string
    state: JobState
    attempts: number
    runAt: string
    lockedUntil: string | null
    lastError: string | null
    result: string | null
    createdAt: string
    finishedAt: string | null
  }
  commandReceipt: { commandId: string; userId: string; name: string; at: string; response: string }
  counter: { authorityId: string; scheme: string; period: string; value: number }
  setting: { key: string; value: string }
  schemaMigration: { name: string }
}

type Versioned = { version: Generated<number>; data: string }

type JournalTable = {
  authorityId: string
  seq: number
  at: string
  actorId: string
  actorLabel: string
  capacity: string
  action: string
  subjectKind: string
  subjectId: string
  data: string
  previousHash: string
  hash: string
}

/** `queued` → `running` → `done`; a failure goes back to `queued` with a later `runAt`, then `dead`. */
export type JobState = 'queued' | 'running' | 'done' | 'dead'

/** Tables made of typed columns, a `version` and a JSON `data`: what aggregate.ts reads and writes. */
export type AggregateTable =
  | 'authority'
  | 'body'
  | 'councillor'
  | 'userAccount'
  | 'sitting'
  | 'convocationDispatch'
  | 'act'
  | 'signingFolder'
  | 'financeFile'
  | 'transmission'

export type Row<T extends keyof Database> = Selectable<Database[T]>
export type NewRow<T extends keyof Database> = Insertable<Database[T]>

/** Sees the last committed state, and cannot write. A `Tx` is also accepted wherever a `Reader` is asked for. */
export type Reader = Pick<
  Kysely<Database>,
  'selectFrom' | 'selectNoFrom' | 'with' | 'withRecursive' | 'fn' | 'getExecutor' | 'dynamic'
>

/** A write transaction, given by `storage.write`. */
export type Tx = Transaction<Database>

export type Engine = 'sqlite' | 'postgres'
