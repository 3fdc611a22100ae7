import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { findPlan } from '../../exports/budget/plans.ts'
import { readBudget } from '../../exports/budget/read.ts'
import { type ScdlColumn, scdlColumns, scdlRows } from '../../exports/budget/scdl.ts'
import { bytesOf, files, hasSamples, hasSchemas, required, samples, schemas } from './budget-samples.ts'

const needed: ScdlColumn[] = [
  'BGT_CONTNAT',
  'BGT_CONTNAT_LABEL',
  'BGT_NATURE_LABEL',
  'BGT_SECTION',
  'BGT_CODRD',
]

describe.skipIf(!hasSamples && !required)('SCDL against the reference converter', () => {
  test.each(files.filter(([, wanted]) => wanted.scdlCsv))('%s', (file, wanted) => {
    const model = readBudget(bytesOf(file))
    const ours = scdlRows(model, findPlan(model.header.nomenclature))
    const [columns, ...theirs] = parseCsv(readFileSync(path.join(samples, wanted.scdlCsv ?? ''), 'utf8'))
    expect(columns).toEqual([...scdlColumns])
    expect(ours).toHaveLength(theirs.length)
    const differences = theirs.flatMap((row, i) =>
      scdlColumns.flatMap((column, j) => {
        const cell = row[j] ?? ''
        const mine = ours[i]?.[column] ?? ''
        const same = sameCell(column, mine, cell) && !(needed.includes(column) && mine === '')
        return same ? [] : [{ row: i + 2, column, reference: cell, ours: mine }]
      }),
    )
    expect(differences).toEqual([])
  })

  test.skipIf(!hasSchemas && !required)('every row keeps the official table schema', () => {
    type Field = { name: ScdlColumn; constraints?: { required?: boolean; enum?: string[]; pattern?: string } }
    const schema: { fields: Field[] } = JSON.parse(
      readFileSync(path.join(schemas, 'scdl-budget-0.8.3.schema.json'), 'utf8'),
    )
    expect(schema.fields.map((f) => f.name)).toEqual([...scdlColumns])
    const faults = files.flatMap(([file]) => {
      const model = readBudget(bytesOf(file))
      return scdlRows(model, findPlan(model.header.nomenclature)).flatMap((row, i) =>
        schema.fields.flatMap(({ name, constraints = {} }) => {
          const cell = row[name]
          const right =
            cell === ''
              ? !constraints.required
              : (constraints.enum?.includes(cell) ?? true) &&
                (constraints.pattern === undefined || new RegExp(constraints.pattern).test(cell))
          return right ? [] : [{ file, row: i + 2, name, cell }]
        }),
      )
    })
    expect(faults).toEqual([])
  })
})

/** The reference leaves chapter and section blank where ContNat is absent, capitalises the stage, keeps "0" as written. */
function sameCell(column: ScdlColumn, ours: string, reference: string): boolean {
  if (/MT|CREDOUV/.test(column)) {
    return (ours === '') === (reference === '') && Number(ours) === Number(reference)
  }
  if (column === 'BGT_NATDEC') return ours === reference.toLowerCase()
  if (column === 'BGT_NATURE_LABEL') return letters(ours).includes(letters(reference))
  return reference === '' || ours === reference
}

const letters = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[^a-zA-Z]/g, '')
    .toLowerCase()

function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  for (const line of text.trimEnd().split('\r\n')) {
    rows.push(
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) =>
        (m[1] ?? m[2] ?? '').replaceAll('""', '"'),
      ),
    )
  }
  return rows
}
