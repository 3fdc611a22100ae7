import { fault, type Problem, warning } from '../../core/refusal.ts'
import { type Cents, euros } from './amount.ts'
import { chapterByNature, chapterFromPlan } from './chapter.ts'
import { type AmountName, type BudgetFile, type BudgetLine, stageOf } from './model.ts'
import type { Plan, Section } from './plans.ts'
import { isProject, stageAmounts, sumBySide } from './totals.ts'

/** State of one section: what is balanced, by how much, and the sentence that says it. */
export type SectionBalance = {
  section: Section
  label: string
  expense: Cents
  revenue: Cents
  /** Revenue minus expense. */
  gap: Cents
  state: 'balanced' | 'surplus' | 'deficit'
  sentence: string
}

/** M4 budgets (industrial and commercial services) say "exploitation" where the others say "fonctionnement". */
export function sectionLabel(section: Section, nomenclature: string): string {
  if (section === 'I') return 'investissement'
  return nomenclature.startsWith('M4-') ? 'exploitation' : 'fonctionnement'
}

/** "de fonctionnement", "d’investissement", "d’exploitation". */
export const ofSection = (label: string): string => (/^[aeiou]/.test(label) ? `d’${label}` : `de ${label}`)

/**
 * Balance of both sections for the stage of the file: voted amounts for a forecast (CGCT art. L. 1612-4), realised ones,
 * reported results included, for an account. `credits` looks at the credits opened (CredOuv) of an account.
 */
export function sectionBalances(file: BudgetFile, plan: Plan | null, credits = false): SectionBalance[] {
  const account = stageOf(file.header.natDec)?.reading === 'account'
  const sums = sumBySide(file, plan, credits ? ['CredOuv'] : stageAmounts(file))
  return (['F', 'I'] as const).map((section) => {
    const expense = section === 'F' ? sums.FD : sums.ID
    const revenue = section === 'F' ? sums.FR : sums.IR
    const gap = revenue - expense
    const label = sectionLabel(section, file.header.nomenclature)
    const state = gap === 0n ? 'balanced' : gap > 0n ? 'surplus' : 'deficit'
    const what = `La section ${ofSection(label)}`
    const reading = account && !credits ? 'account' : 'forecast'
    return {
      section,
      label,
      expense,
      revenue,
      gap,
      state,
      sentence: sentence(what, reading, expense, revenue),
    }
  })
}

function sentence(what: string, reading: 'forecast' | 'account', expense: Cents, revenue: Cents): string {
  const gap = revenue - expense
  if (reading === 'account') {
    if (gap === 0n) return `${what} est soldée : dépenses et recettes sont de ${euros(expense)}.`
    return gap > 0n
      ? `${what} se clôt par un excédent de ${euros(gap)}, résultat reporté compris.`
      : `${what} se clôt par un déficit de ${euros(-gap)}, résultat reporté compris.`
  }
  if (gap === 0n) return `${what} est en équilibre : ${euros(expense)} en dépenses et en recettes.`
  return gap > 0n
    ? `${what} est en suréquilibre : les recettes dépassent les dépenses de ${euros(gap)}.`
    : `${what} est en déséquilibre : les dépenses dépassent les recettes de ${euros(-gap)}.`
}

type Family = 'betweenFromF' | 'betweenFromI' | 'transferFromF' | 'transferToI' | 'insideI' | 'insideF'

/** Families of chapters whose order operations must answer one another: by nature, then by function. */
const byNature: Readonly<Record<string, Family>> = {
  '042': 'betweenFromF',
  '040': 'betweenFromI',
  '023': 'transferFromF',
  '021': 'transferToI',
  '041': 'insideI',
  '043': 'insideF',
}
// M14 numbers them otherwise than M57, M52 and M71, where 934 is health and 939 is free.
const byFunctionM14: Readonly<Record<string, Family>> = {
  '934': 'betweenFromF',
  '914': 'betweenFromI',
  '939': 'transferFromF',
  '919': 'transferToI',
  '910': 'insideI',
  '935': 'insideF',
}
const byFunction: Readonly<Record<string, Family>> = {
  '946': 'betweenFromF',
  '926': 'betweenFromI',
  '953': 'transferFromF',
  '951': 'transferToI',
  '925': 'insideI',
  '947': 'insideF',
}

export type OrderEquality = { code: string; label: string; left: Cents; right: Cents }

/**
 * The five equalities of order operations, computed by chapter: TypOpBudg alone fails on real files. `names` are the
 * amounts added (voted, opened or realised).
 */
