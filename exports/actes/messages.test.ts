import { describe, expect, test } from 'vitest'
import { Refusal } from '../../core/refusal.ts'
import { toLatin1Text } from '../xml/write.ts'
import { rootOf } from './model.ts'
import { readMessage } from './read-message.ts'
import { sampleAct } from './test-act.ts'
import { everyMessage } from './test-messages.ts'
import { writeMessage } from './write-message.ts'

const latin1 = (source: string): Uint8Array => new Uint8Array(Buffer.from(source, 'latin1'))
const asText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

describe('the 21 messages and the envelopes', () => {
  test('there is one of each', () => {
    expect(everyMessage.map((content) => content.code).sort()).toEqual(Object.keys(rootOf).sort())
  })

  test.each(everyMessage)('$code is read back as it was written, without a remark', (content) => {
    const read = readMessage(writeMessage(content))
    // Typography that ISO-8859-1 lacks is transliterated on the way out.
    expect(read.content).toEqual(JSON.parse(toLatin1Text(JSON.stringify(content))))
    expect(read.root).toBe(rootOf[content.code])
    expect(read.problems).toEqual([])
  })

  test('bytes are ISO-8859-1 with the literal prefixes, and typography is made readable', () => {
    const text = asText(
      writeMessage({ code: '1-1', act: { ...sampleAct, object: 'L’œuvre – « été » à 3 € 日' } }),
    )
    expect(text.startsWith('<?xml version="1.0" encoding="ISO-8859-1"?>\n<actes:Acte xmlns:actes=')).toBe(
      true,
    )
    expect(text).toContain("<actes:Objet>L'oeuvre - \xab \xe9t\xe9 \xbb \xe0 3 EUR ?</actes:Objet>")
    expect(text).toContain('<actes:DocumentPapier>O</actes:DocumentPapier>')
  })
})

describe('tolerance and refusals of the reader', () => {
  const foreign = (
    body: string,
    root = 'Acte',
    attributes = 'n:Date="2026-12-10" n:NumeroInterne="A1" n:CodeNatureActe="03"',
  ): Uint8Array =>
    latin1(
      `<?xml version="1.0" encoding="ISO-8859-1"?><n:${root} xmlns:n="http://www.interieur.gouv.fr/ACTES#v1.1-20040216" ${attributes}>${body}</n:${root}>`,
    )
  const body =
    '<n:CodeMatiere1 n:CodeMatiere="1"/><n:CodeMatiere2 n:CodeMatiere="1"/><n:CodeMatiere3 n:CodeMatiere="2"/><n:CodeMatiere5 n:CodeMatiere="4"/><n:Objet>x</n:Objet><n:ClassificationDateVersion>2019-04-18+02:00</n:ClassificationDateVersion><n:Document><n:NomFichier>a.pdf</n:NomFichier></n:Document><n:Annexes n:Nombre="2"/>'

  test('another prefix, a time zone, level 5 without level 4, nature 03, first generation', () => {
    const read = readMessage(foreign(body))
    expect(read.generation).toBe('v1')
    expect(read.content).toMatchObject({
      code: '1-1',
      act: { nature: 3, subject: '1.1.2.4', classificationDate: '2019-04-18', paper: false },
    })
  })

  test('a wrong number of annexes is an error, an odd file name a remark', () => {
    const codes = readMessage(foreign(body)).problems.map((p) => `${p.level} ${p.code}`)
    expect(codes).toEqual(['error ACTES_ANNEX_COUNT', 'warning ACTES_FILE_NAME'])
  })

  test('only O means that paper follows', () => {
    const paper = (value: string): unknown =>
      readMessage(foreign(`${body}<n:DocumentPapier>${value}</n:DocumentPapier>`)).content
    expect(paper('O')).toMatchObject({ act: { paper: true } })
    for (const value of ['N', '0', '', 'o']) expect(paper(value)).toMatchObject({ act: { paper: false } })
  })

  test('the file name is compared with the content', () => {
    const bytes = writeMessage({ code: '1-1', act: sampleAct })
    expect(readMessage(bytes, '045-219999997-20261210-2026_042-DE-1-1_0.xml').problems).toEqual([])
    const told = readMessage(bytes, '045-219999997-20261210-AUTRE-AR-1-2_0.xml').problems.map((p) => p.code)
    expect(told).toEqual(['ACTES_NAME_MISMATCH', 'ACTES_NAME_MISMATCH', 'ACTES_NAME_MISMATCH'])
  })

  test('an envelope is judged field by field', () => {
    const env = everyMessage.find((content) => content.code === 'ENV')
    if (env?.code !== 'ENV') throw new Error('no envelope')
    const bad = {
      ...env.envelope,
      siren: '123',
      department: '45',
      arrondissement: '12',
      authorityType: '77',
      returnEmails: ['a+b@exemple.fr', 'x@y.bretagne'],
      forms: [],
    }
    const codes = readMessage(writeMessage({ code: 'ENV', envelope: bad })).problems.map((p) => p.code)
    expect(codes).toEqual([
      'ACTES_SIREN',
      'ACTES_DEPARTMENT',
      'ACTES_ARRONDISSEMENT',
      'ACTES_AUTHORITY_TYPE',
      'ACTES_EMAIL',
      'ACTES_EMAIL',
      'ACTES_FORMS',
    ])
  })

  test('another root, another namespace, a DTD are refused', () => {
    const codeOf = (bytes: Uint8Array): string => {
      try {
        readMessage(bytes)
      } catch (error) {
        if (error instanceof Refusal) return error.code
      }
      return 'read'
    }
    expect(codeOf(foreign('', 'ActeInconnu'))).toBe('ACTES_ROOT')
    expect(codeOf(latin1('<Acte xmlns="urn:autre"/>'))).toBe('ACTES_ROOT')
    expect(codeOf(latin1('<!DOCTYPE a><a/>'))).toBe('XML_DOCTYPE')
  })
})
