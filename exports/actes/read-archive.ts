import { fault, type Problem, Refusal, warning } from '../../core/refusal.ts'
import type { ArchiveFile, ArchiveLimits } from '../archive/limits.ts'
import { readTarGz } from '../archive/tar.ts'
import { withXml } from '../xml/read.ts'
import { bundledPieceTypes, natureOf } from './codes.ts'
import { detectFormat, formatProblems } from './file-format.ts'
import type { ActesContent, NamedFile, OurEnvelope, StateEnvelope } from './model.ts'
import { parseArchiveName, parseDocumentName, parseEnvelopeName } from './names.ts'
import { isActes, type ReadMessage, readMessage } from './read-message.ts'

export type ArchivedMessage = ReadMessage & { name: string; bytes: Uint8Array }

export type ReadArchive = {
  envelopeName: string
  envelope: { direction: 'toState'; data: OurEnvelope } | { direction: 'fromState'; data: StateEnvelope }
  /** In the order of the envelope, then whatever else was found. */
  messages: ArchivedMessage[]
  /** Files that are no message: the joined documents. */
  documents: ArchiveFile[]
  files: ArchiveFile[]
  problems: Problem[]
}

/** Files that a message names. */
export function filesOf(content: ActesContent): NamedFile[] {
  if ('act' in content)
    return content.code === '1-1'
      ? [...(content.act.document ? [content.act.document] : []), ...content.act.annexes]
      : []
  return 'documents' in content ? content.documents : []
}

function asMessage(file: ArchiveFile): ArchivedMessage | undefined {
  if (detectFormat(file.bytes) !== 'xml') return undefined
  try {
    if (!withXml(file.bytes, isActes)) return undefined
  } catch (error) {
    // A joined XML that cannot be read is reported as a document, below.
    if (
      error instanceof Refusal &&
      parseDocumentName(file.name)?.rank !== 0 &&
      parseEnvelopeName(file.name) === undefined
    )
      return undefined
    throw error
  }
  return { ...readMessage(file.bytes, file.name), name: file.name, bytes: file.bytes }
}

function documentRules(message: ArchivedMessage, files: ReadonlyMap<string, ArchiveFile>): Problem[] {
  const problems: Problem[] = []
  const named = filesOf(message.content)
  for (const [index, { name }] of named.entries()) {
    const file = files.get(name)
    if (file === undefined) {
      problems.push(
        fault(
          'ACTES_MISSING_FILE',
          `Le fichier « ${name} » est annoncé par le message mais absent de l’archive.`,
          message.name,
        ),
      )
      continue
    }
    const format = detectFormat(file.bytes)
    if (format === undefined)
      problems.push(
        fault(
          'ACTES_FORMAT',
          `Le format du fichier « ${name} » n’est pas admis (PDF, JPEG, PNG ou XML).`,
          name,
        ),
      )
    else problems.push(...formatProblems(file.bytes, format, name), ...extensionRule(name, format))
    if (index === 0 && message.content.code === '1-1')
      problems.push(...mainRules(message.content.act.nature, message.content.act.subject, format, name))
    problems.push(...typologyRule(message, name))
  }
  return problems
}

function extensionRule(name: string, format: string): Problem[] {
  const extension = name.split('.').at(-1)?.toLowerCase()
  const same = extension === format || (format === 'jpg' && extension === 'jpeg')
  return same
    ? []
    : [warning('ACTES_EXTENSION', `« ${name} » est en réalité un fichier ${format.toUpperCase()}.`, name)]
}

function mainRules(nature: number, subject: string, format: string | undefined, name: string): Problem[] {
  if (format === 'xml' && nature !== 5)
    return [
      fault(
        'ACTES_FORMAT',
        'Un document principal en XML est réservé aux documents budgétaires (nature 5).',
        name,
      ),
    ]
  if (format === 'xml' && subject !== '7.1' && !subject.startsWith('7.1.'))
    return [
      fault(
        'ACTES_BUDGET_SUBJECT',
        `Un document budgétaire en XML relève de la matière 7.1 (${subject} reçu).`,
        name,
      ),
    ]
  if (format === 'jpg' || format === 'png')
    return [
      warning(
        'ACTES_FORMAT',
        'Le document principal est une image : certaines plateformes n’acceptent que le PDF.',
        name,
      ),
    ]
  return []
}

function typologyRule(message: ArchivedMessage, name: string): Problem[] {
  if (message.content.code !== '1-1' || message.generation !== 'v2') return []
  const code = parseDocumentName(name)?.pieceCode ?? ''
  const nature = message.content.act.nature
  if (code === '')
    return [
      fault('ACTES_PIECE', `« ${name} » n’a pas de type de pièce (cinq caractères devant le nom).`, name),
    ]
  if (bundledPieceTypes.some((piece) => piece.nature === nature && piece.code === code)) return []
  return [
    warning(
      'ACTES_PIECE',
      `Le type de pièce ${code} n’est pas dans la typologie connue pour la nature ${natureOf(nature)?.abbreviation ?? nature} : la plateforme peut le refuser.`,
      name,
    ),
  ]
}

