import { createPrivateKey, createPublicKey, type KeyObject, sign as nodeSign } from 'node:crypto'
import { sameBytes } from '../cms/der.ts'
import { fault, type Problem, type Signer, SigningError, warning } from '../types.ts'
import { certificateParts, describeCertificate } from './certificate.ts'
import { damagedP12, type P12Content, readP12Legacy, readP12Modern } from './p12-read.ts'

/**
 * Opens a `.p12`/`.pfx` (PBES2, or the older 3DES and RC2) and gives a signer whose key never leaves this module.
 * Throws SigningError: `pin-faux`, `p12-endommage`, `p12-sans-cle`, `p12-sans-certificat`, `cle-non-prise-en-charge`.
 */
export async function openP12(bytes: Uint8Array, pin: string): Promise<Signer> {
  if (bytes[0] !== 0x30) throw damagedP12()
  const content = await readP12Modern(bytes, pin).catch((error: unknown) => {
    if (error instanceof SigningError && error.code !== 'p12-format-ancien') throw error
    return readP12Legacy(bytes, pin)
  })
  return signerOf(content)
}

function signerOf(content: P12Content): Signer {
  if (!content.privateKey)
    throw new SigningError(
      'p12-sans-cle',
      'Ce fichier .p12 ne contient pas de clé privée : il ne permet pas de signer. Exportez le certificat « avec la clé privée ».',
    )
  const key = openKey(content.privateKey)
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' })
  const certificate = content.certificates.find((der) => sameKey(der, publicKey))
  if (!certificate)
    throw new SigningError(
      'p12-sans-certificat',
      'Ce fichier .p12 ne contient pas le certificat qui correspond à sa clé privée.',
    )
  const keyType = key.asymmetricKeyType === 'rsa' ? 'RSA' : 'EC'
  return {
    certificate,
    chain: orderChain(
      certificate,
      content.certificates.filter((der) => der !== certificate),
    ),
    keyType,
    sign: async (data) => new Uint8Array(nodeSign('sha256', data, { key, dsaEncoding: 'ieee-p1363' })),
  }
}

function openKey(pkcs8: Uint8Array): KeyObject {
  let key: KeyObject
  try {
    key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  } catch (cause) {
    throw damagedP12(cause)
  }
  const rsa = key.asymmetricKeyType === 'rsa'
  if (!rsa && !(key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1'))
    throw new SigningError(
      'cle-non-prise-en-charge',
      'La clé de ce certificat n’est ni RSA ni à courbe elliptique P-256 : elle ne peut pas servir ici.',
    )
  return key
}

function sameKey(der: Uint8Array, spki: Uint8Array): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.from(certificateParts(der).spkiRaw),
      format: 'der',
      type: 'spki',
    })
    return sameBytes(key.export({ format: 'der', type: 'spki' }), spki)
  } catch {
    return false
  }
}

/** Issuers from the one that issued `certificate` up to the root; unrelated certificates are dropped. */
export function orderChain(certificate: Uint8Array, others: readonly Uint8Array[]): Uint8Array[] {
  const chain: Uint8Array[] = []
  let current = certificateParts(certificate)
  const rest = others.map(certificateParts)
  while (!sameBytes(current.issuerRaw, current.subjectRaw)) {
    const found = rest.findIndex((candidate) => sameBytes(candidate.subjectRaw, current.issuerRaw))
    const issuer = rest[found]
    if (!issuer) break
    rest.splice(found, 1)
    chain.push(issuer.der)
    current = issuer
  }
  return chain
}

/**
 * Says whether a signer's certificate may sign at the instant `now`: dates, key usage, key strength, kind.
 * Gives problems instead of throwing; see `requireUsable` for the throwing form.
 */
export function checkUsable(signer: Pick<Signer, 'certificate'>, now: Date): Problem[] {
  const about = describeCertificate(signer.certificate)
  const problems: Problem[] = []
  const day = (date: Date) =>
    date.toLocaleDateString('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'long' })
  if (now < about.validFrom)
    problems.push(
      fault(
        'certificat-pas-encore-valide',
        `Le certificat de ${about.subject} n’est valable qu’à partir du ${day(about.validFrom)}.`,
        about.subject,
      ),
    )
  if (now > about.validTo)
    problems.push(
      fault(
        'certificat-expire',
        `Le certificat de ${about.subject} a expiré le ${day(about.validTo)}. Il faut le renouveler auprès de l’autorité qui l’a délivré.`,
        about.subject,
      ),
    )
  if (about.isAuthority)
    problems.push(
      fault(
        'certificat-d-autorite',
        `Le certificat « ${about.subject} » est celui d’une autorité de certification, pas d’une personne.`,
        about.subject,
      ),
    )
  const usage = about.keyUsage
  if (usage.length > 0 && !usage.includes('nonRepudiation') && !usage.includes('digitalSignature'))
    problems.push(
      fault(
        'certificat-non-signataire',
        `Le certificat de ${about.subject} n’est pas prévu pour signer (usage de clé sans signature ni non-répudiation). Choisissez le certificat de signature.`,
        about.subject,
      ),
    )
  if (about.keyType === 'RSA' && about.keyBits < 2048)
    problems.push(
      fault(
        'cle-trop-courte',
        `La clé RSA du certificat de ${about.subject} (${about.keyBits} bits) est trop courte : il faut au moins 2048 bits.`,
        about.subject,
      ),
    )
  const left = about.validTo.getTime() - now.getTime()
  if (left >= 0 && left < 30 * 86_400_000)
    problems.push(
      warning(
        'certificat-bientot-expire',
        `Le certificat de ${about.subject} expire le ${day(about.validTo)}.`,
        about.subject,
      ),
    )
  return problems
}

/** Throws the first blocking problem of `checkUsable`. */
export function requireUsable(signer: Pick<Signer, 'certificate'>, now: Date): void {
  const first = checkUsable(signer, now).find((problem) => problem.level === 'error')
  if (first) throw new SigningError(first.code, first.message, first.where)
}
