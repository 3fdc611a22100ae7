import { describe, expect, test } from 'vitest'
import { Refusal } from '../../core/refusal.ts'
import { readTarGz } from '../archive/tar.ts'
import { digestUnsealed } from '../budget/seal.ts'
import { withXml } from '../xml/read.ts'
import {
  type ActeArchiveInput,
  buildActeArchive,
  buildClassificationRequest,
  buildReplyArchive,
} from './build.ts'
import { bundledClassification } from './classification.ts'
import { readActesArchive } from './read-archive.ts'
import { sampleInput, smallPdf, smallPng } from './test-act.ts'

function codesOf(build: () => unknown): string[] {
  try {
    build()
  } catch (error) {
    if (error instanceof Refusal) return error.problems.filter((p) => p.level === 'error').map((p) => p.code)
    throw error
  }
  return []
}
const refused = (change: Partial<ActeArchiveInput>): string[] =>
  codesOf(() => buildActeArchive(sampleInput(change)))
const withAct = (act: Partial<ActeArchiveInput['act']>): string[] =>
  refused({ act: { ...sampleInput().act, ...act } })
const withSender = (sender: Partial<ActeArchiveInput['sender']>): string[] =>
  refused({ sender: { ...sampleInput().sender, ...sender } })

describe('the archive of an act', () => {
  test('names, order, default types, and the documents untouched', async () => {
    const built = buildActeArchive(sampleInput())
    expect(built.archiveName).toBe('SLO-TACT--219999997--20261211-3.tar.gz')
    expect(built.actId).toBe('045-219999997-20261210-2026_042-DE')
    const files = await readTarGz(built.bytes)
    expect(files.map((file) => file.name)).toEqual([
      'TACT--219999997--20261211-3.xml',
      '045-219999997-20261210-2026_042-DE-1-1_0.xml',
      '99_DE-045-219999997-20261210-2026_042-DE-1-1_1.pdf',
      '99_DE-045-219999997-20261210-2026_042-DE-1-1_2.pdf',
      '99_DE-045-219999997-20261210-2026_042-DE-1-1_3.png',
    ])
    expect(files[2]?.bytes).toEqual(smallPdf())
    expect(files[4]?.bytes).toEqual(smallPng)
  })

  test('our own reader has nothing to say about it, and the same input gives the same bytes', async () => {
    const built = buildActeArchive(sampleInput())
    const read = await readActesArchive(built.bytes, built.archiveName)
    expect(read.problems).toEqual([])
    expect(read.messages.map((message) => [message.content.code, message.generation])).toEqual([
      ['1-1', 'v2'],
    ])
    expect(read.documents).toHaveLength(3)
    expect(buildActeArchive(sampleInput()).bytes).toEqual(built.bytes)
  })

  test.each<[string, string[], string]>([
    ['a small letter in the number', withAct({ internalNumber: 'a1' }), 'ACTES_NUMBER'],
    ['a number that begins with an underscore', withAct({ internalNumber: '_A1' }), 'ACTES_NUMBER'],
    ['a number of one character', withAct({ internalNumber: 'A' }), 'ACTES_NUMBER'],
    ['a number of 16 characters', withAct({ internalNumber: 'A234567890123456' }), 'ACTES_NUMBER'],
    ['a hyphen in the number', withAct({ internalNumber: '2026-42' }), 'ACTES_NUMBER'],
    ['no object', withAct({ object: '  ' }), 'ACTES_OBJECT'],
    ['a line break in the object', withAct({ object: 'a\nb' }), 'ACTES_OBJECT'],
    ['an object of 500 characters', withAct({ object: 'x'.repeat(500) }), 'ACTES_OBJECT'],
    [
      'an object that grows beyond 499 by transliteration',
      withAct({ object: 'œ'.repeat(250) }),
      'ACTES_OBJECT',
    ],
    ['a decision of tomorrow', withAct({ date: '2026-12-12' }), 'ACTES_DATE_FUTURE'],
    ['a day that does not exist', withAct({ date: '2026-02-30' }), 'ACTES_DATE'],
    ['nature 7', withAct({ nature: 7 }), 'ACTES_NATURE'],
    ['a matière of one level', withAct({ subject: '8' }), 'ACTES_SUBJECT'],
    ['a matière that the classification lacks', withAct({ subject: '8.42' }), 'ACTES_SUBJECT'],
    ['an impossible preceding act', withAct({ precedingActId: 'x' }), 'ACTES_ID'],
    ['a short SIREN', withSender({ siren: '123' }), 'ACTES_SIREN'],
    ['a department of two characters', withSender({ department: '45' }), 'ACTES_DEPARTMENT'],
    ['no return address', withSender({ returnEmails: [] }), 'ACTES_RETURN_EMAIL'],
    ['a + in an address', withSender({ returnEmails: ['a+b@exemple.fr'] }), 'ACTES_EMAIL'],
    ['a long last label in an address', withSender({ returnEmails: ['a@exemple.bretagne'] }), 'ACTES_EMAIL'],
    [
      'an undated classification',
      refused({ classification: bundledClassification('') }),
      'ACTES_CLASSIFICATION',
    ],
    [
      'an unknown piece type',
      refused({ document: { bytes: smallPdf(), pieceCode: '10_DE' } }),
      'ACTES_PIECE',
    ],
    [
      'a piece type of four characters',
      refused({ document: { bytes: smallPdf(), pieceCode: '99DE' } }),
      'ACTES_PIECE',
    ],
    [
      'a word document',
      refused({ document: { bytes: new TextEncoder().encode('PK\u0003\u0004') } }),
      'ACTES_FORMAT',
    ],
    ['an image as the act', refused({ document: { bytes: smallPng } }), 'ACTES_FORMAT'],
    ['a cut PDF', refused({ document: { bytes: smallPdf().slice(0, 40) } }), 'ACTES_FILE_CUT'],
    ['a cut image', refused({ annexes: [{ bytes: smallPng.slice(0, 50) }] }), 'ACTES_FILE_CUT'],
    [
      'a locked PDF',
      refused({
        document: {
          bytes: new TextEncoder().encode('%PDF-1.7\ntrailer <</Encrypt 5 0 R>>\nstartxref\n9\n%%EOF'),
        },
      }),
      'ACTES_FILE_LOCKED',
    ],
    ['a wrong trigram', refused({ trigram: 'SLOW' }), 'ACTES_TRIGRAM'],
  ])('%s is refused', (_title, codes, expected) => {
    expect(codes).toEqual([expected])
  })

  test('every problem is listed, and the first sentence counts the others', () => {
    const input = sampleInput({
      sender: { ...sampleInput().sender, siren: '1' },
      act: { ...sampleInput().act, internalNumber: 'a', object: '' },
    })
    expect(() => buildActeArchive(input)).toThrow('et 2 autres points à corriger')
    expect(codesOf(() => buildActeArchive(input))).toEqual(['ACTES_SIREN', 'ACTES_NUMBER', 'ACTES_OBJECT'])
  })

  test('a matière that the prefecture details is told', () => {
    const classification = bundledClassification('2019-04-18')
    classification.subjects[7]!.children[0]!.children.push({ code: '8.1.1', label: 'Cantines', children: [] })
    expect(buildActeArchive(sampleInput({ classification })).warnings.map((w) => w.code)).toEqual([
      'ACTES_SUBJECT_SHALLOW',
    ])
  })
})

