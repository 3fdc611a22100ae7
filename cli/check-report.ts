import { fault, isClean, type Problem, Refusal, warning } from '../core/refusal.ts'
import { messageLabels } from '../exports/actes/model.ts'
import { readActesArchive } from '../exports/actes/read-archive.ts'
import { readParsedMessage } from '../exports/actes/read-message.ts'
import { checkActesXsd } from '../exports/actes/schema.ts'
import { readZip } from '../exports/archive/zip.ts'
import { checkBudget } from '../exports/budget/check.ts'
import { checkPes } from '../exports/pes/check.ts'
import { withXml } from '../exports/xml/read.ts'
import { type SchemaName, validateXsd } from '../exports/xml/schemas.ts'
import { verifyPdf } from '../signing/verify/pdf.ts'
import { verifyXades } from '../signing/xades/verify.ts'
import { verifyJournal } from '../storage/journal-verify.ts'
import { actesKind, describeUnknown, type Kind, recognise, SEDA_NAMESPACE } from './recognise.ts'

type Xsd = 'valid' | 'invalid' | 'absent'

/** What `check` says of one file; each kind adds its own facts. */
export type CheckReport = {
  kind: Kind
  ok: boolean
  problems: Problem[]
  /** ACTES: message code, `1-1`… */
  message?: string
  /** Verdict of the official schema; 'absent' means that nobody checked. Several documents: the worst. */
  xsd?: Xsd
  /** One line for the person: what the file is. */
  title: string
  [fact: string]: unknown
}

const report = (
  kind: Kind,
  title: string,
  problems: readonly Problem[],
  facts: Record<string, unknown> = {},
): CheckReport => ({
  kind,
  ok: isClean(problems),
  problems: [...problems],
  ...facts,
  title,
})

const placed = (problems: readonly Problem[], place: string): Problem[] =>
  problems.map((problem) => ({
    ...problem,
    where: problem.where === '' ? place : `${place}, ${problem.where}`,
  }))

const worst = (verdicts: readonly Xsd[]): Xsd =>
  verdicts.includes('invalid') ? 'invalid' : verdicts.includes('absent') ? 'absent' : 'valid'

/** Several documents without schema are told once. */
function once(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>()
  return problems.filter(({ code, message }) => {
    if (!code.startsWith('SCHEMA_')) return true
    const first = !seen.has(message)
    seen.add(message)
    return first
  })
}

async function actesArchive(bytes: Uint8Array, name: string): Promise<CheckReport> {
  const archive = await readActesArchive(bytes, name)
  const problems = [...archive.problems]
  const verdicts: Xsd[] = []
  for (const file of [archive.envelopeName, ...archive.messages.map((message) => message.name)]) {
    const content = archive.files.find((one) => one.name === file)
    if (content === undefined) continue
    const xsd = withXml(content.bytes, (xml) => checkActesXsd(xml))
    verdicts.push(xsd.verdict)
    problems.push(...(xsd.verdict === 'absent' ? xsd.problems : placed(xsd.problems, file)))
  }
  const messages = archive.messages.map(({ content, name: file }) => ({ message: content.code, file }))
  return report(
    'actes-archive',
    `Archive ACTES : ${messages.map(({ message }) => message).join(', ') || 'aucun message'}`,
    once(problems),
    {
      xsd: worst(verdicts),
      siren: archive.envelope.data.siren,
      envelope: archive.envelopeName,
      messages,
      files: archive.files.map((file) => ({ name: file.name, bytes: file.bytes.length })),
    },
  )
}

function actesDocument(bytes: Uint8Array, name: string): CheckReport {
  return withXml(bytes, (xml) => {
    const read = readParsedMessage(xml, name)
    const { content } = read
    const xsd = checkActesXsd(xml)
    // The ministry's own anomalies break its schema in practice (actes.md §5.5, §5.6): told, never refused.
    const soft = content.code === 'ANO' || content.code === '1-3'
    const schema = soft
      ? xsd.problems.map((problem) => ({ ...problem, level: 'warning' as const }))
      : xsd.problems
    const message =
      content.code === 'ENV' || content.code === 'ENV-ETAT' || content.code === 'ANO'
        ? {}
        : { message: content.code }
    return report(actesKind(content.code), messageLabels[content.code], [...read.problems, ...schema], {
      ...message,
      root: read.root,
      generation: read.generation,
      xsd: xsd.verdict,
      schema: xsd.schema,
      content,
    })
  })
}

const pesTitles = {
  'pes-aller': 'Flux PES aller',
  'pes-acquit': 'Acquittement PES',
  'pes-retour': 'PES retour',
} as const

function pes(bytes: Uint8Array, name: string, now: Date): CheckReport {
  const verifySignatures = (flow: Uint8Array): readonly Problem[] => verifyXades(flow, { now }).problems
  const { kind, problems, summary, xsd, signatures } = checkPes(bytes, { name, verifySignatures })
  return report(kind, pesTitles[kind], problems, { xsd, summary, signatures })
}

