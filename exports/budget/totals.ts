import { type Cents, formatAmount } from './amount.ts'
import { sectionOfLine } from './chapter.ts'
import { type AmountName, amountNames, type BudgetFile, type BudgetLine, stageOf } from './model.ts'
import type { Plan } from './plans.ts'

/** Section and direction: F fonctionnement (exploitation in M4), I investissement; D dépense, R recette. */
export const sides = ['FD', 'FR', 'ID', 'IR'] as const
export type Side = (typeof sides)[number]
/** Decimal text with two decimals, dot: "1234.50". */
export type DecimalText = string

type Sums = Partial<Record<Side, Partial<Record<AmountName, DecimalText>>>>
type BySide = Record<Side, DecimalText>
type BySection<T> = { F: T; I: T }

export type BudgetTotals = {
  lines: number
  calculatedLines: number
  linesBySection: Record<Side, number>
  /** Sum of each amount element by side; an element that no line of the side carries is left out. */
  totals: Sums
  ofWhichResultLines001_002: Sums
  ofWhichOrder: Sums
  ofWhichOrderByTypOpBudg: Record<string, Partial<Record<AmountName, DecimalText>>>
  /** BP, BS, DM: MtRARPrec + MtPrev (MtPropNouv in place of MtPrev for a project). */
  voted?: BySide
  votedBalanced?: BySection<boolean>
  /** DM: MtBudgPrec + MtRARPrec + MtPrev. */
  budgetAfterDecision?: BySide
  budgetAfterDecisionBalanced?: BySection<boolean>
  /** CA, CFU. */
  realised?: BySide
  realisedWithout001_002?: BySide
  resultOfYear?: BySection<DecimalText>
  closingResult?: BySection<DecimalText>
  rar3112?: BySide
  credOuv?: BySide
  credOuvBalanced?: BySection<boolean>
}

const isResultLine = (line: BudgetLine) => line.nature === '001' || line.nature === '002'

/** Section and direction of a line; null when the line does not say its direction. */
export function sideOf(line: BudgetLine, plan: Plan | null): Side | null {
  return line.direction ? `${sectionOfLine(line, plan)}${line.direction}` : null
}

/** Sum of some amounts over the lines that pass, by side, in cents. */
export function sumBySide(
  file: BudgetFile,
  plan: Plan | null,
  names: readonly AmountName[],
  keep: (line: BudgetLine) => boolean = () => true,
): Record<Side, Cents> {
  const sums: Record<Side, Cents> = { FD: 0n, FR: 0n, ID: 0n, IR: 0n }
  for (const line of file.lines) {
    const side = sideOf(line, plan)
    if (!side || !keep(line)) continue
    for (const name of names) sums[side] += line.amounts[name] ?? 0n
  }
  return sums
}

function sumAll(file: BudgetFile, key: (line: BudgetLine) => string | null) {
  const sums = new Map<string, Map<AmountName, Cents>>()
  for (const line of file.lines) {
    const at = key(line)
    if (at === null) continue
    const row = sums.get(at) ?? new Map<AmountName, Cents>()
    sums.set(at, row)
    for (const name of amountNames) {
      const amount = line.amounts[name]
      if (amount !== undefined) row.set(name, (row.get(name) ?? 0n) + amount)
    }
  }
  const order = (name: string) => sides.findIndex((side) => name.startsWith(side))
  return Object.fromEntries(
    [...sums]
      .sort(([a], [b]) => order(a) - order(b) || (a < b ? -1 : 1))
      .map(([at, row]) => [
        at,
        Object.fromEntries(
          amountNames.flatMap((name) => {
            const sum = row.get(name)
            return sum === undefined ? [] : [[name, formatAmount(sum)]]
          }),
        ),
      ]),
  )
}

const asText = (sums: Record<Side, Cents>): BySide => ({
  FD: formatAmount(sums.FD),
  FR: formatAmount(sums.FR),
  ID: formatAmount(sums.ID),
  IR: formatAmount(sums.IR),
})
const balanced = (sums: Record<Side, Cents>) => ({ F: sums.FD === sums.FR, I: sums.ID === sums.IR })
const result = (sums: Record<Side, Cents>) => ({
  F: formatAmount(sums.FR - sums.FD),
  I: formatAmount(sums.IR - sums.ID),
})

/** Amounts that make the figure of the stage: what is voted for a forecast, what is realised for an account. */
export function stageAmounts(file: BudgetFile): readonly AmountName[] {
  if (stageOf(file.header.natDec)?.reading === 'account') return ['MtReal']
  return isProject(file) ? ['MtRARPrec', 'MtPropNouv'] : ['MtRARPrec', 'MtPrev']
}

/** True for a budget not voted yet (`ProjetBudget`); meaningless on an account, where editors leave it on. */
export const isProject = (file: BudgetFile): boolean =>
  /^(true|1)$/.test(file.header.projetBudget) && stageOf(file.header.natDec)?.reading === 'forecast'

/**
 * All the figures of a budget file, exact to the cent. Lines with calculated="true" are never added. Lines without a
 * direction are counted in `lines` only. Figures that depend on the stage are absent when NatDec is unknown.
 */
export function computeTotals(file: BudgetFile, plan: Plan | null): BudgetTotals {
  const linesBySection: Record<Side, number> = { FD: 0, FR: 0, ID: 0, IR: 0 }
  for (const line of file.lines) {
    const side = sideOf(line, plan)
    if (side) linesBySection[side] += 1
  }
  const side = (line: BudgetLine) => sideOf(line, plan)
  const common = {
    lines: file.lines.length,
    calculatedLines: file.calculatedLines,
    linesBySection,
    totals: sumAll(file, side),
    ofWhichResultLines001_002: sumAll(file, (line) => (isResultLine(line) ? side(line) : null)),
    ofWhichOrder: sumAll(file, (line) => (line.order ? side(line) : null)),
    ofWhichOrderByTypOpBudg: sumAll(file, (line) => {
      const at = line.order ? side(line) : null
      return at && `${at}${line.orderType}`
    }),
  }
  const stage = stageOf(file.header.natDec)
  if (!stage) return common
  const sum = (names: readonly AmountName[], keep?: (line: BudgetLine) => boolean) =>
    sumBySide(file, plan, names, keep)
  if (stage.reading === 'forecast') {
    const voted = sum(stageAmounts(file))
    const forecast = { ...common, voted: asText(voted), votedBalanced: balanced(voted) }
    if (stage.code !== 'DM') return forecast
    const after = sum(['MtBudgPrec', ...stageAmounts(file)])
    return { ...forecast, budgetAfterDecision: asText(after), budgetAfterDecisionBalanced: balanced(after) }
  }
  const realised = sum(['MtReal'])
  const ofTheYear = sum(['MtReal'], (line) => !isResultLine(line))
  const credits = sum(['CredOuv'])
  return {
    ...common,
    realised: asText(realised),
    realisedWithout001_002: asText(ofTheYear),
    resultOfYear: result(ofTheYear),
    closingResult: result(realised),
    rar3112: asText(sum(['MtRAR3112'])),
    credOuv: asText(credits),
    credOuvBalanced: balanced(credits),
  }
}
