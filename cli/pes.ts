import path from 'node:path'
import { isClean, type Problem, Refusal } from '../core/refusal.ts'
import { checkPes, type PesCheck } from '../exports/pes/check.ts'
import { readPes } from '../exports/pes/read.ts'
import { pemCertificates } from '../signing/keys/certificate.ts'
import { SigningError, toProblem } from '../signing/types.ts'
import { verifyXades } from '../signing/xades/verify.ts'
import { about } from './about.ts'
import type { CliIo } from './io.ts'
import { json, misused, notAFlow, open, type PesValues, parse, refused, tell } from './pes-io.ts'
import { sign } from './pes-sign.ts'
import { answerText, flowText, signatureText } from './pes-text.ts'

/** `pes show|sign|verify`. Exit code: 0 done, 1 refused (French reason, nothing written), 2 wrong usage. `now` is injected. */
export async function run(args: string[], io: CliIo, now: Date = new Date()): Promise<number> {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(args)
  } catch {
    return misused(io)
  }
  const [verb, file, ...rest] = parsed.positionals
  const { values } = parsed
  const asked: CliIo = {
    ...io,
    stdout: (t) => io.stdout(t),
    stderr: (t) => io.stderr(t),
    json: io.json || values.json === true,
  }
  if (!file || rest.length > 0) return misused(io)
  try {
    if (verb === 'show') return await about(file, () => show(open(file), file, asked))
    if (verb === 'verify') return await about(file, () => verify(open(file), file, values, asked, now))
    if (verb === 'sign') return await about(file, () => sign(file, values, asked, now))
    return misused(io)
  } catch (error) {
    if (error instanceof Refusal) return refused('unknown', error.problems, asked)
    if (error instanceof SigningError) return refused('pes-aller', [toProblem(error)], asked)
    throw error
  }
}

const XSD_TEXT = {
  valid: 'conforme au schéma 5.17',
  invalid: 'NON conforme au schéma 5.17',
  absent: 'schéma officiel absent : non vérifié',
} as const

function show(bytes: Uint8Array, file: string, io: CliIo): number {
  const check = checkPes(bytes, { name: path.basename(file) })
  const flow = check.kind === 'pes-aller' ? readPes(bytes) : undefined
  if (io.json)
    io.stdout(
      json({ ...check, ...(flow ? { bordereaux: flow.bordereaux, attachments: flow.attachments } : {}) }),
    )
  else {
    io.stdout(flow ? flowText(flow) : answerText(check.summary))
    io.stdout(`Schéma : ${XSD_TEXT[check.xsd]}\n`)
    tell(check.problems, io)
  }
  return check.ok ? 0 : 1
}

function verify(bytes: Uint8Array, file: string, values: PesValues, io: CliIo, now: Date): number {
  const check = checkPes(bytes, { name: path.basename(file) })
  if (check.kind !== 'pes-aller') throw notAFlow(check)
  const roots =
    values.roots === undefined
      ? undefined
      : pemCertificates(Buffer.from(open(values.roots)).toString('latin1'))
  const report = verifyXades(bytes, { now, ...(roots ? { roots } : {}) })
  const problems: Problem[] = [...report.problems, ...aside(check)]
  if (report.scope === 'none' && report.problems.every((p) => p.code === 'xades-bordereau-unsigned'))
    problems.unshift({
      code: 'xades-none',
      message: 'Le flux ne porte aucune signature.',
      where: path.basename(file),
      level: 'error',
    })
  const ok = isClean(problems)
  if (io.json)
    io.stdout(
      json({
        kind: check.kind,
        ok,
        problems,
        xsd: check.xsd,
        scope: report.scope,
        signatures: report.signatures,
        bordereaux: report.bordereaux,
      }),
    )
  else {
    io.stdout(signatureText(report))
    io.stdout(`Schéma : ${XSD_TEXT[check.xsd]}\n`)
    tell(
      problems.filter(
        (p) => !report.signatures.some((s) => s.where === p.where && p.code.startsWith('xades-')),
      ),
      io,
    )
  }
  return ok ? 0 : 1
}

// A newer release of the schema may be in use: for the signature, the 5.17 verdict is told and does not decide.
const aside = (check: PesCheck): Problem[] =>
  check.problems
    .filter((p) => p.code === 'XSD' || p.code === 'PES_ENCODING' || p.code.startsWith('SCHEMA_'))
    .map((p) => (p.code === 'PES_ENCODING' ? p : { ...p, level: 'warning' }))
