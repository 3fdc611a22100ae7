import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../../core/refusal.ts'
import { readTarGz, writeTarGz } from './tar.ts'
import { readZip, writeZip } from './zip.ts'

const bytes = (source: string): Uint8Array => new TextEncoder().encode(source)
const date = new Date('2026-11-22T10:00:00Z')
const MIB = 1024 * 1024

async function codeOf(reading: Promise<unknown>): Promise<string> {
  const outcome = await reading.then(
    () => 'read',
    (error: unknown) => (error instanceof Refusal ? error.code : `not a refusal: ${String(error)}`),
  )
  return outcome
}

type Member = Parameters<ReturnType<typeof pack>['entry']>[0]

async function tarOf(...members: Array<[Member, string?]>): Promise<Uint8Array> {
  const packer = pack()
  for (const [header, content] of members) packer.entry(header, content ?? '')
  packer.finalize()
  const chunks: Uint8Array[] = []
  for await (const chunk of packer) if (chunk instanceof Uint8Array) chunks.push(chunk)
  return new Uint8Array(gzipSync(Buffer.concat(chunks)))
}

describe('tar.gz', () => {
  const files = [
    { name: 'a.xml', bytes: bytes('<a/>') },
    { name: 'b.pdf', bytes: new Uint8Array(3000).fill(7) },
  ]

  test('what is written is read back, in order, and the bytes never change', async () => {
    const written = writeTarGz(files, date)
    expect(await readTarGz(written)).toEqual(files)
    expect(writeTarGz(files, date)).toEqual(written)
    expect(written[9]).toBe(255)
  })

  test('tar itself reads it: plain files, fixed owner and date', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'tar-')), 'x.tar.gz')
    writeFileSync(file, writeTarGz(files, date))
    const listing = execFileSync('tar', ['--utc', '--numeric-owner', '-tvzf', file], { encoding: 'utf8' })
    expect(
      listing
        .trim()
        .split('\n')
        .map((line) => line.replace(/\s+/g, ' ')),
    ).toEqual(['-rw-r--r-- 0/0 4 2026-11-22 10:00 a.xml', '-rw-r--r-- 0/0 3000 2026-11-22 10:00 b.pdf'])
  })

  test.each<[string, Member, string]>([
    ['a parent folder', { name: '../x' }, 'ARCHIVE_PATH'],
    ['an absolute path', { name: '/etc/passwd' }, 'ARCHIVE_PATH'],
    ['a sub-folder', { name: 'a/b.xml' }, 'ARCHIVE_PATH'],
    ['a Windows path', { name: 'C:x.xml' }, 'ARCHIVE_PATH'],
    ['a symbolic link', { name: 'x', type: 'symlink', linkname: '/etc/passwd' }, 'ARCHIVE_SPECIAL'],
    ['a hard link', { name: 'x', type: 'link', linkname: 'y' }, 'ARCHIVE_SPECIAL'],
    ['a folder', { name: 'x', type: 'directory' }, 'ARCHIVE_SPECIAL'],
    ['a device', { name: 'x', type: 'character-device' }, 'ARCHIVE_SPECIAL'],
  ])('%s is refused', async (_title, header, code) => {
    expect(await codeOf(readTarGz(await tarOf([header])))).toBe(code)
  })

  test('a name met twice is refused, even in another case', async () => {
    expect(await codeOf(readTarGz(await tarOf([{ name: 'A.xml' }, '1'], [{ name: 'a.XML' }, '2'])))).toBe(
      'ARCHIVE_DUPLICATE',
    )
  })

  test('« ./nom » is a file without a folder', async () => {
    expect((await readTarGz(await tarOf([{ name: './a.xml' }, 'x'])))[0]?.name).toBe('a.xml')
  })

  test('a bomb is stopped: by ratio, by file size, by total, by number', async () => {
    const zeros = writeTarGz([{ name: 'z', bytes: new Uint8Array(30 * MIB) }], date)
    expect(zeros.length).toBeLessThan(MIB / 8)
    expect(await codeOf(readTarGz(zeros))).toBe('ARCHIVE_BOMB')
    expect(await codeOf(readTarGz(zeros, { maxRatio: Number.POSITIVE_INFINITY, maxFileBytes: MIB }))).toBe(
      'ARCHIVE_BOMB',
    )
    expect(await codeOf(readTarGz(zeros, { maxRatio: Number.POSITIVE_INFINITY, maxTotalBytes: MIB }))).toBe(
      'ARCHIVE_BOMB',
    )
    expect(await codeOf(readTarGz(writeTarGz(files, date), { maxFiles: 1 }))).toBe('ARCHIVE_TOO_MANY')
    expect(await codeOf(readTarGz(zeros, { maxArchiveBytes: 100 }))).toBe('ARCHIVE_TOO_BIG')
  })

  test('an endless run of zero blocks is a bomb too', async () => {
    expect(
      await codeOf(readTarGz(new Uint8Array(gzipSync(new Uint8Array(5 * MIB))), { maxTotalBytes: MIB })),
    ).toBe('ARCHIVE_BOMB')
  })

  test.each([
    ['text', bytes('bonjour')],
    ['a cut archive', writeTarGz(files, date).slice(0, 60)],
    ['gzip of something else', new Uint8Array(gzipSync(bytes('x'.repeat(2000))))],
    ['gzip of nothing', new Uint8Array(gzipSync(new Uint8Array(1024)))],
  ])('%s is called illegible, in French', async (_title, source) => {
    expect(await codeOf(readTarGz(source))).toBe('ARCHIVE_BROKEN')
  })

  test('writing refuses a path, an accent, a name twice', () => {
    const one = (name: string) => () => writeTarGz([{ name, bytes: bytes('') }], date)
    expect(one('a/b')).toThrow(Refusal)
    expect(one('é.xml')).toThrow('sans accent')
    expect(() => writeTarGz([files[0]!, files[0]!], date)).toThrow('une seule fois')
  })
})

