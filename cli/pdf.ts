import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { describeCertificate, pemCertificates } from '../signing/keys/certificate.ts'
import { openP12 } from '../signing/keys/p12.ts'
import { TEST_MENTION } from '../signing/keys/test-authority.ts'
import { signPdf } from '../signing/pades/sign.ts'
import { createTimestampClient } from '../signing/tsp/client.ts'
import { fault, type Problem, SigningError, toProblem } from '../signing/types.ts'
import { type SignatureReport, verifyPdf } from '../signing/verify/pdf.ts'
import { about, located, misusedOption } from './about.ts'
import type { CliIo } from './io.ts'

const USAGE = `Usage :
  pdf sign FICHIER --p12 CERTIFICAT --pin-env VARIABLE [--level B-B|B-T] [--tsa URL]… [--role RÔLE] [--out FICHIER]
           [--field NOM] [--page N --x X --y Y --width L --height H] [--reason MOTIF] [--location LIEU] [--roots PEM]
  pdf verify FICHIER [--roots PEM]
Avec --json, le résultat est écrit en JSON.
`

class UsageError extends Error {}

/** `pdf sign` and `pdf verify`. Exit code: 0 done, 1 refused, 2 wrong usage. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const [action, ...rest] = args
  try {
    if (action === 'sign') return await sign(rest, io)
    if (action === 'verify') return await verify(rest, io)
    throw new UsageError(action ? `« pdf ${action} » n’existe pas.` : 'Précisez « sign » ou « verify ».')
  } catch (error) {
    if (error instanceof UsageError || isParseError(error)) {
      io.stderr(`${misusedOption(error) || error.message}\n${USAGE}`)
      return 2
    }
    return refuse(io, asProblem(error))
  }
}

const isParseError = (error: unknown): error is Error =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')

function asProblem(error: unknown): Problem {
  if (error instanceof SigningError) return toProblem(error)
  return fault(
    'erreur-interne',
    `L’opération a échoué : ${error instanceof Error ? error.message : String(error)}`,
  )
}

function refuse(io: CliIo, problem: Problem): number {
  if (io.json)
    io.stdout(`${JSON.stringify({ kind: 'pdf', ok: false, problems: [problem], signatures: [] }, null, 2)}\n`)
  else io.stderr(`${problem.where === '' ? '' : `${problem.where} : `}${problem.message}\n`)
  return 1
}

async function sign(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      p12: { type: 'string' },
      'pin-env': { type: 'string' },
      level: { type: 'string' },
      tsa: { type: 'string', multiple: true },
      role: { type: 'string' },
      out: { type: 'string' },
      field: { type: 'string' },
      reason: { type: 'string' },
      location: { type: 'string' },
      roots: { type: 'string' },
      page: { type: 'string' },
      x: { type: 'string' },
      y: { type: 'string' },
      width: { type: 'string' },
      height: { type: 'string' },
    },
  })
  const [file, extra] = positionals
  if (!file || extra) throw new UsageError('Indiquez un fichier PDF, et un seul.')
  if (!values.p12 || !values['pin-env'])
    throw new UsageError(
      'Indiquez le certificat (--p12) et la variable qui contient son mot de passe (--pin-env).',
    )
  const pin = process.env[values['pin-env']]
  if (pin === undefined)
    throw new UsageError(
      `La variable d’environnement ${values['pin-env']} n’est pas définie : elle doit contenir le mot de passe du certificat.`,
    )
  const level = values.level ?? (values.tsa ? 'B-T' : 'B-B')
  if (level !== 'B-B' && level !== 'B-T')
    throw new UsageError(`Le niveau « ${level} » n’est pas proposé : choisissez B-B ou B-T.`)
  if (level === 'B-T' && !values.tsa)
    throw new UsageError('Le niveau B-T demande un service d’horodatage (--tsa URL).')
  const out = values.out ?? signedName(file)
  if (!values.out && existsSync(out))
    return refuse(
      io,
      fault('fichier-existant', `Le fichier « ${out} » existe déjà. Indiquez un autre nom avec --out.`, out),
    )

  const pdf = await read(file)
  const keyFile = values.p12
  const signer = await about(keyFile, async () => openP12(await read(keyFile), pin))
  const certificate = describeCertificate(signer.certificate)
  const clock = () => new Date()
  const fieldName = values.field ?? freeFieldName(await verifyPdf(pdf))
  const options: Parameters<typeof signPdf>[2] = {
    fieldName,
    role: values.role ?? '',
    name: certificate.subject,
    claimedAt: clock(),
    level,
    ...(values.reason ? { reason: values.reason } : {}),
    ...(values.location ? { location: values.location } : {}),
    ...placementOf(values),
    ...(certificate.issuer.includes(TEST_MENTION) ? { mentions: [TEST_MENTION] } : {}),
    ...(level === 'B-T'
      ? {
          timestamp: createTimestampClient({
            urls: values.tsa ?? [],
            clock,
            ...(values.roots ? { roots: await readRoots(values.roots) } : {}),
          }),
        }
      : {}),
  }
  const signed = await about(file, () => signPdf(pdf, signer, options))
  await writeAside(out, signed.pdf)
  const report = await verifyPdf(
    signed.pdf,
    values.roots ? { roots: await readRoots(values.roots), now: clock() } : { now: clock() },
  )
  if (io.json) {
    const body = {
      kind: 'pdf',
      ok: true,
      problems: signed.warnings,
      file: out,
      signatures: report.signatures.map(plain),
    }
    io.stdout(`${JSON.stringify(body, null, 2)}\n`)
  } else {
    for (const warning of signed.warnings) io.stderr(`Attention : ${warning.message}\n`)
    io.stdout(`Signé par ${certificate.subject} (niveau ${level}) : ${out}\n`)
  }
  return 0
}

type PlacementValues = Partial<Record<'page' | 'x' | 'y' | 'width' | 'height', string>>

function placementOf(values: PlacementValues) {
  const given = [values.page, values.x, values.y, values.width, values.height]
  if (given.every((value) => value === undefined)) return {}
  const [page = Number.NaN, x = Number.NaN, y = Number.NaN, width = Number.NaN, height = Number.NaN] =
    given.map(Number)
  if (![page, x, y, width, height].every(Number.isFinite) || !Number.isInteger(page) || page < 1)
    throw new UsageError(
      'Un emplacement se donne par --page, --x, --y, --width et --height (en points, depuis le bas à gauche).',
    )
  return { placement: { page, x, y, width, height } }
}

/** `signature-1`, `signature-2`… : the first that no signature of the document bears. */
function freeFieldName(report: { signatures: readonly SignatureReport[] }): string {
  const taken = new Set(report.signatures.map((signature) => signature.field))
  let n = 1
  while (taken.has(`signature-${n}`)) n++
  return `signature-${n}`
}

