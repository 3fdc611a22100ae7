import type { ArchiveFile } from '../archive/limits.ts'
import { natureOf } from './codes.ts'
import type { ActData, ActesContent, MessageCode, StateEnvelope } from './model.ts'
import {
  type Application,
  actIdentifier,
  documentName,
  parseActIdentifier,
  stateEnvelopeName,
} from './names.ts'
import { writeMessage } from './write-message.ts'

/** A service of the State, as the fake prefecture plays it. */
export type StateService = {
  /** As written in the envelope name, `SPREF0441`. */
  code: string
  sender: NonNullable<StateEnvelope['sender']>
}

/** Receipt of an act (1-2): what makes it "reçu en préfecture". `receivedOn` is `AAAA-MM-JJ`. */
export function buildArActe(input: {
  department: string
  siren: string
  act: ActData
  receivedOn: string
  classificationInForce: string
}): ArchiveFile {
  const nature = natureOf(input.act.nature)?.abbreviation ?? 'AU'
  const actId = actIdentifier({ ...input.act, department: input.department, siren: input.siren, nature })
  const content: ActesContent = {
    code: '1-2',
    actId,
    receivedOn: input.receivedOn,
    act: input.act,
    classificationInForce: input.classificationInForce,
  }
  return { name: stateMessageName(actId, '1-2'), bytes: writeMessage(content) }
}

/** Anomaly on an act (1-3). `anomaly` has three digits, `002` for a classification that is not current. */
export function buildAnomalieActe(input: {
  department: string
  siren: string
  act: ActData
  date: string
  anomaly: string
  detail: string
  classificationInForce: string
}): ArchiveFile {
  const nature = natureOf(input.act.nature)?.abbreviation ?? 'AU'
  const actId = actIdentifier({ ...input.act, department: input.department, siren: input.siren, nature })
  const { act, date, anomaly, detail, classificationInForce } = input
  return {
    name: stateMessageName(actId, '1-3'),
    bytes: writeMessage({ code: '1-3', date, anomaly, detail, act, classificationInForce }),
  }
}

const stateMessageName = (actId: string, message: MessageCode): string => {
  const id = parseActIdentifier(actId) ?? {
    department: '000',
    siren: '000000000',
    date: '',
    internalNumber: '',
    nature: '',
  }
  return documentName({ ...id, pieceCode: '', message, rank: 0, extension: 'xml' })
}

/** Envelope of the State around messages for one authority. */
export function buildStateEnvelope(input: {
  application: Application
  service: StateService
  siren: string
  date: string
  serial: number
  forms: string[]
}): ArchiveFile {
  const envelope: StateEnvelope = {
    sender: input.service.sender,
    contact: null,
    forms: input.forms.map((name) => ({ name, signature: '' })),
    siren: input.siren,
  }
  return {
    name: stateEnvelopeName(input.application, input.service.code, input.siren, input.date, input.serial),
    bytes: writeMessage({ code: 'ENV-ETAT', envelope }),
  }
}

/** Rejection of a whole envelope: a lone `ANO_….xml` that copies what our envelope said. */
export const buildAnomalieEnveloppe = (input: {
  envelopeName: string
  content: Extract<ActesContent, { code: 'ANO' }>
}): ArchiveFile => ({
  name: `ANO_${input.envelopeName}`,
  bytes: writeMessage(input.content),
})
