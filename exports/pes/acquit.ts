import { Refusal } from '../../core/refusal.ts'
import { withXml, type XmlDocument } from '../xml/read.ts'
import { withoutZeros } from './amounts.ts'
import { readHeader } from './header.ts'
import { NS_ACQUIT_V2, NS_RETOUR, type PesDomain, type PesHeader } from './model.ts'
import { all, at, isTrue, type PesNode, pesTree, valueAt } from './tree.ts'

/** One anomaly told by the DGFiP. `anomaly` is the number at the head of the wording: the useful code in practice. */
export type AckError = {
  code: string
  anomaly: string
  message: string
  /** Number of the mandat or titre, and of its line; '' when the whole bordereau is meant. */
  piece: string
  pieceLine: string
  line: number
}

export type AckElement = {
  line: number
  /** DomaineAck. */
  domain: string
  accepted: boolean
  exercice: string
  number: string
  market: string
  idUnique: string
  errors: AckError[]
}

/** Verdict on one bordereau, all the elements that name it taken together. `domain` is undefined when none tells it. */
export type BordereauAck = {
  domain: PesDomain | undefined
  exercice: string
  number: string
  accepted: boolean
  errors: AckError[]
}

export type PesAcquit = {
  version: 'v1' | 'v2'
  header: PesHeader
  elements: AckElement[]
  bordereaux: BordereauAck[]
  attachments: { idUnique: string; accepted: boolean; errors: AckError[] }[]
  /** Errors that concern the whole flow; not empty means that nothing was taken in. */
  flowErrors: AckError[]
  /** `received`: no ACQUIT block, only a technical acknowledgement that says nothing of the content. */
  state: 'accepted' | 'partial' | 'refused' | 'received'
}

/**
 * Reads a PES_ACQUIT, version 1 or 2, leniently: real files break their own schema. An acquit says that Hélios took the
 * bordereaux in, not that the accountant accepted them. Refuses `PES_ROOT` and the refusals of `readXml`.
 */
export function readAcquit(bytes: Uint8Array): PesAcquit {
  return withXml(bytes, readAcquitDocument)
}

/** The same on a parsed document, which stays the caller's. */
export function readAcquitDocument(xml: XmlDocument): PesAcquit {
  const root = pesTree(xml)
  if (root.name !== 'PES_ACQUIT' || (root.namespace !== NS_ACQUIT_V2 && root.namespace !== NS_RETOUR))
    throw new Refusal('PES_ROOT', `Ce fichier n’est pas un acquit PES : sa racine est <${root.name}>.`, {
      where: 'racine du document',
    })
  const block = at(root, 'ACQUIT')
  const elements = all(block, 'ElementACQUIT').map(readElement)
  const bordereaux = groupBordereaux(elements)
  const attachments = groupAttachments(elements)
  const flow = elements.filter((e) => !e.number && !e.market && !e.idUnique)
  const refusedFlow = flow.filter((e) => !e.accepted)
  return {
    version: root.namespace === NS_ACQUIT_V2 ? 'v2' : 'v1',
    header: readHeader(root),
    elements,
    bordereaux,
    attachments,
    flowErrors: refusedFlow.flatMap((e) => (e.errors.length > 0 ? e.errors : [unexplained(e)])),
    state: stateOf(
      block !== undefined,
      refusedFlow.length > 0,
      [...bordereaux.map((b) => b.accepted), ...elements.filter((e) => e.market).map((e) => e.accepted)],
      attachments.map((a) => a.accepted),
    ),
  }
}

const unexplained = (e: AckElement): AckError => ({
  code: '',
  anomaly: '',
  message: 'Refus sans motif.',
  piece: '',
  pieceLine: '',
  line: e.line,
})

function stateOf(
  block: boolean,
  flowRefused: boolean,
  bordereaux: boolean[],
  attachments: boolean[],
): PesAcquit['state'] {
  if (!block) return 'received'
  if (flowRefused) return 'refused'
  const main = bordereaux.length > 0 ? bordereaux : attachments
  if (main.length > 0 && main.every((accepted) => !accepted)) return 'refused'
  return [...bordereaux, ...attachments].every(Boolean) ? 'accepted' : 'partial'
}

