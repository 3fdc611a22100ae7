import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BlobStore, copyBlob, openBlobStore } from './blobs.ts'

const sha = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

let dir: string
let store: BlobStore
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'echarpe-blobs-'))
  store = openBlobStore(path.join(dir, 'a'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const files = (of: string) =>
  readdirSync(of, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => path.relative(of, path.join(e.parentPath, e.name)))

describe('put', () => {
  it('names bytes and streams by their hash, once', async () => {
    const text = Buffer.from('Délibération n° 2026-001')
    const ref = await store.put(text, 'text/plain')
    expect(ref).toEqual({ sha256: sha(text), size: text.length, mediaType: 'text/plain' })
    expect(await store.put(Readable.from([text.subarray(0, 5), text.subarray(5)]), 'text/plain')).toEqual(ref)
    expect(files(store.dir)).toEqual([path.join(ref.sha256.slice(0, 2), ref.sha256.slice(2, 4), ref.sha256)])
    expect(statSync(path.join(store.dir, files(store.dir)[0]!)).mode & 0o077).toBe(0)
  })

  it('keeps nothing of a stream that breaks, is too long or is not what was announced', async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('half')
        throw new Error('cable out')
      })(),
    )
    await expect(store.put(broken, 'text/plain')).rejects.toThrow('cable out')
    await expect(store.put(Buffer.alloc(2048), 'x/y', { limit: 1024 })).rejects.toMatchObject({
      code: 'blob.tooLarge',
    })
    await expect(store.put(Buffer.from('a'), 'x/y', { expected: sha('b') })).rejects.toMatchObject({
      code: 'blob.mismatch',
    })
    expect(files(store.dir)).toEqual([])
  })

  it('mends a document that had been damaged', async () => {
    const { sha256 } = await store.put(Buffer.from('intact'), 'text/plain')
    writeFileSync(path.join(store.dir, sha256.slice(0, 2), sha256.slice(2, 4), sha256), 'abîmé!')
    expect(await store.verify(sha256)).toBe(false)
    await store.put(Buffer.from('intact'), 'text/plain')
    expect(await store.verify(sha256)).toBe(true)
  })

  it('leaves drafts of a crash to be swept, not those of uploads under way', async () => {
    expect(await store.sweep(new Date('2100-01-01'))).toBe(0)
    const { sha256 } = await store.put(Buffer.from('gardé'), 'text/plain')
    writeFileSync(path.join(store.dir, 'tmp', 'draft'), 'half')
    expect(await store.sweep(new Date('2000-01-01'))).toBe(0)
    expect(await store.sweep(new Date('2100-01-01'))).toBe(1)
    expect(files(store.dir)).toHaveLength(1)
    expect(await store.verify(sha256)).toBe(true)
  })

  it('takes the same document from many at once', async () => {
    const bytes = Buffer.alloc(300_000, 'x')
    const refs = await Promise.all(Array.from({ length: 8 }, () => store.put(bytes, 'x/y')))
    expect(new Set(refs.map((r) => r.sha256))).toEqual(new Set([sha(bytes)]))
    expect(files(store.dir)).toHaveLength(1)
  })
})

describe('open', () => {
  it('gives the whole or a part', async () => {
    const { sha256 } = await store.put(Buffer.from('0123456789'), 'text/plain')
    const text = async (range: { start?: number; end?: number }) =>
      (await buffer((await store.open(sha256, range)).stream)).toString()
    expect(await text({})).toBe('0123456789')
    expect(await text({ start: 3, end: 5 })).toBe('345')
    expect(await text({ start: 8, end: 99 })).toBe('89')
    await expect(store.open(sha256, { start: 10 })).rejects.toMatchObject({ code: 'blob.range' })
    await expect(store.open(sha256, { start: 5, end: 4 })).rejects.toMatchObject({ code: 'blob.range' })
  })

  it('gives an empty document', async () => {
    const { sha256 } = await store.put(new Uint8Array(0), 'text/plain')
    expect(await store.read(sha256)).toHaveLength(0)
  })

  it('refuses a document that is missing, changed, or not named by a hash', async () => {
    await expect(store.open(sha('nothing'))).rejects.toMatchObject({
      code: 'blob.missing',
      family: 'notFound',
    })
    await expect(store.open('../../etc/passwd')).rejects.toMatchObject({ code: 'blob.name' })
    const { sha256 } = await store.put(Buffer.from('vrai'), 'text/plain')
    writeFileSync(path.join(store.dir, sha256.slice(0, 2), sha256.slice(2, 4), sha256), 'faux')
    await expect(store.read(sha256)).rejects.toMatchObject({ code: 'blob.corrupt' })
    expect((await buffer((await store.open(sha256)).stream)).toString()).toBe('faux')
  })
})

describe('copyBlob', () => {
  it('copies what is sound and refuses the rest', async () => {
    const to = openBlobStore(path.join(dir, 'b'))
    const { sha256 } = await store.put(Buffer.from('archive'), 'text/plain')
    await copyBlob(store, to, sha256)
    await copyBlob(store, to, sha256)
    expect(Buffer.from(await to.read(sha256)).toString()).toBe('archive')
    const other = await store.put(Buffer.from('autre'), 'text/plain')
    writeFileSync(
      path.join(store.dir, other.sha256.slice(0, 2), other.sha256.slice(2, 4), other.sha256),
      'altéré',
    )
    await expect(copyBlob(store, to, other.sha256)).rejects.toMatchObject({ code: 'blob.corrupt' })
    await expect(copyBlob(store, to, sha('x'))).rejects.toMatchObject({ code: 'blob.missing' })
    expect(files(to.dir)).toHaveLength(1)
  })
})
