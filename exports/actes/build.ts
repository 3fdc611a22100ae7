import { isClean, type Problem, Refusal, warning } from '../../core/refusal.ts'
import type { ArchiveFile } from '../archive/limits.ts'
import { writeTarGz } from '../archive/tar.ts'
import { pieceTypesOf } from './classification.ts'
import { defaultPieceCode, natureOf } from './codes.ts'
import { detectFormat } from './file-format.ts'
import type { ActData, ActesContent, Classification, Contact, LetterCode, NamedFile } from './model.ts'
import {
  type Application,
  actIdentifier,
  archiveName,
  checkTrigram,
  documentName,
  envelopeName,
  parseActIdentifier,
} from './names.ts'
import { acteRules, senderRules } from './rules.ts'
import { writeMessage } from './write-message.ts'

export type JoinedDocument = {
  bytes: Uint8Array
  /** Typology code (`99_DE`); the default of the nature when not given. */
  pieceCode?: string
  /** Detached PKCS#7 in text, '' or absent for none. */
  signature?: string
}

export type ActeSender = {
  siren: string
  /** Three characters: `045`, `02A`, `974`. */
  department: string
  /** One digit. */
  arrondissement: string
  /** Two digits, 31 for a commune (`codes.ts`). */
  authorityType: string
  contact: Contact | null
  returnEmails: string[]
}

/** What every sending needs besides its message. */
export type EnvelopeInput = {
  sender: ActeSender
  /** Three characters that identify the operator; a setting. */
  trigram: string
  application: Application
  /** Day of the sending, `AAAA-MM-JJ`; also the "today" of the rules. */
  builtOn: string
  /** Serial of the envelope, unique per SIREN and day. */
  serial: number
  /** Date written for each file of the archive. */
  modified: Date
}

export type ActeArchiveInput = EnvelopeInput & {
  /** The prefecture's classification in force. */
  classification: Classification
  act: {
    /** Date of the decision, `AAAA-MM-JJ`. */
    date: string
    internalNumber: string
    /** 1 to 6. */
    nature: number
    /** Path in the classification, `7.1.2`. */
    subject: string
    object: string
    /** A paper complement follows. */
    paper?: boolean
    precedingActId?: string
  }
  document: JoinedDocument
  annexes: JoinedDocument[]
}

export type BuiltArchive = {
  archiveName: string
  envelopeName: string
  messageName: string
  /** Identifier computed beforehand; official when it comes back in the 1-2. '' for a classification request. */
  actId: string
  bytes: Uint8Array
  /** In the order of the archive: envelope, message, act, annexes. */
  files: ArchiveFile[]
  warnings: Problem[]
}

/** Archive limits (actes.md §10): told above 145 Mo, refused above 150 MiB. */
const WARN_BYTES = 145_000_000
const MAX_BYTES = 150 * 1024 * 1024

function refuse(problems: Problem[]): void {
  if (isClean(problems)) return
  const errors = problems.filter((problem) => problem.level === 'error')
  const first = errors[0]
  const more =
    errors.length > 1
      ? ` (et ${errors.length - 1} autre${errors.length > 2 ? 's' : ''} point${errors.length > 2 ? 's' : ''} à corriger)`
      : ''
  throw new Refusal(first?.code ?? 'ACTES', `${first?.message ?? ''}${more}`, {
    where: first?.where ?? '',
    problems,
  })
}

type NamedBytes = { file: NamedFile; bytes: Uint8Array }

type NameParts = {
  department: string
  siren: string
  date: string
  internalNumber: string
  nature: string
  message: string
}

/** Names for joined documents, in order from rank 1; their extension comes from their content. */
const nameDocuments = (
  parts: NameParts,
  documents: readonly JoinedDocument[],
  pieceCode: (rank: number) => string,
): NamedBytes[] =>
  documents.map((document, index) => ({
    file: {
      name: documentName({
        ...parts,
        pieceCode: document.pieceCode ?? pieceCode(index + 1),
        rank: index + 1,
        extension: detectFormat(document.bytes) ?? 'bin',
      }),
      signature: document.signature ?? '',
    },
    bytes: document.bytes,
  }))

function pack(
  input: EnvelopeInput,
  parts: NameParts,
  content: ActesContent,
  documents: NamedBytes[],
  actId: string,
  warnings: Problem[],
): BuiltArchive {
  const messageName = documentName({ ...parts, pieceCode: '', rank: 0, extension: 'xml' })
  const { returnEmails, ...sender } = input.sender
  const envelope = envelopeName(input.application, input.sender.siren, input.builtOn, input.serial)
  const files: ArchiveFile[] = [
    {
      name: envelope,
      bytes: writeMessage({
        code: 'ENV',
        envelope: { ...sender, returnEmails, forms: [{ name: messageName, signature: '' }] },
      }),
    },
    { name: messageName, bytes: writeMessage(content) },
    ...documents.map(({ file, bytes }) => ({ name: file.name, bytes })),
  ]
  const bytes = writeTarGz(files, input.modified)
  if (bytes.length > MAX_BYTES) {
    throw new Refusal(
      'ACTES_TOO_BIG',
      `L’archive pèse ${Math.ceil(bytes.length / 1_048_576)} Mio ; la préfecture n’accepte pas plus de 150 Mio. Réduisez les annexes (images moins lourdes, PDF optimisé).`,
    )
  }
  const heavy =
    bytes.length > WARN_BYTES
      ? [
          warning(
            'ACTES_HEAVY',
            'L’archive approche la limite de 150 Mio : certaines plateformes pourraient la refuser.',
          ),
        ]
      : []
  return {
    archiveName: archiveName(input.trigram, envelope),
    envelopeName: envelope,
    messageName,
    actId,
    bytes,
    files,
    warnings: [...warnings, ...heavy],
  }
}

