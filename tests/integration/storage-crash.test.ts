import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nextNumber } from '../../storage/counter.ts'
import { exportJournal } from '../../storage/journal.ts'
import { verifyJournal } from '../../storage/journal-verify.ts'
import { openStorage, type Storage } from '../../storage/open.ts'
import { engines, newPlace, type Place } from './engines.ts'
import type { ChildOptions } from './storage-child.ts'

const program = path.join(import.meta.dirname, 'storage-child.ts')

/** Runs the child; kills it at the first line that `killAt` accepts. Gives its lines and how it ended. */
async function child(options: ChildOptions, killAt: (line: string) => boolean = () => false) {
  const process_ = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<string>((resolve) =>
    process_.once('close', (code, signal) => resolve(signal ?? String(code))),
  )
  let errors = ''
  process_.stderr.on('data', (d: Buffer) => {
    errors += d.toString()
  })
  const lines: string[] = []
  for await (const line of createInterface(process_.stdout)) {
    lines.push(line)
    if (killAt(line)) process_.kill('SIGKILL')
  }
  const end = await ended
  if (end !== 'SIGKILL') expect(errors).toBe('')
  return { lines, end }
}

describe.each(engines)('a process that dies, on %s', (engine) => {
  let place: Place
  beforeEach(async () => {
    place = await newPlace(engine)
    const storage = await openStorage(place.target, { blobDir: place.blobDir })
    const commune = { id: 'commune', siren: '219900018', name: 'Saint-Écharpe', data: '{}' }
    await storage.write('commune', (tx) => tx.insertInto('authority').values(commune).execute())
    await storage.close()
  })
  afterEach(() => place.remove())

  const options = (name: string, count: number, hang = false): ChildOptions => ({
    target: place.target,
    blobDir: place.blobDir,
    name,
    count,
    hang,
  })

  /** State, journal and documents must tell the same story; gives how many transactions it has. */
  async function story(storage: Storage): Promise<number> {
    const { value } = await storage.read.selectFrom('counter').select('value').executeTakeFirstOrThrow()
    const report = verifyJournal(await text(exportJournal(storage.read, 'commune')))
    expect(report.problems).toEqual([])
    expect(report.lines).toBe(value * 2)
    const blobs = await storage.read.selectFrom('blob').select('sha256').execute()
    expect(blobs).toHaveLength(value)
    for (const { sha256 } of blobs) expect(await storage.blobs.verify(sha256)).toBe(true)
    return value
  }

  it('in the middle of a transaction leaves nothing of it, and its place to the next', async () => {
    const { lines, end } = await child(options('first', 3, true), (line) => line === 'inside')
    expect(end).toBe('SIGKILL')
    expect(lines).toEqual(['committed 1', 'committed 2', 'committed 3', 'inside'])
    const storage = await openStorage(place.target, { blobDir: place.blobDir })
    expect(await story(storage)).toBe(3)
    expect(await storage.write('commune', (tx) => nextNumber(tx, 'commune', 'test', ''))).toBe(4)
    await storage.close()
  })

  it('at any moment keeps every transaction that was announced', async () => {
    const { lines, end } = await child(options('second', 1000), (line) => line === 'committed 12')
    expect(end).toBe('SIGKILL')
    const announced = lines.length
    const storage = await openStorage(place.target, { blobDir: place.blobDir })
    expect(await story(storage)).toBeGreaterThanOrEqual(announced)
    await storage.close()
  })

  it('two processes at the same time write one chain', async () => {
    const both = await Promise.all([child(options('left', 15)), child(options('right', 15))])
    expect(both.map((c) => c.end)).toEqual(['0', '0'])
    const storage = await openStorage(place.target, { blobDir: place.blobDir })
    expect(await story(storage)).toBe(30)
    await storage.close()
  })
})

describe.each(engines)('two processes that open an empty place on %s', (engine) => {
  it('make one schema', async () => {
    const place = await newPlace(engine)
    const options = { target: place.target, blobDir: place.blobDir, name: 'x', count: 0, hang: false }
    const both = await Promise.all([child(options), child(options)])
    expect(both.map((c) => c.end)).toEqual(['0', '0'])
    const storage = await openStorage(place.target, { blobDir: place.blobDir })
    expect(storage.migrated).toEqual([])
    await storage.close()
    await place.remove()
  })
})
