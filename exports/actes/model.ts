export const ACTES_NAMESPACE = 'http://www.interieur.gouv.fr/ACTES#v1.1-20040216'
export const INSEE_NAMESPACE = 'http://xml.insee.fr/schema'

/** A file that a message or an envelope names. */
export type NamedFile = { name: string; signature: string }

export type Contact = { name: string; phone: string; email: string }

/** What an act form says (1-1), also the copy inside 1-2 and 1-3. Dates are `AAAA-MM-JJ`. */
export type ActData = {
  /** Date of the decision. */
  date: string
  internalNumber: string
  nature: number
  /** Codes of the matière levels that are present, in order; level 4 may be missing before level 5. */
  subjectLevels: { level: number; code: string }[]
  /** The same joined: `7.1.2`. */
  subject: string
  object: string
  precedingActId: string
  classificationDate: string
  document: NamedFile | null
  annexes: NamedFile[]
  /** `Annexes/@Nombre`, which the schema does not compare with the annexes; null when unreadable. */
  announcedAnnexes: number | null
  /** A paper complement follows. */
  paper: boolean
}

export type OurEnvelope = {
  siren: string
  department: string
  arrondissement: string
  /** Type of authority, two digits. */
  authorityType: string
  contact: Contact | null
  returnEmails: string[]
  forms: NamedFile[]
}

export type StateEnvelope = {
  sender: {
    kind: 'sgar' | 'prefecture' | 'sousPrefecture'
    department: string
    arrondissement: string
  } | null
  contact: Contact | null
  forms: NamedFile[]
  siren: string
}

/** A branch of the prefecture's classification; `code` is the whole path, `1.1.2`. */
export type Subject = { code: string; label: string; children: Subject[] }

export type Classification = {
  date: string
  natures: {
    code: number
    label: string
    abbreviation: string
    pieceTypes: { code: string; label: string }[]
  }[]
  /** Sorted by number at every level. */
  subjects: Subject[]
}

export type LetterCode = '2-1' | '2-2' | '3-1' | '3-2' | '3-3' | '3-4' | '4-1' | '4-2' | '4-3' | '4-4'

/** One of the 21 messages, or an envelope. `root` is the element name of the format. */
export type ActesContent =
  | { code: '1-1'; act: ActData }
  | { code: '1-2'; actId: string; receivedOn: string; act: ActData; classificationInForce: string }
  | {
      code: '1-3'
      date: string
      anomaly: string
      detail: string
      act: ActData
      classificationInForce: string
    }
  | { code: LetterCode; actId: string; letterDate: string; reason: string; documents: NamedFile[] }
  | { code: '3-5' | '4-5'; actId: string; letterDate: string; receivedOn: string }
  | { code: '5-1'; actId: string; filedOn: string; illegality: string; documents: NamedFile[] }
  | { code: '6-1'; actId: string }
  | { code: '6-2'; actId: string; receivedOn: string }
  | { code: '7-1'; heldDate: string }
  | { code: '7-2'; classification: Classification }
  | { code: '7-3'; date: string }
  | { code: 'ANO'; date: string; anomaly: string; detail: string; envelope: OurEnvelope }
  | { code: 'ENV'; envelope: OurEnvelope }
  | { code: 'ENV-ETAT'; envelope: StateEnvelope }

export type MessageCode = ActesContent['code']

/** Root element of each message (actes.md §3); the names are those of the format. */
export const rootOf = {
  '1-1': 'Acte',
  '1-2': 'ARActe',
  '1-3': 'AnomalieActe',
  '2-1': 'CourrierSimple',
  '2-2': 'ReponseCourrierSimple',
  '3-1': 'DemandePieceComplementaire',
  '3-2': 'ARDemandePieceComplementaire',
  '3-3': 'RefusPieceComplementaire',
  '3-4': 'PieceComplementaire',
  '3-5': 'ARPieceComplementaire',
  '4-1': 'LettreObservations',
  '4-2': 'ARLettreObservations',
  '4-3': 'RejetLettreObservations',
  '4-4': 'ReponseLettreObservations',
  '4-5': 'ARReponseRejetLettreObservations',
  '5-1': 'DefereTA',
  '6-1': 'Annulation',
  '6-2': 'ARAnnulation',
  '7-1': 'DemandeClassification',
  '7-2': 'RetourClassification',
  '7-3': 'ReponseClassificationSansChangement',
  ANO: 'AnomalieEnveloppe',
  ENV: 'EnveloppeCLMISILL',
  'ENV-ETAT': 'EnveloppeMISILLCL',
} as const satisfies Record<MessageCode, string>

/** What each message is, in French, for screens and reports. */
export const messageLabels: Readonly<Record<MessageCode, string>> = {
  '1-1': 'Transmission d’un acte',
  '1-2': 'Accusé de réception d’un acte',
  '1-3': 'Anomalie sur un acte',
  '2-1': 'Courrier simple de la préfecture',
  '2-2': 'Réponse à un courrier simple',
  '3-1': 'Demande de pièces complémentaires',
  '3-2': 'Accusé de réception d’une demande de pièces complémentaires',
  '3-3': 'Refus de communiquer des pièces complémentaires',
  '3-4': 'Envoi de pièces complémentaires',
  '3-5': 'Accusé de réception de pièces complémentaires ou d’un refus',
  '4-1': 'Lettre d’observations',
  '4-2': 'Accusé de réception d’une lettre d’observations',
  '4-3': 'Rejet d’une lettre d’observations',
  '4-4': 'Réponse à une lettre d’observations',
  '4-5': 'Accusé de réception d’une réponse à une lettre d’observations',
  '5-1': 'Déféré au tribunal administratif',
  '6-1': 'Annulation d’une transmission',
  '6-2': 'Accusé de réception d’une annulation',
  '7-1': 'Demande de classification',
  '7-2': 'Classification en matières et sous-matières',
  '7-3': 'Classification sans changement',
  ANO: 'Anomalie sur une enveloppe',
  ENV: 'Enveloppe de la collectivité',
  'ENV-ETAT': 'Enveloppe de la préfecture',
}

/** Message code of a root element of the ACTES namespace, or undefined. */
export function codeOfRoot(root: string): MessageCode | undefined {
  for (const code of Object.keys(rootOf) as MessageCode[]) if (rootOf[code] === root) return code
  return undefined
}

/** Codes that the authority sends; the others come from the State. */
export const sentByAuthority: readonly MessageCode[] = [
  '1-1',
  '2-2',
  '3-2',
  '3-3',
  '3-4',
  '4-2',
  '4-3',
  '4-4',
  '6-1',
  '7-1',
  'ENV',
]
