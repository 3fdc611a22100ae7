import { type XmlDocument, XmlElement } from 'libxml2-wasm'
import { Refusal } from '../../core/refusal.ts'
import { readXml } from '../xml/read.ts'
import { type Cents, parseAmount } from './amount.ts'
import {
  type AmountName,
  amountNames,
  type BudgetFile,
  type BudgetHeader,
  type BudgetLine,
  NS_BUDGET,
  NS_CFU,
  type Seal,
} from './model.ts'

/**
 * Reads the bytes of a DocumentBudgetaire, or of a CFU that wraps one. The bytes are never rewritten: annexes and unknown
 * elements stay in the file, only counted here. What is wrong inside is told by `checkBudget`; this refuses only what is
 * not such a file (`budget-root`, `budget-cfu-empty`) or not safe XML (refusals of `readXml`).
 */
export function readBudget(bytes: Uint8Array): BudgetFile {
  using xml = readXml(bytes)
  return readBudgetDocument(xml)
}

/** The same on a parsed document, which stays the caller's. */
export function readBudgetDocument(document: XmlDocument): BudgetFile {
  const element = budgetElement(document)
  const draft: Draft = {
    header: emptyHeader(),
    budgets: 0,
    blocs: 0,
    seals: [],
    tools: [],
    information: [],
    lines: [],
    calculatedLines: 0,
    annexRows: {},
    unreadable: [],
  }
  for (const child of elementsOf(element)) readTop(child, draft)
  return {
    root: document.root.name === 'CompteFinancierUnique' ? 'CompteFinancierUnique' : 'DocumentBudgetaire',
    ...draft,
  }
}

/** The DocumentBudgetaire element: the root, or the child of a CompteFinancierUnique. Refuses any other root. */
export function budgetElement(document: XmlDocument): XmlElement {
  const root = document.root
  if (root.name === 'DocumentBudgetaire' && root.namespaceUri === NS_BUDGET) return root
  if (root.name === 'CompteFinancierUnique' && root.namespaceUri === NS_CFU) {
    for (const child of elementsOf(root)) {
      if (child.name === 'DocumentBudgetaire' && child.namespaceUri === NS_BUDGET) return child
    }
    throw new Refusal(
      'budget-cfu-empty',
      'Ce compte financier unique ne contient pas de document budgétaire : demandez au comptable le fichier complet, issu de CDG-D SPL.',
      { where: 'CompteFinancierUnique' },
    )
  }
  throw new Refusal(
    'budget-root',
    `Ce fichier n’est pas un document budgétaire : sa racine est « ${root.name} », on attend « DocumentBudgetaire » (ou « CompteFinancierUnique ») dans l’espace de noms ${NS_BUDGET}. Exportez le budget au format XML depuis TotEM ou votre logiciel de finances.`,
    { where: `/${root.name}` },
  )
}

type Draft = {
  header: BudgetHeader
  budgets: number
  blocs: number
  seals: Seal[]
  tools: { name: string; version: string }[]
  information: { code: string; value: string }[]
  lines: BudgetLine[]
  calculatedLines: number
  annexRows: Record<string, number>
  unreadable: { element: string; value: string; rank: number; sourceLine: number }[]
}

const headerElements: Readonly<Record<string, keyof BudgetHeader>> = {
  VersionSchema: 'versionSchema',
  DteStr: 'dateStr',
  LibellePoste: 'libellePoste',
  IdPost: 'idPost',
  LibelleColl: 'collectivite',
  IdColl: 'idColl',
  NatCEPL: 'natCEPL',
  Departement: 'departement',
  LibelleEtab: 'etablissement',
  IdEtab: 'idEtab',
  CodColl: 'codColl',
  CodInseeColl: 'codInseeColl',
  CodBud: 'codBud',
  Nomenclature: 'nomenclature',
  NatDec: 'natDec',
  NumDec: 'numDec',
  Exer: 'exercice',
  ProjetBudget: 'projetBudget',
  DteDec: 'dteDec',
  DteDecEx: 'dteDecEx',
  NatVote: 'natVote',
  NatFonc: 'natFonc',
  BudgPrec: 'budgPrec',
  ReprRes: 'reprRes',
  CodTypBud: 'codTypBud',
  IdEtabPal: 'idEtabPal',
  LibelleEtabPal: 'libelleEtabPal',
}

