import { type Problem, Refusal } from '../../core/refusal.ts'
import { attribute, child, children, text, withXml, type XmlDocument, type XmlElement } from '../xml/read.ts'
import { readClassification } from './classification.ts'
import { messageRules } from './message-rules.ts'
import {
  ACTES_NAMESPACE,
  type ActData,
  type ActesContent,
  type Contact,
  codeOfRoot,
  INSEE_NAMESPACE,
  type LetterCode,
  type NamedFile,
  type OurEnvelope,
  type StateEnvelope,
} from './model.ts'

export type ReadMessage = {
  content: ActesContent
  /** Root element name, as the format writes it. */
  root: string
  /** `v2` carries the typology (`DocumentPapier`, `TypePJNatureActe`), `v1` does not, `any` cannot tell. */
  generation: 'v1' | 'v2' | 'any'
  /** Our own rules; the schema is asked apart (`checkActesXsd`). */
  problems: Problem[]
}

const ns = (parent: XmlElement, name: string): XmlElement | undefined => child(parent, ACTES_NAMESPACE, name)
const all = (parent: XmlElement | undefined, name: string): XmlElement[] =>
  parent ? children(parent, ACTES_NAMESPACE, name) : []

/** Attribute of the ACTES namespace; an unprefixed one is read too (the schema says so apart). '' when absent. */
const att = (element: XmlElement | undefined, name: string, namespace = ACTES_NAMESPACE): string =>
  element ? (attribute(element, namespace, name) ?? attribute(element, '', name) ?? '').trim() : ''

/** Only the day of an xsd:date, which may carry a time zone. */
const day = (value: string): string => /^(\d{4}-\d{2}-\d{2})/.exec(value)?.[1] ?? value

const namedFile = (element: XmlElement): NamedFile => ({
  name: text(ns(element, 'NomFichier')),
  signature: text(ns(element, 'Signature')),
})

function actData(element: XmlElement): ActData {
  const subjectLevels = [1, 2, 3, 4, 5]
    .map((level) => ({ level, code: att(ns(element, `CodeMatiere${level}`), 'CodeMatiere') }))
    .filter(({ code }) => code !== '')
  const annexes = ns(element, 'Annexes')
  const announced = att(annexes, 'Nombre')
  const document = ns(element, 'Document')
  return {
    date: day(att(element, 'Date')),
    internalNumber: att(element, 'NumeroInterne'),
    nature: Number.parseInt(att(element, 'CodeNatureActe'), 10) || 0,
    subjectLevels,
    subject: subjectLevels.map(({ code }) => code).join('.'),
    object: text(ns(element, 'Objet')),
    precedingActId: att(ns(element, 'PrecedentIdentifiantActe'), 'IDActe'),
    classificationDate: day(text(ns(element, 'ClassificationDateVersion'))),
    document: document ? namedFile(document) : null,
    annexes: all(annexes, 'Annexe').map(namedFile),
    announcedAnnexes: /^\d+$/.test(announced) ? Number(announced) : null,
    paper: text(ns(element, 'DocumentPapier')) === 'O',
  }
}

const emptyAct: ActData = {
  date: '',
  internalNumber: '',
  nature: 0,
  subjectLevels: [],
  subject: '',
  object: '',
  precedingActId: '',
  classificationDate: '',
  document: null,
  annexes: [],
  announcedAnnexes: null,
  paper: false,
}

function contactOf(sender: XmlElement | undefined): Contact | null {
  const referent = sender ? ns(sender, 'Referent') : undefined
  if (!referent) return null
  return {
    name: text(ns(referent, 'Nom')),
    phone: text(ns(referent, 'Telephone')),
    email: text(ns(referent, 'Email')),
  }
}

function ourEnvelope(element: XmlElement | undefined): OurEnvelope {
  const sender = element ? ns(element, 'Emetteur') : undefined
  const id = sender ? ns(sender, 'IDCL') : undefined
  return {
    siren: att(id, 'SIREN', INSEE_NAMESPACE),
    department: att(id, 'Departement'),
    arrondissement: att(id, 'Arrondissement'),
    authorityType: att(id, 'Nature'),
    contact: contactOf(sender),
    returnEmails: all(element && ns(element, 'AdressesRetour'), 'Email').map(text),
    forms: all(element && ns(element, 'FormulairesEnvoyes'), 'Formulaire').map(namedFile),
  }
}

function stateEnvelope(element: XmlElement): StateEnvelope {
  const sender = ns(element, 'Emetteur')
  const kinds = [
    ['IDSGAR', 'sgar'],
    ['IDPref', 'prefecture'],
    ['IDSousPref', 'sousPrefecture'],
  ] as const
  const found = kinds.flatMap(([name, kind]) => {
    const id = sender ? ns(sender, name) : undefined
    return id ? [{ kind, department: att(id, 'Departement'), arrondissement: att(id, 'Arrondissement') }] : []
  })
  return {
    sender: found[0] ?? null,
    contact: contactOf(sender),
    forms: all(ns(element, 'FormulairesEnvoyes'), 'Formulaire').map(namedFile),
    siren: att(ns(element, 'Destinataire'), 'SIREN', INSEE_NAMESPACE),
  }
}

