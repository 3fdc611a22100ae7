import { describe, expect, test } from 'vitest'
import { matchAnswer, needsClassification, rejectedArchive, type SentAct } from './answers.ts'
import { bundledClassification, pieceTypesOf, subjectAt } from './classification.ts'
import { authorityTypes, bundledPieceTypes, defaultPieceCode, nationalSubjects, natures } from './codes.ts'
import type { ActesContent } from './model.ts'
import { readMessage } from './read-message.ts'
import { sampleAct } from './test-act.ts'

const sent: SentAct[] = [
  {
    id: 'first',
    siren: '219999997',
    department: '045',
    date: '2026-12-10',
    internalNumber: '2026_042',
    nature: 1,
    envelopeName: 'TACT--219999997--20261211-3.xml',
    actId: '',
  },
  {
    id: 'second',
    siren: '219999997',
    department: '045',
    date: '2026-12-10',
    internalNumber: '2026_043',
    nature: 1,
    envelopeName: 'TACT--219999997--20261211-4.xml',
    actId: '045-219999997-20261210-2026_043-DE',
  },
]
const from = { siren: '219999997', fileName: 'x.xml' }
const receipt = (actId: string): ActesContent => ({
  code: '1-2',
  actId,
  receivedOn: '2026-12-11',
  act: sampleAct,
  classificationInForce: '2019-04-18',
})
const anomaly: ActesContent = {
  code: '1-3',
  date: '2026-12-11',
  anomaly: '002',
  detail: '',
  act: sampleAct,
  classificationInForce: '2027-01-01',
}

describe('matching an answer with a sending', () => {
  test('a receipt by the computed identifier, then by the official one, then by the act it copies', () => {
    expect(matchAnswer(receipt('045-219999997-20261210-2026_042-DE'), sent, from)?.id).toBe('first')
    expect(matchAnswer(receipt('045-219999997-20261210-2026_043-DE'), sent, from)?.id).toBe('second')
    expect(matchAnswer(receipt('045-219999997-20261210-AUTRE-DE'), sent, from)?.id).toBe('first')
  })

  test('an anomaly by SIREN, number, date and nature', () => {
    expect(matchAnswer(anomaly, sent, from)?.id).toBe('first')
    expect(matchAnswer(anomaly, sent, { ...from, siren: '210000000' })).toBeUndefined()
    expect(matchAnswer({ ...anomaly, act: { ...sampleAct, nature: 2 } }, sent, from)).toBeUndefined()
  })

  test('an envelope anomaly by its file name', () => {
    const content: ActesContent = {
      code: 'ANO',
      date: '',
      anomaly: '005',
      detail: '',
      envelope: {
        siren: '',
        department: '',
        arrondissement: '',
        authorityType: '',
        contact: null,
        returnEmails: [],
        forms: [],
      },
    }
    expect(
      matchAnswer(content, sent, { siren: '', fileName: 'ANO_TACT--219999997--20261211-4.xml' })?.id,
    ).toBe('second')
    expect(
      matchAnswer(content, sent, { siren: '', fileName: 'ANO_TACT--219999997--20261211-5.xml' }),
    ).toBeUndefined()
    expect(rejectedArchive('ANO_TACT--219999997--20261211-4.xml', 'SLO')).toBe(
      'SLO-TACT--219999997--20261211-4.tar.gz',
    )
  })

  test('a letter by the identifier; what concerns no act matches nothing', () => {
    expect(
      matchAnswer(
        {
          code: '4-1',
          actId: '045-219999997-20261210-2026_043-DE',
          letterDate: '',
          reason: '',
          documents: [],
        },
        sent,
        from,
      )?.id,
    ).toBe('second')
    expect(matchAnswer({ code: '7-3', date: '2019-04-18' }, sent, from)).toBeUndefined()
  })

  test('another classification in force calls for a request', () => {
    expect(needsClassification(anomaly)).toBe(true)
    expect(needsClassification(receipt('x'))).toBe(false)
  })
})

describe('codes', () => {
  test('the tables are complete', () => {
    expect(natures.map((nature) => nature.abbreviation)).toEqual(['DE', 'AR', 'AI', 'CC', 'BF', 'AU'])
    expect(
      [1, 2, 3, 4, 5, 6].map((code) => bundledPieceTypes.filter((piece) => piece.nature === code).length),
    ).toEqual([18, 9, 36, 47, 3, 2])
    expect(nationalSubjects.filter((subject) => !subject.code.includes('.'))).toHaveLength(9)
    expect(nationalSubjects).toHaveLength(66)
    expect(authorityTypes.find((type) => type.code === '31')?.label).toBe('Commune')
  })

  test('the default piece type is read in the typology given', () => {
    expect([1, 2, 3, 4, 5, 6].map((code) => defaultPieceCode(code))).toEqual([
      '99_DE',
      '99_AR',
      '99_AI',
      '99_DC',
      '99_BU',
      '99_AU',
    ])
    expect(
      defaultPieceCode(2, [
        { nature: 2, code: '99_SE', label: '' },
        { nature: 2, code: '99_AT', label: '' },
      ]),
    ).toBe('99_AT')
    expect(defaultPieceCode(2, [{ nature: 2, code: '99_SE', label: '' }])).toBe('99_AR')
  })

  test('a classification is sorted by number and its branches are found by path', () => {
    const NS = 'http://www.interieur.gouv.fr/ACTES#v1.1-20040216'
    const level = (n: number, code: number, inside = '') =>
      `<a:Matiere${n} a:CodeMatiere="${code}" a:Libelle="M${code}">${inside}</a:Matiere${n}>`
    const xml = `<a:RetourClassification xmlns:a="${NS}"><a:DateClassification>2020-01-01</a:DateClassification><a:NaturesActes/><a:Matieres>${level(1, 7, level(2, 1) + level(2, 10) + level(2, 2, level(3, 4)))}</a:Matieres></a:RetourClassification>`
    const { content } = readMessage(new TextEncoder().encode(xml))
    if (content.code !== '7-2') throw new Error('not a classification')
    expect(content.classification.subjects[0]?.children.map((s) => s.code)).toEqual(['7.1', '7.2', '7.10'])
    expect(subjectAt(content.classification, '7.2.4')?.label).toBe('M4')
    expect(subjectAt(content.classification, '7.3')).toBeUndefined()
    expect(pieceTypesOf(bundledClassification('2020-01-01'))).toHaveLength(115)
  })
})
