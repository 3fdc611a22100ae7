import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { migrations } from '../../storage/migrations.ts'
import { openStorage, type Storage } from '../../storage/open.ts'
import { engines, newPlace, type Place } from './engines.ts'

const authority = (id: string) => ({ id, siren: id, name: 'Saint-Écharpe', data: '{}' })

describe.each(engines)('storage on %s', (engine) => {
  let place: Place
  let storage: Storage
  beforeAll(async () => {
    place = await newPlace(engine)
    storage = await openStorage(place.target, { blobDir: place.blobDir })
  })
  afterAll(async () => {
    await storage.close()
    await place.remove()
  })

  it('creates its schema once', async () => {
    expect(storage.migrated).toEqual(migrations.map((m) => m.name))
    const again = await openStorage(place.target, { blobDir: place.blobDir })
    expect(again.migrated).toEqual([])
    await again.close()
    await again.close()
  })

  // Two SQLite writers in one process would block each other; storage-crash.test.ts has real processes.
  const onServer = engine === 'postgres' ? it : () => {}
  onServer('migrates once when two hubs start together', async () => {
    const fresh = await newPlace(engine)
    const both = await Promise.all([1, 2].map(() => openStorage(fresh.target, { blobDir: fresh.blobDir })))
    expect(both.flatMap((s) => s.migrated)).toEqual(migrations.map((m) => m.name))
    await Promise.all(both.map((s) => s.close()))
    await fresh.remove()
  })

  it('refuses a database of a newer version and leaves it alone', async () => {
    const newer = await newPlace(engine)
    const later = { name: '9999-later', up: async () => {} }
    await (
      await openStorage(newer.target, { blobDir: newer.blobDir, migrations: [...migrations, later] })
    ).close()
    await expect(openStorage(newer.target, { blobDir: newer.blobDir })).rejects.toMatchObject({
      code: 'storage.tooNew',
      message: expect.stringContaining('9999-later'),
    })
    await newer.remove()
  })

  it('undoes an upgrade that fails, whole', async () => {
    const old = await newPlace(engine)
    await (await openStorage(old.target, { blobDir: old.blobDir })).close()
    const half = {
      name: '9999-half',
      up: async (db: Parameters<(typeof migrations)[0]['up']>[0]) => {
        await sql`create table half_done (id text)`.execute(db)
        throw new Error('power cut')
      },
    }
    const options = { blobDir: old.blobDir, migrations: [...migrations, half] }
    await expect(openStorage(old.target, options)).rejects.toThrow('power cut')
    await expect(openStorage(old.target, options)).rejects.toThrow('power cut')
    const back = await openStorage(old.target, { blobDir: old.blobDir })
    await expect(sql`select * from half_done`.execute(back.read)).rejects.toThrow()
    await back.close()
    await old.remove()
  })

  it('keeps everything or nothing', async () => {
    const failed = storage.write('a1', async (tx) => {
      await tx.insertInto('authority').values(authority('a1')).execute()
      throw new Error('stop')
    })
    await expect(failed).rejects.toThrow('stop')
    expect(await storage.read.selectFrom('authority').select('id').execute()).toEqual([])
  })

  it('never interleaves the transactions of one commune, even from two hubs', async () => {
    const other = await openStorage(place.target, { blobDir: place.blobDir })
    await storage.write('c', async (tx) => {
      await tx.insertInto('authority').values(authority('c')).execute()
      await tx
        .insertInto('counter')
        .values({ authorityId: 'c', scheme: 's', period: 'p', value: 0 })
        .execute()
    })
    const increment = (s: Storage) =>
      s.write('c', async (tx) => {
        const { value } = await tx.selectFrom('counter').select('value').executeTakeFirstOrThrow()
        await new Promise((resolve) => setImmediate(resolve))
        await tx
          .updateTable('counter')
          .set({ value: value + 1 })
          .execute()
      })
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => increment(engine === 'postgres' && i % 2 ? other : storage)),
    )
    expect(await storage.read.selectFrom('counter').select('value').execute()).toEqual([{ value: 40 }])
    await other.close()
  })

  it('reads the committed state while a write is under way, and refuses a write within a write', async () => {
    await storage.write('r', async (tx) => {
      await tx.insertInto('authority').values(authority('r')).execute()
      expect(await storage.read.selectFrom('authority').where('id', '=', 'r').select('id').execute()).toEqual(
        [],
      )
      await expect(storage.write('r', async () => {})).rejects.toThrow('inside')
    })
  })

  it('refuses references to nothing', async () => {
    const orphan = { id: 'o', authorityId: 'nobody', kind: 'council', name: 'x', data: '{}' }
    await expect(storage.write(null, (tx) => tx.insertInto('body').values(orphan).execute())).rejects.toThrow(
      /foreign/i,
    )
  })

  onServer('survives a restart of the server, and names a write cut by it', async () => {
    const heard: unknown[] = []
    const onConnectionLost = (error: unknown) => heard.push(error)
    const cut = await openStorage(place.target, { blobDir: place.blobDir, onConnectionLost })
    const endOthers = () =>
      sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`.execute(storage.read)
    const interrupted = cut.write('r', async (tx) => {
      await tx.insertInto('setting').values({ key: 'cut', value: '' }).execute()
      await endOthers()
      await tx.selectFrom('setting').selectAll().execute()
    })
    await expect(interrupted).rejects.toMatchObject({ code: 'storage.unreachable' })
    const recovered = () =>
      vi.waitFor(async () => expect(await cut.read.selectFrom('setting').selectAll().execute()).toEqual([]))
    await recovered()
    await endOthers() // while idle
    await recovered()
    expect(heard.length).toBeGreaterThanOrEqual(2)
    await cut.close()
  })

  it('refuses to write once closed', async () => {
    const closing = await openStorage(place.target, { blobDir: place.blobDir })
    const last = closing.write('r', async (tx) => tx.selectFrom('setting').selectAll().execute())
    await closing.close()
    expect(await last).toEqual([])
    await expect(closing.write('r', async () => {})).rejects.toMatchObject({ code: 'storage.closed' })
  })
})

describe('an upgrade of an embedded database', () => {
  it('keeps a copy of what was, that the earlier version opens', async () => {
    const place = await newPlace('sqlite')
    const before = await openStorage(place.target, { blobDir: place.blobDir })
    await before.write(null, (tx) => tx.insertInto('setting').values({ key: 'k', value: 'v' }).execute())
    await before.close()
    const later = {
      name: '9999-later',
      up: async (db: Parameters<(typeof migrations)[0]['up']>[0]) => {
        await sql`delete from setting`.execute(db)
      },
    }
    const after = await openStorage(place.target, {
      blobDir: place.blobDir,
      migrations: [...migrations, later],
    })
    expect(after.migrated).toEqual(['9999-later'])
    expect(await after.read.selectFrom('setting').selectAll().execute()).toEqual([])
    await after.close()
    const file = path.join(place.dir, 'echarpe.db.avant-9999-later')
    const kept = await openStorage({ kind: 'sqlite', file }, { blobDir: place.blobDir })
    expect(await kept.read.selectFrom('setting').selectAll().execute()).toEqual([{ key: 'k', value: 'v' }])
    await kept.close()
    await place.remove()
  })
})

describe('named troubles', () => {
  it('says that a file is not a database', async () => {
    const place = await newPlace('sqlite')
    const file = path.join(place.dir, 'lettre.db')
    writeFileSync(file, 'Monsieur le Maire,\n'.repeat(100))
    await expect(openStorage({ kind: 'sqlite', file }, { blobDir: place.blobDir })).rejects.toMatchObject({
      code: 'storage.corrupt',
      where: file,
    })
    await place.remove()
  })

  it('says that a path cannot be a database', async () => {
    const place = await newPlace('sqlite')
    const open = (file: string) => openStorage({ kind: 'sqlite', file }, { blobDir: place.blobDir })
    await expect(open(place.dir)).rejects.toMatchObject({ code: 'storage.unopenable' })
    await expect(open(':memory:')).rejects.toMatchObject({ code: 'storage.unopenable' })
    await place.remove()
  })

  it('says that the disk is full, and keeps what was there', async () => {
    const place = await newPlace('sqlite')
    const storage = await openStorage(place.target, { blobDir: place.blobDir })
    const full = storage.write(null, async (tx) => {
      await sql`pragma max_page_count = 1`.execute(tx) // SQLite then answers exactly as on a full disk
      await tx
        .insertInto('setting')
        .values({ key: 'big', value: 'x'.repeat(1_000_000) })
        .execute()
    })
    await expect(full).rejects.toMatchObject({ code: 'storage.diskFull' })
    expect(await storage.read.selectFrom('setting').selectAll().execute()).toEqual([])
    await storage.close()
    await place.remove()
  })

  it('says that PostgreSQL does not answer or refuses, without showing the password', async () => {
    const place = await newPlace('postgres')
    const open = (url: string) => openStorage({ kind: 'postgres', url }, { blobDir: place.blobDir })
    await expect(open('postgres://u:secret@127.0.0.1:1/x')).rejects.toMatchObject({
      code: 'storage.unreachable',
      where: '127.0.0.1:1/x',
    })
    await expect(open('postgres://u@/x?host=%2Fnowhere')).rejects.toMatchObject({
      code: 'storage.unreachable',
    })
    if (place.target.kind !== 'postgres') throw new Error('not PostgreSQL')
    const absent = place.target.url.replace(/\/t_\w+\?/, '/absent?')
    await expect(open(absent)).rejects.toMatchObject({ code: 'storage.denied' })
    await place.remove()
  })
})
