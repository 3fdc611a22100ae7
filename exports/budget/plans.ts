import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

export type Section = 'F' | 'I'
export type Chapter = { code: string; label: string; section: Section }
/** Chapters of an account: real, order between sections, order inside the section; expense first, revenue after. */
export type AccountChapters = readonly [
  dr: string,
  does: string,
  dois: string,
  rr: string,
  roes: string,
  rois: string,
]
export type Account = { code: string; label: string; chapters: AccountChapters }

/** A plan de comptes reduced to what a reader needs: labels by code, and the chapter of an account by direction. */
export type Plan = {
  nomenclature: string
  exercises: readonly number[]
  chapters: ReadonlyMap<string, Chapter>
  functionalChapters: ReadonlyMap<string, Chapter>
  accounts: ReadonlyMap<string, Account>
  functions: ReadonlyMap<string, string>
}

type PlanFile = {
  nomenclature: string
  exercises: number[]
  extends: string | null
  chapters: string[]
  functionalChapters: string[]
  accounts: string[]
  functions: string[]
}

/**
 * `norme-declinaison` codes published with a plan de comptes from 2013 to 2024 (odm-budgetaire.org/composants/normes).
 * The XSD accepts any text there: only this list tells a real nomenclature from a wrong one.
 */
const published: Readonly<Record<string, readonly string[]>> = {
  M14: [
    'M14_CCAS_INF3500',
    'M14_CCAS_SUP3500',
    'M14_CE',
    'M14_COM_INF500',
    'M14_COM_500_3500',
    'M14_COM_SUP3500',
  ],
  M4: ['M4', 'M41', 'M42', 'M43', 'M43_A', 'M43_D', 'M44', 'M49_A', 'M49_D'],
  M52: ['M52'],
  M57: ['M57', 'M57_A', 'M57_D', 'M57_P'],
  M61: ['M61'],
  M71: ['M71'],
}
/** Norms of health and social bodies: real, but no plan was published with the communal ones. */
const otherNorms = ['M21', 'M22', 'M31', 'M831', 'M832', 'M833']

/** Labels of the plan nearest to a declinaison whose own plan we do not carry. */
const nearest: Readonly<Record<string, string>> = {
  M57: 'M57-M57_D',
  M14: 'M14-M14_COM_SUP3500',
  M4: 'M4-M4',
}

export type NomenclatureVerdict = 'known' | 'unchecked' | 'unknown'

/** Says whether `Nomenclature/@V` names a plan that exists (`unchecked`: a real norm whose variants we cannot check). */
export function nomenclatureVerdict(nomenclature: string): NomenclatureVerdict {
  const cut = nomenclature.indexOf('-')
  const norm = nomenclature.slice(0, cut)
  if (published[norm]?.includes(nomenclature.slice(cut + 1))) return 'known'
  return otherNorms.includes(norm) ? 'unchecked' : 'unknown'
}

const folder = path.join(import.meta.dirname, 'data')
const loaded = new Map<string, Plan | null>()

/** Gives the plan of a nomenclature, or of its nearest relative; null when nothing close is carried (M52, M61, M71…). */
export function findPlan(nomenclature: string): Plan | null {
  return load(nomenclature) ?? load(nearest[nomenclature.split('-')[0] ?? ''] ?? '')
}

function load(nomenclature: string): Plan | null {
  if (!/^M\d+-\w+$/.test(nomenclature)) return null
  const known = loaded.get(nomenclature)
  if (known !== undefined) return known
  const file = path.join(folder, `${nomenclature.toLowerCase().replaceAll('_', '-')}.json`)
  const plan = existsSync(file) ? toPlan(JSON.parse(readFileSync(file, 'utf8')) as PlanFile) : null
  loaded.set(nomenclature, plan)
  return plan
}

function toPlan(file: PlanFile): Plan {
  const base = file.extends ? load(file.extends) : null
  const chapter = (row: string): [string, Chapter] => {
    const [code = '', section, label = ''] = row.split('|')
    return [code, { code, label, section: section === 'F' ? 'F' : 'I' }]
  }
  return {
    nomenclature: file.nomenclature,
    exercises: file.exercises,
    chapters: new Map([...(base?.chapters ?? []), ...file.chapters.map(chapter)]),
    functionalChapters: new Map([
      ...(base?.functionalChapters ?? []),
      ...file.functionalChapters.map(chapter),
    ]),
    accounts: new Map([
      ...(base?.accounts ?? []),
      ...file.accounts.map((row): [string, Account] => {
        const [code = '', label = '', list = ''] = row.split('|')
        const [a = '', b = '', c = '', d = '', e = '', f = ''] = list.split(',')
        return [code, { code, label, chapters: [a, b, c, d, e, f] }]
      }),
    ]),
    functions: new Map([
      ...(base?.functions ?? []),
      ...file.functions.map((row): [string, string] => {
        const [code = '', label = ''] = row.split('|')
        return [code, label]
      }),
    ]),
  }
}

/** Finds an account, shortening the code from the right: editors use sub-accounts and last year's accounts. */
export function findAccount(plan: Plan, nature: string): Account | null {
  for (let code = nature; code.length > 0; code = code.slice(0, -1)) {
    const account = plan.accounts.get(code)
    if (account) return account
  }
  return null
}
