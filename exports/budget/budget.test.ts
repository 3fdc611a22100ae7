import { describe, expect, test } from 'vitest'
import { isClean, type Refusal } from '../../core/refusal.ts'
import { type CheckOptions, checkBudget, checkBudgetOrRefuse } from './check.ts'
import { siretKeyIsRight } from './header-rules.ts'
import { findPlan, nomenclatureVerdict } from './plans.ts'
import { readBudget } from './read.ts'
import { sampleBudget } from './sample-budget.ts'
import { scdlCsv } from './scdl.ts'
import { verifySeal } from './seal.ts'
import { budgetView } from './view.ts'
import { sealBudget, sealDate } from './write-seal.ts'

const alone: CheckOptions = { schemas: { folder: undefined } }
const codes = (bytes: Uint8Array, options: CheckOptions = {}) =>
  checkBudget(bytes, { ...alone, ...options }).problems.map((p) => `${p.level} ${p.code}`)
const edit = (bytes: Uint8Array, from: string | RegExp, to: string | ((found: string) => string)) =>
  // Both overloads of `replace` take the same call.
  new Uint8Array(
    Buffer.from(
      Buffer.from(bytes)
        .toString('latin1')
        .replace(from, to as string),
      'latin1',
    ),
  )
const refusal = (act: () => unknown): Refusal => {
  try {
    act()
  } catch (error) {
    return error as Refusal // only Refusals are thrown here; anything else fails the assertions below
  }
  throw new Error('nothing was refused')
}
const quiet = ['warning budget-xsd-absent', 'warning budget-seal-absent']

describe('a plain budget', () => {
  const report = checkBudget(sampleBudget(), alone)
  test('is accepted; what could not be checked is said, never "valid"', () => {
    expect(report.ok).toBe(true)
    expect(report.problems.map((p) => `${p.level} ${p.code}`)).toEqual(quiet)
    expect(report.xsd).toEqual({ 'helios-pes5.17': 'absent', 'totem-v95': 'absent' })
    expect(report.seal).toBe('absent')
  })
  test('its figures are exact', () => {
    expect(report.voted).toEqual({ FD: '1000.10', FR: '1000.10', ID: '400.10', IR: '400.10' })
    expect(report.linesBySection).toEqual({ FD: 2, FR: 2, ID: 1, IR: 1 })
    expect(report.totals.ID).toEqual({ MtRARPrec: '50.10', MtPrev: '350.00' })
    expect(report.realised).toBeUndefined()
  })
  test('accented names are read whatever the character set', () => {
    expect(report.header.collectivite).toBe('DÉMOVILLE')
    const utf8 = Buffer.from(sampleBudget()).toString('latin1').replace('ISO-8859-1', 'UTF-8')
    expect(readBudget(Buffer.from(utf8, 'utf8')).header.collectivite).toBe('DÉMOVILLE')
    expect(readBudget(edit(sampleBudget(), 'ISO-8859-1', 'windows-1252')).header.collectivite).toBe(
      'DÉMOVILLE',
    )
  })
})

