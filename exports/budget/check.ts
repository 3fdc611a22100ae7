import { XmlC14NMode, type XmlElement } from 'libxml2-wasm'
import { fault, isClean, type Problem, Refusal, warning } from '../../core/refusal.ts'
import { readXml, type XmlDocument } from '../xml/read.ts'
import { type SchemaName, validateXsd, type XsdReport } from '../xml/schemas.ts'
import { equilibriumProblems, sectionBalances } from './equilibrium.ts'
import { headerProblems } from './header-rules.ts'
import { type BudgetFile, type BudgetHeader, stageOf } from './model.ts'
import { findPlan, type Section } from './plans.ts'
import { budgetElement, readBudgetDocument } from './read.ts'
import { type SealVerdict, sealProblems, verifySealOf } from './seal.ts'
import { type BudgetTotals, computeTotals } from './totals.ts'

export type XsdVerdict = 'valid' | 'invalid' | 'absent'

export type BudgetReport = {
  kind: 'budget'
  ok: boolean
  problems: Problem[]
  name?: string
  root: BudgetFile['root']
  stage: { natDec: string; code: string; label: string }
  header: BudgetHeader
  seal: SealVerdict
  sealDate: string
  /** The DocumentBudgetaire element against each schema; 'absent' means not checked, never valid. */
  xsd: { 'helios-pes5.17': XsdVerdict; 'totem-v95': XsdVerdict }
  annexRows: BudgetFile['annexRows']
  /** One sentence for each section. */
  balance: { section: Section; state: string; sentence: string }[]
} & BudgetTotals

export type CheckOptions = {
  /** File name, repeated in the report. */
  name?: string
  /** `send` asks what the prefecture asks: sealed, seal intact, voted. `read` (the default) only tells it. */
  purpose?: 'read' | 'send'
  /** Folder of the official schemas; found by itself when the key is absent, `undefined` says "none". */
  schemas?: { folder: string | undefined }
}

/**
 * Checks a budget file as an import does: XML, root, one budget, header, nomenclature, XSD, seal, equilibrium.
 * Throws `Refusal` when the bytes are not a budget at all (see `readBudget`); everything else is told in the report.
 */
export function checkBudget(bytes: Uint8Array, options: CheckOptions = {}): BudgetReport {
  using xml = readXml(bytes)
  return checkBudgetDocument(xml, options)
}

/** The same on a document already read. The tree is changed (its seal is taken out): do not use it afterwards. */
export function checkBudgetDocument(xml: XmlDocument, options: CheckOptions = {}): BudgetReport {
  const file = readBudgetDocument(xml)
  const plan = findPlan(file.header.nomenclature)
  const sending = options.purpose === 'send'
  const xsd = checkSchemas(xml, options)
  const seal = verifySealOf(xml)
  const problems = [
    ...headerProblems(file, sending),
    ...lineProblems(file),
    ...xsd.problems,
    ...sealProblems(seal, sending),
    ...equilibriumProblems(file, plan),
  ]
  const stage = stageOf(file.header.natDec)
  return {
    kind: 'budget',
    ok: isClean(problems),
    problems,
    ...(options.name === undefined ? {} : { name: options.name }),
    root: file.root,
    stage: { natDec: file.header.natDec, code: stage?.code ?? '', label: stage?.label ?? 'Étape inconnue' },
    header: file.header,
    seal,
    sealDate: file.seals[0]?.date ?? '',
    xsd: xsd.verdicts,
    annexRows: file.annexRows,
    balance: stage
      ? sectionBalances(file, plan).map(({ section, state, sentence }) => ({ section, state, sentence }))
      : [],
    ...computeTotals(file, plan),
  }
}

