import { type Problem, Refusal } from '../../core/refusal.ts'
import type { ArchiveFile } from '../archive/limits.ts'
import { writeTarGz } from '../archive/tar.ts'
import { withXml } from '../xml/read.ts'
import { bundledClassification } from './classification.ts'
import type { ActData, OurEnvelope } from './model.ts'
import {
  type DocumentName,
  documentName,
  parseActIdentifier,
  parseArchiveName,
  parseEnvelopeName,
} from './names.ts'
import { type ReadArchive, readActesArchive } from './read-archive.ts'
import { checkActesXsd } from './schema.ts'
import {
  buildAnomalieActe,
  buildAnomalieEnveloppe,
  buildArActe,
  buildStateEnvelope,
  type StateService,
} from './state-side.ts'
import { writeMessage } from './write-message.ts'

/** What the State does with the next archive. `auto` answers as a real prefecture would. */
export type Behaviour = 'auto' | 'anomaly' | 'rejectEnvelope' | 'silent' | 'duplicate'

export type FakeStateOptions = {
  service: StateService
  /** Date of the classification that this prefecture has in force. */
  classificationDate: string
  /** The day of the answers, `AAAA-MM-JJ`. */
  today: () => string
  /** Loose XML files, as the ministry's mails bring them, or one tar.gz, as an operator may re-pack them. */
  packing: 'loose' | 'targz'
}

export type StateAnswer = {
  archive: string
  answer: '1-2' | '1-3' | 'ANO' | '6-2' | '7-2' | '7-3' | 'none'
  /** What the prefecture found wrong, warnings included. */
  problems: Problem[]
  /** Files to deliver, in order. */
  files: ArchiveFile[]
}

/** The State's side of the exchange for demonstration and tests: bytes in, bytes out. */
export type FakeState = {
  /** Reads one archive and answers it; `serial` numbers the envelopes of the answer, one after the other. */
  answer(name: string, bytes: Uint8Array, behaviour: Behaviour, serial: () => number): Promise<StateAnswer>
}

type Reply = { code: StateAnswer['answer']; files: ArchiveFile[] }
type Context = { archive: ReadArchive; envelope: OurEnvelope; serial: () => number }

/** A State that remembers, as long as it lives, the internal numbers it has received. */
export function createFakeState(options: FakeStateOptions): FakeState {
  const seen = new Set<string>()
  return {
    async answer(name, bytes, behaviour, serial) {
      let archive: ReadArchive
      try {
        archive = await readActesArchive(bytes, name)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const files = behaviour === 'silent' ? [] : [reject(options, name, undefined, error.message)]
        return {
          archive: name,
          answer: files.length === 0 ? 'none' : 'ANO',
          problems: [...error.problems],
          files,
        }
      }
      const problems = [...archive.problems, ...schemaProblems(archive)]
      const blocking = problems.find((problem) => problem.level === 'error')
      if (behaviour === 'silent') return { archive: name, answer: 'none', problems, files: [] }
      if (
        behaviour === 'rejectEnvelope' ||
        blocking !== undefined ||
        archive.envelope.direction !== 'toState'
      ) {
        const detail = blocking?.message ?? 'Enveloppe refusée pour la démonstration.'
        return { archive: name, answer: 'ANO', problems, files: [reject(options, name, archive, detail)] }
      }
      const context: Context = { archive, envelope: archive.envelope.data, serial }
      const act = archive.messages.flatMap(({ content }) => (content.code === '1-1' ? [content.act] : []))[0]
      const { code, files } =
        act === undefined ? other(options, context) : receiveAct(options, seen, context, act, behaviour)
      return { archive: name, answer: code, problems, files }
    },
  }
}

/** Messages in the envelope of the State, loose or packed. */
function send(
  options: FakeStateOptions,
  { archive, envelope, serial }: Context,
  message: ArchiveFile,
): ArchiveFile[] {
  const application = parseEnvelopeName(archive.envelopeName)?.application ?? 'EACT'
  const around = buildStateEnvelope({
    application,
    service: options.service,
    siren: envelope.siren,
    date: options.today(),
    serial: serial(),
    forms: [message.name],
  })
  if (options.packing === 'loose') return [around, message]
  const bytes = writeTarGz([around, message], new Date(`${options.today()}T08:00:00Z`))
  return [{ name: around.name.replace(/\.xml$/, '.tar.gz'), bytes }]
}

