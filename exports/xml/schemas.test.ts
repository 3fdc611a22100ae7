import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { withXml } from './read.ts'
import { findSchemas, sha256, validateXsd } from './schemas.ts'

// A small schema that we wrote ourselves, in two files, so that the test runs without the official ones.
const included = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:simpleType name="Code"><xs:restriction base="xs:string"><xs:pattern value="[0-9]{3}"/></xs:restriction></xs:simpleType>
<xs:simpleType name="Choice"><xs:restriction base="xs:string"><xs:enumeration value="O"/><xs:enumeration value="N"/></xs:restriction></xs:simpleType>
</xs:schema>`
const main = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation="siret.xsd"/>
<xs:element name="r"><xs:complexType><xs:sequence>
<xs:element name="code" type="Code"/><xs:element name="choice" type="Choice"/>
<xs:element name="X509SerialNumber" type="xs:integer" minOccurs="0"/>
</xs:sequence><xs:attribute name="id" use="required"/></xs:complexType></xs:element></xs:schema>`

let folder: string
const write = (root: string, name: string, content: string): void => {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
  writeFileSync(path.join(root, name), content)
}
const hash = (content: string): string => sha256(new TextEncoder().encode(content))

function schemaFolder(hashes: boolean): string {
  const root = mkdtempSync(path.join(tmpdir(), 'schemas-'))
  write(root, 'actes/v2-typologie/actesv1_1.xsd', main)
  write(root, 'actes/v2-typologie/siret.xsd', included)
  const accepted = {
    'actes/v2-typologie/actesv1_1.xsd': hash(main),
    'actes/v2-typologie/siret.xsd': hash(included),
  }
  if (hashes) write(root, 'schema-hashes.json', JSON.stringify(accepted))
  return root
}

const verdict = (source: string, from: string | undefined = folder) =>
  withXml(new TextEncoder().encode(source), (xml) => validateXsd(xml, 'actes-v2', { folder: from }))

beforeAll(() => {
  folder = schemaFolder(true)
})

describe('validateXsd', () => {
  test('a valid document, through an included file', () => {
    expect(verdict('<r id="1"><code>123</code><choice>O</choice></r>')).toMatchObject({
      verdict: 'valid',
      problems: [],
    })
  })

  test('each fault is told in French with its line, once', () => {
    const report = verdict('<r>\n<code>12</code>\n<choice>P</choice>\n<x/></r>')
    expect(report.verdict).toBe('invalid')
    expect(report.problems.map((p) => `${p.where} ${p.message}`)).toEqual([
      'ligne 1 Élément <r> : l’attribut obligatoire « id » est absent.',
      'ligne 2 Élément <code> : la valeur « 12 » n’a pas la forme attendue (motif [0-9]{3}).',
      'ligne 3 Élément <choice> : la valeur « P » n’est pas dans la liste admise : O, N.',
      'ligne 4 Élément <x> : cet élément n’est pas attendu ici ; attendu : <X509SerialNumber>.',
    ])
  })

  test('a long certificate serial number is an integer, even if libxml2 cannot hold it', () => {
    const serial = `<X509SerialNumber>${'9'.repeat(39)}</X509SerialNumber>`
    expect(verdict(`<r id="1"><code>123</code><choice>O</choice>${serial}</r>`).verdict).toBe('valid')
  })

  test('no folder, or a folder without the schema: absent, never valid', () => {
    expect(
      withXml(new TextEncoder().encode('<r/>'), (xml) => validateXsd(xml, 'actes-v2', { folder: undefined })),
    ).toMatchObject({
      verdict: 'absent',
      problems: [{ code: 'SCHEMA_ABSENT', level: 'warning' }],
    })
    expect(verdict('<r/>', mkdtempSync(path.join(tmpdir(), 'empty-'))).verdict).toBe('absent')
  })

  test('a schema whose hash is not known is not trusted, and the file is named', () => {
    const report = verdict('<r id="1"><code>123</code><choice>O</choice></r>', schemaFolder(false))
    expect(report.verdict).toBe('absent')
    expect(report.problems[0]).toMatchObject({
      code: 'SCHEMA_UNKNOWN',
      where: 'actes/v2-typologie/actesv1_1.xsd',
    })
  })

  test('the environment names the folder; a name that leads nowhere finds nothing', () => {
    expect(findSchemas({ ECHARPE_SCHEMAS: folder })).toBe(folder)
    expect(findSchemas({ ECHARPE_SCHEMAS: path.join(folder, 'nowhere') })).toBeUndefined()
  })
})
