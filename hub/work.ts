import type { z } from 'zod'
import type { Route } from '../contracts/route.ts'
import { type RouteName, routes } from '../contracts/routes.ts'
import type { LiveEvent } from '../contracts/views.ts'
import type { Actor } from '../core/people/model.ts'
import { Refusal } from '../core/refusal.ts'
import type { Filter } from '../storage/aggregate.ts'
import { type BlobRef, recordBlob } from '../storage/blobs.ts'
import { writeOnce } from '../storage/command.ts'
import { nextNumber } from '../storage/counter.ts'
import { enqueueJob } from '../storage/jobs.ts'
import { appendJournal } from '../storage/journal.ts'
import type { Reader, Tx } from '../storage/schema.ts'
import { aggregates, type EventOf, type Kind, type StateOf, type TableOf } from './aggregates.ts'
import { machineClock } from './clock.ts'
import type { Services } from './services.ts'

/** Where to read: the last committed state, or the transaction under way. */
export type View = { reader: Reader; authorityId: string }

/** One write transaction of one commune: state, journal lines and jobs are kept together, or not at all. */
export type Work = View & {
  reader: Tx
  now: string
  actor: Actor
  /** Applies events to a state (null for a new one), writes it, and adds a line to the journal for each event. */
  apply: <K extends Kind>(
    kind: K,
    state: StateOf<K> | null,
    events: readonly EventOf<K>[],
  ) => Promise<StateOf<K>>
  /** A line of the journal that changes no aggregate (sign-in, settings, tokens over the journal). */
  note: (
    action: string,
    subjectKind: string,
    subjectId: string,
    data: Record<string, unknown>,
  ) => Promise<void>
  /** Work to do after the commit; the same key is one job. */
  enqueue: (kind: string, uniqueKey: string, payload: unknown, delayMs?: number) => Promise<void>
  /** Makes a stored file known, in the same transaction as what refers to it. */
  keep: (blob: BlobRef) => Promise<void>
  /** Draws `count` consecutive numbers of a scheme; gives the first. */
  draw: (scheme: string, period: string, count: number) => Promise<number>
}

export const viewOf = (services: Services, authorityId: string): View => ({
  reader: services.storage.read,
  authorityId,
})

/** One object of the commune; refuses `notFound`. */
export async function load<K extends Kind>(view: View, kind: K, id: string): Promise<StateOf<K>> {
  return (await aggregates[kind].repository.get(view.reader, view.authorityId, id)).data as StateOf<K>
}

/** Objects of the commune whose typed columns match. */
export async function list<K extends Kind>(
  view: View,
  kind: K,
  filter: Filter<TableOf<K>>,
): Promise<StateOf<K>[]> {
  // Indexing the table of repositories by a type parameter loses the pairing that `Aggregates` states.
  const rows = await (
    aggregates[kind].repository.list as (r: Reader, a: string, f: object) => Promise<{ data: unknown }[]>
  )(view.reader, view.authorityId, filter)
  return rows.map((r) => r.data as StateOf<K>)
}

const capacityOf = (actor: Actor): string => actor.roles.join(', ')

/** What the journal keeps of an event: its data, without whole texts that the state already holds by hash. */
function journalData(event: { type: string }): Record<string, unknown> {
  const { type: _, ...data } = event
  return data
}

/** The person behind what the program does by itself. */
export const machine: Actor = { userId: 'echarpe', label: 'Écharpe', roles: [], councillorId: null }

async function inTransaction<T>(
  services: Services,
  tx: Tx,
  authorityId: string,
  actor: Actor,
  live: LiveEvent[],
  fn: (work: Work) => Promise<T>,
): Promise<T> {
  const now = services.clock()
  const line = (action: string, subjectKind: string, subjectId: string, data: Record<string, unknown>) =>
    appendJournal(tx, [
      {
        authorityId,
        at: now,
        actorId: actor.userId,
        actorLabel: actor.label,
        capacity: capacityOf(actor),
        action,
        subjectKind,
        subjectId,
        data: JSON.parse(JSON.stringify(data)),
      },
    ])
  const work: Work = {
    reader: tx,
    authorityId,
    now,
    actor,
    async apply(kind, state, events) {
      if (events.length === 0) {
        if (state === null) throw new Error(`no event to create ${kind}`)
        return state
      }
      const { repository, evolve, columns } = aggregates[kind]
      type S = StateOf<typeof kind>
      const step = evolve as (s: S, e: EventOf<typeof kind>) => S
      const next = events.reduce((s, e) => step(s, e), (state ?? {}) as S)
      const row = { ...(columns as (s: S, now: string) => object)(next, now), data: next }
      const store = repository as unknown as {
        insert: (tx: Tx, row: object) => Promise<unknown>
        get: (tx: Tx, a: string, id: string) => Promise<{ version: number }>
        update: (tx: Tx, row: object) => Promise<unknown>
      }
      if (state === null) await store.insert(tx, row)
      else await store.update(tx, { ...row, version: (await store.get(tx, authorityId, next.id)).version })
      for (const event of events) {
        await line(event.type, kind, next.id, journalData(event))
        live.push({ subjectKind: kind, subjectId: next.id, action: event.type })
      }
      return next
    },
    async note(action, subjectKind, subjectId, data) {
      await line(action, subjectKind, subjectId, data)
      live.push({ subjectKind, subjectId, action })
    },
    async enqueue(kind, uniqueKey, payload, delayMs = 0) {
      // Machine time, as the job loop counts it: a demonstration may be playing another day.
      const runAt = new Date(Date.parse(machineClock()) + delayMs).toISOString()
      await enqueueJob(tx, {
        id: services.newId(),
        authorityId,
        kind,
        uniqueKey,
        payload,
        runAt,
        createdAt: now,
      })
    },
    keep: (blob) => recordBlob(tx, blob, now),
    async draw(scheme, period, count) {
      const first = await nextNumber(tx, authorityId, scheme, period)
      for (let i = 1; i < count; i++) await nextNumber(tx, authorityId, scheme, period)
      return first
    },
  }
  return fn(work)
}

/** Runs a write in one transaction, then tells open screens and wakes the jobs. */
export async function transact<T>(
  services: Services,
  authorityId: string,
  actor: Actor,
  fn: (work: Work) => Promise<T>,
): Promise<T> {
  const live: LiveEvent[] = []
  const result = await services.storage.write(authorityId, (tx) =>
    inTransaction(services, tx, authorityId, actor, live, fn),
  )
  services.live.publish(authorityId, live)
  services.wake()
  return result
}

type Asking = { user: { actor: Actor; authorityId: string }; commandId: string | null }

/** A command asked through a route: carried out once for each command id, its answer kept for retries. */
export async function command<T>(
  services: Services,
  call: Asking,
  name: string,
  fn: (work: Work) => Promise<T>,
): Promise<T> {
  const { actor, authorityId } = call.user
  if (call.commandId === null) return transact(services, authorityId, actor, fn)
  const route: Route | undefined = routes[name as RouteName]
  if (!route || typeof route.answer === 'string')
    throw new Refusal('COMMAND_UNKNOWN', 'Cette demande ne peut pas être rejouée.')
  const live: LiveEvent[] = []
  const answer = await writeOnce(
    services.storage,
    { commandId: call.commandId, userId: actor.userId, name, at: services.clock(), authorityId },
    route.answer as z.ZodType<T>,
    (tx) => inTransaction(services, tx, authorityId, actor, live, fn),
  )
  services.live.publish(authorityId, live)
  services.wake()
  return answer
}