function budget(bytes: Uint8Array, name: string): CheckReport {
  const { root, stage, header, seal, xsd, balance, problems } = checkBudget(bytes, { name })
  return report('budget', `Document budgétaire : ${stage.label}`, problems, {
    root,
    stage,
    header,
    seal,
    xsd: worst(Object.values(xsd)),
    schemas: xsd,
    balance,
  })
}

async function pdf(bytes: Uint8Array): Promise<CheckReport> {
  const verdict = await verifyPdf(bytes)
  // A PDF without signature is a sound file: « pdf verify » is the one that asks for a signature.
  const problems = verdict.problems.map(
    (problem): Problem =>
      problem.code === 'sans-signature'
        ? warning(problem.code, problem.message, problem.where)
        : { ...problem },
  )
  const count = verdict.signatures.length
  return report(
    'pdf',
    count === 0 ? 'PDF sans signature' : `PDF portant ${count} signature${count > 1 ? 's' : ''}`,
    problems,
    { signatures: verdict.signatures },
  )
}

function seda(bytes: Uint8Array): CheckReport {
  return withXml(bytes, (xml) => {
    const { root } = xml
    const version = root.namespaceUri.slice(SEDA_NAMESPACE.length)
    const schemas: Readonly<Record<string, SchemaName>> = {
      '2.1': 'seda-2.1',
      '2.2': 'seda-2.2',
      '2.3': 'seda-2.3',
    }
    const schema = schemas[version]
    const title = `SEDA ${version} : ${root.name}`
    if (schema === undefined) {
      const problem = warning(
        'SEDA_VERSION',
        `La version ${version} du SEDA n’est pas vérifiée par Écharpe (2.1, 2.2 ou 2.3).`,
        `ligne ${root.line}`,
      )
      return report('seda', title, [problem], { xsd: 'absent', version, root: root.name })
    }
    const xsd = validateXsd(xml, schema)
    return report('seda', title, xsd.problems, { xsd: xsd.verdict, version, root: root.name })
  })
}

/** A zip is a SEDA package when it holds a SEDA document at its top; anything else is not for us. */
async function zip(bytes: Uint8Array): Promise<CheckReport> {
  const files = await readZip(bytes, { folders: true, maxFiles: 5000 })
  const manifest = files.find(
    (file) => !file.name.includes('/') && /\.xml$/i.test(file.name) && recognise(file.bytes).kind === 'seda',
  )
  if (manifest === undefined) return unknown(bytes)
  const inner = seda(manifest.bytes)
  return {
    ...inner,
    problems: placed(inner.problems, manifest.name),
    title: `Paquet ${inner.title}`,
    files: files.map(({ name }) => name),
  }
}

function journal(bytes: Uint8Array): CheckReport {
  const { problems, kind, ok: _ok, ...facts } = verifyJournal(bytes)
  return report(kind, 'Journal exporté', problems, facts)
}

const unknown = (bytes: Uint8Array, problems: readonly Problem[] = []): CheckReport =>
  report(
    'unknown',
    'Fichier non reconnu',
    problems.length > 0 ? problems : [fault('UNKNOWN', describeUnknown(bytes))],
  )

function checkKind(
  kind: Kind | 'zip',
  bytes: Uint8Array,
  name: string,
  now: Date,
): CheckReport | Promise<CheckReport> {
  switch (kind) {
    case 'actes-archive':
      return actesArchive(bytes, name)
    case 'actes-envelope':
    case 'actes-message':
    case 'actes-anomaly':
    case 'actes-classification':
      return actesDocument(bytes, name)
    case 'pes-aller':
    case 'pes-acquit':
    case 'pes-retour':
      return pes(bytes, name, now)
    case 'budget':
      return budget(bytes, name)
    case 'pdf':
      return pdf(bytes)
    case 'seda':
      return seda(bytes)
    case 'journal':
      return journal(bytes)
    case 'zip':
      return zip(bytes)
    case 'unknown':
      return unknown(bytes)
  }
}

/**
 * Says what a file is and everything wrong with it. `name` is its file name, compared with the content where the format
 * rules names; `now` judges certificates. A file that its reader refuses keeps its kind, with the refusal among the problems.
 */
export async function checkFile(
  bytes: Uint8Array,
  name: string,
  now: Date = new Date(),
): Promise<CheckReport> {
  const { kind, problems } = recognise(bytes)
  if (problems.length > 0) return report(kind === 'zip' ? 'unknown' : kind, 'Fichier refusé', problems)
  try {
    return await checkKind(kind, bytes, name, now)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return report(kind === 'zip' ? 'unknown' : kind, 'Fichier refusé', error.problems)
  }
}
