import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { repository } from '../../storage/aggregate.ts'
import { forgetReceipts, writeOnce } from '../../storage/command.ts'
import { nextNumber } from '../../storage/counter.ts'
import { openStorage, type Storage } from '../../storage/open.ts'
import { engines, newPlace, type Place } from './engines.ts'

const authorities = repository('authority', z.object({ population: z.number() }))
const councillors = repository('councillor', z.object({ email: z.string(), office: z.string().optional() }))
const accounts = repository('userAccount', z.object({}))

describe.each(engines)('rows on %s', (engine) => {
  let place: Place
  let storage: Storage
  beforeAll(async () => {
    place = await newPlace(engine)
    storage = await openStorage(place.target, { blobDir: place.blobDir })
    await storage.write(null, async (tx) => {
      for (const [id, siren] of [
        ['a', '219900018'],
        ['b', '219900026'],
      ] as const)
        await authorities.insert(tx, { id, siren, name: `Commune ${id}`, data: { population: 3500 } })
    })
    await storage.write('a', async (tx) => {
      for (const [id, rank, lastName] of [
        ['c1', 1, 'Émaux'],
        ['c2', 2, 'Ôriol'],
        ['c3', 3, 'Zay'],
      ] as const)
        await councillors.insert(tx, {
          id,
          authorityId: 'a',
          rank,
          lastName,
          firstName: 'Ève',
          data: { email: `${id}@example.org` },
        })
    })
  })
  afterAll(async () => {
    await storage.close()
    await place.remove()
  })

  it('come back as they were written', async () => {
    expect(await councillors.get(storage.read, 'a', 'c1')).toEqual({
      id: 'c1',
      authorityId: 'a',
      rank: 1,
      lastName: 'Émaux',
      firstName: 'Ève',
      version: 1,
      data: { email: 'c1@example.org' },
    })
    expect(await authorities.get(storage.read, 'a', 'a')).toMatchObject({ data: { population: 3500 } })
  })

  it('are found by their columns, in order', async () => {
    const ids = async (
      ...args: [Parameters<typeof councillors.list>[2], Parameters<typeof councillors.list>[3]?]
    ) => (await councillors.list(storage.read, 'a', ...args)).map((c) => c.id)
    expect(await ids({})).toEqual(['c1', 'c2', 'c3'])
    expect(await ids({ rank: [1, 3] })).toEqual(['c1', 'c3'])
    expect(await ids({ rank: [] })).toEqual([])
    expect(await ids({ lastName: 'Ôriol', rank: 2 })).toEqual(['c2'])
    expect(await ids({}, { order: [{ by: 'rank', descending: true }], limit: 2, offset: 1 })).toEqual([
      'c2',
      'c1',
    ])
    expect(await ids({ lastName: "x' or 1=1 --" })).toEqual([])
  })

  it('of another commune do not exist', async () => {
    expect(await councillors.find(storage.read, 'b', 'c1')).toBeUndefined()
    expect(await councillors.list(storage.read, 'b')).toEqual([])
    await expect(councillors.get(storage.read, 'b', 'c1')).rejects.toMatchObject({ family: 'notFound' })
    const stolen = { ...(await councillors.get(storage.read, 'a', 'c1')), authorityId: 'b' }
    await expect(storage.write('b', (tx) => councillors.update(tx, stolen))).rejects.toMatchObject({
      family: 'notFound',
    })
    await expect(storage.write('b', (tx) => councillors.remove(tx, stolen))).rejects.toMatchObject({
      family: 'notFound',
    })
    // even through a filter that is not typed
    const forged = { authorityId: 'a' } as Parameters<typeof councillors.list>[2]
    expect(await councillors.list(storage.read, 'b', forged)).toEqual([])
  })

  it('change by one hand at a time', async () => {
    const seen = await councillors.get(storage.read, 'a', 'c2')
    const first = await storage.write('a', (tx) =>
      councillors.update(tx, { ...seen, data: { email: 'new@example.org', office: 'adjoint' } }),
    )
    expect(first.version).toBe(2)
    expect(await councillors.get(storage.read, 'a', 'c2')).toEqual(first)
    const late = storage.write('a', (tx) => councillors.update(tx, { ...seen, rank: 9 }))
    await expect(late).rejects.toMatchObject({ family: 'conflict', data: { expected: 1, found: 2 } })
    await expect(storage.write('a', (tx) => councillors.remove(tx, seen))).rejects.toMatchObject({
      family: 'conflict',
    })
    const race = await Promise.allSettled(
      [1, 2].map((rank) => storage.write('a', (tx) => councillors.update(tx, { ...first, rank }))),
    )
    expect(race.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await councillors.get(storage.read, 'a', 'c2')).version).toBe(3)
  })

  it('are deleted at the version that was seen', async () => {
    const row = { id: 'gone', authorityId: 'a', rank: 9, lastName: 'x', firstName: 'y', data: { email: '' } }
    const seen = await storage.write('a', (tx) => councillors.insert(tx, row))
    await storage.write('a', (tx) => councillors.remove(tx, seen))
    expect(await councillors.find(storage.read, 'a', 'gone')).toBeUndefined()
  })

  it('refuse doubles, wrong data and unreadable data', async () => {
    const row = await councillors.get(storage.read, 'a', 'c3')
    await expect(storage.write('a', (tx) => councillors.insert(tx, row))).rejects.toMatchObject({
      code: 'storage.duplicate',
    })
    const account = (id: string) => ({
      ...{ id, authorityId: 'a', login: 'maire', passwordHash: 'h', displayName: 'La maire', roles: '[]' },
      ...{ councillorId: null, disabled: 0 as const, createdAt: '2026-01-01T00:00:00.000Z', data: {} },
    })
    await storage.write('a', (tx) => accounts.insert(tx, account('u1')))
    await expect(storage.write('a', (tx) => accounts.insert(tx, account('u2')))).rejects.toMatchObject({
      family: 'conflict',
    })
    expect(await accounts.list(storage.read, 'a', { councillorId: null })).toHaveLength(1)
    const wrong = { ...row, data: { email: 12 as unknown as string } }
    await expect(storage.write('a', (tx) => councillors.update(tx, wrong))).rejects.toThrow(z.ZodError)
    await storage.write('a', (tx) =>
      tx.updateTable('councillor').set({ data: '{"email":' }).where('id', '=', 'c3').execute(),
    )
    await expect(councillors.get(storage.read, 'a', 'c3')).rejects.toMatchObject({
      code: 'storage.unreadable',
      where: 'councillor c3',
    })
  })

  describe('commands', () => {
    const Answer = z.object({ number: z.number() })
    const command = (commandId: string, userId = 'u1') => ({
      ...{ commandId, userId, name: 'act.number', at: '2026-03-01T18:00:00.000Z', authorityId: 'a' },
    })
    const draw = (id: string, userId?: string) =>
      writeOnce(storage, command(id, userId), Answer, async (tx) => ({
        number: await nextNumber(tx, 'a', id, '2026'),
      }))

    it('run once, however often they are sent', async () => {
      const answers = await Promise.all([1, 2, 3, 4].map(() => draw('k1')))
      expect([...answers, await draw('k1')]).toEqual(Array.from({ length: 5 }, () => ({ number: 1 })))
    })

    it('sent at once under two scopes run once', async () => {
      let runs = 0
      const send = (authorityId: string | null) =>
        writeOnce(storage, { ...command('k2'), authorityId }, Answer, async () => ({ number: ++runs }))
      expect(await Promise.all([send('a'), send(null), send('b')])).toEqual([
        { number: 1 },
        { number: 1 },
        { number: 1 },
      ])
      expect(runs).toBe(1)
    })

    it('that are refused keep nothing, and may be sent again', async () => {
      const refused = writeOnce(storage, command('k3'), Answer, async (tx) => {
        await nextNumber(tx, 'a', 'k3', '2026')
        throw new Error('no quorum')
      })
      await expect(refused).rejects.toThrow('no quorum')
      expect(await draw('k3')).toEqual({ number: 1 })
    })

    it('of somebody else are not answered', async () => {
      await draw('k4')
      await expect(draw('k4', 'u2')).rejects.toMatchObject({ code: 'command.reused' })
    })

    it('may answer nothing, and are forgotten in time', async () => {
      const nothing = () => writeOnce(storage, command('k5'), z.null(), async () => null)
      expect([await nothing(), await nothing()]).toEqual([null, null])
      expect(await forgetReceipts(storage, '2026-03-01T17:00:00.000Z')).toBe(0)
      expect(await forgetReceipts(storage, '2027-01-01T00:00:00.000Z')).toBeGreaterThan(3)
    })
  })

  it('numbers follow each other without gap, per scheme and period', async () => {
    const drawn = await Promise.all(
      Array.from({ length: 20 }, () => storage.write('a', (tx) => nextNumber(tx, 'a', 'del', '2026'))),
    )
    expect(drawn).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
    expect(await storage.write('a', (tx) => nextNumber(tx, 'a', 'del', '2027'))).toBe(1)
    expect(await storage.write('b', (tx) => nextNumber(tx, 'b', 'del', '2026'))).toBe(1)
  })
})