function readElement(node: PesNode): AckElement {
  // Version 1 is flat: the piece, the line and the anomaly are children of the element itself.
  const flat = readErrors(node, valueAt(node, 'NumPiece'), valueAt(node, 'NumLigne'))
  return {
    line: node.line,
    domain: withoutZeros(valueAt(node, 'DomaineAck')),
    accepted: isTrue(valueAt(node, 'EtatAck')),
    exercice: valueAt(node, 'ExerciceBord'),
    number: withoutZeros(valueAt(node, 'NumBord')),
    market: valueAt(node, 'IdMarche'),
    idUnique: valueAt(node, 'IdUnique'),
    errors: [
      ...flat,
      ...all(node, 'Erreur').flatMap((e) => readErrors(e, '', '')),
      ...all(node, 'DetailPiece').flatMap((piece) => {
        const number = valueAt(piece, 'NumPiece')
        return [
          ...all(piece, 'Erreur').flatMap((e) => readErrors(e, number, '')),
          ...all(piece, 'DetailLigne').flatMap((line) =>
            all(line, 'Erreur').flatMap((e) => readErrors(e, number, valueAt(line, 'NumLigne'))),
          ),
        ]
      }),
    ],
  }
}

function readErrors(node: PesNode, piece: string, pieceLine: string): AckError[] {
  const code = valueAt(node, 'NumAnoAck')
  const message = valueAt(node, 'LibelleAnoAck')
  if (!code && !message) return []
  const anomaly = /^\s*(\d{3,5})\s*-/.exec(message)?.[1] ?? ''
  return [
    {
      code,
      anomaly,
      message,
      piece: withoutZeros(piece),
      pieceLine: withoutZeros(pieceLine),
      line: node.line,
    },
  ]
}

const BORDEREAU_DOMAINS: Readonly<Record<string, PesDomain>> = { '5': 'depense', '6': 'recette' }

// A bordereau is accepted only if every element that names it says so; the number alone is ambiguous between domains.
function groupBordereaux(elements: readonly AckElement[]): BordereauAck[] {
  const found: BordereauAck[] = []
  const named = elements.filter((e) => e.number)
  for (const element of named) {
    const domain = BORDEREAU_DOMAINS[element.domain]
    if (domain) merge(found, element, domain)
  }
  for (const element of named.filter((e) => !BORDEREAU_DOMAINS[e.domain])) {
    const same = found.filter((b) => sameNumber(b, element))
    // The signature domain does not tell dépense from recette: it weighs on every bordereau of that number.
    if (same.length === 0) merge(found, element, undefined)
    for (const bordereau of same) add(bordereau, element)
  }
  return found
}

const sameNumber = (b: BordereauAck, e: AckElement): boolean =>
  b.number === e.number && (b.exercice === e.exercice || !b.exercice || !e.exercice)

function merge(found: BordereauAck[], element: AckElement, domain: PesDomain | undefined): void {
  const same = found.find((b) => b.domain === domain && sameNumber(b, element))
  const { exercice, number, accepted, errors } = element
  if (same) add(same, element)
  else found.push({ domain, exercice, number, accepted, errors: [...errors] })
}

function add(bordereau: BordereauAck, element: AckElement): void {
  bordereau.accepted &&= element.accepted
  bordereau.errors.push(...element.errors)
}

function groupAttachments(elements: readonly AckElement[]): PesAcquit['attachments'] {
  const byId = new Map<string, PesAcquit['attachments'][number]>()
  for (const { idUnique, number, accepted, errors } of elements) {
    if (!idUnique || number) continue
    const same = byId.get(idUnique)
    if (same) {
      same.accepted &&= accepted
      same.errors.push(...errors)
    } else byId.set(idUnique, { idUnique, accepted, errors: [...errors] })
  }
  return [...byId.values()]
}

/** True when an acquit answers a flow: same NomFic and same CodCol (what the DGFiP copies back). */
export const answers = (acquit: PesAcquit, flow: { header: PesHeader }): boolean =>
  acquit.header.nomFic.text !== '' &&
  acquit.header.nomFic.text === flow.header.nomFic.text &&
  Number(acquit.header.codCol.text) === Number(flow.header.codCol.text)