describe('a budget document', () => {
  const NAMESPACE = 'http://www.minefi.gouv.fr/cp/demat/docbudgetaire'
  const unsealed = new TextEncoder().encode(
    `<?xml version="1.0" encoding="ISO-8859-1"?>\n<DocumentBudgetaire xmlns="${NAMESPACE}"><EnTeteDocBudgetaire/></DocumentBudgetaire>`,
  )
  const { md5, sha1 } = withXml(unsealed, digestUnsealed)
  const seal = `<Scellement md5="${md5}" sha1="${sha1}" date="2026-12-01T10:00:00"/><EnTeteDocBudgetaire/>`
  const sealed = new TextEncoder().encode(
    new TextDecoder().decode(unsealed).replace('<EnTeteDocBudgetaire/>', seal),
  )
  const budget = (change: Partial<ActeArchiveInput> = {}) =>
    sampleInput({
      act: { ...sampleInput().act, nature: 5, subject: '7.1' },
      document: { bytes: sealed },
      annexes: [{ bytes: smallPdf() }],
      ...change,
    })

  test('travels untouched, typed 99_BU, with its délibération typed 70_DE', async () => {
    const built = buildActeArchive(budget())
    expect(built.files.map((file) => file.name.slice(0, 5))).toEqual(['TACT-', '045-2', '99_BU', '70_DE'])
    expect(built.files[2]?.bytes).toEqual(sealed)
    expect((await readActesArchive(built.bytes, built.archiveName)).problems).toEqual([])
  })

  test.each<[string, Partial<ActeArchiveInput>, string]>([
    ['another matière', { act: { ...sampleInput().act, nature: 5, subject: '7.2' } }, 'ACTES_BUDGET_SUBJECT'],
    ['another nature', { act: { ...sampleInput().act, nature: 1, subject: '7.1' } }, 'ACTES_FORMAT'],
    ['no seal', { document: { bytes: unsealed } }, 'ACTES_BUDGET_SEAL'],
    [
      'a broken seal',
      {
        document: {
          bytes: new TextEncoder().encode(
            new TextDecoder()
              .decode(sealed)
              .replace('<EnTeteDocBudgetaire/>', '<EnTeteDocBudgetaire a="1"/>'),
          ),
        },
      },
      'ACTES_BUDGET_SEAL',
    ],
    ['another XML', { document: { bytes: new TextEncoder().encode('<autre/>') } }, 'ACTES_BUDGET_ROOT'],
    ['an image as annex', { annexes: [{ bytes: smallPng }] }, 'ACTES_FORMAT'],
    ['a DTD', { document: { bytes: new TextEncoder().encode('<!DOCTYPE a><a/>') } }, 'XML_DOCTYPE'],
  ])('is refused with %s', (_title, change, expected) => {
    expect(codesOf(() => buildActeArchive(budget(change)))).toEqual([expected])
  })

  test('alone, it goes with a remark', () => {
    expect(buildActeArchive(budget({ annexes: [] })).warnings.map((w) => w.code)).toEqual([
      'ACTES_BUDGET_ALONE',
    ])
  })
})

