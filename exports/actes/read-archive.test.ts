import { describe, expect, test } from 'vitest'
import { Refusal } from '../../core/refusal.ts'
import type { ArchiveFile } from '../archive/limits.ts'
import { writeTarGz } from '../archive/tar.ts'
import { buildActeArchive } from './build.ts'
import { readActesArchive } from './read-archive.ts'
import { sampleInput, smallPdf } from './test-act.ts'

const built = buildActeArchive(sampleInput())
const modified = new Date('2026-12-11T12:00:00Z')

const codes = async (
  change: (files: ArchiveFile[]) => ArchiveFile[],
  name = built.archiveName,
): Promise<string[]> => {
  try {
    const read = await readActesArchive(writeTarGz(change([...built.files]), modified), name)
    return read.problems.map((problem) => `${problem.level} ${problem.code}`)
  } catch (error) {
    if (error instanceof Refusal) return [`refused ${error.code}`]
    throw error
  }
}
const edit = (files: ArchiveFile[], index: number, from: string, to: string): ArchiveFile[] =>
  files.map((file, at) =>
    at === index
      ? {
          ...file,
          bytes: new Uint8Array(
            Buffer.from(Buffer.from(file.bytes).toString('latin1').replace(from, to), 'latin1'),
          ),
        }
      : file,
  )

describe('an archive whose parts do not fit together', () => {
  test.each<[string, (files: ArchiveFile[]) => ArchiveFile[], string[]]>([
    ['nothing wrong', (files) => files, []],
    ['an annex is missing', (files) => files.slice(0, -1), ['error ACTES_MISSING_FILE']],
    [
      'a file nobody announced',
      (files) => [...files, { name: 'intrus.pdf', bytes: smallPdf() }],
      ['warning ACTES_UNANNOUNCED'],
    ],
    [
      'the message is missing',
      (files) => files.filter((_, index) => index !== 1),
      ['error ACTES_MISSING_FILE', ...Array.from({ length: 3 }, () => 'warning ACTES_UNANNOUNCED')],
    ],
    ['no envelope', (files) => files.slice(1), ['refused ACTES_NO_ENVELOPE']],
    [
      'a wrong count of annexes',
      (files) => edit(files, 1, 'actes:Nombre="2"', 'actes:Nombre="1"'),
      ['error ACTES_ANNEX_COUNT'],
    ],
    [
      'another SIREN in the envelope',
      (files) => edit(files, 0, '219999997', '219999998'),
      ['warning ACTES_NAME_MISMATCH', 'error ACTES_SIREN'],
    ],
    [
      'a DTD in the message',
      (files) => edit(files, 1, '<actes:Acte', '<!DOCTYPE x><actes:Acte'),
      ['refused XML_DOCTYPE'],
    ],
    [
      'a document that is not what its name says',
      (files) => files.map((file, index) => (index === 4 ? { ...file, bytes: smallPdf() } : file)),
      ['warning ACTES_EXTENSION'],
    ],
    [
      'a document without type',
      (files) =>
        files.map((file, index) =>
          index === 1
            ? {
                ...file,
                bytes: new Uint8Array(
                  Buffer.from(
                    Buffer.from(file.bytes)
                      .toString('latin1')
                      .replace(
                        '99_DE-045-219999997-20261210-2026_042-DE-1-1_1',
                        '045-219999997-20261210-2026_042-DE-1-1_1',
                      ),
                    'latin1',
                  ),
                ),
              }
            : index === 2
              ? { ...file, name: file.name.slice(6) }
              : file,
        ),
      ['error ACTES_PIECE'],
    ],
  ])('%s', async (_title, change, expected) => {
    expect(await codes(change)).toEqual(expected)
  })

  test('the name of the archive is compared with its envelope', async () => {
    expect(await codes((files) => files, 'SLO-TACT--219999997--20261211-4.tar.gz')).toEqual([
      'warning ACTES_ARCHIVE_NAME',
    ])
    expect(await codes((files) => files, 'archive.tar.gz')).toEqual(['warning ACTES_ARCHIVE_NAME'])
  })
})