/** Reads and checks; a refusal of the reader becomes a report, so that a caller shows every file the same way. */
export function checkBudgetOrRefuse(
  bytes: Uint8Array,
  options: CheckOptions = {},
): BudgetReport | { kind: 'budget' | 'unknown'; ok: false; problems: readonly Problem[] } {
  try {
    return checkBudget(bytes, options)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const kind = error.code.startsWith('budget-') && error.code !== 'budget-root' ? 'budget' : 'unknown'
    return { kind, ok: false, problems: error.problems }
  }
}

const maxShown = 20

function lineProblems(file: BudgetFile): Problem[] {
  const problems = file.unreadable.slice(0, maxShown).map(({ element, value, rank, sourceLine }) => {
    const where = sourceLine ? `LigneBudget n° ${rank}, ligne ${sourceLine}` : `LigneBudget n° ${rank}`
    return element === 'CodRD'
      ? fault(
          'budget-direction',
          `La ligne de budget n° ${rank} ne dit pas si elle est en dépense ou en recette (CodRD = « ${value} », on attend D ou R).`,
          where,
        )
      : fault(
          'budget-amount',
          `Le montant « ${value} » de ${element} n’est pas un nombre à deux décimales : écrivez-le comme 1234.50.`,
          where,
        )
  })
  const rest = file.unreadable.length - maxShown
  if (rest > 0)
    problems.push(fault('budget-amount', `${rest} autres valeurs illisibles ne sont pas détaillées.`))
  return problems
}

function checkSchemas(xml: XmlDocument, options: CheckOptions) {
  const element = budgetElement(xml)
  const validate = (target: XmlDocument, name: SchemaName) =>
    options.schemas ? validateXsd(target, name, options.schemas) : validateXsd(target, name)
  // A CFU has no public schema: its inner DocumentBudgetaire is checked alone.
  const inner = element.isSameNode(xml.root) ? null : standalone(element)
  try {
    const helios = validate(inner ?? xml, 'budget-helios')
    const totem = validate(inner ?? xml, 'budget-totem')
    const offset = inner ? element.line - 1 : 0
    return {
      verdicts: { 'helios-pes5.17': helios.verdict, 'totem-v95': totem.verdict },
      problems: schemaProblems(helios, totem, inner !== null, offset),
    }
  } finally {
    inner?.dispose()
  }
}

const standalone = (element: XmlElement): XmlDocument =>
  readXml(Buffer.from(element.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 }), 'utf8'))

/**
 * Hélios decides for header and lines. TotEM V95 alone describes annexes, and is older than today's files: what only it
 * refuses is told, never blocking.
 */
function schemaProblems(helios: XsdReport, totem: XsdReport, cfu: boolean, offset: number): Problem[] {
  const place = (where: string) => where.replace(/\d+/, (line) => String(Number(line) + offset))
  if (helios.verdict === 'absent') {
    const why = helios.problems[0]?.message ?? 'Le schéma officiel n’est pas installé.'
    return [warning('budget-xsd-absent', why, 'schéma Hélios PES 5.17')]
  }
  const problems = helios.problems
    .slice(0, maxShown)
    .map((p) => fault('budget-xsd', `Schéma Hélios PES 5.17. ${p.message}`, place(p.where)))
  const rest = helios.problems.length - maxShown
  if (rest > 0)
    problems.push(fault('budget-xsd', `Schéma Hélios : ${rest} autres écarts ne sont pas détaillés.`))
  // V95 is older than the CFU: its opinion of one says nothing.
  if (helios.verdict === 'valid' && totem.verdict === 'invalid' && !cfu) {
    const first = totem.problems[0]
    const count = totem.problems.length
    const what =
      count === 1
        ? 'Une valeur est plus récente'
        : `${count === 200 ? 'Au moins 200' : count} valeurs sont plus récentes`
    const text = `${what} que le schéma TotEM V95, le dernier publié avec les annexes : c’est courant, et le fichier est conservé tel quel.`
    const detail = first ? ` Première : ${first.message}` : ''
    problems.push(warning('budget-xsd-annexes', text + detail, first ? place(first.where) : ''))
  }
  return problems
}
