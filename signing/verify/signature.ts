import { PDFHexString, type PDFObject } from '@cantoo/pdf-lib'
import {
  type CmsSignature,
  certificateBinding,
  digestMatches,
  digestName,
  readCms,
  signatureMatches,
} from '../cms/read.ts'
import { OID } from '../cms/signed-data.ts'
import { type CertificateDescription, describeCertificate } from '../keys/certificate.ts'
import { checkUsable } from '../keys/p12.ts'
import { type FormField, textOf } from '../pdf/document.ts'
import { name, type PdfReader } from '../pdf/reader.ts'
import { verifyTimestampToken } from '../tsp/token.ts'
import { fault, type Problem, SigningError, toProblem, warning } from '../types.ts'
import { checkChain } from './chain.ts'
import type { SignatureReport } from './report.ts'

type Options = {
  readonly roots?: readonly Uint8Array[]
  readonly now?: Date
  /** Time of a later document time-stamp that covers this signature. */
  readonly provenAt?: Date | undefined
}
type Inspected = Omit<SignatureReport, 'coversWholeDocument' | 'changes'>

/** Cryptographic part of the report on a signature; `covered` are the bytes it claims (empty: nothing to check). */
export function inspectSignature(
  reader: PdfReader,
  field: FormField,
  covered: readonly Uint8Array[],
  subFilter: string,
  options: Options,
): Inspected {
  const base = emptyReport(reader, field, 'signature')
  const problems: Problem[] = []
  const say = (code: string, message: string) => problems.push(fault(code, message, field.name))
  if (subFilter !== 'ETSI.CAdES.detached' && subFilter !== 'adbe.pkcs7.detached') {
    say(
      'format-de-signature',
      `La signature « ${field.name} » a un format que ce programme ne vérifie pas (${subFilter || 'inconnu'}).`,
    )
    return { ...base, problems }
  }
  let cms: CmsSignature
  try {
    cms = readCms(contentsOf(reader, field))
  } catch (error) {
    return { ...base, problems: [...problems, asProblem(error, field.name)] }
  }
  const digest = covered.length > 0 && digestMatches(cms, covered)
  const value = signatureMatches(cms)
  if (covered.length > 0 && !digest)
    say(
      'document-modifie',
      `Le document a été modifié : il ne correspond plus à ce que « ${field.name} » a signé.`,
    )
  if (!cms.signer)
    say('certificat-absent', `La signature « ${field.name} » ne contient pas le certificat du signataire.`)
  else if (!value)
    say('signature-incorrecte', `La signature « ${field.name} » ne se vérifie pas : elle a été altérée.`)
  if (cms.content)
    say('contenu-inattendu', `La signature « ${field.name} » transporte un autre contenu que le document.`)
  const binding = certificateBinding(cms)
  if (binding === 'autre' && cms.signer)
    say(
      'certificat-substitue',
      `La signature « ${field.name} » désigne un autre certificat que celui qu’elle contient.`,
    )
  const about = cms.signer ? describeCertificate(cms.signer) : undefined
  const integrity = digest && value && !cms.content && binding !== 'autre'
  problems.push(...profileProblems(cms, field, about, binding, base.claimedAt, subFilter))
  const time = timestampOf(cms, field, options, problems)
  // The claimed time proves nothing: it only serves when the caller has no clock of its own.
  const at = time?.genTime ?? options.provenAt ?? options.now ?? base.claimedAt
  const trusted = cms.signer ? trustOf(cms, cms.signer, at, options, problems, field.name) : undefined
  const baseline = subFilter === 'ETSI.CAdES.detached' && binding === 'v2' && base.claimedAt !== undefined
  return {
    ...base,
    signer: about?.subject ?? '',
    certificate: about,
    timestampAt: time?.genTime,
    timestampAuthority: time?.authority ?? '',
    integrity,
    trusted,
    level: !baseline ? 'autre' : time ? 'B-T' : 'B-B',
    problems,
  }
}

/** The report on a document time-stamp (`ETSI.RFC3161`). */
export function inspectTimestamp(
  reader: PdfReader,
  field: FormField,
  covered: readonly Uint8Array[],
  options: Options,
): Inspected {
  const base = emptyReport(reader, field, 'horodatage')
  try {
    const verdict = verifyTimestampToken(contentsOf(reader, field), { data: covered }, options.roots)
    const problems = verdict.problems.map((problem) => ({ ...problem, where: field.name }))
    const trustCodes = new Set(['autorite-inconnue', 'certificat-expire', 'certificat-pas-encore-valide'])
    return {
      ...base,
      signer: verdict.authority,
      timestampAt: verdict.genTime,
      timestampAuthority: verdict.authority,
      integrity: covered.length > 0 && problems.every((problem) => trustCodes.has(problem.code)),
      trusted: verdict.trusted,
      problems,
    }
  } catch (error) {
    return { ...base, problems: [asProblem(error, field.name)] }
  }
}

