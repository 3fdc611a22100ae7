import type { BudgetLine, Direction } from './model.ts'
import { type Chapter, findAccount, type Plan, type Section } from './plans.ts'

/** Place of a direction in `AccountChapters`: DR 0, DOES 1, DOIS 2, RR 3, ROES 4, ROIS 5. */
function column(line: BudgetLine, direction: Direction): 0 | 1 | 2 | 3 | 4 | 5 {
  const kind = !line.order ? 0 : line.orderType === '1' ? 2 : 1
  return direction === 'D' ? kind : kind === 0 ? 3 : kind === 1 ? 4 : 5
}

/** The chapter that the plan gives to the account of a line, in its direction; null when the plan does not say. */
export function chapterFromPlan(line: BudgetLine, plan: Plan | null): Chapter | null {
  if (!plan || !line.direction) return null
  const account = findAccount(plan, line.nature)
  if (!account) return null
  return plan.chapters.get(account.chapters[column(line, line.direction)]) ?? null
}

/**
 * Section of a line: what the editor says (CaracSup Section), else the plan de comptes, else the class of the account.
 * ContNat is not enough: a third of the lines of some editors lack it.
 */
export function sectionOfLine(line: BudgetLine, plan: Plan | null): Section {
  const said = line.characteristics['Section']
  if (said === 'F' || said === 'I') return said
  return chapterFromPlan(line, plan)?.section ?? sectionByClass(line.nature)
}

const sectionByClass = (nature: string): Section =>
  /^(002|022|023)$/.test(nature) || /^[67]/.test(nature) ? 'F' : 'I'

/** Chapters known by everyone, for nomenclatures whose plan we do not carry (M52, M61, M71). */
const commonChapters: Readonly<Record<string, string>> = {
  '001': "Solde d'exécution de la section d'investissement reporté",
  '002': 'Résultat de fonctionnement reporté',
  '011': 'Charges à caractère général',
  '012': 'Charges de personnel et frais assimilés',
  '013': 'Atténuations de charges',
  '014': 'Atténuations de produits',
  '020': 'Dépenses imprévues',
  '021': 'Virement de la section de fonctionnement',
  '022': 'Dépenses imprévues',
  '023': "Virement à la section d'investissement",
  '024': "Produits des cessions d'immobilisations",
  '040': "Opérations d'ordre de transfert entre sections",
  '041': 'Opérations patrimoniales',
  '042': "Opérations d'ordre de transfert entre sections",
  '043': "Opérations d'ordre à l'intérieur de la section",
  '10': 'Dotations, fonds divers et réserves',
  '13': "Subventions d'investissement",
  '16': 'Emprunts et dettes assimilées',
  '20': 'Immobilisations incorporelles',
  '204': "Subventions d'équipement versées",
  '21': 'Immobilisations corporelles',
  '23': 'Immobilisations en cours',
  '26': 'Participations et créances rattachées',
  '27': 'Autres immobilisations financières',
  '65': 'Autres charges de gestion courante',
  '66': 'Charges financières',
  '70': 'Produits des services, du domaine et ventes diverses',
  '73': 'Impôts et taxes',
  '74': 'Dotations et participations',
  '75': 'Autres produits de gestion courante',
  '76': 'Produits financiers',
}

/** Finds a chapter, shortening from the right: a level of control may be an article or carry an operation number. */
function shorten(code: string, table: ReadonlyMap<string, Chapter> | undefined): Chapter | null {
  for (let rest = code; rest.length >= 2; rest = rest.slice(0, -1)) {
    const chapter = table?.get(rest)
    if (chapter) return chapter
  }
  return null
}

/** Chapter by nature, as the budget is presented: ContNat, else the plan, else the first two digits of the account. */
export function chapterByNature(line: BudgetLine, plan: Plan | null): Chapter {
  const section = sectionOfLine(line, plan)
  const exact = plan?.chapters.get(line.contNat)
  if (exact) return { ...exact, section }
  const fromPlan = chapterFromPlan(line, plan) ?? shorten(line.contNat, plan?.chapters)
  if (fromPlan) return { ...fromPlan, section }
  const code = line.contNat || (line.nature.startsWith('0') ? line.nature : line.nature.slice(0, 2))
  return {
    code,
    label: plan?.chapters.get(code)?.label ?? commonChapters[code] ?? `Chapitre ${code}`,
    section,
  }
}

/**
 * Chapter the budget was voted by: by function (ContFon) when the line has one, else by nature. Operations for third
 * parties carry a remnant of function in ContFon ("13"): their chapter is the one of their account.
 */
export function chapterOfLine(line: BudgetLine, plan: Plan | null): Chapter {
  if (!line.contFon.startsWith('9')) return chapterByNature(line, plan)
  const section = sectionOfLine(line, plan)
  const chapter =
    plan?.functionalChapters.get(line.contFon) ?? shorten(line.contFon, plan?.functionalChapters)
  return { code: line.contFon, label: chapter?.label ?? `Chapitre ${line.contFon}`, section }
}

/** Chapter families whose last digits are the function: investment, then fonctionnement. */
const functionPrefix = { M14: /^9[02]/, other: /^9[03]/ } as const

/**
 * Functional reference of a line. By-function budgets write it behind the chapter family (M57 93201 → 201, M14 92211 →
 * 211), and give no function to chapters that are not spread over functions: ''.
 */
export function functionOfLine(line: BudgetLine, nomenclature: string): string {
  if (line.contFon === '') return line.fonction
  const prefix = nomenclature.startsWith('M14-') ? functionPrefix.M14 : functionPrefix.other
  return prefix.test(line.fonction) ? line.fonction.slice(2) : ''
}

/** Label of an account at its finest known level; '' when no plan is carried. */
export const accountLabel = (plan: Plan | null, nature: string): string =>
  (plan ? findAccount(plan, nature)?.label : undefined) ?? ''

/** Label of a function, shortened from the right until known; '' when unknown. */
export function functionLabel(plan: Plan | null, code: string): string {
  for (let rest = code; rest.length > 0; rest = rest.slice(0, -1)) {
    const label = plan?.functions.get(rest)
    if (label) return label
  }
  return ''
}