describe('answers and requests', () => {
  const {
    act: _act,
    document: _document,
    annexes: _annexes,
    classification: _classification,
    ...common
  } = sampleInput()
  const actId = '045-219999997-20261210-2026_042-DE'

  test('a cancellation carries the parts of the act it cancels', async () => {
    const built = buildReplyArchive({ ...common, code: '6-1', actId, documents: [] })
    expect(built.messageName).toBe('045-219999997-20261210-2026_042-DE-6-1_0.xml')
    expect((await readActesArchive(built.bytes, built.archiveName)).problems).toEqual([])
  })

  test('an answer echoes the date of the letter and types its documents', async () => {
    const built = buildReplyArchive({
      ...common,
      code: '3-4',
      actId,
      letterDate: '2027-01-05',
      documents: [{ bytes: smallPdf() }, { bytes: smallPdf(), pieceCode: '21_PA' }],
    })
    const read = await readActesArchive(built.bytes, built.archiveName)
    expect(read.messages[0]?.content).toMatchObject({ code: '3-4', letterDate: '2027-01-05' })
    expect(read.documents.map((file) => file.name.slice(0, 5))).toEqual(['99_DE', '21_PA'])
    expect(read.problems).toEqual([])
  })

  test('a classification request has four hyphens in a row', () => {
    expect(buildClassificationRequest({ ...common, heldDate: '' }).messageName).toBe(
      '045-219999997----7-1_0.xml',
    )
  })

  test('a bad identifier and a wrong number of documents are refused', () => {
    expect(codesOf(() => buildReplyArchive({ ...common, code: '6-1', actId: 'x', documents: [] }))).toEqual([
      'ACTES_ID',
    ])
    expect(
      codesOf(() =>
        buildReplyArchive({ ...common, code: '3-3', actId, letterDate: '2027-01-05', documents: [] }),
      ),
    ).toEqual(['ACTES_DOCUMENT_COUNT'])
  })
})
