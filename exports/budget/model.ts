import type { Cents } from './amount.ts'

/** `DocumentBudgetaire` namespaces (TotEM V95; CFU: no public XSD, observed). */
export const NS_BUDGET = 'http://www.minefi.gouv.fr/cp/demat/docbudgetaire'
export const NS_CFU = 'http://www.minefi.gouv.fr/cp/demat/doccfu'

/** Amount elements of `LigneBudget`, in the order of the XSD (Class_LigneBudget.xsd). */
export const amountNames = [
  'MtBudgPrec',
  'MtRARPrec',
  'MtPropNouv',
  'MtPrev',
  'CredOuv',
  'MtReal',
  'MtRAR3112',
] as const
export type AmountName = (typeof amountNames)[number]

/** Direction of a line, `CodRD`: dépense or recette. */
export type Direction = 'D' | 'R'

/** `NatDec`: stages of a budget and how their amounts are read. */
export const stages = {
  '01': { code: 'BP', label: 'Budget primitif', reading: 'forecast' },
  '02': { code: 'DM', label: 'Décision modificative', reading: 'forecast' },
  '03': { code: 'BS', label: 'Budget supplémentaire', reading: 'forecast' },
  '09': { code: 'CA', label: 'Compte administratif', reading: 'account' },
  '10': { code: 'CFU', label: 'Compte financier unique', reading: 'account' },
} as const
export type StageCode = keyof typeof stages
export type Stage = (typeof stages)[StageCode]

/** The stage of a `NatDec` code; null when the code is unknown. */
export const stageOf = (natDec: string): Stage | null =>
  Object.hasOwn(stages, natDec) ? stages[natDec as StageCode] : null

/** A `LigneBudget` that is not a calculated total. Codes stay text: leading zeros matter. Absent elements are ''. */
export type BudgetLine = {
  /** Rank among the lines kept, from 1. */
  rank: number
  /** Line in the source file, 0 when unknown. */
  sourceLine: number
  nature: string
  label: string
  fonction: string
  operation: string
  contNat: string
  contFon: string
  contOp: string
  artSpe: string
  direction: Direction | null
  /** `OpBudg`: 1 order, 0 real or mixed. */
  order: boolean
  /** `TypOpBudg`: 1 inside a section, 2 between sections, '' otherwise. */
  orderType: string
  thirdParty: string
  amounts: Readonly<Partial<Record<AmountName, Cents>>>
  /** `CaracSup` by code (Section, TypOpe, ProgAutoNum…). */
  characteristics: Readonly<Record<string, string>>
  /** `MtSup` by code, as written (BudgetHorsRAR, ICNE…). */
  extraAmounts: Readonly<Record<string, string>>
}

export type Seal = { md5: string; sha1: string; date: string }

/** Who and which budget (EnTeteDocBudgetaire, EnTeteBudget, BlocBudget). Values as written, '' when absent. */
export type BudgetHeader = {
  versionSchema: string
  editor: string
  dateStr: string
  libellePoste: string
  idPost: string
  collectivite: string
  idColl: string
  natCEPL: string
  departement: string
  etablissement: string
  idEtab: string
  codColl: string
  codInseeColl: string
  codBud: string
  nomenclature: string
  natDec: string
  numDec: string
  exercice: string
  projetBudget: string
  dteDec: string
  dteDecEx: string
  natVote: string
  natFonc: string
  budgPrec: string
  reprRes: string
  codTypBud: string
  idEtabPal: string
  libelleEtabPal: string
}

export type BudgetFile = {
  root: 'DocumentBudgetaire' | 'CompteFinancierUnique'
  header: BudgetHeader
  /** How many Budget and BlocBudget elements were found: exactly one of each is right. */
  budgets: number
  blocs: number
  seals: readonly Seal[]
  tools: readonly { name: string; version: string }[]
  /** Free text figures ("3 446", "0,00 %"): shown as they are, never computed with. */
  information: readonly { code: string; value: string }[]
  lines: readonly BudgetLine[]
  calculatedLines: number
  /** Annex blocks present with their number of rows; their content is kept in the file, unread. */
  annexRows: Readonly<Record<string, number>>
  /** Amounts and directions that could not be read, with their place. */
  unreadable: readonly { element: string; value: string; rank: number; sourceLine: number }[]
}
