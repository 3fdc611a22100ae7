import { sql } from 'kysely'
import { Refusal } from '../core/refusal.ts'
import type { Storage } from './open.ts'
import type { JobState, Reader, Row, Tx } from './schema.ts'

/** Work to do after the commit: what leaves the building. Instants are ISO-8601 UTC with milliseconds. */
export type NewJob = {
  id: string
  authorityId: string | null
  kind: string
  /** Names the effect, within a commune: the same effect asked twice is one job. */
  uniqueKey: string
  payload: unknown
  /** Not before. */
  runAt: string
  createdAt: string
}

export type Job = Omit<Row<'job'>, 'payload' | 'result'> & { payload: unknown; result: unknown }

/** A job handed to this worker until `lockedUntil`. `attempts` > 1: an earlier try failed, or was cut in the middle. */
export type ClaimedJob = Job & { lockedUntil: string }

export type ClaimOptions = {
  now: string
  /** How long the worker may go without a sign of life (`extendLease`). */
  leaseMs: number
  /** A job cut in the middle this many times is dead: it may be what kills the program. */
  maxAttempts: number
  kinds?: readonly string[]
}

/** Puts a job in the queue; gives the id of the one that holds this key, and whether it is new. */
export async function enqueueJob(tx: Tx, job: NewJob): Promise<{ id: string; created: boolean }> {
  const done = await tx
    .insertInto('job')
    .values({ ...job, payload: toJson(job.payload), state: 'queued', attempts: 0 })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  if (done.numInsertedOrUpdatedRows === 1n) return { id: job.id, created: true }
  const first = await tx
    .selectFrom('job')
    .select('id')
    .where('uniqueKey', '=', job.uniqueKey)
    .where('authorityId', job.authorityId === null ? 'is' : '=', job.authorityId)
    .executeTakeFirstOrThrow()
  return { id: first.id, created: false }
}

/**
 * Takes the job that has waited longest among those due, or whose worker has not been heard of until its lease ended.
 * Undefined when there is nothing to do.
 */
export async function claimJob(storage: Storage, options: ClaimOptions): Promise<ClaimedJob | undefined> {
  const { now, kinds } = options
  const lockedUntil = later(now, options.leaseMs)
  return storage.write(null, async (tx) => {
    await tx
      .updateTable('job')
      .set({ state: 'dead', lockedUntil: null, finishedAt: now, lastError: 'Interrompu à chaque essai.' })
      .where('state', '=', 'running')
      .where('lockedUntil', '<=', now)
      .where('attempts', '>=', options.maxAttempts)
      .execute()
    let due = tx
      .selectFrom('job')
      .selectAll()
      .where((eb) =>
        eb.or([
          eb.and([eb('state', '=', 'queued'), eb('runAt', '<=', now)]),
          eb.and([eb('state', '=', 'running'), eb('lockedUntil', '<=', now)]),
        ]),
      )
    if (kinds) due = due.where('kind', 'in', [...kinds])
    const found = await due.orderBy('runAt').orderBy('id').limit(1).executeTakeFirst()
    if (!found) return undefined
    // The worker whose lease ended may be finishing at this very moment: then nothing is taken this time.
    const taken = await tx
      .updateTable('job')
      .set({ state: 'running', attempts: found.attempts + 1, lockedUntil })
      .where('id', '=', found.id)
      .where('state', '=', found.state)
      .where('attempts', '=', found.attempts)
      .executeTakeFirst()
    if (taken.numUpdatedRows !== 1n) return undefined
    return { ...jobOf(found), state: 'running', attempts: found.attempts + 1, lockedUntil }
  })
}

/** Ends a job; to call in the transaction that writes what it brought back. Refuses `job.leaseLost`. */
export async function completeJob(
  tx: Tx,
  job: ClaimedJob,
  now: string,
  result: unknown = null,
): Promise<void> {
  await change(tx, job, {
    state: 'done',
    lockedUntil: null,
    finishedAt: now,
    lastError: null,
    result: toJson(result),
  })
}

/**
 * Notes that a try failed: the job waits longer each time (`backoffMs`), and is dead after `maxAttempts`, or at once
 * when `permanent`. Gives the state it is now in. Refuses `job.leaseLost`.
 */
