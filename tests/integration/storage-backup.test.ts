import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backupStorage, restoreBackup, verifyBackup } from '../../storage/backup.ts'
import { recordBlob } from '../../storage/blobs.ts'
import { appendJournal } from '../../storage/journal.ts'
import { openStorage, type Storage } from '../../storage/open.ts'
import { engines, newPlace, type Place } from './engines.ts'

const at = '2026-03-01T18:00:00.000Z'

describe('backup of an embedded installation', () => {
  let place: Place
  let storage: Storage
  let dir: string
  let document: string
  beforeEach(async () => {
    place = await newPlace('sqlite')
    storage = await openStorage(place.target, { blobDir: place.blobDir })
    dir = path.join(place.dir, 'sauvegarde')
    const blob = await storage.blobs.put(Buffer.from('Délibération'), 'text/plain')
    document = blob.sha256
    await storage.blobs.put(Buffer.from('never mentioned in the database'), 'text/plain')
    await storage.write('a', async (tx) => {
      await tx
        .insertInto('authority')
        .values({ id: 'a', siren: '219900018', name: 'Écharpe', data: '{}' })
        .execute()
      await recordBlob(tx, blob, at)
    })
    await note('before')
  })
  afterEach(async () => {
    await storage.close()
    await place.remove()
  })

  const entry = { authorityId: 'a', at, actorId: 'u', actorLabel: 'Léa', capacity: 'agent', subjectKind: 'x' }
  const note = (subjectId: string) =>
    storage.write('a', (tx) => appendJournal(tx, [{ ...entry, subjectId, action: 'noted', data: {} }]))
  const target = () => ({ file: path.join(place.dir, 'echarpe.db'), blobDir: place.blobDir })
  const fileOf = (root: string) => path.join(root, document.slice(0, 2), document.slice(2, 4), document)

  it('is whole and verified while the program works, and restores what was', async () => {
    const writing = Promise.all(Array.from({ length: 20 }, (_, i) => note(`during ${i}`)))
    const manifest = await backupStorage(storage, dir, at)
    await writing
    expect(manifest).toMatchObject({
      at,
      documents: [document],
      journals: [{ authorityId: 'a', name: 'Écharpe' }],
    })
    expect(await verifyBackup(dir)).toEqual([])
    expect(readdirSync(dir).sort()).toEqual(['documents', 'echarpe.db', 'sauvegarde.json'])

    await note('after')
    await expect(restoreBackup(dir, target(), at)).rejects.toMatchObject({ code: 'backup.running' })
    await storage.close()
    rmSync(place.blobDir, { recursive: true })
    const { kept } = await restoreBackup(dir, target(), at)
    storage = await openStorage(place.target, { blobDir: place.blobDir })
    const lines = await storage.read.selectFrom('journal').select('seq').execute()
    expect(lines).toHaveLength(manifest.journals[0]!.lines)
    expect(Buffer.from(await storage.blobs.read(document)).toString()).toBe('Délibération')

    // and back: the database of before is beside, complete
    const undone = await openStorage({ kind: 'sqlite', file: kept ?? '' }, { blobDir: place.blobDir })
    const all = await undone.read.selectFrom('journal').select('subjectId').orderBy('seq', 'desc').execute()
    expect(all).toHaveLength(22)
    expect(all[0]).toEqual({ subjectId: 'after' })
    await undone.close()
  })

  it('restores to a new place', async () => {
    await backupStorage(storage, dir, at)
    const fresh = {
      file: path.join(place.dir, 'new', 'echarpe.db'),
      blobDir: path.join(place.dir, 'new', 'documents'),
    }
    expect((await restoreBackup(dir, fresh, at)).kept).toBeUndefined()
    const restored = await openStorage({ kind: 'sqlite', file: fresh.file }, { blobDir: fresh.blobDir })
    expect(await restored.blobs.verify(document)).toBe(true)
    await restored.close()
  })

  it('is not made over something else, nor with a document missing', async () => {
    await expect(backupStorage(storage, place.dir, at)).rejects.toMatchObject({ code: 'backup.notEmpty' })
    rmSync(fileOf(place.blobDir))
    await expect(backupStorage(storage, dir, at)).rejects.toMatchObject({ code: 'blob.missing' })
    expect(existsSync(dir)).toBe(false)
  })

  it('that was damaged is refused, and nothing is replaced', async () => {
    await backupStorage(storage, dir, at)
    await storage.close()
    writeFileSync(fileOf(path.join(dir, 'documents')), 'altéré')
    expect(await verifyBackup(dir)).toMatchObject([{ code: 'backup.document', where: document }])
    await expect(restoreBackup(dir, target(), at)).rejects.toMatchObject({ code: 'backup.unsound' })
    writeFileSync(path.join(dir, 'echarpe.db'), 'altéré')
    expect((await verifyBackup(dir)).map((p) => p.code)).toEqual(['backup.database'])
    expect((await verifyBackup(place.dir)).map((p) => p.code)).toEqual(['backup.manifest'])
    storage = await openStorage(place.target, { blobDir: place.blobDir })
    expect(await storage.read.selectFrom('journal').select('seq').execute()).toHaveLength(1)
  })
})

describe.runIf(engines.includes('postgres'))('backup of an installation on PostgreSQL', () => {
  it('says how to do it', async () => {
    const place = await newPlace('postgres')
    const storage = await openStorage(place.target, { blobDir: place.blobDir })
    const refused = backupStorage(storage, path.join(place.dir, 'b'), at)
    await expect(refused).rejects.toMatchObject({
      code: 'backup.postgres',
      message: expect.stringContaining('pg_dump'),
    })
    await storage.close()
    await place.remove()
  })
})