function emptyHeader(): BudgetHeader {
  const names = [...Object.values(headerElements), 'editor' as const]
  return Object.fromEntries(names.map((name) => [name, ''])) as BudgetHeader // every key is in `headerElements`
}

function readTop(element: XmlElement, draft: Draft): void {
  switch (element.name) {
    case 'VersionSchema':
      draft.header.versionSchema = value(element)
      break
    case 'BlocEditeur':
      for (const child of elementsOf(element))
        if (child.name === 'CodeEditeur') draft.header.editor = value(child)
      break
    case 'VersionOutil':
      draft.tools.push({ name: value(element, 'outil'), version: value(element, 'version') })
      break
    case 'Scellement':
      draft.seals.push({
        md5: value(element, 'md5'),
        sha1: value(element, 'sha1'),
        date: value(element, 'date'),
      })
      break
    case 'EnTeteDocBudgetaire':
      readHeader(element, draft.header)
      break
    case 'Budget':
      draft.budgets += 1
      if (draft.budgets === 1) for (const child of elementsOf(element)) readBudgetChild(child, draft)
  }
}

function readBudgetChild(element: XmlElement, draft: Draft): void {
  switch (element.name) {
    case 'EnTeteBudget':
      readHeader(element, draft.header)
      break
    case 'BlocBudget':
      draft.blocs += 1
      if (draft.blocs === 1) readHeader(element, draft.header)
      break
    case 'InformationsGenerales':
      for (const child of elementsOf(element))
        draft.information.push({ code: value(child, 'Code'), value: value(child) })
      break
    case 'LigneBudget':
      if (/^(true|1)$/.test(value(element, 'calculated'))) draft.calculatedLines += 1
      else draft.lines.push(readLine(element, draft))
      break
    case 'Annexes':
      for (const block of elementsOf(element)) {
        let rows = 0
        for (const _ of elementsOf(block)) rows += 1
        draft.annexRows[block.name] = (draft.annexRows[block.name] ?? 0) + rows
      }
  }
}

function readHeader(element: XmlElement, header: BudgetHeader): void {
  for (const child of elementsOf(element)) {
    const key = headerElements[child.name]
    if (key) header[key] = value(child)
  }
}

const isAmount = (name: string): name is AmountName => (amountNames as readonly string[]).includes(name)

function readLine(element: XmlElement, draft: Draft): BudgetLine {
  const rank = draft.lines.length + 1
  const sourceLine = element.line
  const text: Record<string, string> = {}
  const amounts: Partial<Record<AmountName, Cents>> = {}
  const characteristics: Record<string, string> = {}
  const extraAmounts: Record<string, string> = {}
  for (const child of elementsOf(element)) {
    const name = child.name
    if (isAmount(name)) {
      const written = value(child)
      const amount = parseAmount(written)
      if (amount === null)
        draft.unreadable.push({ element: name, value: written, rank, sourceLine: child.line })
      else amounts[name] = amount
    } else if (name === 'CaracSup') characteristics[value(child, 'Code')] = value(child)
    else if (name === 'MtSup') extraAmounts[value(child, 'Code')] = value(child)
    else text[name] = value(child)
  }
  const codRD = text['CodRD'] ?? ''
  const direction = codRD === 'D' || codRD === 'R' ? codRD : null
  if (!direction) draft.unreadable.push({ element: 'CodRD', value: codRD, rank, sourceLine })
  return {
    rank,
    sourceLine,
    nature: text['Nature'] ?? '',
    label: text['LibCpte'] ?? '',
    fonction: text['Fonction'] ?? '',
    operation: text['Operation'] ?? '',
    contNat: text['ContNat'] ?? '',
    contFon: text['ContFon'] ?? '',
    contOp: text['ContOp'] ?? '',
    artSpe: text['ArtSpe'] ?? '',
    direction,
    order: text['OpBudg'] === '1',
    orderType: text['TypOpBudg'] ?? '',
    thirdParty: text['OpeCpteTiers'] ?? '',
    amounts,
    characteristics,
    extraAmounts,
  }
}

const value = (element: XmlElement, name = 'V'): string => element.attr(name)?.value ?? ''

function* elementsOf(parent: XmlElement): Generator<XmlElement> {
  for (let node = parent.firstChild; node; node = node.next) if (node instanceof XmlElement) yield node
}