function reject(
  options: FakeStateOptions,
  name: string,
  archive: ReadArchive | undefined,
  detail: string,
): ArchiveFile {
  const envelopeName =
    archive?.envelopeName ?? parseArchiveName(name)?.envelope ?? 'EACT--000000000--19700101-1.xml'
  const envelope: OurEnvelope =
    archive?.envelope.direction === 'toState'
      ? archive.envelope.data
      : {
          siren: parseEnvelopeName(envelopeName)?.siren ?? '000000000',
          department: '000',
          arrondissement: '0',
          authorityType: '31',
          contact: null,
          returnEmails: ['retour@exemple.fr'],
          forms: [{ name, signature: '' }],
        }
  return buildAnomalieEnveloppe({
    envelopeName,
    content: { code: 'ANO', date: options.today(), anomaly: '100', detail: `${name} -> ${detail}`, envelope },
  })
}

function receiveAct(
  options: FakeStateOptions,
  seen: Set<string>,
  context: Context,
  act: ActData,
  behaviour: Behaviour,
): Reply {
  const { siren, department } = context.envelope
  const common = { siren, department, act, classificationInForce: options.classificationDate }
  const refuse = (anomaly: string, detail: string): Reply => ({
    code: '1-3',
    files: send(options, context, buildAnomalieActe({ ...common, date: options.today(), anomaly, detail })),
  })
  if (behaviour === 'anomaly') return refuse('999', 'Anomalie demandée pour la démonstration.')
  if (act.classificationDate !== options.classificationDate) {
    return refuse(
      '002',
      'ODT-VERIF-01 : Votre acte a été transmis avec une date de classification qui n’est pas à jour',
    )
  }
  if (act.date > options.today()) {
    return refuse('003', 'La date de la décision est postérieure à la date de réception.')
  }
  const identity = `${siren} ${act.internalNumber}`
  if (seen.has(identity)) {
    return refuse('004', `Le numéro interne ${act.internalNumber} a déjà été utilisé par cette collectivité.`)
  }
  seen.add(identity)
  const receipt = buildArActe({ ...common, receivedOn: options.today() })
  const files = send(options, context, receipt)
  return {
    code: '1-2',
    files: behaviour === 'duplicate' ? [...files, ...send(options, context, receipt)] : files,
  }
}

/** Cancellation and classification; letters answered by the authority get no receipt here. */
function other(options: FakeStateOptions, context: Context): Reply {
  const content = context.archive.messages[0]?.content
  if (content?.code === '6-1') {
    const id = parseActIdentifier(content.actId)
    if (id === undefined) return { code: 'none', files: [] }
    const bytes = writeMessage({ code: '6-2', actId: content.actId, receivedOn: options.today() })
    return {
      code: '6-2',
      files: send(options, context, { name: messageName({ ...id, message: '6-2' }), bytes }),
    }
  }
  if (content?.code === '7-1') {
    const current = content.heldDate === options.classificationDate
    const code = current ? '7-3' : '7-2'
    const { department, siren } = context.envelope
    const bytes = writeMessage(
      current
        ? { code: '7-3', date: options.classificationDate }
        : { code: '7-2', classification: bundledClassification(options.classificationDate) },
    )
    const empty = { department, siren, date: '', internalNumber: '', nature: '' }
    return { code, files: send(options, context, { name: messageName({ ...empty, message: code }), bytes }) }
  }
  return { code: 'none', files: [] }
}

const messageName = (parts: Omit<DocumentName, 'pieceCode' | 'rank' | 'extension'>): string =>
  documentName({ ...parts, pieceCode: '', rank: 0, extension: 'xml' })

/** A real prefecture takes only what a schema accepts. Without official schema our own rules alone decide. */
const schemaProblems = (archive: ReadArchive): Problem[] =>
  archive.files
    .filter(({ name }) => name === archive.envelopeName || archive.messages.some((m) => m.name === name))
    .flatMap((file) => withXml(file.bytes, (xml) => checkActesXsd(xml)).problems)
    .filter((problem) => problem.level === 'error')
