import { type Cents, euros, formatAmount, percent } from './amount.ts'
import { chapterOfLine, functionLabel, functionOfLine, sectionOfLine } from './chapter.ts'
import { ofSection, sectionBalances, sectionLabel } from './equilibrium.ts'
import { type AmountName, type BudgetFile, type BudgetLine, type Direction, stageOf } from './model.ts'
import type { Plan, Section } from './plans.ts'
import { isProject, stageAmounts } from './totals.ts'

/** An amount ready for a screen: exact decimal text for machines, French text for people. */
export type Money = { amount: string; text: string }

export type ChapterRow = {
  code: string
  label: string
  /** Order operations: movements inside the accounts, without cash. */
  order: boolean
  /** The figure of the stage: voted, or realised. */
  value: Money
  /** Part of the side, in percent with three decimals; for drawing. */
  share: number
  /** Accounts only: credits opened, remaining to realise, and realised as a percentage of the credits. */
  credits?: Money
  remaining?: Money
  rate?: number
  /** Amending decisions only: the chapter once the decision is applied. */
  after?: Money
}

export type SideView = {
  direction: Direction
  label: string
  total: Money
  /** Of the larger of the two sides, in percent: length of the mirrored bar. */
  barLength: number
  ofWhichOrder: Money
  credits?: Money
  remaining?: Money
  rate?: number
  after?: Money
  rows: ChapterRow[]
}

export type SectionView = {
  section: Section
  title: string
  balance: { state: 'balanced' | 'surplus' | 'deficit'; sentence: string; gap: Money }
  expense: SideView
  revenue: SideView
}

export type FunctionRow = { code: string; label: string; expense: Money; revenue: Money; share: number }

export type BudgetView = {
  title: string
  authority: string
  establishment: string
  stage: { code: string; label: string }
  exercise: string
  nomenclature: string
  /** What the figures are, as a column heading: "Voté", "Proposé", "Réalisé". */
  measure: string
  reading: 'forecast' | 'account'
  sections: SectionView[]
  /** Share of each function in the expenses of both sections; empty when the budget gives no function. */
  functions: FunctionRow[]
  /** Figures that the file gives as free text, with their label when known. */
  information: { label: string; value: string }[]
}

const money = (cents: Cents): Money => ({ amount: formatAmount(cents), text: euros(cents) })

/**
 * What the finance screen shows of a budget: both sections mirrored by chapter, the balance in words, functions, and for an
 * account the realised figures beside the credits. Pure data, JSON serialisable. An unknown stage is shown as voted.
 */
export function budgetView(file: BudgetFile, plan: Plan | null): BudgetView {
  const { header } = file
  const stage = stageOf(header.natDec)
  const account = stage?.reading === 'account'
  const number = stage?.code === 'DM' && header.numDec ? ` n° ${header.numDec}` : ''
  return {
    title: `${stage?.label ?? 'Document budgétaire'}${number} ${header.exercice}`,
    authority: header.collectivite,
    establishment: header.etablissement,
    stage: { code: stage?.code ?? '', label: stage?.label ?? 'Étape inconnue' },
    exercise: header.exercice,
    nomenclature: header.nomenclature.slice(header.nomenclature.indexOf('-') + 1).replaceAll('_', ' '),
    measure: account ? 'Réalisé' : isProject(file) ? 'Proposé' : 'Voté',
    reading: account ? 'account' : 'forecast',
    sections: sectionBalances(file, plan).map((balance) => {
      const greater = balance.expense > balance.revenue ? balance.expense : balance.revenue
      return {
        section: balance.section,
        title: `Section ${ofSection(sectionLabel(balance.section, header.nomenclature))}`,
        balance: { state: balance.state, sentence: balance.sentence, gap: money(balance.gap) },
        expense: sideView(file, plan, balance.section, 'D', greater),
        revenue: sideView(file, plan, balance.section, 'R', greater),
      }
    }),
    functions: functionRows(file, plan),
    information: file.information.map(({ code, value }) => ({
      label: informationLabels[code] ?? code,
      value,
    })),
  }
}

type Sums = { value: Cents; credits: Cents; remaining: Cents; after: Cents; order: boolean; label: string }

