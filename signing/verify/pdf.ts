import { PDFHexString } from '@cantoo/pdf-lib'
import { catalogOf, type FormField, formFields } from '../pdf/document.ts'
import { name, openPdf, type PdfReader } from '../pdf/reader.ts'
import { asText } from '../pdf/xref.ts'
import { fault, type Problem, SigningError, toProblem, warning } from '../types.ts'
import { type Change, compareRevisions } from './changes.ts'
import type { PdfReport, SignatureReport } from './report.ts'
import { inspectSignature, inspectTimestamp } from './signature.ts'

export { looksLikePdf } from '../pdf/reader.ts'
export type { PdfReport, SignatureLevel, SignatureReport } from './report.ts'

export type VerifyOptions = {
  /** DER trust anchors. Without them the chain is reported "non vérifiée", never "valide". */
  readonly roots?: readonly Uint8Array[]
  /** Instant of validation, for signatures that no time-stamp dates; their claimed time when absent. */
  readonly now?: Date
}

/**
 * Verifies every signature of a PDF: coverage, integrity, certificate, time, and what later revisions changed.
 * Bad input (not a PDF, truncated, encrypted, no signature) gives problems, not exceptions.
 */
export async function verifyPdf(bytes: Uint8Array, options: VerifyOptions = {}): Promise<PdfReport> {
  try {
    const reader = openPdf(bytes)
    const signed = formFields(reader)
      .filter((field) => field.type === 'Sig' && field.value)
      .sort((a, b) => endOf(reader, a) - endOf(reader, b))
    const orphans = orphanSignatures(reader, signed)
    const signatures = reportAll(reader, signed, options)
    const problems = [...orphans]
    if (signatures.length === 0)
      problems.push(fault('sans-signature', 'Ce PDF ne contient aucune signature électronique.'))
    else if (!signatures.some((signature) => signature.coversWholeDocument))
      problems.push(
        fault(
          'modifie-apres-signature',
          'Le document a été complété après la dernière signature : une partie de ce qu’il contient n’est couverte par aucune signature.',
        ),
      )
    const all = [...problems, ...signatures.flatMap((signature) => signature.problems)]
    return { ok: all.every((problem) => problem.level !== 'error'), problems, signatures }
  } catch (error) {
    const problem =
      error instanceof SigningError
        ? toProblem(error)
        : fault('pdf-endommage', 'Le fichier PDF est endommagé : sa structure est illisible.')
    return { ok: false, problems: [problem], signatures: [] }
  }
}

/** Byte ranges found in the file that no field of the form designates: a signature hidden from, or by, the form. */
function orphanSignatures(reader: PdfReader, fields: readonly FormField[]): Problem[] {
  if (fields.length > 0) return []
  const found = Buffer.from(reader.bytes.buffer, reader.bytes.byteOffset, reader.bytes.length).includes(
    '/ByteRange',
  )
  return found
    ? [
        fault(
          'signature-detachee',
          'Ce PDF contient les restes d’une signature qui n’est plus rattachée au document : elle a été retirée ou le fichier a été réenregistré.',
        ),
      ]
    : []
}

/** Where the bytes covered by a signature end: the order in which signatures were made. */
function endOf(reader: PdfReader, field: FormField): number {
  const range = reader.array(field.value?.get(name('ByteRange')))
  return (reader.number(range?.get(2)) ?? 0) + (reader.number(range?.get(3)) ?? 0)
}

/** Newest first, so that a document time-stamp dates the signatures that it covers. */
function reportAll(
  reader: PdfReader,
  fields: readonly FormField[],
  options: VerifyOptions,
): SignatureReport[] {
  const reports: SignatureReport[] = []
  let stamp: SignatureReport | undefined
  for (const field of [...fields].reverse()) {
    const report = reportOn(reader, field, { ...options, provenAt: stamp?.timestampAt })
    if (report.kind === 'horodatage' && report.integrity && report.trusted !== false) stamp = report
    reports.unshift(report.kind === 'horodatage' ? report : raiseLevel(report, stamp, reader))
  }
  return reports
}

function reportOn(
  reader: PdfReader,
  field: FormField,
  options: VerifyOptions & { provenAt?: Date | undefined },
): SignatureReport {
  const problems: Problem[] = []
  const coverage = checkCoverage(reader, field)
  problems.push(...coverage.problems)
  const dict = field.value
  const subFilter = String(reader.resolve(dict?.get(name('SubFilter'))) ?? '').replace('/', '')
  const inspected =
    subFilter === 'ETSI.RFC3161'
      ? inspectTimestamp(reader, field, coverage.covered, options)
      : inspectSignature(reader, field, coverage.covered, subFilter, options)
  const changes = coverage.revisionEnd ? changesSince(reader, field, coverage.revisionEnd, problems) : []
  return {
    ...inspected,
    integrity: inspected.integrity && coverage.problems.length === 0,
    coversWholeDocument: coverage.whole,
    changes,
    problems: [...problems, ...inspected.problems],
  }
}

type Coverage = {
  readonly covered: readonly Uint8Array[]
  readonly revisionEnd: number | undefined
  readonly whole: boolean
  readonly problems: readonly Problem[]
}

