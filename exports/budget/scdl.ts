import { formatAmount } from './amount.ts'
import { accountLabel, chapterByNature, functionLabel, functionOfLine } from './chapter.ts'
import { type AmountName, type BudgetFile, type BudgetLine, stageOf } from './model.ts'
import type { Plan } from './plans.ts'

/** Columns of the SCDL "budget" schema 0.8.3 (OpenDataFrance), in its order. */
export const scdlColumns = [
  'BGT_NATDEC',
  'BGT_ANNEE',
  'BGT_SIRET',
  'BGT_NOM',
  'BGT_CONTNAT',
  'BGT_CONTNAT_LABEL',
  'BGT_NATURE',
  'BGT_NATURE_LABEL',
  'BGT_FONCTION',
  'BGT_FONCTION_LABEL',
  'BGT_OPERATION',
  'BGT_SECTION',
  'BGT_OPBUDG',
  'BGT_CODRD',
  'BGT_MTREAL',
  'BGT_MTBUDGPREC',
  'BGT_MTRARPREC',
  'BGT_MTPROPNOUV',
  'BGT_MTPREV',
  'BGT_CREDOUV',
  'BGT_MTRAR3112',
  'BGT_ARTSPE',
] as const
export type ScdlColumn = (typeof scdlColumns)[number]
export type ScdlRow = Record<ScdlColumn, string>

/**
 * The open-data table of a budget: one row for each line that is not a calculated total, in the order of the file. The
 * schema has no value for a CFU: it is published as an account, as the reference converter does. Chapter and section are
 * found by the plan de comptes where the file leaves them out.
 */
export function scdlRows(file: BudgetFile, plan: Plan | null): ScdlRow[] {
  const { header } = file
  const stage = stageOf(header.natDec)
  const natDec = (stage?.code === 'CFU' ? 'Compte administratif' : (stage?.label ?? '')).toLowerCase()
  const common = {
    BGT_NATDEC: natDec,
    BGT_ANNEE: header.exercice,
    BGT_SIRET: header.idEtab || header.idColl,
    BGT_NOM: header.collectivite,
  }
  return file.lines.map((line) => ({ ...common, ...lineCells(line, plan, header.nomenclature) }))
}

type LineCells = Omit<ScdlRow, 'BGT_NATDEC' | 'BGT_ANNEE' | 'BGT_SIRET' | 'BGT_NOM'>

function lineCells(line: BudgetLine, plan: Plan | null, nomenclature: string): LineCells {
  const chapter = chapterByNature(line, plan)
  const reference = functionOfLine(line, nomenclature)
  const amount = (name: AmountName) => {
    const cents = line.amounts[name]
    return cents === undefined ? '' : formatAmount(cents)
  }
  return {
    BGT_CONTNAT: line.contNat || chapter.code,
    BGT_CONTNAT_LABEL: chapter.label,
    BGT_NATURE: line.nature,
    // The schema wants a label: an account our plans do not carry shows the label of the line, or its code.
    BGT_NATURE_LABEL: accountLabel(plan, line.nature) || line.label || line.nature,
    BGT_FONCTION: line.fonction,
    BGT_FONCTION_LABEL: line.fonction ? functionLabel(plan, reference) : '',
    BGT_OPERATION: line.operation,
    BGT_SECTION: chapter.section === 'F' ? 'fonctionnement' : 'investissement',
    BGT_OPBUDG: line.order ? 'ordre' : 'réel',
    BGT_CODRD: line.direction === 'R' ? 'recette' : line.direction === 'D' ? 'dépense' : '',
    BGT_MTREAL: amount('MtReal'),
    BGT_MTBUDGPREC: amount('MtBudgPrec'),
    BGT_MTRARPREC: amount('MtRARPrec'),
    BGT_MTPROPNOUV: amount('MtPropNouv'),
    BGT_MTPREV: amount('MtPrev'),
    BGT_CREDOUV: amount('CredOuv'),
    BGT_MTRAR3112: amount('MtRAR3112'),
    BGT_ARTSPE: /^(true|1)$/.test(line.artSpe)
      ? 'spécialisé'
      : /^(false|0)$/.test(line.artSpe)
        ? 'non spécialisé'
        : '',
  }
}

const quote = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** The table as CSV (RFC 4180): comma, CRLF, header line. Encode it in UTF-8. */
export function scdlCsv(file: BudgetFile, plan: Plan | null): string {
  const lines = scdlRows(file, plan).map((row) => scdlColumns.map((column) => quote(row[column])).join(','))
  return `${[scdlColumns.join(','), ...lines].join('\r\n')}\r\n`
}