function emptyReport(reader: PdfReader, field: FormField, kind: SignatureReport['kind']): Inspected {
  const text = (key: string) => textOf(reader.resolve(field.value?.get(name(key)))) ?? ''
  return {
    field: field.name,
    kind,
    signer: '',
    certificate: undefined,
    name: text('Name'),
    reason: text('Reason'),
    location: text('Location'),
    claimedAt: readPdfDate(text('M')),
    timestampAt: undefined,
    timestampAuthority: '',
    integrity: false,
    trusted: undefined,
    level: 'autre',
    problems: [],
  }
}

function contentsOf(reader: PdfReader, field: FormField): Uint8Array {
  const contents: PDFObject | undefined = reader.resolve(field.value?.get(name('Contents')))
  if (!(contents instanceof PDFHexString))
    throw new SigningError('cms-illisible', 'La signature n’a pas de valeur lisible.', field.name)
  return contents.asBytes()
}

const asProblem = (error: unknown, where: string): Problem =>
  error instanceof SigningError
    ? { ...toProblem(error), where }
    : fault('cms-illisible', 'La signature est illisible.', where)

function profileProblems(
  cms: CmsSignature,
  field: FormField,
  about: CertificateDescription | undefined,
  binding: ReturnType<typeof certificateBinding>,
  claimedAt: Date | undefined,
  subFilter: string,
): Problem[] {
  const problems: Problem[] = []
  const note = (code: string, message: string) => problems.push(warning(code, message, field.name))
  const algorithm = digestName(cms.digestAlgorithm)
  if (algorithm === undefined || algorithm === 'sha1')
    problems.push(
      fault(
        'algorithme-faible',
        `La signature « ${field.name} » emploie un algorithme d’empreinte qui n’est plus sûr ou n’est pas connu.`,
        field.name,
      ),
    )
  if (about?.keyType === 'RSA' && about.keyBits < 2048)
    problems.push(
      fault(
        'cle-trop-courte',
        `La clé de ${about.subject} (${about.keyBits} bits) est trop courte pour être sûre.`,
        field.name,
      ),
    )
  if (subFilter === 'adbe.pkcs7.detached')
    note(
      'ancien-format',
      `La signature « ${field.name} » est dans l’ancien format (PKCS#7) et non au format européen PAdES.`,
    )
  if (binding === 'absent')
    note(
      'sans-signing-certificate',
      `La signature « ${field.name} » ne désigne pas le certificat qu’elle emploie : elle n’est pas au niveau B de PAdES.`,
    )
  if (subFilter === 'ETSI.CAdES.detached' && cms.signed.has(OID.signingTime))
    note(
      'attribut-interdit',
      `La signature « ${field.name} » porte un attribut que le profil PAdES interdit (signing-time).`,
    )
  if (!claimedAt) note('sans-date', `La signature « ${field.name} » n’indique pas quand elle a été faite.`)
  return problems
}

function timestampOf(cms: CmsSignature, field: FormField, options: Options, problems: Problem[]) {
  const attribute = cms.unsigned.get(OID.signatureTimestamp)
  const token = attribute?.[0]
  if (!token) return undefined
  try {
    const verdict = verifyTimestampToken(token.raw, { data: [cms.signature] }, options.roots)
    problems.push(...verdict.problems.map((problem) => ({ ...problem, where: field.name })))
    const own = verdict.problems.some((problem) => problem.code.startsWith('horodatage-'))
    return own ? undefined : verdict
  } catch (error) {
    problems.push(asProblem(error, field.name))
    return undefined
  }
}

function trustOf(
  cms: CmsSignature,
  signer: Uint8Array,
  at: Date | undefined,
  options: Options,
  problems: Problem[],
  where: string,
): boolean | undefined {
  if (!at) return undefined
  const usage = checkUsable({ certificate: signer }, at).filter((problem) => problem.level === 'error')
  if (!options.roots) {
    problems.push(...usage.map((problem) => ({ ...problem, where })))
    problems.push(
      warning(
        'chaine-non-verifiee',
        'Aucune autorité de confiance n’a été indiquée : l’identité du signataire n’a pas été vérifiée.',
        where,
      ),
    )
    return usage.length > 0 ? false : undefined
  }
  const chain = checkChain(signer, cms.certificates, options.roots, at)
  const own = usage.filter((problem) => !chain.problems.some((other) => other.code === problem.code))
  problems.push(...[...own, ...chain.problems].map((problem) => ({ ...problem, where })))
  problems.push(
    warning('revocation-non-verifiee', 'La révocation éventuelle du certificat n’a pas été vérifiée.', where),
  )
  return chain.trusted && usage.length === 0
}

/** Reads a PDF date; undefined when absent or unreadable. */
export function readPdfDate(text: string): Date | undefined {
  const found = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?)?/.exec(text)
  if (!found) return undefined
  const [, y, mo = '01', d = '01', h = '00', mi = '00', s = '00', sign, oh = '00', om = '00'] = found
  const zone = sign ? `${sign}${oh}:${om}` : 'Z'
  const date = new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}${zone}`)
  return Number.isNaN(date.getTime()) ? undefined : date
}