/** ByteRange: from 0, four integers, the gap exactly the /Contents of this dictionary, the end the end of a revision. */
function checkCoverage(reader: PdfReader, field: FormField): Coverage {
  const bad = (detail: string): Coverage => ({
    covered: [],
    revisionEnd: undefined,
    whole: false,
    problems: [
      fault(
        'couverture',
        `La signature « ${field.name} » ne couvre pas correctement le document : ${detail}.`,
        field.name,
      ),
    ],
  })
  const range = reader
    .array(field.value?.get(name('ByteRange')))
    ?.asArray()
    .map((item) => reader.number(item))
  const [zero, a, b, c] = range ?? []
  if (range?.length !== 4 || zero !== 0 || a === undefined || b === undefined || c === undefined)
    return bad('son étendue (ByteRange) est illisible')
  if (![a, b, c].every(Number.isInteger) || a <= 0 || b <= a || c < 0 || b + c > reader.bytes.length)
    return bad('son étendue (ByteRange) sort du fichier ou se recouvre')
  const contents = reader.resolve(field.value?.get(name('Contents')))
  const owner = field.valueRef ?? field.ref
  const entry = reader.entries.get(owner.objectNumber)
  if (!(contents instanceof PDFHexString) || entry?.kind !== 'offset')
    return bad('sa valeur n’est pas écrite comme elle doit l’être')
  const gap = asText(reader.bytes, a, b - a)
  if (!gap.startsWith('<') || !gap.endsWith('>') || gap.slice(1, -1) !== contents.asString())
    return bad('ce qu’elle exclut n’est pas exactement sa propre valeur')
  const before = entry.offset < a ? asText(reader.bytes, entry.offset, a - entry.offset) : ''
  if (!/\/Contents\s*$/.test(before) || /\bendobj\b/.test(before))
    return bad('ce qu’elle exclut appartient à un autre objet')
  const end = b + c
  const tail = asText(reader.bytes, end, Math.min(64, reader.bytes.length - end))
  const whole = reader.bytes.length - end <= 64 && tail.trim() === ''
  return {
    covered: [reader.bytes.subarray(0, a), reader.bytes.subarray(b, end)],
    revisionEnd: end,
    whole,
    problems: [],
  }
}

/** Differences between the revision that was signed and the document as it is now; faults go to `problems`. */
function changesSince(reader: PdfReader, field: FormField, end: number, problems: Problem[]): Change[] {
  let before: PdfReader
  try {
    before = openPdf(reader.bytes.subarray(0, end))
  } catch {
    problems.push(
      fault(
        'couverture',
        `La signature « ${field.name} » ne s’arrête pas à la fin d’une version du document.`,
        field.name,
      ),
    )
    return []
  }
  const then = formFields(before).find((other) => other.name === field.name)
  if (!then?.value || then.valueRef !== field.valueRef || String(then.value) !== String(field.value)) {
    problems.push(
      fault(
        'couverture',
        `La signature « ${field.name} » ne fait pas partie de la version du document qu’elle prétend couvrir.`,
        field.name,
      ),
    )
    return []
  }
  const changes = compareRevisions(before, reader)
  const locked = lockedBy(before, field)
  for (const change of changes) {
    if (change.kind === 'extension') continue
    if (change.kind === 'metadonnees')
      problems.push(
        warning(
          'metadonnees-modifiees',
          `Après la signature « ${field.name} », ${change.message}.`,
          field.name,
        ),
      )
    else if (change.kind !== 'signature' || locked)
      problems.push(
        fault(
          'modifie-apres-signature',
          `Après la signature « ${field.name} », ${change.message}.`,
          field.name,
        ),
      )
  }
  return changes
}

/** True when this signature certified the document as final or locked all its fields. */
function lockedBy(reader: PdfReader, field: FormField): boolean {
  const lock = reader.dict(field.dict.get(name('Lock')))
  if (reader.resolve(lock?.get(name('Action'))) === name('All')) return true
  const references = reader.array(field.value?.get(name('Reference')))?.asArray() ?? []
  return references.some((item) => {
    const reference = reader.dict(item)
    const parameters = reader.dict(reference?.get(name('TransformParams')))
    return (
      reader.resolve(reference?.get(name('TransformMethod'))) === name('DocMDP') &&
      reader.number(parameters?.get(name('P'))) === 1
    )
  })
}

/** A later document time-stamp proves the time of earlier signatures; validation data in the file raise the level. */
function raiseLevel(
  report: SignatureReport,
  later: SignatureReport | undefined,
  reader: PdfReader,
): SignatureReport {
  if (report.level === 'autre' || !report.integrity) return report
  const timestampAt = report.timestampAt ?? later?.timestampAt
  if (!timestampAt) return report
  const stores = reader.dict(catalogOf(reader).get(name('DSS')))
  const revocation = ['OCSPs', 'CRLs'].some((key) => (reader.array(stores?.get(name(key)))?.size() ?? 0) > 0)
  return {
    ...report,
    level: !revocation ? 'B-T' : later ? 'B-LTA' : 'B-LT',
    timestampAt,
    timestampAuthority: report.timestampAt ? report.timestampAuthority : (later?.timestampAuthority ?? ''),
  }
}
