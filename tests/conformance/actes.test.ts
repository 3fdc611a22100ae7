import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildActeArchive, buildClassificationRequest, buildReplyArchive } from '../../exports/actes/build.ts'
import { parseDocumentName, parseEnvelopeName } from '../../exports/actes/names.ts'
import { readMessage } from '../../exports/actes/read-message.ts'
import { sampleInput, smallPdf } from '../../exports/actes/test-act.ts'
import { everyMessage } from '../../exports/actes/test-messages.ts'
import { writeMessage } from '../../exports/actes/write-message.ts'
import { withXml } from '../../exports/xml/read.ts'
import { type SchemaName, validateXsd } from '../../exports/xml/schemas.ts'

// What we write, judged by xmllint and tar; what others wrote, against the verdicts noted with the samples.
const shared = path.resolve(import.meta.dirname, '../../../shared')
const samples = path.join(shared, 'samples/actes')
const schema = path.join(shared, 'schemas/actes/v2-typologie/actesv1_1.xsd')
const missing = [
  ...[samples, schema].filter((file) => !existsSync(file)).map((file) => path.relative(shared, file)),
  ...['xmllint', 'tar'].filter((tool) => spawnSync(tool, ['--version']).error !== undefined),
]
const ready = missing.length === 0
if (!ready && process.env['CI']) throw new Error(`ACTES conformance needs: ${missing.join(', ')}`)
if (!ready) console.warn(`ACTES conformance NOT run, missing: ${missing.join(', ')}`)

let dir: string
beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'actes-conformance-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** What xmllint says against the second generation; '' when valid. */
function xmllint(name: string, bytes: Uint8Array): string {
  const file = path.join(dir, name)
  writeFileSync(file, bytes)
  const ran = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, file], { encoding: 'utf8' })
  return ran.status === 0 ? '' : ran.stderr
}

describe.skipIf(!ready)('what we write', () => {
  test.each(everyMessage)('$code is valid for xmllint', (content) => {
    expect(xmllint(`${content.code}.xml`, writeMessage(content))).toBe('')
  })

  const {
    act: _act,
    document: _document,
    annexes: _annexes,
    classification: _classification,
    ...common
  } = sampleInput()
  const actId = '045-219999997-20261210-2026_042-DE'
  const documents = [{ bytes: smallPdf() }]

  test.each([
    ['an act', buildActeArchive(sampleInput())],
    [
      'an act with a paper complement and a preceding act',
      buildActeArchive(sampleInput({ act: { ...sampleInput().act, paper: true, precedingActId: actId } })),
    ],
    ['an answer', buildReplyArchive({ ...common, code: '4-4', actId, letterDate: '2027-01-05', documents })],
    ['a cancellation', buildReplyArchive({ ...common, code: '6-1', actId, documents: [] })],
    ['a classification request', buildClassificationRequest({ ...common, heldDate: '2019-04-18' })],
  ])(
    'the archive of %s: tar unpacks it, xmllint accepts each XML, names follow the rule',
    (_title, built) => {
      const into = mkdtempSync(path.join(dir, 'tar-'))
      writeFileSync(path.join(into, built.archiveName), built.bytes)
      const listed = spawnSync('tar', ['-xvzf', built.archiveName], { cwd: into, encoding: 'utf8' })
      expect(listed.status).toBe(0)
      const names = listed.stdout.trim().split('\n')
      expect(names).toEqual(built.files.map((file) => file.name))
      expect(parseEnvelopeName(names[0] ?? '')).toBeDefined()
      for (const name of names.slice(1)) expect(parseDocumentName(name)).toBeDefined()
      for (const name of names.filter((one) => one.endsWith('.xml'))) {
        const bytes = readFileSync(path.join(into, name))
        expect(bytes.toString('latin1')).toContain('encoding="ISO-8859-1"')
        expect(xmllint(name, bytes)).toBe('')
      }
    },
  )
})

