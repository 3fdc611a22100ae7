import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../cli/budget.ts'
import { orderEqualities } from '../../exports/budget/equilibrium.ts'
import { findPlan } from '../../exports/budget/plans.ts'
import { readBudget } from '../../exports/budget/read.ts'
import { budgetView } from '../../exports/budget/view.ts'
import {
  bytesOf,
  expected,
  files,
  hasSamples,
  hasSchemas,
  required,
  samples,
  sealOf,
} from './budget-samples.ts'

async function budget(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const io = { stdout: (t: string) => void out.push(t), stderr: (t: string) => void err.push(t), json: false }
  const code = await run(args, io, new Date('2026-12-10T17:30:00Z'))
  return { code, out: out.join(''), err: err.join('') }
}

/** Figures of `expected.json` that the report must repeat under the same name, and must not have otherwise. */
const figures = [
  'totals',
  'lines',
  'calculatedLines',
  'linesBySection',
  'annexRows',
  'ofWhichResultLines001_002',
  'ofWhichOrder',
  'ofWhichOrderByTypOpBudg',
  'voted',
  'votedBalanced',
  'budgetAfterDecision',
  'budgetAfterDecisionBalanced',
  'realised',
  'realisedWithout001_002',
  'resultOfYear',
  'closingResult',
  'rar3112',
  'credOuv',
  'credOuvBalanced',
]
const header: [name: string, key: string][] = [
  ['versionSchema', 'versionSchema'],
  ['collectivite', 'collectivite'],
  ['etablissement', 'etablissement'],
  ['idEtab', 'idEtab'],
  ['nomenclature', 'nomenclature'],
  ['exercice', 'exercice'],
  ['natDec', 'natDec'],
  ['numDec', 'numDec'],
  ['natFonc', 'natFonc'],
  ['natVote', 'natVote'],
  ['codTypBud', 'codTypBud'],
  ['projetBudget', 'projetBudget'],
  ['budgPrec', 'budgPrec'],
  ['reprRes', 'reprRes'],
]

describe.skipIf(!hasSamples && !required)('real budgets', () => {
  test('there are samples', () => expect(files.length).toBeGreaterThan(10))

  describe.each(files)('%s', (file, wanted) => {
    let report: Record<string, unknown> & { header: Record<string, string>; problems: { level: string }[] }
    beforeAll(async () => {
      const { code, out } = await budget('show', path.join(samples, file), '--json')
      report = JSON.parse(out)
      expect(code).toBe(0)
    })

    test('is a budget without blocking problem', () => {
      expect(report['kind']).toBe('budget')
      expect(report['ok']).toBe(true)
      expect(report.problems.filter((p) => p.level === 'error')).toEqual([])
      expect(report['root']).toBe(wanted.root)
    })
    test('every figure is the expected one, to the cent', () => {
      for (const name of figures) expect({ [name]: report[name] }).toEqual({ [name]: wanted[name] })
    })
    test('the header', () => {
      for (const [name, key] of header)
        expect({ [name]: report.header[key] }).toEqual({ [name]: wanted[name] ?? '' })
    })
    test('the seal', () => {
      expect(report['seal']).toBe(sealOf(wanted))
      expect(report['sealDate']).toBe(wanted.seal.date ?? '')
    })
    test.skipIf(!hasSchemas && !required)('the XSD verdicts', () => {
      // The CFU root has no public schema: its inner document is judged, and Hélios accepts it.
      const cfu = wanted.root === 'CompteFinancierUnique'
      expect(report['xsd']).toEqual(
        cfu
          ? { 'helios-pes5.17': 'valid', 'totem-v95': 'invalid' }
          : {
              'helios-pes5.17': wanted.xsd['helios-pes5.17'],
              'totem-v95': wanted.xsd['totem-v95'],
            },
      )
    })
    test('order operations answer one another', () => {
      const model = readBudget(bytesOf(file))
      const plan = findPlan(model.header.nomenclature)
      for (const names of [['MtRARPrec', 'MtPrev'], ['CredOuv'], ['MtReal']] as const) {
        if (names[0] === 'MtRARPrec' && Number(model.header.natDec) > 8) continue
        for (const { code, left, right } of orderEqualities(model, plan, names)) {
          expect({ code, sum: left }).toEqual({ code, sum: right })
        }
      }
    })
    test('the view adds up to the same totals and has a label everywhere', () => {
      const model = readBudget(bytesOf(file))
      const view = budgetView(model, findPlan(model.header.nomenclature))
      const main = wanted['voted'] ?? wanted['realised']
      expect(
        Object.fromEntries(
          view.sections.flatMap((s) => [
            [`${s.section}D`, s.expense.total.amount],
            [`${s.section}R`, s.revenue.total.amount],
          ]),
        ),
      ).toEqual(main)
      for (const section of view.sections) {
        for (const side of [section.expense, section.revenue]) {
          const sum = side.rows.reduce((total, row) => total + BigInt(row.value.amount.replace('.', '')), 0n)
          expect(sum).toBe(BigInt(side.total.amount.replace('.', '')))
          for (const row of side.rows) expect(row.label).not.toMatch(/^(Chapitre .*)?$/)
        }
      }
    })
  })
})

describe.skipIf(!hasSamples && !required)('refused budgets', () => {
  test.each([
    ['siret-13-digits.xml', 'budget-siret'],
    ['exer-not-a-year.xml', 'budget-exercise'],
    ['natdec-unknown.xml', 'budget-stage'],
    ['nomenclature-unknown.xml', 'budget-nomenclature'],
    ['no-budget-block.xml', 'budget-missing'],
  ])('%s: %s, exit 1, in French', async (file, wanted) => {
    const { code, out } = await budget('show', path.join(samples, 'negative', file), '--json')
    const report = JSON.parse(out)
    expect([code, report.ok, report.kind, report.seal]).toEqual([1, false, 'budget', 'broken'])
    expect(report.problems[0]).toMatchObject({ code: wanted, level: 'error' })
    expect(report.problems[0].message).toMatch(/\.$/)
    if (hasSchemas) {
      expect(report.xsd).toEqual({
        'helios-pes5.17': expected.negative[`negative/${file}`]?.xsd['helios-pes5.17'],
        'totem-v95': expected.negative[`negative/${file}`]?.xsd['totem-v95'],
      })
    }
    const readable = await budget('show', path.join(samples, 'negative', file))
    expect(readable.code).toBe(1)
    expect(readable.err).toContain('Erreur : ')
    expect((await budget('scdl', path.join(samples, 'negative', file))).code).toBe(1)
  })
})

describe('wrong use of the command', () => {
  test.each([
    [[]],
    [['show']],
    [['open', 'a.xml']],
    [['show', 'a', 'b']],
    [['seal', 'a.xml']],
    [['show', 'a', '--nope']],
  ])('%j', async (args) => {
    const { code, err } = await budget(...args)
    expect(code).toBe(2)
    expect(err).toContain('Usage')
  })
  test('a missing file, a file that is not XML', async () => {
    const missing = await budget('show', '/nowhere/budget.xml')
    expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('introuvable')])
    const notXml = await budget('show', import.meta.filename, '--json')
    expect(JSON.parse(notXml.out)).toMatchObject({ kind: 'unknown', ok: false })
  })
})