/**
 * The archive that transmits an act (1-1, second generation, ISO-8859-1): envelope, message, typed documents.
 * The document bytes travel unchanged. Throws a `Refusal` that lists every problem; warnings are returned.
 */
export function buildActeArchive(input: ActeArchiveInput): BuiltArchive {
  checkTrigram(input.trigram)
  const problems = acteRules(input)
  refuse(problems)
  const nature = natureOf(input.act.nature)?.abbreviation ?? ''
  const { siren, department } = input.sender
  const { date, internalNumber } = input.act
  const parts: NameParts = { department, siren, date, internalNumber, nature, message: '1-1' }
  const typology = pieceTypesOf(input.classification)
  const standard = defaultPieceCode(input.act.nature, typology.length > 0 ? typology : undefined)
  // The annex of a budget is its délibération.
  const code = (rank: number): string => (rank > 1 && input.act.nature === 5 ? '70_DE' : standard)
  const documents = nameDocuments(parts, [input.document, ...input.annexes], code)
  const act: ActData = {
    date,
    internalNumber,
    nature: input.act.nature,
    subject: input.act.subject,
    subjectLevels: input.act.subject.split('.').map((step, index) => ({ level: index + 1, code: step })),
    object: input.act.object,
    precedingActId: input.act.precedingActId ?? '',
    classificationDate: input.classification.date,
    document: documents[0]?.file ?? null,
    annexes: documents.slice(1).map(({ file }) => file),
    announcedAnnexes: documents.length - 1,
    paper: input.act.paper ?? false,
  }
  return pack(input, parts, { code: '1-1', act }, documents, actIdentifier(parts), problems)
}

/** What the authority sends about an act already received: answers to letters (2-2, 3-x, 4-x) and the cancellation (6-1). */
export type ReplyInput = EnvelopeInput & {
  actId: string
  documents: JoinedDocument[]
} & (
    | { code: '6-1' }
    | {
        code: Extract<
          LetterCode,
          '2-2' | '3-2' | '3-3' | '3-4' | '4-2' | '4-3' | '4-4'
        > /** Date of the prefecture's letter, echoed. */
        letterDate: string
      }
  )

const documentCounts: Readonly<Record<ReplyInput['code'], readonly [number, number]>> = {
  '2-2': [1, 1],
  '3-2': [0, 0],
  '3-3': [1, 1],
  '3-4': [1, 500],
  '4-2': [0, 0],
  '4-3': [1, 1],
  '4-4': [1, 1],
  '6-1': [0, 0],
}

/** The archive of an answer about an act. Throws a `Refusal` for a bad identifier, a wrong number of documents or an unfit file. */
export function buildReplyArchive(input: ReplyInput): BuiltArchive {
  checkTrigram(input.trigram)
  refuse(senderRules(input.sender))
  const id = parseActIdentifier(input.actId)
  if (id === undefined)
    throw new Refusal(
      'ACTES_ID',
      `L’identifiant d’acte « ${input.actId} » n’a pas la forme attendue : reprenez celui de l’accusé de réception.`,
      { where: 'identifiant' },
    )
  const [least, most] = documentCounts[input.code]
  if (input.documents.length < least || input.documents.length > most) {
    throw new Refusal(
      'ACTES_DOCUMENT_COUNT',
      `Ce message demande ${least === most ? least : `de ${least} à ${most}`} document(s) ; ${input.documents.length} reçu(s).`,
      { where: input.code },
    )
  }
  for (const [index, document] of input.documents.entries()) {
    if (detectFormat(document.bytes) === undefined)
      throw new Refusal(
        'ACTES_FORMAT',
        `Le document ${index + 1} n’est ni un PDF ni une image. Convertissez-le en PDF.`,
        { where: `document ${index + 1}` },
      )
  }
  const parts: NameParts = { ...id, message: input.code }
  const nature = { DE: 1, AR: 2, AI: 3, CC: 4, BF: 5, AU: 6 }[id.nature] ?? 6
  const documents = nameDocuments(parts, input.documents, () => defaultPieceCode(nature))
  const files = documents.map(({ file }) => file)
  const content: ActesContent =
    input.code === '6-1'
      ? { code: '6-1', actId: input.actId }
      : { code: input.code, actId: input.actId, letterDate: input.letterDate, reason: '', documents: files }
  return pack(input, parts, content, documents, input.actId, [])
}

/** The archive that asks for the classification in force (7-1). `heldDate` is the date of the one we hold, '' for none. */
export function buildClassificationRequest(input: EnvelopeInput & { heldDate: string }): BuiltArchive {
  checkTrigram(input.trigram)
  refuse(senderRules(input.sender))
  const { siren, department } = input.sender
  const parts: NameParts = { department, siren, date: '', internalNumber: '', nature: '', message: '7-1' }
  return pack(input, parts, { code: '7-1', heldDate: input.heldDate }, [], '', [])
}
