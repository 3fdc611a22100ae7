import { toLatin1Text, toXmlText, xmlBytes, xmlRoot } from '../xml/write.ts'
import {
  ACTES_NAMESPACE,
  type ActData,
  type ActesContent,
  type Contact,
  INSEE_NAMESPACE,
  type NamedFile,
  type OurEnvelope,
  rootOf,
  type StateEnvelope,
  type Subject,
} from './model.ts'

type Node = ReturnType<typeof xmlRoot>

const XSI = 'http://www.w3.org/2001/XMLSchema-instance'

/** Text as it leaves: composed, transliterated to ISO-8859-1, without forbidden characters. */
export const actesText = (value: string): string => toLatin1Text(toXmlText(value)).trim()

// Literal prefixes: an importer of S²LOW compares « actes:Acte » as text (actes.md §4).
const start = (name: string, attributes: Record<string, string> = {}): Node =>
  xmlRoot(`actes:${name}`, {
    'xmlns:actes': ACTES_NAMESPACE,
    'xmlns:insee': INSEE_NAMESPACE,
    'xmlns:xsi': XSI,
    'xsi:schemaLocation': `${ACTES_NAMESPACE} actesv1_1.xsd`,
    ...prefixed(attributes),
  })

const prefixed = (attributes: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name.includes(':') ? name : `actes:${name}`,
      actesText(value),
    ]),
  )

const add = (parent: Node, name: string, attributes: Record<string, string> = {}): Node =>
  parent.ele(`actes:${name}`, prefixed(attributes))
const addText = (parent: Node, name: string, value: string): void =>
  void add(parent, name).txt(actesText(value))

function addFile(parent: Node, name: string, file: NamedFile): void {
  const element = add(parent, name)
  addText(element, 'NomFichier', file.name)
  if (file.signature !== '') addText(element, 'Signature', file.signature)
}

const actAttributes = (act: ActData): Record<string, string> => ({
  Date: act.date,
  NumeroInterne: act.internalNumber,
  CodeNatureActe: String(act.nature),
})

function addActContent(element: Node, act: ActData): void {
  for (const { level, code } of act.subjectLevels) add(element, `CodeMatiere${level}`, { CodeMatiere: code })
  addText(element, 'Objet', act.object)
  if (act.precedingActId !== '') add(element, 'PrecedentIdentifiantActe', { IDActe: act.precedingActId })
  addText(element, 'ClassificationDateVersion', act.classificationDate)
  if (act.document !== null) addFile(element, 'Document', act.document)
  // The element is required even when there is no annex, and the count is ours to keep right (actes.md §5.3).
  const annexes = add(element, 'Annexes', { Nombre: String(act.annexes.length) })
  for (const annex of act.annexes) addFile(annexes, 'Annexe', annex)
  addText(element, 'DocumentPapier', act.paper ? 'O' : 'N')
}

function addContact(parent: Node, contact: Contact | null): void {
  if (contact === null) return
  const referent = add(parent, 'Referent')
  // An empty <Email/> is invalid: what is empty is left out.
  if (contact.name !== '') addText(referent, 'Nom', contact.name)
  if (contact.phone !== '') addText(referent, 'Telephone', contact.phone)
  if (contact.email !== '') addText(referent, 'Email', contact.email)
}

function addForms(parent: Node, forms: readonly NamedFile[]): void {
  const list = add(parent, 'FormulairesEnvoyes')
  for (const form of forms) addFile(list, 'Formulaire', form)
}

function addOurEnvelope(element: Node, envelope: OurEnvelope): void {
  const sender = add(element, 'Emetteur')
  add(sender, 'IDCL', {
    'insee:SIREN': envelope.siren,
    Departement: envelope.department,
    Arrondissement: envelope.arrondissement,
    Nature: envelope.authorityType,
  })
  addContact(sender, envelope.contact)
  const addresses = add(element, 'AdressesRetour')
  for (const email of envelope.returnEmails) addText(addresses, 'Email', email)
  addForms(element, envelope.forms)
}

function addStateEnvelope(element: Node, envelope: StateEnvelope): void {
  const sender = add(element, 'Emetteur')
  const { kind, department, arrondissement } = envelope.sender ?? {
    kind: 'prefecture',
    department: '000',
    arrondissement: '',
  }
  if (kind === 'sgar') add(sender, 'IDSGAR', { Departement: department })
  else if (kind === 'prefecture') add(sender, 'IDPref', { Departement: department })
  else add(sender, 'IDSousPref', { Departement: department, Arrondissement: arrondissement })
  addContact(sender, envelope.contact)
  addForms(element, envelope.forms)
  add(element, 'Destinataire', { 'insee:SIREN': envelope.siren })
}