/** Verdicts of SOURCES.md beside the samples: against the second generation, against the first. */
const sources: readonly (readonly [
  file: string,
  code: string,
  v2: 'valid' | 'invalid',
  v1: 'valid' | 'invalid',
])[] = [
  [
    'collectivite-vers-ministere/v2/034-491011698-20171207-CL20171227_06-DE-1-1_0.xml',
    '1-1',
    'valid',
    'invalid',
  ],
  ['collectivite-vers-ministere/v2/acte-20240507_TEST01.xml', '1-1', 'valid', 'invalid'],
  ['collectivite-vers-ministere/v2/001-000000000-20170130-TEST42-DE-3-3_0.xml', '3-3', 'valid', 'valid'],
  ['collectivite-vers-ministere/v1/EACT--214502494--20170717-6.xml', 'ENV', 'valid', 'valid'],
  ['collectivite-vers-ministere/v1/045-214502494-20170717-D201717-DE-1-1_0.xml', '1-1', 'invalid', 'valid'],
  [
    'ministere-vers-collectivite/v2/034-491011698-20171207-CL20171227_06-DE-1-2.xml',
    '1-2',
    'valid',
    'invalid',
  ],
  ['ministere-vers-collectivite/v2/EACT--SPREF0441-214400152-20181012-9.xml', 'ENV-ETAT', 'valid', 'valid'],
  ['ministere-vers-collectivite/v2/044-214400152----1-3_1.xml', '1-3', 'valid', 'invalid'],
  ['ministere-vers-collectivite/v2/ANO_EACT--210703385--20170612-2.xml', 'ANO', 'valid', 'valid'],
  ['ministere-vers-collectivite/v1/TACT--SPREF0011-000000000-20170721-4.xml', 'ENV-ETAT', 'valid', 'valid'],
  ['ministere-vers-collectivite/v1/034-000000000-20170701-20170721D-AI-1-2_0.xml', '1-2', 'invalid', 'valid'],
  ['ministere-vers-collectivite/v1/TACT--SPREF0011-000000000-20170725-1.xml', 'ENV-ETAT', 'valid', 'valid'],
  ['ministere-vers-collectivite/v1/034-000000000-20170701-20170725A-AI-2-1_17.xml', '2-1', 'valid', 'valid'],
  ['classification/exemple_codes_matieres-2017-12-08.xml', '7-2', 'valid', 'invalid'],
  ['classification/classification-2004-04-01.xml', '7-2', 'invalid', 'valid'],
]

describe.skipIf(!ready)('what others wrote', () => {
  const read = (file: string): Uint8Array => new Uint8Array(readFileSync(path.join(samples, file)))

  test.each(sources)('%s is a %s', (file, code, v2, v1) => {
    const bytes = read(file)
    const message = readMessage(bytes, path.basename(file))
    expect(message.content.code).toBe(code)
    expect(message.problems.filter((problem) => problem.level === 'error')).toEqual([])
    const verdict = (name: SchemaName): string => withXml(bytes, (xml) => validateXsd(xml, name).verdict)
    expect([verdict('actes-v2'), verdict('actes-v1'), verdict('actes-v1-webdelib')]).toEqual([v2, v1, v1])
    expect(xmllint('sample.xml', bytes) === '').toBe(v2 === 'valid')
  })

  test('the real act, its receipt and a real anomaly say what they say', () => {
    const folder = 'ministere-vers-collectivite/v2'
    const receipt = readMessage(read(`${folder}/034-491011698-20171207-CL20171227_06-DE-1-2.xml`)).content
    expect(receipt).toMatchObject({
      code: '1-2',
      actId: '034-491011698-20171207-CL20171227_06-DE',
      receivedOn: '2017-12-27',
      act: { object: 'Fichier signé parapheur', subject: '3.2' },
    })
    const anomaly = readMessage(read(`${folder}/044-214400152----1-3_1.xml`)).content
    expect(anomaly).toMatchObject({
      code: '1-3',
      anomaly: '002',
      classificationInForce: '2018-10-10',
      act: { subjectLevels: [1, 2, 3, 5].map((level) => ({ level, code: '1' })) },
    })
    const classification = readMessage(read('classification/exemple_codes_matieres-2017-12-08.xml')).content
    if (classification.code !== '7-2') throw new Error('not a classification')
    const level3 = classification.classification.subjects
      .flatMap((one) => one.children)
      .flatMap((two) => two.children)
    expect(level3).toHaveLength(225)
  })
})