const signedName = (file: string): string => {
  const { dir, name, ext } = path.parse(file)
  return path.join(dir, `${name}-signe${ext || '.pdf'}`)
}

async function verify(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { roots: { type: 'string' } },
  })
  const [file, extra] = positionals
  if (!file || extra) throw new UsageError('Indiquez un fichier PDF, et un seul.')
  const roots = values.roots ? await readRoots(values.roots) : undefined
  const report = await about(file, async () =>
    verifyPdf(await read(file), { now: new Date(), ...(roots ? { roots } : {}) }),
  )
  const problems = located(
    [...report.problems, ...report.signatures.flatMap((signature) => signature.problems)],
    file,
  )
  if (io.json) {
    const body = { kind: 'pdf', ok: report.ok, problems, signatures: report.signatures.map(plain) }
    io.stdout(`${JSON.stringify(body, null, 2)}\n`)
  } else {
    for (const signature of report.signatures) io.stdout(readable(signature))
    if (report.ok) io.stdout('Toutes les signatures sont intactes.\n')
    else for (const problem of problems) if (problem.level === 'error') io.stderr(`${problem.message}\n`)
  }
  return report.ok ? 0 : 1
}

/** The report of one signature as JSON can carry it; `null` where nothing is known. */
export function plain(signature: SignatureReport) {
  const iso = (date: Date | undefined) => date?.toISOString() ?? null
  const { certificate } = signature
  return {
    ...signature,
    trusted: signature.trusted ?? null,
    claimedAt: iso(signature.claimedAt),
    timestampAt: iso(signature.timestampAt),
    certificate: certificate
      ? { ...certificate, validFrom: iso(certificate.validFrom), validTo: iso(certificate.validTo) }
      : null,
  }
}

function readable(signature: SignatureReport): string {
  const when = (date: Date) =>
    date.toLocaleString('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'long', timeStyle: 'long' })
  const who =
    signature.kind === 'horodatage'
      ? `Horodatage du document par ${signature.signer}`
      : `Signature de ${signature.signer || 'signataire inconnu'}`
  const lines = [
    `${who} (champ « ${signature.field} », niveau ${signature.level})`,
    `  Intégrité : ${signature.integrity ? 'intacte' : 'ROMPUE'}`,
    signature.claimedAt ? `  Date déclarée : ${when(signature.claimedAt)}` : undefined,
    signature.timestampAt
      ? `  Date prouvée : ${when(signature.timestampAt)} (${signature.timestampAuthority})`
      : '  Date prouvée : aucune',
    signature.certificate ? `  Certificat délivré par : ${signature.certificate.issuer}` : undefined,
    `  Autorité : ${signature.trusted === true ? 'de confiance' : signature.trusted === false ? 'NON reconnue' : 'non vérifiée'}`,
    `  Étendue : ${signature.coversWholeDocument ? 'tout le document' : 'une version antérieure du document'}`,
    ...signature.changes.map((change) => `  Ensuite : ${change.message}`),
    ...signature.problems.map(
      (problem) => `  ${problem.level === 'error' ? 'Refus' : 'À savoir'} : ${problem.message}`,
    ),
  ]
  return `${lines.filter((line) => line !== undefined).join('\n')}\n`
}

async function readRoots(file: string): Promise<Uint8Array[]> {
  return pemCertificates(new TextDecoder('latin1').decode(await read(file)))
}

async function read(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file))
  } catch (cause) {
    throw new SigningError(
      'fichier-illisible',
      `Le fichier « ${file} » est introuvable ou ne peut pas être lu.`,
      file,
      { cause },
    )
  }
}

/** Writes beside the target, flushes, then renames: the target is never half written. */
async function writeAside(target: string, bytes: Uint8Array): Promise<void> {
  const temporary = path.join(
    path.dirname(target),
    `.${path.basename(target)}.${randomBytes(4).toString('hex')}`,
  )
  try {
    const handle = await open(temporary, 'wx')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, target)
  } catch (cause) {
    await rm(temporary, { force: true })
    throw new SigningError(
      'ecriture-impossible',
      `Le fichier « ${target} » n’a pas pu être écrit. Vérifiez le dossier et les droits.`,
      target,
      { cause },
    )
  }
}
