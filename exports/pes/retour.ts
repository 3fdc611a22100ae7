import { Refusal } from '../../core/refusal.ts'
import type { Cents } from '../budget/amount.ts'
import { withXml, type XmlDocument } from '../xml/read.ts'
import { amountAt, withoutZeros } from './amounts.ts'
import { readHeader } from './header.ts'
import { ETAT_PCE, labelOf, OBS_ETAT } from './labels.ts'
import { NS_ACQUIT_RETOUR, NS_RETOUR, type PesDomain, type PesHeader } from './model.ts'
import { all, at, type PesNode, pesTree, valueAt } from './tree.ts'

/** What became of one mandat or titre. Dates as written (YYYY-MM-DD), '' when absent. */
export type ReturnedPiece = {
  domain: PesDomain
  line: number
  exercice: string
  bordereau: string
  number: string
  object: string
  /** EtatPce and its label. */
  state: string
  stateLabel: string
  observations: { code: string; label: string }[]
  comment: string
  takenInChargeOn: string
  rejectedOn: string
  onHoldSince: string
  /** Rejected and the same number may be used again; undefined when not rejected. */
  mayBeSentAgain: boolean | undefined
  ht: Cents
  tva: Cents
  /** Real payments (PaiementEmargement with OrgEma 01, or any when it is not told). */
  paid: Cents
  paidOn: string
}

export type PesRetour = {
  header: PesHeader
  /** TypRestit, free text in practice. */
  restitution: string
  pieces: ReturnedPiece[]
}

/** Reads a PES_Retour leniently (its types are almost all plain strings). Refuses `PES_ROOT` and those of `readXml`. */
export function readRetour(bytes: Uint8Array): PesRetour {
  return withXml(bytes, readRetourDocument)
}

/** The same on a parsed document, which stays the caller's. */
export function readRetourDocument(xml: XmlDocument): PesRetour {
  const root = pesTree(xml)
  if (root.name !== 'PES_Retour' || root.namespace !== NS_RETOUR)
    throw new Refusal('PES_ROOT', `Ce fichier n’est pas un PES retour : sa racine est <${root.name}>.`, {
      where: 'racine du document',
    })
  const pieces: ReturnedPiece[] = []
  let restitution = ''
  for (const [domain, block, header] of [
    ['depense', 'PES_DepenseRetour', 'EnTeteDepense'],
    ['recette', 'PES_RecetteRetour', 'EnTeteRecette'],
  ] as const) {
    const node = at(root, block)
    restitution ||= valueAt(node, header, 'TypRestit')
    for (const bordereau of all(node, 'Bordereau'))
      for (const piece of all(bordereau, 'Piece')) pieces.push(readPiece(domain, bordereau, piece))
  }
  return { header: readHeader(root), restitution, pieces }
}

function readPiece(domain: PesDomain, bordereau: PesNode, node: PesNode): ReturnedPiece {
  const info = at(node, 'InfoPiece') ?? at(node, 'BlocPiece', 'InfoPce') ?? at(node, 'BlocPiece')
  const bloc = at(bordereau, 'BlocBordereau')
  const lines = all(node, 'LigneDePiece')
  const lineInfos = lines.map((l) => at(l, 'BlocLignePiece', 'InfoLignePiece'))
  const payments = lines
    .flatMap((l) => all(l, 'PaiementEmargement'))
    .filter((p) => ['', '01'].includes(valueAt(p, 'OrgEma')))
  const state = valueAt(info, 'EtatPce')
  const rejectedOn = valueAt(info, 'DtePceRej')
  const takenInChargeOn = valueAt(info, 'DtePcePec')
  return {
    domain,
    line: node.line,
    exercice: valueAt(bloc, 'Exer'),
    bordereau: withoutZeros(valueAt(bloc, 'IdBord')),
    number: withoutZeros(valueAt(info, 'IdPce')),
    object: valueAt(info, 'Obj') || valueAt(info, 'ObjPce'),
    state,
    stateLabel: labelOf(ETAT_PCE[domain], state),
    // The recette list of reasons is another one: only its codes are given.
    observations: observationsOf(info, lineInfos).map((code) => ({
      code,
      label: domain === 'depense' ? labelOf(OBS_ETAT, code) : `code ${code}`,
    })),
    comment: valueAt(info, 'Commentaire'),
    takenInChargeOn,
    rejectedOn,
    onHoldSince: valueAt(info, 'DtePceInst'),
    // XSD documentation of DtePceRej: rejected before being taken in charge, the number may be used again.
    mayBeSentAgain: rejectedOn ? takenInChargeOn === '' : undefined,
    ht: sum(lineInfos, 'MtHT'),
    tva: sum(lineInfos, 'MtTVA'),
    paid: sum(payments, 'MtPay'),
    paidOn:
      payments
        .map((p) => valueAt(p, 'DtePay'))
        .sort()
        .at(-1) ?? '',
  }
}

const observationsOf = (info: PesNode | undefined, lines: readonly (PesNode | undefined)[]): string[] => [
  ...new Set(
    [info, ...lines].flatMap((node) =>
      valueAt(node, 'ObsEtat')
        .split('-')
        .map((c) => c.trim())
        .filter(Boolean),
    ),
  ),
]

const sum = (nodes: readonly (PesNode | undefined)[], name: string): Cents =>
  nodes.reduce((total, node) => total + (amountAt(node, name)?.cents ?? 0n), 0n)

/** PES_ACQUIT_RETOUR: the ordonnateur's receipt for PES_Retour files. */
export type PesAcquitRetour = {
  header: PesHeader
  received: { domain: string; fileName: string; restitution: string; date: string }[]
}

/** Reads a PES_ACQUIT_RETOUR on a parsed document. Refuses `PES_ROOT`. */
export function readAcquitRetourDocument(xml: XmlDocument): PesAcquitRetour {
  const root = pesTree(xml)
  if (root.name !== 'PES_ACQUIT_RETOUR' || root.namespace !== NS_ACQUIT_RETOUR)
    throw new Refusal(
      'PES_ROOT',
      `Ce fichier n’est pas un acquit de PES retour : sa racine est <${root.name}>.`,
    )
  return {
    header: readHeader(root),
    received: all(at(root, 'ACQUIT_RETOUR'), 'ElementACQUIT_RETOUR').map((e) => ({
      domain: valueAt(e, 'DomaineAckRetour'),
      fileName: valueAt(e, 'NomFichierRetour'),
      restitution: valueAt(e, 'TypRestit'),
      date: valueAt(e, 'DateAcquit'),
    })),
  }
}