describe('header faults', () => {
  test.each([
    ['a 13-digit SIRET', sampleBudget({ siret: '2145999990001' }), 'error budget-siret'],
    ['a SIRET with a wrong key', sampleBudget({ siret: '21459999900016' }), 'warning budget-siret-key'],
    ['an unknown stage', sampleBudget({ natDec: '04' }), 'error budget-stage'],
    [
      'a stage that only looks like a property',
      sampleBudget({ natDec: 'constructor' }),
      'error budget-stage',
    ],
    ['an exercise that is not a year', sampleBudget({ exercice: '26' }), 'error budget-exercise'],
    ['an unknown nomenclature', sampleBudget({ nomenclature: 'M57-M57_Z' }), 'error budget-nomenclature'],
    ['a plan we do not carry', sampleBudget({ nomenclature: 'M52-M52' }), 'warning budget-plan-absent'],
    ['no line', sampleBudget({ lines: [] }), 'error budget-no-line'],
    ['an amending decision without number', sampleBudget({ natDec: '02' }), 'warning budget-decision-number'],
    ['a project', sampleBudget({ bloc: '<ProjetBudget V="true"/>' }), 'warning budget-project'],
    ['no budget', edit(sampleBudget(), /<Budget>[\s\S]*<\/Budget>/, ''), 'error budget-missing'],
    ['two budgets', edit(sampleBudget(), /<Budget>[\s\S]*<\/Budget>/, '$&$&'), 'error budget-several'],
    [
      'no BlocBudget',
      edit(sampleBudget(), /<BlocBudget>[\s\S]*<\/BlocBudget>/, ''),
      'error budget-bloc-missing',
    ],
    ['no IdColl', edit(sampleBudget(), /<IdColl [^>]*>/, ''), 'warning budget-siret-missing'],
    ['an amount with a comma', edit(sampleBudget(), 'V="600.00"', 'V="600,00"'), 'error budget-amount'],
    [
      'an amount with three decimals',
      edit(sampleBudget(), 'V="600.00"', 'V="600.005"'),
      'error budget-amount',
    ],
    [
      'a line without direction',
      edit(sampleBudget(), '<CodRD V="D"/>', '<CodRD V="1"/>'),
      'error budget-direction',
    ],
  ])('%s', (_, bytes, code) => expect(codes(bytes)).toContain(code))

  test('a project is counted on its proposals, and blocks a transmission', () => {
    const bytes = edit(sampleBudget({ bloc: '<ProjetBudget V="true"/>' }), /MtPrev/g, 'MtPropNouv')
    expect(checkBudget(bytes, alone).voted?.FD).toBe('1000.10')
    expect(codes(bytes, { purpose: 'send' })).toContain('error budget-project')
  })
  test('SIRET keys', () => {
    expect(siretKeyIsRight('21930048000015')).toBe(true)
    expect(siretKeyIsRight('21930048000016')).toBe(false)
    expect(siretKeyIsRight('35600000049837')).toBe(true)
  })
  test('nomenclatures', () => {
    expect(nomenclatureVerdict('M4-M49_D')).toBe('known')
    expect(nomenclatureVerdict('M22-M22')).toBe('unchecked')
    expect(nomenclatureVerdict('M57')).toBe('unknown')
    expect(findPlan('../../x-y')).toBeNull()
    expect(findPlan('M14-M14_CE')?.nomenclature).toBe('M14-M14_COM_SUP3500')
  })
})