function identityRules(envelope: ReadArchive['envelope'], messages: readonly ArchivedMessage[]): Problem[] {
  const siren = envelope.data.siren
  return messages.flatMap((message) => {
    const parsed = parseDocumentName(message.name)
    return parsed !== undefined && parsed.siren !== siren
      ? [
          fault(
            'ACTES_SIREN',
            `Le message « ${message.name} » porte le SIREN ${parsed.siren}, l’enveloppe ${siren}.`,
            message.name,
          ),
        ]
      : []
  })
}

/**
 * Reads an ACTES archive of either direction: envelope, messages, documents, and everything that does not fit together.
 * Tolerates unknown extra messages and missing documents (told in `problems`). Refuses an unsafe archive (`ARCHIVE_…`),
 * an unreadable XML, and an archive without envelope (`ACTES_NO_ENVELOPE`). `name` is the archive's file name, '' if unknown.
 */
export async function readActesArchive(
  bytes: Uint8Array,
  name = '',
  limits: Partial<ArchiveLimits> = {},
): Promise<ReadArchive> {
  return readActesFiles(await readTarGz(bytes, limits), name)
}

/** Same for files that arrived loose (the ministry answers by e-mail with separate attachments). */
export function readActesFiles(files: ArchiveFile[], name = ''): ReadArchive {
  const byName = new Map(files.map((file) => [file.name, file]))
  const read = files.flatMap((file) => asMessage(file) ?? [])
  const envelopes = read.filter(({ content }) => content.code === 'ENV' || content.code === 'ENV-ETAT')
  const [found] = envelopes
  if (found === undefined) {
    throw new Refusal(
      'ACTES_NO_ENVELOPE',
      'L’archive ne contient pas d’enveloppe ACTES (EnveloppeCLMISILL ou EnveloppeMISILLCL). Vérifiez le fichier choisi.',
      { where: name },
    )
  }
  const problems: Problem[] = found.problems.map((problem) => ({
    ...problem,
    where: `${found.name}, ${problem.where}`,
  }))
  if (envelopes.length > 1)
    problems.push(
      fault(
        'ACTES_ENVELOPES',
        'L’archive contient plusieurs enveloppes.',
        envelopes.map((e) => e.name).join(', '),
      ),
    )
  const envelope: ReadArchive['envelope'] =
    found.content.code === 'ENV-ETAT'
      ? { direction: 'fromState', data: found.content.envelope }
      : { direction: 'toState', data: found.content.code === 'ENV' ? found.content.envelope : emptyEnvelope }
  const messages = read.filter((message) => !envelopes.includes(message))
  for (const form of envelope.data.forms) {
    if (!byName.has(form.name))
      problems.push(
        fault(
          'ACTES_MISSING_FILE',
          `Le formulaire « ${form.name} » est annoncé par l’enveloppe mais absent de l’archive.`,
          found.name,
        ),
      )
  }
  const announced = new Set(envelope.data.forms.map((form) => form.name))
  for (const message of messages) {
    if (!announced.has(message.name))
      problems.push(
        warning(
          'ACTES_UNANNOUNCED',
          `Le message « ${message.name} » n’est pas annoncé par l’enveloppe.`,
          message.name,
        ),
      )
    problems.push(
      ...message.problems.map((problem) => ({ ...problem, where: `${message.name}, ${problem.where}` })),
      ...documentRules(message, byName),
    )
  }
  const named = new Set(messages.flatMap((message) => filesOf(message.content).map((file) => file.name)))
  const documents = files.filter((file) => !read.some((message) => message.name === file.name))
  for (const file of documents)
    if (!named.has(file.name))
      problems.push(
        warning(
          'ACTES_UNANNOUNCED',
          `Le fichier « ${file.name} » n’est annoncé par aucun message.`,
          file.name,
        ),
      )
  problems.push(...identityRules(envelope, messages), ...archiveNameRules(name, found.name))
  return { envelopeName: found.name, envelope, messages, documents, files, problems }
}

const emptyEnvelope: OurEnvelope = {
  siren: '',
  department: '',
  arrondissement: '',
  authorityType: '',
  contact: null,
  returnEmails: [],
  forms: [],
}

function archiveNameRules(name: string, envelope: string): Problem[] {
  if (name === '') return []
  const parsed = parseArchiveName(name)
  if (parsed === undefined)
    return [
      warning(
        'ACTES_ARCHIVE_NAME',
        `Le nom d’archive « ${name} » ne suit pas la règle ACTES (TRI-EACT--SIREN--AAAAMMJJ-n.tar.gz).`,
        name,
      ),
    ]
  return parsed.envelope === envelope
    ? []
    : [
        warning(
          'ACTES_ARCHIVE_NAME',
          `Le nom de l’archive annonce l’enveloppe ${parsed.envelope}, elle contient ${envelope}.`,
          name,
        ),
      ]
}
