import { X509Certificate } from 'node:crypto'
import { childrenOf, readDer, sameBytes } from '../cms/der.ts'
import { certificateParts, describeCertificate, isAuthority, keyUsageOf } from '../keys/certificate.ts'
import { fault, type Problem } from '../types.ts'

/** Extensions a path may carry as critical because this module (or its caller) enforces them. */
const UNDERSTOOD = new Set([
  '2.5.29.15',
  '2.5.29.19',
  '2.5.29.37',
  '2.5.29.32',
  '2.5.29.14',
  '2.5.29.35',
  '2.5.29.17',
])

export type ChainResult = {
  readonly trusted: boolean
  readonly path: readonly Uint8Array[]
  readonly problems: readonly Problem[]
}

/**
 * Builds and checks a path from `certificate` to one of `roots` (DER): names, signatures, validity at the instant `at`,
 * authority flag, certificate signing usage, path length, unknown critical extensions. A trusted certificate may itself be an
 * issuing authority (trusted lists give those). Revocation is not looked at here.
 */
export function checkChain(
  certificate: Uint8Array,
  intermediates: readonly Uint8Array[],
  roots: readonly Uint8Array[],
  at: Date,
): ChainResult {
  const problems: Problem[] = []
  const path = findPath(certificate, intermediates, roots, 0)
  if (!path) {
    const about = describeCertificate(certificate)
    problems.push(
      fault(
        'autorite-inconnue',
        `Le certificat de ${about.subject} a été délivré par « ${about.issuer} », qui ne mène à aucune autorité de confiance connue.`,
        about.subject,
      ),
    )
    return { trusted: false, path: [certificate], problems }
  }
  path.forEach((der, depth) => {
    problems.push(...checkOne(der, depth, at))
  })
  return { trusted: problems.length === 0, path, problems }
}

function findPath(
  certificate: Uint8Array,
  pool: readonly Uint8Array[],
  roots: readonly Uint8Array[],
  depth: number,
): Uint8Array[] | undefined {
  if (roots.some((root) => sameBytes(root, certificate))) return [certificate]
  if (depth > 8) return undefined
  for (const candidate of [...roots, ...pool]) {
    if (sameBytes(candidate, certificate) || !issued(candidate, certificate)) continue
    const rest = findPath(
      candidate,
      pool.filter((der) => der !== candidate),
      roots,
      depth + 1,
    )
    if (rest) return [certificate, ...rest]
  }
  return undefined
}

function issued(issuer: Uint8Array, subject: Uint8Array): boolean {
  if (!sameBytes(certificateParts(issuer).subjectRaw, certificateParts(subject).issuerRaw)) return false
  try {
    return new X509Certificate(subject).verify(new X509Certificate(issuer).publicKey)
  } catch {
    return false
  }
}

function checkOne(der: Uint8Array, depth: number, at: Date): Problem[] {
  const about = describeCertificate(der)
  const parts = certificateParts(der)
  const problems: Problem[] = []
  const say = (code: string, message: string) => problems.push(fault(code, message, about.subject))
  const day = (date: Date) =>
    date.toLocaleDateString('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'long' })
  if (at < about.validFrom)
    say(
      'certificat-pas-encore-valide',
      `Le certificat de ${about.subject} n’était pas encore valable le ${day(at)}.`,
    )
  if (at > about.validTo)
    say(
      'certificat-expire',
      `Le certificat de ${about.subject} avait expiré (fin de validité : ${day(about.validTo)}).`,
    )
  const unknown = parts.extensions.find((extension) => extension.critical && !UNDERSTOOD.has(extension.oid))
  if (unknown)
    say(
      'extension-inconnue',
      `Le certificat de ${about.subject} porte une contrainte que ce programme ne connaît pas (${unknown.oid}).`,
    )
  if (depth === 0) return problems
  const usage = keyUsageOf(parts)
  if (!isAuthority(parts) || (usage.length > 0 && !usage.includes('keyCertSign')))
    say(
      'autorite-non-habilitee',
      `Le certificat « ${about.subject} » n’a pas le droit d’en délivrer d’autres.`,
    )
  const limit = pathLimit(parts)
  if (limit !== undefined && depth - 1 > limit)
    say(
      'chaine-trop-longue',
      `L’autorité « ${about.subject} » n’a pas le droit de déléguer à une autre autorité.`,
    )
  return problems
}

function pathLimit(parts: ReturnType<typeof certificateParts>): number | undefined {
  const found = parts.extensions.find((extension) => extension.oid === '2.5.29.19')
  const limit = found && childrenOf(readDer(found.value)).find((node) => node.tag === 0x02)
  return limit?.content.reduce((sum, byte) => sum * 256 + byte, 0)
}
