import type { Cents } from '../budget/amount.ts'

export const NS_ALLER = 'http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller'
export const NS_RETOUR = 'http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour'
export const NS_ACQUIT_V2 = 'http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour/v2'
export const NS_ACQUIT_RETOUR = 'http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller/ack'

export type PesKind = 'pes-aller' | 'pes-acquit' | 'pes-retour'
export type PesDomain = 'depense' | 'recette'

/** A value as written, with the line it was read at. '' when the element is missing. */
export type Written = { text: string; line: number }

/** An amount as declared; `cents` is null when the text is not a decimal with two places at most. */
export type DeclaredAmount = Written & { cents: Cents | null }

/** Enveloppe and EnTetePES, alike in all PES messages (PES_Retour says CodColl for CodCol). */
export type PesHeader = {
  version: string
  typFic: string
  nomFic: Written
  emetteur: { sigle: string; adresse: string }
  recepteur: string
  dteStr: string
  idPost: Written
  libellePoste: string
  idColl: Written
  finJur: string
  codCol: Written
  codBud: Written
  libelleColBud: string
}

export type PesFlow = {
  header: PesHeader
  /** As declared in the XML declaration, upper case; '' when it is not. */
  encoding: string
  root: { id: string; line: number }
  domains: PesDomainHeader[]
  bordereaux: Bordereau[]
  attachments: Attachment[]
  attachmentsHeader: Written | undefined
  /** Where signatures stand. Verifying them is the business of the signature engine. */
  signatures: { target: string; line: number }[]
  /** Blocks kept in the file and not detailed here (PES_Facture, PES_Marche) and elements the 5.17 schema does not know. */
  unknown: { name: string; line: number; count: number }[]
}

export type PesDomainHeader = {
  domain: PesDomain
  line: number
  idVer: Written
  /** InfoDematerialisee; absent counts as false. */
  dematerialised: boolean
  declared: boolean
}

export type Bordereau = {
  domain: PesDomain
  id: string
  line: number
  /** Exer. */
  exercice: string
  /** IdBord without leading zeros. */
  number: string
  date: string
  /** TypBord. */
  type: string
  pieceCount: Written
  /** MtCumulAnnuel. */
  cumulative: DeclaredAmount | undefined
  ht: DeclaredAmount
  tva: DeclaredAmount | undefined
  pieces: Piece[]
  signed: boolean
  /** Sums of the lines that could be read. */
  totals: Totals
}

export type Totals = { ht: Cents; tva: Cents; ttc: Cents }

/** A mandat (dépense) or a titre (recette). */
export type Piece = {
  line: number
  number: string
  type: string
  nature: string
  object: string
  dueDate: string
  service: string
  /** InfoPce/PJ: free text about the documents. */
  documentsNote: string
  paymentDelay: { from: string; to: string; days: string; applies: boolean } | undefined
  references: AttachmentReference[]
  lines: PieceLine[]
  totals: Totals
}

export type PieceLine = {
  line: number
  number: string
  /** Nature: the account. */
  account: string
  function: string
  operation: string
  object: string
  invoice: string
  transferLabel: string
  /** ModRegl. */
  payment: string
  /** CodProdLoc. */
  product: string
  ht: DeclaredAmount
  tva: DeclaredAmount | undefined
  market: string
  convention: string
  references: AttachmentReference[]
  /** RattachPiece: the earlier piece that this one corrects. */
  origin: { nature: string; exercice: string; piece: string; line: string } | undefined
  /** Majo, DteMajo, TxMajo are all coherent when this is undefined. */
  surcharge: { asked: boolean; date: string; rate: string } | undefined
  tiers: Tiers[]
}

export type Tiers = {
  line: number
  category: string
  legalNature: string
  identifier: string
  identifierKind: string
  reference: string
  title: string
  name: string
  complement: string
  firstName: string
  address:
    | { line: number; lines: string[]; postalCode: string; city: string; abroad: boolean; country: string }
    | undefined
  bank:
    | { line: number; iban: string; bic: string; holder: string; bankName: string; national: string }
    | undefined
}

/** PJRef. Support 01 electronic, 02 paper, 03 CD-ROM. */
export type AttachmentReference = {
  line: number
  support: string
  idUnique: string
  name: string
  type: string
}

/** A document of PES_PJ. */
export type Attachment = {
  line: number
  idUnique: string
  name: string
  type: string
  description: string
  mimeType: string
  linkedTo: { domain: string; exercice: string; objectType: string; identifier: string }[]
  content: AttachmentContent
}

/** What the base64 (gzip) text of a Fichier gives. `sha256` is that of the document itself, in hexadecimal. */
export type AttachmentContent =
  | { state: 'readable'; size: number; sha256: string; detectedType: string; compressed: boolean }
  | { state: 'empty' }
  | { state: 'unreadable'; reason: string }
