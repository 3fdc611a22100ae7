import { authorityTypes, nationalSubject, natureOf } from '../exports/actes/codes.ts'
import {
  type ActData,
  type ActesContent,
  type Contact,
  messageLabels,
  type NamedFile,
  type OurEnvelope,
  type StateEnvelope,
} from '../exports/actes/model.ts'
import type { ReadArchive } from '../exports/actes/read-archive.ts'

type Line = readonly [label: string, value: string]

const lines = (pairs: readonly Line[]): string =>
  pairs
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `  ${label} : ${value}\n`)
    .join('')

const day = (iso: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(iso) ? iso.split('-').reverse().join('/') : iso

const names = (files: readonly NamedFile[]): string => files.map((file) => file.name).join(', ')

const actLines = (act: ActData): Line[] => [
  ['Nature', natureOf(act.nature)?.label ?? String(act.nature)],
  ['Numéro interne', act.internalNumber],
  ['Date de la décision', day(act.date)],
  ['Matière', `${act.subject}${subjectLabel(act.subject)}`],
  ['Objet', act.object],
  ['Acte précédent', act.precedingActId],
  ['Classification', day(act.classificationDate)],
  ['Document', act.document?.name ?? ''],
  ['Annexes', act.annexes.length === 0 ? 'aucune' : names(act.annexes)],
  ['Complément papier', act.paper ? 'oui' : ''],
]

const subjectLabel = (code: string): string => {
  const label = nationalSubject(code.split('.').slice(0, 2).join('.'))
  return label === undefined ? '' : ` (${label})`
}

const contactLine = (contact: Contact | null): Line => [
  'Contact',
  contact === null
    ? ''
    : [contact.name, contact.phone, contact.email].filter((part) => part !== '').join(', '),
]

const ourLines = (envelope: OurEnvelope): Line[] => [
  ['SIREN', envelope.siren],
  ['Département', envelope.department],
  ['Arrondissement', envelope.arrondissement],
  [
    'Collectivité',
    authorityTypes.find((type) => type.code === envelope.authorityType)?.label ?? envelope.authorityType,
  ],
  contactLine(envelope.contact),
  ['Adresses de retour', envelope.returnEmails.join(', ')],
  ['Formulaires', names(envelope.forms)],
]

const services = { sgar: 'SGAR', prefecture: 'Préfecture', sousPrefecture: 'Sous-préfecture' } as const

const stateLines = ({ sender, contact, siren, forms }: StateEnvelope): Line[] => [
  [
    'Émetteur',
    sender === null
      ? ''
      : `${services[sender.kind]}, département ${sender.department}${sender.arrondissement === '' ? '' : `, arrondissement ${sender.arrondissement}`}`,
  ],
  contactLine(contact),
  ['Destinataire (SIREN)', siren],
  ['Formulaires', names(forms)],
]

function contentLines(content: ActesContent): Line[] {
  switch (content.code) {
    case '1-1':
      return actLines(content.act)
    case '1-2':
      return [
        ['Identifiant de l’acte', content.actId],
        ['Reçu en préfecture le', day(content.receivedOn)],
        ...actLines(content.act),
        ['Classification en cours', day(content.classificationInForce)],
      ]
    case '1-3':
      return [
        ['Anomalie', content.anomaly],
        ['Motif', content.detail],
        ['Date', day(content.date)],
        ...actLines(content.act),
        ['Classification en cours', day(content.classificationInForce)],
      ]
    case '3-5':
    case '4-5':
      return [
        ['Identifiant de l’acte', content.actId],
        ['Courrier du', day(content.letterDate)],
        ['Reçu le', day(content.receivedOn)],
      ]
    case '5-1':
      return [
        ['Identifiant de l’acte', content.actId],
        ['Déposé le', day(content.filedOn)],
        ['Illégalité', content.illegality],
        ['Pièces', names(content.documents)],
      ]
    case '6-1':
      return [['Identifiant de l’acte', content.actId]]
    case '6-2':
      return [
        ['Identifiant de l’acte', content.actId],
        ['Reçu le', day(content.receivedOn)],
      ]
    case '7-1':
      return [['Classification détenue', content.heldDate === '' ? 'aucune' : day(content.heldDate)]]
    case '7-2': {
      const { date, natures, subjects } = content.classification
      const pieces = natures.reduce((total, nature) => total + nature.pieceTypes.length, 0)
      return [
        ['Date', day(date)],
        ['Natures', natures.map(({ code, label }) => `${code} ${label}`).join(', ')],
        ['Types de pièces', String(pieces)],
        ['Matières', subjects.map(({ code, label }) => `${code} ${label}`).join(', ')],
      ]
    }
    case '7-3':
      return [['Classification inchangée depuis le', day(content.date)]]
    case 'ANO':
      return [
        ['Anomalie', content.anomaly],
        ['Motif', content.detail],
        ['Date', day(content.date)],
        ...ourLines(content.envelope),
      ]
    case 'ENV':
      return ourLines(content.envelope)
    case 'ENV-ETAT':
      return stateLines(content.envelope)
    default:
      return [
        ['Identifiant de l’acte', content.actId],
        ['Courrier du', day(content.letterDate)],
        ['Motif', content.reason],
        ['Documents', names(content.documents)],
      ]
  }
}

/** A message or an envelope as a person reads it, one fact a line. */
export const describe = (content: ActesContent): string => {
  const code = content.code.startsWith('ENV') || content.code === 'ANO' ? '' : `${content.code} — `
  return `${code}${messageLabels[content.code]}\n${lines(contentLines(content))}`
}

/** A whole archive as a person reads it. */
export function describeArchive(archive: ReadArchive): string {
  const { direction, data } = archive.envelope
  const title = direction === 'toState' ? messageLabels.ENV : messageLabels['ENV-ETAT']
  const envelope = lines(direction === 'toState' ? ourLines(data) : stateLines(data))
  const messages = archive.messages.map((message) => `${message.name}\n${describe(message.content)}`).join('')
  const documents = archive.documents.map((file) => `  ${file.name} (${file.bytes.length} octets)\n`).join('')
  return `${archive.envelopeName}\n${title}\n${envelope}${messages}${documents === '' ? '' : `Documents\n${documents}`}`
}
