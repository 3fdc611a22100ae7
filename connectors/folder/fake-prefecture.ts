import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Problem, Refusal } from '../../core/refusal.ts'
import { bundledClassification } from '../../exports/actes/classification.ts'
import type { ActData, OurEnvelope } from '../../exports/actes/model.ts'
import {
  documentName,
  parseActIdentifier,
  parseArchiveName,
  parseEnvelopeName,
} from '../../exports/actes/names.ts'
import { type ReadArchive, readActesArchive } from '../../exports/actes/read-archive.ts'
import { checkActesXsd } from '../../exports/actes/schema.ts'
import {
  buildAnomalieActe,
  buildAnomalieEnveloppe,
  buildArActe,
  buildStateEnvelope,
  type StateService,
} from '../../exports/actes/state-side.ts'
import { writeMessage } from '../../exports/actes/write-message.ts'
import type { ArchiveFile } from '../../exports/archive/limits.ts'
import { writeTarGz } from '../../exports/archive/tar.ts'
import { withXml } from '../../exports/xml/read.ts'
import type { FolderSettings } from './connector.ts'

/** What the fake prefecture does with the next archive. `auto` answers as a real one would. */
export type Behaviour = 'auto' | 'anomaly' | 'rejectEnvelope' | 'silent' | 'duplicate'

export type FakePrefectureOptions = {
  folders: FolderSettings
  service: StateService
  /** Date of the classification that this prefecture has in force. */
  classificationDate: string
  /** The day of the answers, `AAAA-MM-JJ`. */
  today: () => string
  /** Deliver loose XML files, as the ministry's mails do, or one tar.gz, as an operator may. */
  packing: 'loose' | 'targz'
}

export type Processed = {
  archive: string
  answer: '1-2' | '1-3' | 'ANO' | '6-2' | '7-2' | '7-3' | 'none'
  problems: Problem[]
}

/** A prefecture for demonstration and tests: reads what is dropped, checks it as a real one does, answers in the inbox. */
export type FakePrefecture = {
  /** Handles every archive waiting in the outbox, oldest name first. */
  process(behaviour?: Behaviour): Promise<Processed[]>
}