function addSubjects(parent: Node, subjects: readonly Subject[], level: number): void {
  for (const subject of subjects) {
    const element = add(parent, `Matiere${level}`, {
      CodeMatiere: subject.code.split('.').at(-1) ?? '',
      Libelle: subject.label,
    })
    addSubjects(element, subject.children, level + 1)
  }
}

function build(content: ActesContent): Node {
  const root = rootOf[content.code]
  switch (content.code) {
    case '1-1': {
      const element = start(root, actAttributes(content.act))
      addActContent(element, content.act)
      return element
    }
    case '1-2': {
      const element = start(root, { IDActe: content.actId, DateReception: content.receivedOn })
      addActContent(add(element, 'ActeRecu', actAttributes(content.act)), content.act)
      addText(element, 'ClassificationDateVersionEnCours', content.classificationInForce)
      return element
    }
    case '1-3': {
      const element = start(root)
      addText(element, 'Date', content.date)
      addText(element, 'Nature', content.anomaly)
      if (content.detail !== '') addText(element, 'Detail', content.detail)
      addActContent(add(element, 'ActeRecu', actAttributes(content.act)), content.act)
      addText(element, 'ClassificationDateVersionEnCours', content.classificationInForce)
      return element
    }
    case '3-5':
    case '4-5': {
      const element = start(root, { DateReception: content.receivedOn })
      add(element, 'InfosCourrierPref', { IDActe: content.actId, DateCourrierPref: content.letterDate })
      return element
    }
    case '5-1': {
      const element = start(root, { IDActe: content.actId })
      addText(element, 'DateDepot', content.filedOn)
      addText(element, 'NatureIllegalite', content.illegality)
      const list = add(element, 'PiecesJointes')
      for (const file of content.documents) addFile(list, 'PieceJointe', file)
      return element
    }
    case '6-1':
      return start(root, { IDActe: content.actId })
    case '6-2':
      return start(root, { IDActe: content.actId, DateReception: content.receivedOn })
    case '7-1': {
      const element = start(root)
      if (content.heldDate !== '') addText(element, 'DateClassification', content.heldDate)
      return element
    }
    case '7-2': {
      const element = start(root)
      addText(element, 'DateClassification', content.classification.date)
      const natures = add(element, 'NaturesActes')
      for (const nature of content.classification.natures) {
        const item = add(natures, 'NatureActe', {
          CodeNatureActe: String(nature.code),
          Libelle: nature.label,
          TypeAbrege: nature.abbreviation,
        })
        for (const piece of nature.pieceTypes)
          add(item, 'TypePJNatureActe', { CodeTypePJ: piece.code, Libelle: piece.label })
      }
      addSubjects(add(element, 'Matieres'), content.classification.subjects, 1)
      return element
    }
    case '7-3': {
      const element = start(root)
      addText(element, 'DateClassification', content.date)
      return element
    }
    case 'ANO': {
      const element = start(root)
      addText(element, 'Date', content.date)
      addText(element, 'Nature', content.anomaly)
      if (content.detail !== '') addText(element, 'Detail', content.detail)
      addOurEnvelope(add(element, 'EnveloppeRecue'), content.envelope)
      return element
    }
    case 'ENV': {
      const element = start(root)
      addOurEnvelope(element, content.envelope)
      return element
    }
    case 'ENV-ETAT': {
      const element = start(root)
      addStateEnvelope(element, content.envelope)
      return element
    }
    default:
      return letter(content)
  }
}

function letter(content: Extract<ActesContent, { letterDate: string; documents: NamedFile[] }>): Node {
  const element = start(rootOf[content.code], { IDActe: content.actId, DateCourrierPref: content.letterDate })
  if (content.code === '3-1') addText(element, 'DescriptionPieces', content.reason)
  if (content.code === '4-1') addText(element, 'Motif', content.reason)
  if (content.code === '3-2' || content.code === '4-2') return element
  const holder = content.code === '3-4' ? add(element, 'Documents') : element
  for (const file of content.documents) addFile(holder, 'Document', file)
  return element
}

/** Exact bytes, ISO-8859-1, second generation, of any message or envelope of either direction. Checks nothing: see `build.ts`. */
export const writeMessage = (content: ActesContent): Uint8Array => xmlBytes(build(content), 'ISO-8859-1')
