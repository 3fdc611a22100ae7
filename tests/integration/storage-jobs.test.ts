import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as jobs from '../../storage/jobs.ts'
import { openStorage, type Storage } from '../../storage/open.ts'
import { engines, newPlace, type Place } from './engines.ts'

const start = Date.parse('2026-03-01T08:00:00.000Z')
const instant = (seconds: number) => new Date(start + seconds * 1000).toISOString()

const job = (id: string, more: Partial<jobs.NewJob> = {}): jobs.NewJob => ({
  id,
  authorityId: null,
  kind: 'mail',
  uniqueKey: `key-${id}`,
  payload: { to: 'élu@example.org' },
  runAt: instant(0),
  createdAt: instant(0),
  ...more,
})

describe.each(engines)('jobs on %s', (engine) => {
  let place: Place
  let storage: Storage
  beforeAll(async () => {
    place = await newPlace(engine)
    storage = await openStorage(place.target, { blobDir: place.blobDir })
    await storage.write(null, async (tx) => {
      for (const id of ['a', 'b'])
        await tx.insertInto('authority').values({ id, siren: id, name: id, data: '{}' }).execute()
    })
  })
  beforeEach(() => storage.write(null, (tx) => tx.deleteFrom('job').execute()))
  afterAll(async () => {
    await storage.close()
    await place.remove()
  })

  const enqueue = (...all: jobs.NewJob[]) =>
    storage.write(null, async (tx) => {
      const done: { id: string; created: boolean }[] = []
      for (const j of all) done.push(await jobs.enqueueJob(tx, j))
      return done
    })
  const claim = (seconds: number, more: Partial<jobs.ClaimOptions> = {}) =>
    jobs.claimJob(storage, { now: instant(seconds), leaseMs: 60_000, maxAttempts: 3, ...more })
  const mustClaim = async (seconds: number) => {
    const claimed = await claim(seconds)
    if (!claimed) throw new Error('nothing to claim')
    return claimed
  }
  const write = <T>(fn: Parameters<typeof storage.write<T>>[1]) => storage.write(null, fn)
  const states = async () =>
    Object.fromEntries((await jobs.listJobs(storage.read)).map((j) => [j.id, j.state]))

  it('are asked once per key and commune', async () => {
    const first = await enqueue(job('1', { uniqueKey: 'k' }), job('2', { uniqueKey: 'k' }))
    expect(first).toEqual([
      { id: '1', created: true },
      { id: '1', created: false },
    ])
    const communes = await enqueue(
      job('3', { uniqueKey: 'k', authorityId: 'a' }),
      job('4', { uniqueKey: 'k', authorityId: 'b' }),
      job('5', { uniqueKey: 'k', authorityId: 'b' }),
    )
    expect(communes.map((c) => c.id)).toEqual(['3', '4', '4'])
  })

  it('vanish with the transaction that asked them', async () => {
    const failed = write(async (tx) => {
      await jobs.enqueueJob(tx, job('1'))
      throw new Error('refused')
    })
    await expect(failed).rejects.toThrow('refused')
    expect(await claim(1)).toBeUndefined()
  })

  it('are taken in order of their time, by kind, once due', async () => {
    await enqueue(
      job('late', { runAt: instant(50) }),
      job('2', { runAt: instant(2) }),
      job('1', { kind: 'tdt' }),
    )
    expect(await jobs.nextJobAt(storage.read)).toBe(instant(0))
    expect((await claim(10, { kinds: ['mail'] }))?.id).toBe('2')
    expect((await claim(10))?.id).toBe('1')
    expect(await claim(10)).toBeUndefined()
    expect(await jobs.nextJobAt(storage.read)).toBe(instant(50))
  })

  it('are each given to one worker, even of two hubs', async () => {
    await enqueue(...Array.from({ length: 12 }, (_, i) => job(`j${i + 10}`)))
    const other =
      engine === 'postgres' ? await openStorage(place.target, { blobDir: place.blobDir }) : storage
    const claims = await Promise.all(
      Array.from({ length: 16 }, (_, i) =>
        jobs.claimJob(i % 2 ? other : storage, { now: instant(1), leaseMs: 1000, maxAttempts: 3 }),
      ),
    )
    const ids = claims.flatMap((c) => (c ? [c.id] : []))
    expect(new Set(ids).size).toBe(12)
    expect(ids).toHaveLength(12)
    if (other !== storage) await other.close()
  })

  it('end with their result', async () => {
    await enqueue(job('1'))
    const claimed = await mustClaim(1)
    expect(claimed).toMatchObject({
      attempts: 1,
      payload: { to: 'élu@example.org' },
      lockedUntil: instant(61),
    })
    await write((tx) => jobs.completeJob(tx, claimed, instant(2), { messageId: 'm1' }))
    expect(await jobs.listJobs(storage.read)).toMatchObject([
      { state: 'done', finishedAt: instant(2), result: { messageId: 'm1' }, lockedUntil: null },
    ])
    expect(await jobs.nextJobAt(storage.read)).toBeUndefined()
    await expect(write((tx) => jobs.completeJob(tx, claimed, instant(3)))).rejects.toMatchObject({
      code: 'job.leaseLost',
    })
  })

  it('wait longer after each failure, then are dead until a person revives them', async () => {
    await enqueue(job('1'))
    const fail = async (seconds: number) =>
      write(async (tx) =>
        jobs.failJob(tx, claimed, { now: instant(seconds), error: 'refusé\0', maxAttempts: 3 }),
      )
    let claimed = await mustClaim(0)
    expect(await fail(0)).toBe('queued')
    expect(await claim(14)).toBeUndefined()
    claimed = await mustClaim(15)
    expect(claimed.lastError).toBe('refusé')
    expect(await fail(15)).toBe('queued')
    expect(await claim(74)).toBeUndefined()
    claimed = await mustClaim(75)
    expect(await fail(75)).toBe('dead')
    expect(await claim(999_999)).toBeUndefined()
    await expect(write((tx) => jobs.reviveJob(tx, 'a', '1', instant(100)))).rejects.toMatchObject({
      code: 'job.notDead',
    })
    await write((tx) => jobs.reviveJob(tx, null, '1', instant(100)))
    expect(await mustClaim(100)).toMatchObject({ id: '1', attempts: 1 })
  })

  it('are dead at once when trying again is no use', async () => {
    await enqueue(job('1'))
    const claimed = await mustClaim(0)
    const failure = { now: instant(1), error: 'adresse inconnue', maxAttempts: 3, permanent: true }
    expect(await write((tx) => jobs.failJob(tx, claimed, failure))).toBe('dead')
    expect(await states()).toEqual({ 1: 'dead' })
  })

  it('cut in the middle are taken again, with their count, and the first worker has no more say', async () => {
    await enqueue(job('1'))
    const first = await mustClaim(0)
    expect(await claim(59)).toBeUndefined()
    const second = await mustClaim(60)
    expect(second).toMatchObject({ id: '1', attempts: 2 })
    await expect(write((tx) => jobs.completeJob(tx, first, instant(61)))).rejects.toMatchObject({
      code: 'job.leaseLost',
    })
    await write((tx) => jobs.completeJob(tx, second, instant(61)))
    expect(await states()).toEqual({ 1: 'done' })
  })

  it('that show signs of life are left alone', async () => {
    await enqueue(job('1'))
    const claimed = await jobs.extendLease(storage, await mustClaim(0), { now: instant(50), leaseMs: 60_000 })
    expect(await claim(109)).toBeUndefined()
    await write((tx) => jobs.completeJob(tx, claimed, instant(109)))
  })

  it('that kill the program each time end up dead', async () => {
    await enqueue(job('1'), job('2', { runAt: instant(500) }))
    for (const seconds of [0, 60, 120]) expect((await mustClaim(seconds)).id).toBe('1')
    expect(await claim(180)).toBeUndefined()
    expect(await states()).toEqual({ 1: 'dead', 2: 'queued' })
  })
})