export function orderEqualities(
  file: BudgetFile,
  plan: Plan | null,
  names: readonly AmountName[],
): OrderEquality[] {
  const norm = file.header.nomenclature.split('-')[0] ?? ''
  const sums = new Map<string, Cents>()
  for (const line of file.lines) {
    const family = line.direction ? orderFamily(line, plan, norm) : null
    if (!family) continue
    const key = `${family}${line.direction}`
    for (const name of names) sums.set(key, (sums.get(key) ?? 0n) + (line.amounts[name] ?? 0n))
  }
  const sum = (...keys: string[]) => keys.reduce((total, key) => total + (sums.get(key) ?? 0n), 0n)
  return [
    {
      code: 'transfer',
      label:
        'virement de la section de fonctionnement (023 dépenses) et virement reçu en investissement (021 recettes)',
      left: sum('transferFromFD'),
      right: sum('transferToIR'),
    },
    {
      code: 'expense-f',
      label:
        'dépenses d’ordre de fonctionnement (023 et 042) et recettes d’ordre d’investissement (021 et 040)',
      left: sum('transferFromFD', 'betweenFromFD'),
      right: sum('transferToIR', 'betweenFromIR'),
    },
    {
      code: 'revenue-f',
      label: 'recettes d’ordre de fonctionnement (042) et dépenses d’ordre d’investissement (040)',
      left: sum('betweenFromFR'),
      right: sum('betweenFromID'),
    },
    {
      code: 'inside-i',
      label: 'opérations patrimoniales (041), dépenses et recettes',
      left: sum('insideID'),
      right: sum('insideIR'),
    },
    {
      code: 'inside-f',
      label: 'opérations d’ordre à l’intérieur du fonctionnement (043), dépenses et recettes',
      left: sum('insideFD'),
      right: sum('insideFR'),
    },
  ]
}

function orderFamily(line: BudgetLine, plan: Plan | null, norm: string): Family | null {
  const functional = (norm === 'M14' ? byFunctionM14 : byFunction)[line.contFon]
  const written = functional ?? byNature[line.contNat]
  if (written) return written
  if (line.order && line.contFon === '') {
    return (
      byNature[chapterFromPlan(line, plan)?.code ?? ''] ?? byNature[chapterByNature(line, plan).code] ?? null
    )
  }
  // The transfer is sometimes written as a real operation; its account says what it is.
  return line.contFon === '' && /^02[13]$/.test(line.nature) ? (byNature[line.nature] ?? null) : null
}

/**
 * Problems of equilibrium. A forecast must balance by section (CGCT art. L. 1612-4): a deficit blocks, a surplus is lawful
 * in the cases of art. L. 1612-6 and L. 1612-7 and is told. An account is past: its opened credits and order operations
 * are only told.
 */
export function equilibriumProblems(file: BudgetFile, plan: Plan | null): Problem[] {
  const stage = stageOf(file.header.natDec)
  if (!stage || file.lines.length === 0) return []
  const account = stage.reading === 'account'
  const problems: Problem[] = []
  for (const balance of sectionBalances(file, plan, account)) {
    if (balance.state === 'balanced') continue
    const where = `section ${ofSection(balance.label)}`
    const figures = `${euros(balance.expense)} en dépenses, ${euros(balance.revenue)} en recettes`
    if (account) {
      const text = `Crédits ouverts. ${balance.sentence.slice(0, -1)} (${figures}). C’est à vérifier avec le dernier budget voté.`
      problems.push(warning('budget-credits-unbalanced', text, where))
    } else if (balance.state === 'deficit') {
      const text = `${balance.sentence.slice(0, -1)} (${figures}). Chaque section doit être votée en équilibre (CGCT, art. L. 1612-4) : corrigez le budget dans le logiciel de finances, puis exportez-le de nouveau.`
      problems.push(fault('budget-unbalanced', text, where))
    } else {
      const text = `${balance.sentence.slice(0, -1)} (${figures}). Ce n’est permis que dans les cas prévus aux articles L. 1612-6 et L. 1612-7 du CGCT : vérifiez que vous y êtes.`
      problems.push(warning('budget-surplus', text, where))
    }
  }
  return [...problems, ...orderProblems(file, plan, account)]
}

function orderProblems(file: BudgetFile, plan: Plan | null, account: boolean): Problem[] {
  const voted: readonly AmountName[] = isProject(file) ? ['MtRARPrec', 'MtPropNouv'] : ['MtRARPrec', 'MtPrev']
  const looks: [string, readonly AmountName[]][] = account
    ? [
        ['crédits ouverts', ['CredOuv']],
        ['réalisations', ['MtReal']],
      ]
    : [['montants votés', voted]]
  return looks.flatMap(([what, names]) =>
    orderEqualities(file, plan, names)
      .filter(({ left, right }) => left !== right)
      .map(({ label, left, right }) => {
        const text = `Les opérations d’ordre ne se répondent pas (${what}) : ${label} devraient être égales, or on lit ${euros(left)} et ${euros(right)}. Corrigez l’écriture dans le logiciel de finances.`
        return (account ? warning : fault)('budget-order-unbalanced', text, 'opérations d’ordre')
      }),
  )
}