export async function failJob(
  tx: Tx,
  job: ClaimedJob,
  failure: { now: string; error: string; maxAttempts: number; permanent?: boolean },
): Promise<'queued' | 'dead'> {
  const dead = failure.permanent === true || job.attempts >= failure.maxAttempts
  await change(tx, job, {
    state: dead ? 'dead' : 'queued',
    runAt: dead ? job.runAt : later(failure.now, backoffMs(job.attempts)),
    lockedUntil: null,
    finishedAt: dead ? failure.now : null,
    lastError: failure.error.toWellFormed().replaceAll('\0', '').slice(0, 4000),
  })
  return dead ? 'dead' : 'queued'
}

/** A sign of life of a long job: the lease now ends `leaseMs` after `now`. Refuses `job.leaseLost`. */
export async function extendLease(
  storage: Storage,
  job: ClaimedJob,
  options: { now: string; leaseMs: number },
): Promise<ClaimedJob> {
  const lockedUntil = later(options.now, options.leaseMs)
  await storage.write(null, (tx) => change(tx, job, { lockedUntil }))
  return { ...job, lockedUntil }
}

/**
 * Puts back in the queue the jobs that a crash left running. Only for a storage that one process uses alone: elsewhere
 * another worker may be on them, and their lease decides. Gives how many.
 */
export async function releaseInterrupted(storage: Storage, now: string): Promise<number> {
  return storage.write(null, async (tx) => {
    const done = await tx
      .updateTable('job')
      .set({ state: 'queued', lockedUntil: null, runAt: now })
      .where('state', '=', 'running')
      .executeTakeFirst()
    return Number(done.numUpdatedRows)
  })
}

/** A person asks for a dead job to be tried again, from the first attempt. Refuses `job.notDead`. */
export async function reviveJob(tx: Tx, authorityId: string | null, id: string, now: string): Promise<void> {
  const done = await tx
    .updateTable('job')
    .set({ state: 'queued', attempts: 0, runAt: now, finishedAt: null })
    .where('id', '=', id)
    .where('authorityId', authorityId === null ? 'is' : '=', authorityId)
    .where('state', '=', 'dead')
    .executeTakeFirst()
  if (done.numUpdatedRows !== 1n)
    throw new Refusal('job.notDead', 'Cet envoi n’est pas arrêté : il n’y a rien à relancer.', {
      family: 'impossible',
    })
}

/** Jobs of a commune (of every commune when undefined), newest first. */
export async function listJobs(
  reader: Reader,
  filter: { authorityId?: string; states?: readonly JobState[]; kind?: string; limit?: number } = {},
): Promise<Job[]> {
  let query = reader.selectFrom('job').selectAll()
  if (filter.authorityId !== undefined) query = query.where('authorityId', '=', filter.authorityId)
  if (filter.states) query = query.where('state', 'in', [...filter.states])
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind)
  const rows = await query
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit ?? 200)
    .execute()
  return rows.map(jobOf)
}

/** The instant at which the next job becomes due, or its present worker's lease ends; undefined when none waits. */
export async function nextJobAt(reader: Reader): Promise<string | undefined> {
  const { at } = await reader
    .selectFrom('job')
    .select(sql<string | null>`min(case state when 'queued' then run_at else locked_until end)`.as('at'))
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirstOrThrow()
  return at ?? undefined
}

/** The wait after the nth failed try: 15 s, 1 min, 4 min, 16 min, 64 min, then 4 h each time. */
export function backoffMs(attempts: number): number {
  return Math.min(15_000 * 4 ** Math.max(0, attempts - 1), 4 * 3_600_000)
}

/** Only the worker that holds the lease may speak for the job: `attempts` tells one lease from the next. */
async function change(tx: Tx, job: ClaimedJob, values: Partial<Row<'job'>>): Promise<void> {
  const done = await tx
    .updateTable('job')
    .set(values)
    .where('id', '=', job.id)
    .where('state', '=', 'running')
    .where('attempts', '=', job.attempts)
    .executeTakeFirst()
  if (done.numUpdatedRows !== 1n)
    throw new Refusal('job.leaseLost', 'Ce travail a duré trop longtemps et a été repris ailleurs.', {
      family: 'conflict',
      data: { id: job.id, attempts: job.attempts },
    })
}

function jobOf(row: Row<'job'>): Job {
  return {
    ...row,
    payload: JSON.parse(row.payload),
    result: row.result === null ? null : JSON.parse(row.result),
  }
}

function toJson(value: unknown): string {
  return JSON.stringify(value ?? null)
}

function later(instant: string, ms: number): string {
  return new Date(Date.parse(instant) + ms).toISOString()
}