const add = (line: BudgetLine, names: readonly AmountName[]): Cents =>
  names.reduce((sum, name) => sum + (line.amounts[name] ?? 0n), 0n)

function sideView(
  file: BudgetFile,
  plan: Plan | null,
  section: Section,
  direction: Direction,
  greater: Cents,
): SideView {
  const stage = stageOf(file.header.natDec)
  const account = stage?.reading === 'account'
  const details = (sums: Sums) =>
    account ? executed(sums) : stage?.code === 'DM' ? { after: money(sums.after) } : {}
  const names = stageAmounts(file)
  const chapters = new Map<string, Sums>()
  const total: Sums = { value: 0n, credits: 0n, remaining: 0n, after: 0n, order: false, label: '' }
  let order = 0n
  for (const line of file.lines) {
    if (line.direction !== direction || sectionOfLine(line, plan) !== section) continue
    const { code, label } = chapterOfLine(line, plan)
    const row = chapters.get(code) ?? { value: 0n, credits: 0n, remaining: 0n, after: 0n, order: true, label }
    chapters.set(code, row)
    const value = add(line, names)
    row.order = row.order && line.order
    if (line.order) order += value
    for (const sums of [row, total]) {
      sums.value += value
      sums.credits += line.amounts.CredOuv ?? 0n
      sums.remaining += line.amounts.MtRAR3112 ?? 0n
      sums.after += value + (line.amounts.MtBudgPrec ?? 0n)
    }
  }
  const rows = [...chapters]
    .filter(([, row]) => row.value !== 0n || row.credits !== 0n)
    .sort(([a, x], [b, y]) => Number(x.order) - Number(y.order) || (a < b ? -1 : 1))
  return {
    direction,
    label: direction === 'D' ? 'Dépenses' : 'Recettes',
    total: money(total.value),
    barLength: percent(total.value < 0n ? 0n : total.value, greater),
    ofWhichOrder: money(order),
    ...details(total),
    rows: rows.map(([code, row]) => ({
      code,
      label: row.label,
      order: row.order,
      value: money(row.value),
      share: percent(row.value, total.value),
      ...details(row),
    })),
  }
}

const executed = (sums: Sums) => ({
  credits: money(sums.credits),
  remaining: money(sums.remaining),
  rate: percent(sums.value, sums.credits),
})

function functionRows(file: BudgetFile, plan: Plan | null): FunctionRow[] {
  const names = stageAmounts(file)
  const functions = new Map<string, { expense: Cents; revenue: Cents }>()
  let expenses = 0n
  for (const line of file.lines) {
    const code = functionOfLine(line, file.header.nomenclature).slice(0, 1)
    if (code === '' || !line.direction) continue
    const row = functions.get(code) ?? { expense: 0n, revenue: 0n }
    functions.set(code, row)
    const value = add(line, names)
    if (line.direction === 'D') {
      row.expense += value
      expenses += value
    } else row.revenue += value
  }
  return [...functions]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { expense, revenue }]) => ({
      code,
      label: functionLabel(plan, code) || `Fonction ${code}`,
      expense: money(expense),
      revenue: money(revenue),
      share: percent(expense, expenses),
    }))
}

/** Codes of InformationsGenerales seen in real files; the values stay the text the editor wrote. */
const informationLabels: Readonly<Record<string, string>> = {
  PopTot: 'Population totale',
  NbResSec: 'Résidences secondaires',
  EPCI: 'Intercommunalité',
  ValDepRFonc: 'Dépenses réelles de fonctionnement par habitant',
  ValProdImpo: 'Produit des impositions directes par habitant',
  ValRecRFonc: 'Recettes réelles de fonctionnement par habitant',
  ValDepEq: 'Dépenses d’équipement brut par habitant',
  ValEncDettePop: 'Encours de dette par habitant',
  ValDGFPop: 'DGF par habitant',
  ValDepPers: 'Dépenses de personnel / dépenses réelles de fonctionnement',
  ValDepFoncRemDette: 'Dépenses de fonctionnement et remboursement de la dette / recettes réelles',
  ValDepEqB: 'Dépenses d’équipement brut / recettes réelles de fonctionnement',
  ValEncDetteRecFonc: 'Encours de la dette / recettes réelles de fonctionnement',
}