describe('zip', () => {
  const files = [
    { name: 'dossier/été.txt', bytes: bytes('bonjour '.repeat(100)) },
    { name: 'court.bin', bytes: Uint8Array.of(1, 2, 3) },
  ]

  test('what is written is read back, and the bytes never change', async () => {
    const written = writeZip(files, date)
    expect(await readZip(written, { folders: true })).toEqual(files)
    expect(writeZip(files, date)).toEqual(written)
  })

  test('a date before DOS time is written as its beginning', async () => {
    expect(writeZip(files, new Date(0))).toEqual(writeZip(files, new Date('1980-01-01T00:00:00Z')))
  })

  test('an independent reader finds it sound', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'zip-')), 'x.zip')
    writeFileSync(file, writeZip(files, date))
    const script =
      'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(z.testzip(), [(i.filename,i.date_time) for i in z.infolist()])'
    expect(execFileSync('python3', ['-c', script, file], { encoding: 'utf8' }).trim()).toBe(
      "None [('dossier/été.txt', (2026, 11, 22, 10, 0, 0)), ('court.bin', (2026, 11, 22, 10, 0, 0))]",
    )
  })

  const renamed = (from: string, to: string): Uint8Array => {
    const source = Buffer.from(writeZip([{ name: from, bytes: bytes('x') }], date)).toString('latin1')
    return new Uint8Array(Buffer.from(source.replaceAll(from, to), 'latin1'))
  }

  test('paths, links, duplicates, bombs and damage are refused', async () => {
    expect(await codeOf(readZip(writeZip(files, date)))).toBe('ARCHIVE_PATH')
    expect(await codeOf(readZip(renamed('abcd', '../x'), { folders: true }))).toBe('ARCHIVE_PATH')
    expect(await codeOf(readZip(renamed('abcd', '/bcd'), { folders: true }))).toBe('ARCHIVE_PATH')
    const link = Buffer.from(writeZip([files[1]!], date))
    const attributes = link.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 38
    link.writeUInt32LE((0o120777 << 16) >>> 0, attributes)
    expect(await codeOf(readZip(new Uint8Array(link)))).toBe('ARCHIVE_SPECIAL')
    const twice = Buffer.from(
      writeZip(
        [
          { name: 'aa', bytes: bytes('1') },
          { name: 'ab', bytes: bytes('2') },
        ],
        date,
      ),
    )
    const text = twice.toString('latin1').replaceAll('ab', 'aa')
    expect(await codeOf(readZip(new Uint8Array(Buffer.from(text, 'latin1'))))).toBe('ARCHIVE_DUPLICATE')
    const bomb = writeZip([{ name: 'z', bytes: new Uint8Array(30 * MIB) }], date)
    expect(await codeOf(readZip(bomb))).toBe('ARCHIVE_BOMB')
    expect(await codeOf(readZip(bytes('PK\u0003\u0004 rien')))).toBe('ARCHIVE_BROKEN')
    const damaged = writeZip([files[1]!], date)
    damaged[39] = 99
    expect(await codeOf(readZip(damaged))).toBe('ARCHIVE_BROKEN')
  })

  test('a lie about the size is stopped by what really comes out', async () => {
    const bomb = Buffer.from(writeZip([{ name: 'z', bytes: new Uint8Array(30 * MIB) }], date))
    const directory = bomb.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
    bomb.writeUInt32LE(10, directory + 24)
    expect(['ARCHIVE_BOMB', 'ARCHIVE_BROKEN']).toContain(await codeOf(readZip(new Uint8Array(bomb))))
  })
})
