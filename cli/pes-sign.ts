import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Problem, Refusal, warning } from '../core/refusal.ts'
import { checkPes, type PesCheck } from '../exports/pes/check.ts'
import { prepareForSignature } from '../exports/pes/dematerialise.ts'
import { describeCertificate } from '../signing/keys/certificate.ts'
import { openP12, requireUsable } from '../signing/keys/p12.ts'
import { type Signer, SigningError } from '../signing/types.ts'
import { sha256Hex, signXades } from '../signing/xades/prepare.ts'
import { removeSignatures } from '../signing/xades/remove.ts'
import { verifyXades } from '../signing/xades/verify.ts'
import { about } from './about.ts'
import type { CliIo } from './io.ts'
import { json, misused, notAFlow, open, type PesValues, refused, tell } from './pes-io.ts'

/** `pes sign`: refuses before anything is written; what is written was verified and gives the input back without its signatures. */
export async function sign(file: string, values: PesValues, io: CliIo, now: Date): Promise<number> {
  const { p12, scope, xades, city } = values
  const pinEnv = values['pin-env']
  const postalCode = values['postal-code']
  const known = (scope === 'bordereau' || scope === 'flow') && (xades === '1.1.1' || xades === '1.2.2')
  if (!p12 || !pinEnv || !known || (city === undefined) !== (postalCode === undefined)) return misused(io)
  const original = open(file)
  const out = values.out ?? file.replace(/(\.xml)?$/i, '.signe.xml')
  if (path.resolve(out) === path.resolve(file) || (values.out === undefined && existsSync(out)))
    throw new Refusal(
      'OUT_EXISTS',
      `Le fichier « ${out} » existe déjà. Choisissez un autre nom avec --out.`,
      { family: 'conflict', where: out },
    )
  const check = checkPes(original, { name: path.basename(file) })
  const blocking = whyNotToSign(check, values.prepare === true)
  if (blocking.length > 0) return refused(check.kind, blocking, io)
  const { bytes, changes } = values.prepare
    ? prepareForSignature(original, { root: scope === 'flow' })
    : { bytes: original, changes: [] }
  const signer = await openKey(p12, pinEnv, now)
  const place = city !== undefined && postalCode !== undefined ? { city, postalCode } : undefined
  const signed = await signXades(bytes, signer, {
    targets: scope === 'flow' ? 'flow' : 'bordereaux',
    profile: xades,
    signingTime: now,
    role: values.role,
    ...(place ? { place } : {}),
  })
  const report = verifyXades(signed, { now, intermediates: signer.chain })
  const faults = report.problems.filter((p) => p.level === 'error' && p.code !== 'xades-cert-usage')
  if (faults.length > 0) return refused(check.kind, faults, io)
  if (Buffer.compare(removeSignatures(signed), bytes) !== 0)
    throw new Refusal('PES_CHANGED', 'La signature aurait modifié le flux : rien n’a été écrit.', {
      family: 'impossible',
    })
  save(out, signed)
  const problems = [...check.problems.filter((p) => p.code !== 'PES_UNSIGNED'), ...remarks(report.problems)]
  if (io.json)
    io.stdout(
      json({
        kind: check.kind,
        ok: true,
        problems,
        xsd: check.xsd,
        out,
        sha256: sha256Hex(signed),
        changes,
        signatures: report.signatures,
      }),
    )
  else {
    for (const change of changes) io.stdout(`${change}\n`)
    io.stdout(
      `${report.signatures.length > 1 ? `${report.signatures.length} signatures écrites` : 'Signature écrite'} : ${out}\n`,
    )
    if (check.xsd === 'absent')
      io.stderr(
        'À savoir : le schéma officiel est absent, le flux n’y a pas été confronté avant signature.\n',
      )
    tell(problems, io)
  }
  return 0
}

// The chain is not known from a .p12 alone, and a weak key usage is the signer's choice: both are told once; InfoDematerialisee was told before.
const remarks = (problems: readonly Problem[]): Problem[] => {
  const codes = new Set<string>()
  return problems
    .filter(
      (p) =>
        p.code !== 'xades-chain' &&
        p.code !== 'xades-not-dematerialised' &&
        !codes.has(p.code) &&
        codes.add(p.code),
    )
    .map((p) => ({ ...p, level: 'warning' }))
}

function whyNotToSign(check: PesCheck, prepare: boolean): Problem[] {
  if (check.kind !== 'pes-aller') throw notAFlow(check)
  const signature = check.signatures[0]
  if (signature)
    throw new Refusal(
      'PES_SIGNED',
      'Le flux porte déjà une signature : il n’est pas signé une seconde fois.',
      {
        family: 'conflict',
        where: `ligne ${signature.line}`,
      },
    )
  const problems = check.problems.filter((p) => p.level === 'error')
  const mixed = check.problems.find((p) => p.code === 'PES_DEMATERIALISED_MIXED')
  if (mixed && !prepare)
    problems.push({
      ...mixed,
      level: 'error',
      message: `${mixed.message} Relancez avec --prepare pour mettre 1 partout.`,
    })
  const demat = check.summary.message === 'PES_Aller' ? Object.values(check.summary.dematerialised) : []
  if (!prepare && !mixed && demat.includes(false))
    check.problems.push(
      warning(
        'PES_DEMATERIALISED',
        'InfoDematerialisee vaut 0 : le flux est signé tel quel, mais la DGFiP peut le rejeter. Avec --prepare, le flux est d’abord mis à 1.',
      ),
    )
  return problems
}

async function openKey(file: string, variable: string, now: Date): Promise<Signer> {
  const pin = process.env[variable]
  if (pin === undefined)
    throw new Refusal(
      'PIN_MISSING',
      `La variable d’environnement ${variable} ne contient pas le code de la clé.`,
      { where: variable },
    )
  const signer = await about(file, () => openP12(open(file), pin))
  requireUsable(signer, now)
  if (describeCertificate(signer.certificate).keyType !== 'RSA')
    throw new SigningError(
      'xades-key-not-rsa',
      'La DGFiP n’accepte que les signatures RSA : choisissez un certificat à clé RSA.',
      file,
    )
  return signer
}

/** Written beside, synced, then renamed: a file of that name is whole or is not there. */
function save(out: string, bytes: Uint8Array): void {
  const temporary = path.join(path.dirname(out), `.${path.basename(out)}.${randomUUID()}.tmp`)
  try {
    const handle = openSync(temporary, 'wx', 0o644)
    try {
      writeFileSync(handle, bytes)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(temporary, out)
  } catch {
    rmSync(temporary, { force: true })
    throw new Refusal(
      'FILE_UNWRITABLE',
      `Impossible d’écrire « ${out} » : le dossier n’existe pas, est plein ou n’est pas accessible.`,
      {
        family: 'impossible',
        where: out,
      },
    )
  }
}
