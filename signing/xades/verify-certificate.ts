import { createHash } from 'node:crypto'
import { DIGESTS } from './algorithms.ts'
import { type CertificateFacts, certificateFacts, sameName } from './certificate-facts.ts'
import type { SignedFacts } from './read-signature.ts'
import type { Checklist } from './report.ts'

/** Checks that the signed properties name this very certificate (pes.md §8.8, rule 5). */
export function checkBinding(list: Checklist, facts: SignedFacts, signer: CertificateFacts): void {
  const digest = DIGESTS[facts.certDigestMethod]
  list.require(
    'xades-cert-digest',
    digest !== undefined && createHash(digest.hash).update(signer.der).digest('base64') === facts.certDigest,
    'L’empreinte du certificat dans les propriétés signées ne correspond pas au certificat joint.',
  )
  if (digest)
    list.advise(
      'xades-cert-digest-obsolete',
      !digest.obsolete,
      'L’empreinte du certificat est en SHA-1, obsolète.',
    )
  list.require(
    'xades-cert-issuer',
    sameName(facts.issuerName, signer.issuerName),
    `L’émetteur annoncé (« ${facts.issuerName} ») n’est pas celui du certificat.`,
  )
  list.require(
    'xades-cert-serial',
    facts.serialNumber.replace(/^0+/, '') === signer.serial,
    'Le numéro de série annoncé n’est pas celui du certificat.',
  )
}

/** Validity at `at`, key usage and strength of the signing certificate (rules 6 and 7). */
export function checkCertificate(list: Checklist, signer: CertificateFacts, at: Date): void {
  list.require(
    'xades-cert-validity',
    at >= signer.validFrom && at <= signer.validTo,
    `Le certificat de « ${signer.subject} » n’était pas valable à la date de signature : il l’est du ${day(signer.validFrom)} au ${day(signer.validTo)}.`,
  )
  if (signer.keyUsage.length === 0)
    list.advise(
      'xades-cert-usage',
      false,
      'Le certificat ne dit pas à quoi sert sa clé : la DGFiP peut le refuser.',
    )
  else
    list.require(
      'xades-cert-usage',
      signer.keyUsage.includes('nonRepudiation'),
      'Le certificat n’est pas destiné à la signature : l’usage « non-répudiation » y manque.',
    )
  list.advise(
    'xades-cert-strength',
    signer.keyType !== 'RSA' || signer.keyBits >= 2048,
    'La clé du certificat fait moins de 2048 bits : elle est trop faible.',
  )
}

/** Looks for a path from the signer to a trusted root, every authority being valid at `at`. Revocation is not looked at. */
export function checkChain(
  list: Checklist,
  signer: CertificateFacts,
  others: readonly Uint8Array[],
  roots: readonly Uint8Array[],
  at: Date,
): void {
  const trusted = readable(roots)
  const pool = [...trusted, ...readable(others)]
  const seen = new Set<string>()
  let failure = `Aucune autorité de confiance fournie n’a émis le certificat de « ${signer.subject} ».`
  const reaches = (certificate: CertificateFacts, depth: number): boolean => {
    const print = certificate.node.fingerprint256
    if (trusted.some((root) => root.node.fingerprint256 === print)) return true
    if (depth > 8 || seen.has(print)) return false
    seen.add(print)
    return pool.some((issuer) => {
      const { node } = certificate
      if (!node.checkIssued(issuer.node) || !node.verify(issuer.node.publicKey)) return false
      if (!issuer.isAuthority || (issuer.keyUsage.length > 0 && !issuer.keyUsage.includes('keyCertSign'))) {
        failure = `« ${issuer.subject} » a émis le certificat sans être une autorité de certification.`
        return false
      }
      if (at < issuer.validFrom || at > issuer.validTo) {
        failure = `L’autorité « ${issuer.subject} » n’était pas valable à la date de signature.`
        return false
      }
      return reaches(issuer, depth + 1)
    })
  }
  list.require('xades-chain', reaches(signer, 0), failure)
}

function readable(ders: readonly Uint8Array[]): CertificateFacts[] {
  return ders.flatMap((der) => {
    try {
      return [certificateFacts(der)]
    } catch {
      // A certificate of the chain that cannot be read simply does not help to build the path.
      return []
    }
  })
}

const day = (date: Date): string => date.toISOString().slice(0, 10).split('-').reverse().join('/')
