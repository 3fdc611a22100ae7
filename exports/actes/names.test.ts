import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  anomalyTarget,
  archiveName,
  checkTrigram,
  documentName,
  envelopeName,
  parseActIdentifier,
  parseArchiveName,
  parseDocumentName,
  parseEnvelopeName,
  stateEnvelopeName,
} from './names.ts'

describe('names of files', () => {
  test('names seen in real exchanges are read', () => {
    expect(parseDocumentName('32_DP-034-491011698-20171207-CL20171227_06-DE-1-1_1.pdf')).toEqual({
      pieceCode: '32_DP',
      department: '034',
      siren: '491011698',
      date: '2017-12-07',
      internalNumber: 'CL20171227_06',
      nature: 'DE',
      message: '1-1',
      rank: 1,
      extension: 'pdf',
    })
    expect(parseDocumentName('044-214400152----1-3_1.xml')).toMatchObject({
      date: '',
      internalNumber: '',
      nature: '',
      message: '1-3',
      rank: 1,
    })
    expect(parseDocumentName('999-1234----7-2_1.xml')).toMatchObject({ siren: '1234', message: '7-2' })
    expect(parseDocumentName('034-491011698-20171207-CL20171227_06-DE-1-2.xml')).toMatchObject({ rank: null })
    expect(parseDocumentName('034-000000000-20170701-A-B-AI-2-1_17.xml')).toMatchObject({
      internalNumber: 'A-B',
    })
    expect(parseEnvelopeName('EACT--SPREF0441-214400152-20181012-9.xml')).toEqual({
      application: 'EACT',
      direction: 'fromState',
      service: 'SPREF0441',
      siren: '214400152',
      date: '2018-10-12',
      serial: 9,
    })
    expect(parseArchiveName('SLO-EACT--214502494--20170717-5.tar.gz')).toEqual({
      trigram: 'SLO',
      envelope: 'EACT--214502494--20170717-5.xml',
    })
    expect(anomalyTarget('ANO_EACT--214400152--20180925-1.xml')).toBe('EACT--214400152--20180925-1.xml')
  })

  test('what is not such a name is not read', () => {
    for (const name of ['acte.xml', '4365-DE-4365-DE_0.xml', '45-214502494-20170717-A1-DE-1-1_0.xml', ''])
      expect(parseDocumentName(name)).toBeUndefined()
    for (const name of ['ANO_EACT--214400152--20180925-1.xml', 'XACT--214400152--20180925-1.xml'])
      expect(parseEnvelopeName(name)).toBeUndefined()
    expect(parseArchiveName('archive.tar.gz')).toBeUndefined()
    expect(anomalyTarget('EACT--214400152--20180925-1.xml')).toBeUndefined()
    expect(parseActIdentifier('045-214502494-20170717-A-1-DE')).toBeUndefined()
  })

  test('what is written is read back', () => {
    const digits = (length: number) =>
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length })
    const number = fc.string({ unit: fc.constantFrom(...'ABCXYZ019_'), minLength: 1, maxLength: 15 })
    fc.assert(
      fc.property(
        digits(9),
        number,
        fc.constantFrom('DE', 'AR', 'BF'),
        fc.nat(400),
        fc.constantFrom('', '99_DE', '70_DE'),
        (siren, internalNumber, nature, rank, pieceCode) => {
          const parts = {
            pieceCode,
            department: '02A',
            siren,
            date: '2026-02-28',
            internalNumber,
            nature,
            message: '1-1',
            rank,
            extension: 'pdf',
          }
          expect(parseDocumentName(documentName(parts))).toEqual(parts)
        },
      ),
    )
    expect(envelopeName('EACT', '214502494', '2017-07-17', 6)).toBe('EACT--214502494--20170717-6.xml')
    expect(archiveName('SLO', 'EACT--214502494--20170717-6.xml')).toBe(
      'SLO-EACT--214502494--20170717-6.tar.gz',
    )
    expect(
      parseEnvelopeName(stateEnvelopeName('TACT', 'SPREF0441', '214400152', '2018-10-12', 9))?.service,
    ).toBe('SPREF0441')
  })

  test('a trigram has three letters or digits', () => {
    expect(() => checkTrigram('SLO')).not.toThrow()
    for (const bad of ['', 'SL', 'SLOW', 'S-O', '../'])
      expect(() => checkTrigram(bad)).toThrow('trois lettres ou chiffres')
  })
})