function letter(code: LetterCode, root: XmlElement): ActesContent {
  const inner = code === '3-4' ? ns(root, 'Documents') : root
  return {
    code,
    actId: att(root, 'IDActe'),
    letterDate: day(att(root, 'DateCourrierPref')),
    reason: text(ns(root, 'DescriptionPieces')) || text(ns(root, 'Motif')),
    documents: all(inner, 'Document').map(namedFile),
  }
}

function contentOf(root: XmlElement): ActesContent {
  const code = codeOfRoot(root.name)
  const received = (): ActData => {
    const act = ns(root, 'ActeRecu')
    return act ? actData(act) : emptyAct
  }
  switch (code) {
    case '1-1':
      return { code, act: actData(root) }
    case '1-2':
      return {
        code,
        actId: att(root, 'IDActe'),
        receivedOn: day(att(root, 'DateReception')),
        act: received(),
        classificationInForce: day(text(ns(root, 'ClassificationDateVersionEnCours'))),
      }
    case '1-3':
      return {
        code,
        date: day(text(ns(root, 'Date'))),
        anomaly: text(ns(root, 'Nature')),
        detail: text(ns(root, 'Detail')),
        act: received(),
        classificationInForce: day(text(ns(root, 'ClassificationDateVersionEnCours'))),
      }
    case '2-1':
    case '2-2':
    case '3-1':
    case '3-2':
    case '3-3':
    case '3-4':
    case '4-1':
    case '4-2':
    case '4-3':
    case '4-4':
      return letter(code, root)
    case '3-5':
    case '4-5': {
      const about = ns(root, 'InfosCourrierPref')
      return {
        code,
        actId: att(about, 'IDActe'),
        letterDate: day(att(about, 'DateCourrierPref')),
        receivedOn: day(att(root, 'DateReception')),
      }
    }
    case '5-1':
      return {
        code,
        actId: att(root, 'IDActe'),
        filedOn: day(text(ns(root, 'DateDepot'))),
        illegality: text(ns(root, 'NatureIllegalite')),
        documents: all(ns(root, 'PiecesJointes'), 'PieceJointe').map(namedFile),
      }
    case '6-1':
      return { code, actId: att(root, 'IDActe') }
    case '6-2':
      return { code, actId: att(root, 'IDActe'), receivedOn: day(att(root, 'DateReception')) }
    case '7-1':
      return { code, heldDate: day(text(ns(root, 'DateClassification'))) }
    case '7-2':
      return { code, classification: readClassification(root) }
    case '7-3':
      return { code, date: day(text(ns(root, 'DateClassification'))) }
    case 'ANO':
      return {
        code,
        date: day(text(ns(root, 'Date'))),
        anomaly: text(ns(root, 'Nature')),
        detail: text(ns(root, 'Detail')),
        envelope: ourEnvelope(ns(root, 'EnveloppeRecue')),
      }
    case 'ENV':
      return { code, envelope: ourEnvelope(root) }
    case 'ENV-ETAT':
      return { code, envelope: stateEnvelope(root) }
    case undefined:
      throw new Refusal(
        'ACTES_ROOT',
        `L’élément <${root.name}> n’est pas un message ACTES connu. Vérifiez l’origine du fichier.`,
        { where: `ligne ${root.line}` },
      )
  }
}

const hasElement = (root: XmlElement, name: string): boolean =>
  root.get(`descendant-or-self::a:${name}`, { a: ACTES_NAMESPACE }) !== null

function generationOf(root: XmlElement): ReadMessage['generation'] {
  const name = root.name
  if (name === 'Acte' || name === 'ARActe' || name === 'AnomalieActe')
    return hasElement(root, 'DocumentPapier') ? 'v2' : 'v1'
  if (name === 'RetourClassification') return hasElement(root, 'TypePJNatureActe') ? 'v2' : 'v1'
  return 'any'
}

/** True for a parsed document whose root belongs to the ACTES namespace. */
export const isActes = (xml: XmlDocument): boolean => xml.root.namespaceUri === ACTES_NAMESPACE

/**
 * Reads a parsed ACTES document: any of the 21 messages, an envelope of either direction, an envelope anomaly.
 * Tolerant (actes.md §15): both generations, any prefix; what is odd is told in `problems`. Refuses another root (`ACTES_ROOT`).
 * `name` is the file name, compared with the content when given.
 */
export function readParsedMessage(xml: XmlDocument, name = ''): ReadMessage {
  const { root } = xml
  if (!isActes(xml)) {
    throw new Refusal(
      'ACTES_ROOT',
      `Ce document n’est pas un message ACTES : sa racine est <${root.name}>. Vérifiez le fichier choisi.`,
      { where: `ligne ${root.line}` },
    )
  }
  const content = contentOf(root)
  return { content, root: root.name, generation: generationOf(root), problems: messageRules(content, name) }
}

/** Same, from bytes. Also refuses what `readXml` refuses. */
export const readMessage = (bytes: Uint8Array, name = ''): ReadMessage =>
  withXml(bytes, (xml) => readParsedMessage(xml, name))
