import { Refusal } from '../../core/refusal.ts'
import { withXml, type XmlDocument } from '../xml/read.ts'
import { amountAt, requiredAmount, withoutZeros } from './amounts.ts'
import { describeContent } from './content.ts'
import { readHeader, written } from './header.ts'
import {
  type Attachment,
  type Bordereau,
  NS_ALLER,
  type PesDomain,
  type PesDomainHeader,
  type PesFlow,
  type Totals,
} from './model.ts'
import { readPiece, sumOf } from './read-piece.ts'
import { all, at, isTrue, type PesNode, pesTree, valueAt } from './tree.ts'
import { KNOWN_ELEMENTS } from './vocabulary.ts'

/**
 * Reads a PES_Aller for the person who signs it. The bytes are never rewritten; what the model does not hold stays in
 * the file and is mentioned in `unknown`. Refuses `PES_ROOT` (another document) and the refusals of `readXml`.
 */
export function readPes(bytes: Uint8Array): PesFlow {
  return withXml(bytes, readPesDocument)
}

/** The same on a parsed document, which stays the caller's. */
export function readPesDocument(xml: XmlDocument): PesFlow {
  const root = pesTree(xml)
  if (root.name !== 'PES_Aller' || root.namespace !== NS_ALLER)
    throw new Refusal(
      'PES_ROOT',
      `Ce fichier n’est pas un flux PES aller : sa racine est <${root.name}> et non <PES_Aller>.`,
      { where: 'racine du document' },
    )
  const bordereaux: Bordereau[] = []
  const domains: PesDomainHeader[] = []
  for (const [domain, block, header] of DOMAINS)
    for (const node of all(root, block)) {
      domains.push(readDomain(domain, node, at(node, header)))
      bordereaux.push(...all(node, 'Bordereau').map((b) => readBordereau(domain, b)))
    }
  const attachments = at(root, 'PES_PJ')
  return {
    header: readHeader(root),
    encoding: (xml.encoding ?? 'UTF-8').toUpperCase(),
    root: { id: root.id ?? '', line: root.line },
    domains,
    bordereaux,
    attachments: all(attachments, 'PJ').map(readAttachment),
    attachmentsHeader: attachments && written(attachments, 'EnTetePES_PJ', 'IdVer'),
    signatures: findSignatures(root),
    unknown: findUnknown(root),
  }
}

const DOMAINS = [
  ['depense', 'PES_DepenseAller', 'EnTeteDepense'],
  ['recette', 'PES_RecetteAller', 'EnTeteRecette'],
] as const

function readDomain(domain: PesDomain, node: PesNode, header: PesNode | undefined): PesDomainHeader {
  const flag = at(header, 'InfoDematerialisee')
  return {
    domain,
    line: flag?.line ?? header?.line ?? node.line,
    idVer: written(header, 'IdVer'),
    dematerialised: isTrue(flag?.value?.trim() ?? ''),
    declared: flag !== undefined,
  }
}

function readBordereau(domain: PesDomain, node: PesNode): Bordereau {
  const bloc = at(node, 'BlocBordereau')
  const pieces = all(node, 'Piece').map((piece) => readPiece(domain, piece))
  return {
    domain,
    id: node.id ?? '',
    line: node.line,
    exercice: valueAt(bloc, 'Exer'),
    number: withoutZeros(valueAt(bloc, 'IdBord')),
    date: valueAt(bloc, 'DteBordEm'),
    type: valueAt(bloc, 'TypBord'),
    pieceCount: written(bloc, 'NbrPce'),
    cumulative: amountAt(bloc, 'MtCumulAnnuel'),
    // Dépense writes MtBordHT, recette MtBordHt.
    ht: requiredAmount(bloc, domain === 'depense' ? 'MtBordHT' : 'MtBordHt', node.line),
    tva: amountAt(bloc, 'MtBordTVA'),
    pieces,
    signed: node.children.some((child) => child.name === 'Signature'),
    totals: sumOf(pieces.map((p) => p.totals)),
  }
}

function readAttachment(node: PesNode): Attachment {
  const file = at(node, 'Contenu', 'Fichier')
  return {
    line: node.line,
    idUnique: valueAt(node, 'IdUnique'),
    name: valueAt(node, 'NomPJ'),
    type: valueAt(node, 'TypePJ'),
    description: valueAt(node, 'Description'),
    mimeType: file?.element.attr('MIMEType')?.value ?? '',
    linkedTo: all(node, 'RefCompta').map((ref) => ({
      domain: valueAt(ref, 'Domaine'),
      exercice: valueAt(ref, 'Exercice'),
      objectType: valueAt(ref, 'TypeObjet'),
      identifier: valueAt(ref, 'Identifiant'),
    })),
    content: file ? describeContent(file.element.content) : { state: 'empty' },
  }
}

function findSignatures(root: PesNode): PesFlow['signatures'] {
  const found: PesFlow['signatures'] = []
  const visit = (node: PesNode): void => {
    for (const child of node.children) {
      if (child.name === 'Signature') found.push({ target: node.id ?? node.name, line: child.line })
      else visit(child)
    }
  }
  visit(root)
  return found
}

function findUnknown(root: PesNode): PesFlow['unknown'] {
  const found = new Map<string, PesFlow['unknown'][number]>()
  const visit = (node: PesNode): void => {
    for (const child of node.children) {
      const known = KNOWN_ELEMENTS.has(child.name) && (child.namespace === '' || child.name === 'Signature')
      if (known) {
        visit(child)
        continue
      }
      const same = found.get(child.name)
      if (same) same.count++
      else found.set(child.name, { name: child.name, line: child.line, count: 1 })
    }
  }
  visit(root)
  return [...found.values()]
}

/** Totals of the whole flow for one domain; the two domains are never added together. */
export const domainTotals = (flow: PesFlow, domain: PesDomain): Totals =>
  sumOf(flow.bordereaux.filter((b) => b.domain === domain).map((b) => b.totals))
