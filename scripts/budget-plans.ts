/**
 * Condenses the official plans de comptes (planDeCompte.xml of odm-budgetaire.org) into exports/budget/data/*.json.
 *
 *   node scripts/budget-plans.ts [FOLDER]      FOLDER: …/plans/<exercice>/<norme>/<declinaison>/planDeCompte.xml
 *
 * Prints what it wrote. One file per nomenclature: the newest exercise wins, codes that only older exercises know are
 * added after it. A file may extend another one (M57_A extends M57_D): then it holds only what differs.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { XmlDocument, type XmlElement } from 'libxml2-wasm'

const root = path.resolve(import.meta.dirname, '..')
const source = process.argv[2] ?? path.resolve(root, '../shared/schemas/docbudgetaire/plans')
const target = path.join(root, 'exports/budget/data')

const bases: Record<string, string> = {
  'M57-M57_A': 'M57-M57_D',
  'M14-M14_COM_500_3500': 'M14-M14_COM_SUP3500',
  'M4-M43_D': 'M4-M4',
  'M4-M49_D': 'M4-M4',
}
const directions = ['DR', 'DOES', 'DOIS', 'RR', 'ROES', 'ROIS']

type Table = Map<string, string>
type Plan = {
  exercises: number[]
  chapters: Table
  functionalChapters: Table
  accounts: Table
  functions: Table
}

if (process.argv.includes('--help') || !existsSync(source)) {
  console.error('Usage : node scripts/budget-plans.ts [DOSSIER DES PLANS]')
  process.exit(process.argv.includes('--help') ? 0 : 2)
}

/** The plans were converted from windows-1252 read as Latin-1: some dashes and apostrophes became C1 controls. */
const windows1252: Readonly<Record<string, string>> = {
  '\x91': '‘',
  '\x92': '’',
  '\x96': '–',
  '\x97': '—',
  '\x9c': 'œ',
  '\x85': '…',
}

const attribute = (element: XmlElement, name: string) =>
  [...(element.attr(name)?.value ?? '')]
    .map((character) => windows1252[character] ?? character)
    .join('')
    .trim()
    .replaceAll('|', '/')

function addAll(
  document: XmlDocument,
  xpath: string,
  table: Table,
  row: (element: XmlElement) => string,
): void {
  for (const node of document.find(xpath)) {
    const element = node as XmlElement
    const code = attribute(element, 'Code')
    if (code && !table.has(code)) table.set(code, row(element))
  }
}

const plans = new Map<string, Plan>()
// Newest folder first, so that `addAll` keeps the newest wording of a code.
for (const exercise of readdirSync(source).sort().reverse()) {
  for (const norm of readdirSync(path.join(source, exercise))) {
    for (const variant of readdirSync(path.join(source, exercise, norm))) {
      const file = path.join(source, exercise, norm, variant, 'planDeCompte.xml')
      if (!existsSync(file)) continue
      using document = XmlDocument.fromBuffer(readFileSync(file))
      const name = `${norm}-${variant}`
      const plan: Plan = plans.get(name) ?? {
        exercises: [],
        chapters: new Map(),
        functionalChapters: new Map(),
        accounts: new Map(),
        functions: new Map(),
      }
      plans.set(name, plan)
      // The exercise written inside: some published folders carry the plan of another year.
      const written = Number(attribute(document.root, 'Exer'))
      if (!plan.exercises.includes(written)) plan.exercises.push(written)
      const chapter = (e: XmlElement) => `${attribute(e, 'Section')}|${attribute(e, 'Libelle')}`
      addAll(document, '/Nomenclature/Nature//Chapitre', plan.chapters, chapter)
      addAll(document, '/Nomenclature/Fonction//Chapitre', plan.functionalChapters, chapter)
      const accounts: Table = new Map()
      addAll(document, '/Nomenclature/Nature//Compte', accounts, (e) => {
        const chapters = directions
          .map((d) => attribute(e, d))
          .join(',')
          .replace(/,+$/, '')
        return `${attribute(e, 'Libelle')}|${chapters}`
      })
      for (const [code, row] of accounts) {
        // An account that became a mere heading keeps the chapters it had: older budgets still use it.
        const known = plan.accounts.get(code)
        if (known === undefined) plan.accounts.set(code, row)
        else if (known.endsWith('|')) plan.accounts.set(code, known + row.slice(row.indexOf('|') + 1))
      }
      addAll(document, '/Nomenclature/Fonction//RefFonc', plan.functions, (e) => attribute(e, 'Libelle'))
    }
  }
}

for (const [name, plan] of [...plans].sort()) {
  const baseName = bases[name]
  const base = baseName ? plans.get(baseName) : undefined
  const rows = (key: 'chapters' | 'functionalChapters' | 'accounts' | 'functions') =>
    [...plan[key]]
      .filter(([code, value]) => base?.[key].get(code) !== value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, value]) => `${code}|${value}`)
  const content = {
    nomenclature: name,
    exercises: plan.exercises.sort(),
    extends: base ? baseName : null,
    chapters: rows('chapters'),
    functionalChapters: rows('functionalChapters'),
    accounts: rows('accounts'),
    functions: rows('functions'),
  }
  const file = path.join(target, `${name.toLowerCase().replaceAll('_', '-')}.json`)
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`)
  console.log(
    `${path.relative(root, file)} : ${content.accounts.length} comptes, exercices ${content.exercises.join(', ')}`,
  )
}
