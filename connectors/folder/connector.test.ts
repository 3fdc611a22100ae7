import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '../../core/refusal.ts'
import {
  acknowledge,
  diagnose,
  drop,
  type FolderSettings,
  folderSettings,
  prepareFolders,
  receive,
} from './connector.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const NAME = 'SLO-TACT--219999997--20261211-3.tar.gz'
let folders: FolderSettings

beforeEach(() => {
  folders = folderSettings(path.join(mkdtempSync(path.join(tmpdir(), 'folder-')), 'echanges'))
})

const refusal = async (work: Promise<unknown>): Promise<Refusal> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof Refusal) return error
  throw new Error(`no refusal: ${String(error)}`)
}

describe('dropping', () => {
  test('writes the whole file, nothing beside it', async () => {
    expect(await drop(folders, NAME, bytes('archive'))).toMatchObject({ name: NAME, already: false })
    expect(readdirSync(folders.outbox)).toEqual([NAME])
    expect(readFileSync(path.join(folders.outbox, NAME), 'utf8')).toBe('archive')
  })

  test('the same drop twice is one drop, even at the same time', async () => {
    await Promise.all([drop(folders, NAME, bytes('archive')), drop(folders, NAME, bytes('archive'))])
    expect((await drop(folders, NAME, bytes('archive'))).already).toBe(true)
    expect(readdirSync(folders.outbox)).toEqual([NAME])
  })

  test('other bytes under the same name are refused and the first ones stay', async () => {
    await drop(folders, NAME, bytes('archive'))
    const told = await refusal(drop(folders, NAME, bytes('autre')))
    expect(told).toMatchObject({ code: 'FOLDER_CONFLICT', family: 'conflict' })
    expect(readFileSync(path.join(folders.outbox, NAME), 'utf8')).toBe('archive')
  })

  test('what the operator has taken is remembered', async () => {
    await drop(folders, NAME, bytes('archive'))
    renameSync(path.join(folders.outbox, NAME), path.join(folders.outbox, '..', 'pris'))
    expect((await drop(folders, NAME, bytes('archive'))).already).toBe(true)
    expect(existsSync(path.join(folders.outbox, NAME))).toBe(false)
    expect((await refusal(drop(folders, NAME, bytes('autre')))).code).toBe('FOLDER_CONFLICT')
  })

  test.each(['../x', 'a/b', '.cache', '', 'é.gz', 'x'.repeat(300)])(
    'the name « %s » is refused',
    async (name) => {
      expect((await refusal(drop(folders, name, bytes('x')))).code).toBe('FOLDER_NAME')
    },
  )

  test('a folder that cannot be used is told in French', async () => {
    mkdirSync(path.dirname(folders.outbox), { recursive: true })
    writeFileSync(folders.outbox, 'un fichier à la place du dossier')
    expect((await refusal(drop(folders, NAME, bytes('x')))).message).toContain('n’est pas utilisable')
    expect(await diagnose(folders)).toMatchObject({ ok: false })
  })

  test('diagnostics leave nothing behind', async () => {
    expect((await diagnose(folders)).ok).toBe(true)
    expect(Object.values(folders).flatMap((folder) => readdirSync(folder))).toEqual([])
  })
})

describe('receiving', () => {
  const arrive = (name: string, text: string): void => writeFileSync(path.join(folders.inbox, name), text)

  test('gives what is whole, in order, and keeps it until acknowledged', async () => {
    await prepareFolders(folders)
    arrive('b.xml', '<b/>')
    arrive('a.xml', '<a/>')
    arrive('c.xml.tmp', 'half')
    arrive('.hidden', 'x')
    mkdirSync(path.join(folders.inbox, 'dossier'))
    const files = await receive(folders)
    expect(files.map((file) => file.name)).toEqual(['a.xml', 'b.xml'])
    expect(await receive(folders)).toHaveLength(2)
    await acknowledge(folders, files[0]!)
    await acknowledge(folders, files[0]!)
    expect((await receive(folders)).map((file) => file.name)).toEqual(['b.xml'])
  })

  test('a second file of the same name does not erase the first one', async () => {
    await prepareFolders(folders)
    for (const text of ['premier', 'second', 'second']) {
      arrive('a.xml', text)
      for (const file of await receive(folders)) await acknowledge(folders, file)
    }
    expect(
      readdirSync(folders.done)
        .map((name) => readFileSync(path.join(folders.done, name), 'utf8'))
        .sort(),
    ).toEqual(['premier', 'second'])
  })
})