/** Opens a fake prefecture on the folders of a connector. It keeps its serial and the numbers already received in memory. */
export function createFakePrefecture(options: FakePrefectureOptions): FakePrefecture {
  const seen = new Set<string>()
  let serial = 0

  async function deliver(files: ArchiveFile[], envelope: ArchiveFile | undefined): Promise<void> {
    const all = envelope === undefined ? files : [envelope, ...files]
    if (options.packing === 'loose' || envelope === undefined) {
      for (const file of all) await place(file.name, file.bytes)
      return
    }
    const when = new Date(`${options.today()}T08:00:00Z`)
    await place(envelope.name.replace(/\.xml$/, '.tar.gz'), writeTarGz(all, when))
  }

  const place = async (name: string, bytes: Uint8Array): Promise<void> => {
    const target = path.join(options.folders.inbox, name)
    await writeFile(`${target}.tmp`, bytes)
    await rename(`${target}.tmp`, target)
  }

  const answer = async (archive: ReadArchive, envelope: OurEnvelope, files: ArchiveFile[]): Promise<void> => {
    serial++
    const application = parseEnvelopeName(archive.envelopeName)?.application ?? 'EACT'
    const forms = files.map((file) => file.name)
    const { service } = options
    await deliver(
      files,
      buildStateEnvelope({
        application,
        service,
        siren: envelope.siren,
        date: options.today(),
        serial,
        forms,
      }),
    )
  }

  async function reject(name: string, archive: ReadArchive | undefined, detail: string): Promise<void> {
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
    const anomaly = buildAnomalieEnveloppe({
      envelopeName,
      content: {
        code: 'ANO',
        date: options.today(),
        anomaly: '100',
        detail: `${name} -> ${detail}`,
        envelope,
      },
    })
    await deliver([anomaly], undefined)
  }

  async function receiveAct(
    archive: ReadArchive,
    envelope: OurEnvelope,
    act: ActData,
    behaviour: Behaviour,
  ): Promise<Processed['answer']> {
    const { siren, department } = envelope
    const common = { siren, department, act, classificationInForce: options.classificationDate }
    const refuse = async (anomaly: string, detail: string): Promise<'1-3'> => {
      await answer(archive, envelope, [
        buildAnomalieActe({ ...common, date: options.today(), anomaly, detail }),
      ])
      return '1-3'
    }
    if (behaviour === 'anomaly') return refuse('999', 'Anomalie demandée pour la démonstration.')
    if (act.classificationDate !== options.classificationDate)
      return refuse(
        '002',
        "ODT-VERIF-01 : Votre acte a été transmis avec une date de classification qui n'est pas à jour",
      )
    if (act.date > options.today())
      return refuse('003', 'La date de la décision est postérieure à la date de réception.')
    const identity = `${siren} ${act.internalNumber}`
    if (seen.has(identity))
      return refuse(
        '004',
        `Le numéro interne ${act.internalNumber} a déjà été utilisé par cette collectivité.`,
      )
    seen.add(identity)
    const receipt = buildArActe({ ...common, receivedOn: options.today() })
    await answer(archive, envelope, [receipt])
    if (behaviour === 'duplicate') await answer(archive, envelope, [receipt])
    return '1-2'
  }

  async function answerOther(archive: ReadArchive, envelope: OurEnvelope): Promise<Processed['answer']> {
    const content = archive.messages[0]?.content
    if (content?.code === '6-1') {
      const id = parseActIdentifier(content.actId)
      if (id === undefined) return 'none'
      const name = documentName({ ...id, pieceCode: '', message: '6-2', rank: 0, extension: 'xml' })
      await answer(archive, envelope, [
        { name, bytes: writeMessage({ code: '6-2', actId: content.actId, receivedOn: options.today() }) },
      ])
      return '6-2'
    }
    if (content?.code === '7-1') {
      const current = content.heldDate === options.classificationDate
      const code = current ? '7-3' : '7-2'
      const parts = {
        department: envelope.department,
        siren: envelope.siren,
        date: '',
        internalNumber: '',
        nature: '',
        pieceCode: '',
        rank: 1,
        extension: 'xml',
      }
      const bytes = writeMessage(
        current
          ? { code: '7-3', date: options.classificationDate }
          : { code: '7-2', classification: bundledClassification(options.classificationDate) },
      )
      await answer(archive, envelope, [{ name: documentName({ ...parts, message: code }), bytes }])
      return code
    }
    return 'none'
  }

  async function handle(name: string, bytes: Uint8Array, behaviour: Behaviour): Promise<Processed> {
    let archive: ReadArchive
    try {
      archive = await readActesArchive(bytes, name)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      await reject(name, undefined, error.message)
      return { archive: name, answer: 'ANO', problems: [...error.problems] }
    }
    const problems = [...archive.problems, ...schemaProblems(archive)]
    const blocking = problems.find((problem) => problem.level === 'error')
    if (behaviour === 'silent') return { archive: name, answer: 'none', problems }
    if (
      behaviour === 'rejectEnvelope' ||
      blocking !== undefined ||
      archive.envelope.direction !== 'toState'
    ) {
      await reject(name, archive, blocking?.message ?? 'Enveloppe refusée pour la démonstration.')
      return { archive: name, answer: 'ANO', problems }
    }
    const envelope = archive.envelope.data
    const act = archive.messages.flatMap(({ content }) => (content.code === '1-1' ? [content.act] : []))[0]
    const given =
      act === undefined
        ? await answerOther(archive, envelope)
        : await receiveAct(archive, envelope, act, behaviour)
    return { archive: name, answer: given, problems }
  }

  return {
    async process(behaviour = 'auto') {
      const processed: Processed[] = []
      for (const name of (await readdir(options.folders.outbox)).sort()) {
        if (name.startsWith('.') || !/\.(?:tar\.gz|tgz)$/.test(name)) continue
        const file = path.join(options.folders.outbox, name)
        processed.push(await handle(name, await readFile(file), behaviour))
        await rename(file, path.join(options.folders.done, name))
      }
      return processed
    },
  }
}

/** A real prefecture takes the second generation only. Without official schema our own rules alone decide. */
const schemaProblems = (archive: ReadArchive): Problem[] =>
  archive.files
    .filter(
      (file) =>
        file.name === archive.envelopeName || archive.messages.some((message) => message.name === file.name),
    )
    .flatMap((file) => withXml(file.bytes, (xml) => checkActesXsd(xml)).problems)
    .filter((problem) => problem.level === 'error')
