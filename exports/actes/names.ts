import { Refusal } from '../../core/refusal.ts'

/** `EACT` in production, `TACT` on the test platforms (actes.md §2.1). */
export type Application = 'EACT' | 'TACT'

export type EnvelopeName = {
  application: Application
  direction: 'toState' | 'fromState'
  /** Service of the State that sends (`SPREF0441`), '' in our own envelopes. */
  service: string
  siren: string
  /** `AAAA-MM-JJ`. */
  date: string
  serial: number
}

export type DocumentName = {
  /** Typology code before the name, '' for a message and for documents of the first generation. */
  pieceCode: string
  department: string
  siren: string
  /** `AAAA-MM-JJ`, '' when the name leaves it empty (classification, some anomalies). */
  date: string
  internalNumber: string
  /** Two capitals, '' when empty. */
  nature: string
  /** `1-1`, `3-2`… */
  message: string
  /** Null when the name has none. */
  rank: number | null
  extension: string
}

const compact = (date: string): string => date.replaceAll('-', '')
const spread = (digits: string): string =>
  digits === '' ? '' : `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`

/** `EACT--214502494--20170717-6.xml`: our envelope to the ministry. */
export const envelopeName = (application: Application, siren: string, date: string, serial: number): string =>
  `${application}--${siren}--${compact(date)}-${serial}.xml`

/** `SLO-EACT--214502494--20170717-6.tar.gz`. `trigram` identifies the operator and is a setting. */
export const archiveName = (trigram: string, envelope: string): string =>
  `${trigram}-${envelope.replace(/\.xml$/, '')}.tar.gz`

/** `EACT--SPREF0441-214400152-20181012-9.xml`: an envelope of the State. */
export const stateEnvelopeName = (
  a: Application,
  service: string,
  siren: string,
  date: string,
  serial: number,
): string => `${a}--${service}-${siren}-${compact(date)}-${serial}.xml`

/** Unique identifier of an act: department, SIREN, decision date, internal number, nature (actes.md §7.2). */
export const actIdentifier = (act: {
  department: string
  siren: string
  date: string
  internalNumber: string
  nature: string
}): string => `${act.department}-${act.siren}-${compact(act.date)}-${act.internalNumber}-${act.nature}`

/** Parts of an act identifier, or undefined when it has not the form the schema asks. */
export function parseActIdentifier(
  id: string,
): Omit<DocumentName, 'pieceCode' | 'message' | 'rank' | 'extension'> | undefined {
  const match = /^([09][0-9][AB0-9])-(\d{9})-(\d{8})-([a-zA-Z0-9_]{1,15})-([A-Z]{2})$/.exec(id)
  if (!match) return undefined
  const [, department = '', siren = '', day = '', internalNumber = '', nature = ''] = match
  return { department, siren, date: spread(day), internalNumber, nature }
}

/** `034-491011698-20171207-CL20171227_06-DE-1-1_0.xml`, or `32_DP-034-…_1.pdf` with a piece code. */
export function documentName(parts: DocumentName): string {
  const prefix = parts.pieceCode === '' ? '' : `${parts.pieceCode}-`
  const rank = parts.rank === null ? '' : `_${parts.rank}`
  const { department, siren, internalNumber, nature, message, extension } = parts
  return `${prefix}${department}-${siren}-${compact(parts.date)}-${internalNumber}-${nature}-${message}${rank}.${extension}`
}

/** Reads a message or document name of either generation; undefined when it follows neither. */
export function parseDocumentName(name: string): DocumentName | undefined {
  const match =
    /^(?:([A-Z0-9_]{5})-)?([0-9][0-9AB]{2})-(\d{4,9})-(\d{8})?-(.{0,15}?)-([A-Z]{2})?-(\d-\d)(?:_(\d+))?\.([A-Za-z0-9]+)$/.exec(
      name,
    )
  if (!match) return undefined
  const [
    ,
    pieceCode = '',
    department = '',
    siren = '',
    day = '',
    internalNumber = '',
    nature = '',
    message = '',
    rank,
    extension = '',
  ] = match
  return {
    pieceCode,
    department,
    siren,
    date: spread(day),
    internalNumber,
    nature,
    message,
    rank: rank === undefined ? null : Number(rank),
    extension: extension.toLowerCase(),
  }
}

/** Reads the name of an envelope in either direction; undefined when it is not one. An `ANO_` prefix is not accepted here. */
export function parseEnvelopeName(name: string): EnvelopeName | undefined {
  const ours = /^(EACT|TACT)--(\d{9})--(\d{8})-(\d+)\.xml$/.exec(name)
  if (ours) return { ...envelopeParts(ours[1], ours[2], ours[3], ours[4]), direction: 'toState', service: '' }
  const theirs = /^(EACT|TACT)--(.+)-(\d{9})-(\d{8})-(\d+)\.xml$/.exec(name)
  if (theirs)
    return {
      ...envelopeParts(theirs[1], theirs[3], theirs[4], theirs[5]),
      direction: 'fromState',
      service: theirs[2] ?? '',
    }
  return undefined
}

const envelopeParts = (application = 'EACT', siren = '', day = '', serial = '0') => ({
  application: application === 'TACT' ? ('TACT' as const) : ('EACT' as const),
  siren,
  date: spread(day),
  serial: Number(serial),
})

/** Operator's trigram and envelope name inside the name of one of our archives; undefined when it is not one. */
export function parseArchiveName(name: string): { trigram: string; envelope: string } | undefined {
  const match = /^(?:([A-Za-z0-9]{3})-)?((?:EACT|TACT)--.+)\.(?:tar\.gz|tgz)$/.exec(name)
  if (!match) return undefined
  return { trigram: match[1] ?? '', envelope: `${match[2]}.xml` }
}

/** Name of the envelope that an anomaly file answers (`ANO_EACT--….xml`); undefined for another name. */
export const anomalyTarget = (name: string): string | undefined =>
  /^ANO_((?:EACT|TACT)--.+\.xml)$/.exec(name)?.[1]

/** Refuses (`ACTES_TRIGRAM`) a trigram that is not three letters or digits. */
export function checkTrigram(trigram: string): void {
  if (/^[A-Za-z0-9]{3}$/.test(trigram)) return
  throw new Refusal(
    'ACTES_TRIGRAM',
    `L’identifiant du tiers de télétransmission « ${trigram} » doit compter trois lettres ou chiffres. Corrigez-le dans les paramètres de la collectivité.`,
    { where: 'identifiant du tiers de télétransmission' },
  )
}
