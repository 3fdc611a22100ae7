import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { matchAnswer, needsClassification } from '../../exports/actes/answers.ts'
import {
  type ActeArchiveInput,
  buildActeArchive,
  buildClassificationRequest,
  buildReplyArchive,
} from '../../exports/actes/build.ts'
import { createFakeState, type FakeStateOptions } from '../../exports/actes/fake-state.ts'
import { readActesArchive, readActesFiles } from '../../exports/actes/read-archive.ts'
import { readMessage } from '../../exports/actes/read-message.ts'
import { sampleInput } from '../../exports/actes/test-act.ts'
import { drop, type FolderSettings, folderSettings, prepareFolders, receive } from './connector.ts'
import { createFakePrefecture, type FakePrefecture } from './fake-prefecture.ts'

let folders: FolderSettings
let prefecture: FakePrefecture

const open = (change: Partial<FakeStateOptions> = {}): FakePrefecture =>
  createFakePrefecture({
    folders,
    state: createFakeState({
      service: {
        code: 'SPREF0451',
        sender: { kind: 'sousPrefecture', department: '045', arrondissement: '1' },
      },
      classificationDate: '2019-04-18',
      today: () => '2026-12-12',
      packing: 'loose',
      ...change,
    }),
  })

beforeEach(() => {
  folders = folderSettings(mkdtempSync(path.join(tmpdir(), 'prefecture-')))
  prefecture = open()
})

const send = async (change: Partial<ActeArchiveInput> = {}) => {
  const built = buildActeArchive(sampleInput(change))
  await drop(folders, built.archiveName, built.bytes)
  return built
}
const received = async () => (await receive(folders)).map(({ name, bytes }) => ({ name, bytes }))

describe('the fake prefecture', () => {
  test('acknowledges a good archive: an envelope and a 1-2 that match the sending', async () => {
    const built = await send()
    expect((await prefecture.process()).map((one) => [one.archive, one.answer, one.problems])).toEqual([
      [built.archiveName, '1-2', []],
    ])
    const answer = readActesFiles(await received())
    expect(answer.problems).toEqual([])
    expect(answer.envelopeName).toBe('TACT--SPREF0451-219999997-20261212-1.xml')
    const content = answer.messages[0]?.content
    expect(content).toMatchObject({ code: '1-2', actId: built.actId, receivedOn: '2026-12-12' })
    const sent = {
      id: 'a',
      siren: '219999997',
      department: '045',
      date: '2026-12-10',
      internalNumber: '2026_042',
      nature: 1,
      envelopeName: built.envelopeName,
      actId: '',
    }
    expect(content && matchAnswer(content, [sent], { siren: '219999997', fileName: '' })).toBe(sent)
    expect(readdirSync(folders.outbox)).toEqual([])
    expect(await prefecture.process()).toEqual([])
  })

  test('may pack its answer in one tar.gz, and repeat it', async () => {
    prefecture = open({ packing: 'targz' })
    await send()
    await prefecture.process('duplicate')
    const archives = await received()
    expect(archives.map((file) => file.name)).toEqual([
      'TACT--SPREF0451-219999997-20261212-1.tar.gz',
      'TACT--SPREF0451-219999997-20261212-2.tar.gz',
    ])
    for (const file of archives)
      expect((await readActesArchive(file.bytes, file.name)).messages[0]?.content.code).toBe('1-2')
  })

  test('a new prefecture on the same folders goes on with the numbers', async () => {
    await send()
    await prefecture.process()
    await send({ serial: 4, act: { ...sampleInput().act, internalNumber: '2026_043' } })
    await open().process()
    expect(
      (await received()).map((file) => file.name).filter((name) => name.startsWith('TACT')),
    ).toHaveLength(2)
  })

  test('refuses a classification that is not current, a number already used, an act of tomorrow', async () => {
    prefecture = open({ classificationDate: '2027-01-01' })
    await send()
    expect((await prefecture.process())[0]?.answer).toBe('1-3')
    const content = readActesFiles(await received()).messages[0]?.content
    expect(content).toMatchObject({ code: '1-3', anomaly: '002', classificationInForce: '2027-01-01' })
    expect(content && needsClassification(content)).toBe(true)
    prefecture = open()
    await send({ serial: 5 })
    await send({ serial: 6 })
    expect((await prefecture.process()).map((one) => one.answer)).toEqual(['1-2', '1-3'])
    prefecture = open({ today: () => '2026-12-01' })
    await send({ serial: 7 })
    expect((await prefecture.process())[0]?.answer).toBe('1-3')
  })

  test('answers on command: anomaly, rejected envelope, nothing', async () => {
    const first = await send()
    expect((await prefecture.process('silent'))[0]?.answer).toBe('none')
    expect(await received()).toEqual([])
    await send({ serial: 4 })
    expect((await prefecture.process('anomaly'))[0]?.answer).toBe('1-3')
    const { envelopeName } = await send({ serial: 5 })
    expect((await prefecture.process('rejectEnvelope'))[0]?.answer).toBe('ANO')
    const rejected = (await received()).find((file) => file.name.startsWith('ANO_'))
    expect(rejected?.name).toBe(`ANO_${envelopeName}`)
    expect(rejected && readMessage(rejected.bytes).content).toMatchObject({
      code: 'ANO',
      envelope: { siren: '219999997' },
    })
    expect(first.envelopeName).not.toBe(envelopeName)
  })

  test('rejects what is no archive, without falling', async () => {
    await prepareFolders(folders)
    writeFileSync(path.join(folders.outbox, 'SLO-TACT--219999997--20261211-9.tar.gz'), 'bonjour')
    expect((await prefecture.process())[0]?.answer).toBe('ANO')
    expect((await received()).map((file) => file.name)).toEqual(['ANO_TACT--219999997--20261211-9.xml'])
  })

  test('accepts a cancellation and serves its classification', async () => {
    const { act: _a, document: _d, annexes: _n, classification: _c, ...common } = sampleInput()
    const archives = [
      buildReplyArchive({
        ...common,
        code: '6-1',
        actId: '045-219999997-20261210-2026_042-DE',
        documents: [],
      }),
      buildClassificationRequest({ ...common, serial: 4, heldDate: '' }),
      buildClassificationRequest({ ...common, serial: 5, heldDate: '2019-04-18' }),
    ]
    for (const archive of archives) await drop(folders, archive.archiveName, archive.bytes)
    expect((await prefecture.process()).map((one) => one.answer)).toEqual(['6-2', '7-2', '7-3'])
  })
})