describe('equilibrium', () => {
  test('a deficit blocks, with the article; a surplus is told', () => {
    const more = edit(sampleBudget(), 'V="600.00"', 'V="600.01"')
    const report = checkBudget(more, alone)
    const problem = report.problems.find((p) => p.code === 'budget-unbalanced')
    expect(report.ok).toBe(false)
    expect(problem?.message).toContain('les dépenses dépassent les recettes de 0,01\u00a0€')
    expect(problem?.message).toContain('L. 1612-4')
    expect(codes(edit(sampleBudget(), 'V="600.00"', 'V="599.99"'))).toEqual([
      ...quiet,
      'warning budget-surplus',
    ])
  })
  test('order operations that do not answer one another', () => {
    const bytes = edit(
      edit(sampleBudget(), /(<ContNat V="023"\/>[\s\S]*?V=")400\.10/, '$1300.10'),
      'V="600.00"',
      'V="700.00"',
    )
    expect(codes(bytes)).toContain('error budget-order-unbalanced')
    expect(codes(bytes)).not.toContain('error budget-unbalanced')
  })
  test('an account is past: nothing blocks', () => {
    const bytes = edit(sampleBudget({ natDec: '09' }), /MtPrev/g, 'CredOuv')
    const report = checkBudget(edit(bytes, 'V="600.00"', 'V="900.00"'), alone)
    expect(report.problems.map((p) => `${p.level} ${p.code}`)).toContain('warning budget-credits-unbalanced')
    expect(report.ok).toBe(true)
  })
})

describe('seal', () => {
  const date = '2026-12-10T18:30:00.000+01:00'
  const sealed = sealBudget(sampleBudget(), { date, ...alone })

  test('is spliced: without it the input bytes come back', () => {
    expect(verifySeal(sealed.bytes)).toBe('valid')
    expect(sealed.rewritten).toBe(false)
    expect(edit(sealed.bytes, /<Scellement [^>]*>\r\n {3}/, '')).toEqual(sampleBudget())
    expect(checkBudget(sealed.bytes, { ...alone, purpose: 'send' }).ok).toBe(true)
  })
  test('one changed amount breaks it: told when reading, refused when sending', () => {
    const tampered = edit(edit(sealed.bytes, 'V="600.00"', 'V="500.00"'), 'V="100.00"', 'V="0.00"')
    expect(verifySeal(tampered)).toBe('broken')
    expect(codes(tampered)).toEqual(['warning budget-xsd-absent', 'warning budget-seal-broken'])
    expect(codes(tampered, { purpose: 'send' })).toContain('error budget-seal-broken')
    expect(codes(sampleBudget(), { purpose: 'send' })).toContain('error budget-seal-absent')
  })
  test('line ends and character set do not count, a re-indented copy is still the sealed one', () => {
    expect(verifySeal(edit(sealed.bytes, /\r\n/g, '\n'))).toBe('valid')
    expect(verifySeal(edit(sealed.bytes, /\r\n +/g, '\n'))).toBe('valid')
    expect(verifySeal(edit(sealed.bytes, /md5="[^"]*"/, (m: string) => m.toLowerCase()))).toBe('valid')
  })
  test('one wrong digest is enough', () => {
    expect(verifySeal(edit(sealed.bytes, /md5="[^"]*"/, 'md5="00"'))).toBe('broken')
    expect(verifySeal(edit(sealed.bytes, /sha1="[^"]*"/, ''))).toBe('broken')
    expect(verifySeal(edit(sealed.bytes, /<Scellement [^>]*>/, '$&$&'))).toBe('broken')
  })
  test('a file in another form is rewritten before, and says so', () => {
    const flat = edit(sampleBudget(), /\r\n +/g, '')
    const result = sealBudget(flat, { date, ...alone })
    expect(result.rewritten).toBe(true)
    expect(result.digests).toEqual(sealed.digests)
    expect(verifySeal(result.bytes)).toBe('valid')
  })
  test('a signed file in another form is left alone', () => {
    const signature =
      '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignatureValue>AA==</SignatureValue></Signature>'
    const signed = edit(edit(sampleBudget(), /\r\n +/g, ''), '</DocumentBudgetaire>', `${signature}$&`)
    expect(refusal(() => sealBudget(signed, { date, ...alone })).code).toBe('budget-seal-signed')
  })
  test.each([
    ['already sealed', sealed.bytes, {}, 'budget-seal-exists'],
    ['already sealed, even when asked to replace', sealed.bytes, { replace: true }, 'budget-seal-exists'],
    ['broken seal', edit(sealed.bytes, 'DÉMOVILLE', 'AUTREVILLE'), {}, 'budget-seal-broken'],
    ['never enriched by TotEM', sampleBudget({ tools: false }), {}, 'budget-seal-not-enriched'],
    ['faulty', sampleBudget({ natDec: '42' }), {}, 'budget-seal-faulty'],
  ])('refused: %s', (_, bytes, options, code) => {
    expect(refusal(() => sealBudget(bytes, { date, ...alone, ...options })).code).toBe(code)
  })
  test('a broken seal is replaced on demand', () => {
    const bytes = edit(sealed.bytes, 'DÉMOVILLE', 'AUTREVILLE')
    expect(verifySeal(sealBudget(bytes, { date, replace: true, ...alone }).bytes)).toBe('valid')
  })
  test('a budget voted out of balance can still be sealed', () => {
    const bytes = edit(sampleBudget(), 'V="600.00"', 'V="600.01"')
    expect(verifySeal(sealBudget(bytes, { date, ...alone }).bytes)).toBe('valid')
  })
  test('the date is French local time, summer and winter', () => {
    expect(sealDate(new Date('2026-07-01T22:30:00.500Z'))).toBe('2026-07-02T00:30:00.500+02:00')
    expect(sealDate(new Date('2026-12-31T23:30:00Z'))).toBe('2027-01-01T00:30:00.000+01:00')
  })
})

describe('files that are not budgets', () => {
  const text = (xml: string) => new Uint8Array(Buffer.from(xml, 'utf8'))
  test.each([
    ['another root', text('<PES_Aller/>'), 'budget-root'],
    ['the right name in the wrong namespace', text('<DocumentBudgetaire/>'), 'budget-root'],
    [
      'an empty CFU',
      text('<c:CompteFinancierUnique xmlns:c="http://www.minefi.gouv.fr/cp/demat/doccfu"/>'),
      'budget-cfu-empty',
    ],
    ['a DTD', text('<!DOCTYPE a [<!ENTITY b "c">]><DocumentBudgetaire/>'), 'XML_DOCTYPE'],
    ['a truncated file', sampleBudget().slice(0, 1500), 'XML_MALFORMED'],
    ['nothing', new Uint8Array(), 'XML_EMPTY'],
  ])('%s', (_, bytes, code) => {
    expect(refusal(() => checkBudget(bytes, alone)).code).toBe(code)
    const report = checkBudgetOrRefuse(bytes, alone)
    expect(report.ok).toBe(false)
    expect(isClean(report.problems)).toBe(false)
  })
})

describe('what is shown', () => {
  const file = readBudget(sampleBudget())
  const plan = findPlan(file.header.nomenclature)
  const view = budgetView(file, plan)
  test('sections, chapters in the order of the accounts with order operations last, shares', () => {
    const [running, investment] = view.sections
    expect(view.title).toBe('Budget primitif 2026')
    expect(running?.balance.sentence).toContain('est en équilibre')
    expect(running?.expense.rows.map((r) => [r.code, r.order, r.share])).toEqual([
      ['011', false, 59.994],
      ['023', true, 40.006],
    ])
    expect(running?.revenue.rows.map((r) => r.label)).toEqual([
      'Résultat de fonctionnement reporté',
      'Fiscalité locale',
    ])
    expect(investment?.expense.total).toEqual({ amount: '400.10', text: '400,10\u00a0€' })
    expect(view.functions).toEqual([expect.objectContaining({ code: '2', share: 100 })])
  })
  test('it survives JSON', () => expect(JSON.parse(JSON.stringify(view))).toEqual(view))
  test('M4 budgets say "exploitation"', () => {
    const service = readBudget(sampleBudget({ nomenclature: 'M4-M49_D' }))
    expect(budgetView(service, null).sections[0]?.title).toBe('Section d’exploitation')
  })
  test('an amending decision shows the chapter after it', () => {
    const lines = [
      { nature: '60632', direction: 'D', chapter: '011', amounts: { MtBudgPrec: '10.00', MtPrev: '-2.50' } },
    ] as const
    const decision = readBudget(sampleBudget({ natDec: '02', bloc: '', lines }))
    const row = budgetView(decision, plan).sections[0]?.expense.rows[0]
    expect([row?.value.text, row?.after?.text]).toEqual(['−2,50\u00a0€', '7,50\u00a0€'])
  })
  test('the SCDL table fills chapter, section and labels, and quotes what must be', () => {
    const rows = scdlCsv(file, plan).split('\r\n')
    expect(rows).toHaveLength(8)
    expect(rows[4]).toBe(
      'budget primitif,2026,21459999900015,DÉMOVILLE,002,Résultat de fonctionnement reporté,002,Résultat de fonctionnement reporté,,,,fonctionnement,réel,recette,,,,,100.00,,,',
    )
    const named = readBudget(
      edit(sampleBudget(), 'LibelleColl V="DÉMOVILLE"', 'LibelleColl V="A, &quot;B&quot;"'),
    )
    expect(scdlCsv(named, plan)).toContain(',"A, ""B""",')
  })
})
