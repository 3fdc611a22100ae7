import { createHash, verify, X509Certificate } from 'node:crypto'
import { describeCertificate } from '../keys/certificate.ts'
import type { Signer } from '../types.ts'
import type { XadesVersion } from './algorithms.ts'
import { attribute, elementsById } from './attributes.ts'
import { elementDigest } from './canonical.ts'
import { buildSignature, type SigningPlace } from './dgfip-profile.ts'
import { type PesLayout, readLayout } from './pes-layout.ts'
import { DGFIP_POLICY, type SignaturePolicy } from './policy.ts'
import { refuse } from './refuse.ts'
import { openSource, place, type SourceElement, type XmlSource } from './source.ts'

export type XadesOptions = {
  /** `bordereaux`: all of them; `flow`: one signature at the root; else the Ids of the bordereaux to sign. */
  targets: 'bordereaux' | 'flow' | readonly string[]
  /** XAdES version written; 1.1.1 is the one that the PES schema imports. */
  profile?: XadesVersion
  signingTime: Date
  /** DER of the signing certificate (RSA). */
  certificate: Uint8Array
  /**
   * Authorities to join after the certificate (DER). Left out by default: every flow of a known producer carries the
   * signer's certificate alone.
   */
  chain?: readonly Uint8Array[]
  policy?: SignaturePolicy
  /** Quality of the signer: « Maire », « Ordonnateur »… Required by the DGFiP policy §4.2.2. */
  role: string
  /** Left out of the signature when it is not known; every flow seen has it. */
  place?: SigningPlace
}

/** One signature to come. Plain JSON except `toSign`. */
export type PreparedSignature = {
  /** Id of the ds:Signature. */
  id: string
  targetId: string
  /** Byte offset in the original file where it goes. */
  offset: number
  before: string
  after: string
  toSign: Uint8Array
}

/** A file frozen for signature: its bytes, their SHA-256, and what is to be spliced in. */
export type PreparedXades = {
  bytes: Uint8Array
  sha256: string
  certificate: Uint8Array
  signatures: PreparedSignature[]
}

export const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/**
 * First half of a DGFiP XAdES-EPES signature: says which bytes the key must sign (RSA PKCS#1 v1.5, SHA-256), one entry
 * per signature. The file is not changed.
 * Refuses (SigningError): not a PES_Aller, nothing to sign, Id missing or doubled, already signed, key not RSA, role or place empty.
 */
export function prepareXades(
  bytes: Uint8Array,
  options: XadesOptions,
): { toSign: { id: string; bytes: Uint8Array }[]; prepared: PreparedXades } {
  const source = openSource(bytes)
  const layout = readLayout(source)
  assertOptions(options)
  const targets = chooseTargets(source, layout, options.targets)
  const byId = elementsById(source)
  const { issuerName, serial: serialNumber } = describeCertificate(options.certificate)
  const signatures = targets.map(({ element, label }): PreparedSignature => {
    const targetId = attribute(source, element, 'Id') ?? ''
    assertId(source, element, label, targetId, byId)
    const signatureId = freshId(targetId, byId)
    const built = buildSignature({
      targetId,
      signatureId,
      targetDigest: elementDigest(source, element, 'sha256'),
      version: options.profile ?? '1.1.1',
      signingTime: options.signingTime,
      certificate: options.certificate,
      chain: options.chain ?? [],
      issuerName,
      serialNumber,
      policy: options.policy ?? DGFIP_POLICY,
      role: options.role.trim(),
      ...(options.place ? { place: options.place } : {}),
    })
    return { id: signatureId, targetId, offset: element.closeStart, ...built }
  })
  const prepared = { bytes, sha256: sha256Hex(bytes), certificate: options.certificate, signatures }
  return { toSign: signatures.map((s) => ({ id: s.id, bytes: s.toSign })), prepared }
}

/**
 * Second half: checks each signature value against the certificate and splices the signatures in, leaving every byte
 * of the original where it was. `signatures` gives the raw values by the ids of `toSign`.
 * Refuses (SigningError): file changed since the preparation, value missing, value that does not verify.
 */
export function completeXades(
  prepared: PreparedXades,
  signatures: ReadonlyMap<string, Uint8Array>,
): Uint8Array {
  if (sha256Hex(prepared.bytes) !== prepared.sha256)
    throw refuse(
      'xades-changed',
      'Le fichier a changé depuis la préparation de la signature. Recommencez la signature.',
    )
  const key = new X509Certificate(prepared.certificate).publicKey
  const parts: Uint8Array[] = []
  let from = 0
  for (const one of [...prepared.signatures].sort((a, b) => a.offset - b.offset)) {
    const value = signatures.get(one.id)
    if (!value)
      throw refuse('xades-value-missing', `La signature de « ${one.targetId} » n’a pas été reçue.`, one.id)
    if (!verify('sha256', one.toSign, key, value))
      throw refuse(
        'xades-value-wrong',
        `La signature de « ${one.targetId} » ne correspond pas au certificat annoncé. Rien n’a été écrit.`,
        one.id,
      )
    const text = one.before + Buffer.from(value).toString('base64') + one.after
    parts.push(prepared.bytes.subarray(from, one.offset), Buffer.from(text, 'latin1'))
    from = one.offset
  }
  parts.push(prepared.bytes.subarray(from))
  return Buffer.concat(parts)
}

/** Prepares, has `signer` sign, and completes. Same refusals, plus those of the signer (PIN, card). */
export async function signXades(
  bytes: Uint8Array,
  signer: Signer,
  options: Omit<XadesOptions, 'certificate'>,
): Promise<Uint8Array> {
  if (signer.keyType !== 'RSA') throw notRsa()
  const { toSign, prepared } = prepareXades(bytes, { ...options, certificate: signer.certificate })
  const values = new Map<string, Uint8Array>()
  for (const { id, bytes: data } of toSign) values.set(id, await signer.sign(data))
  return completeXades(prepared, values)
}

const notRsa = () =>
  refuse(
    'xades-key-not-rsa',
    'La DGFiP n’accepte que les signatures RSA : choisissez un certificat à clé RSA.',
    'certificat',
  )

function assertOptions(options: XadesOptions): void {
  if (!options.role.trim())
    throw refuse(
      'xades-role-missing',
      'Indiquez la qualité du signataire (« Maire », « Ordonnateur »…).',
      'rôle',
    )
  if (options.place && !(options.place.city.trim() && options.place.postalCode.trim()))
    throw refuse('xades-place-missing', 'Indiquez la ville et le code postal du lieu de signature.', 'lieu')
  if (describeCertificate(options.certificate).keyType !== 'RSA') throw notRsa()
}

type Target = { element: SourceElement; label: string }

function chooseTargets(source: XmlSource, layout: PesLayout, wanted: XadesOptions['targets']): Target[] {
  const where = (element: SourceElement) => place(source.text, element.start)
  if (layout.misplaced[0])
    throw refuse(
      'xades-misplaced',
      'Le fichier contient une signature ailleurs qu’à la fin d’un bordereau ou du flux. Il ne peut pas être signé.',
      where(layout.misplaced[0]),
    )
  if (layout.rootSignatures[0])
    throw refuse(
      'xades-already-signed',
      'Le flux porte déjà une signature globale.',
      where(layout.rootSignatures[0]),
    )
  if (layout.bordereaux.length === 0)
    throw refuse('xades-nothing-to-sign', 'Le flux ne contient aucun bordereau à signer.', 'PES_Aller')
  if (wanted === 'flow') {
    const signed = layout.bordereaux.find((b) => b.signatures.length > 0)
    // With a second signature in the file the DGFiP would read the global one as merely technical.
    if (signed)
      throw refuse(
        'xades-already-signed',
        `Le ${signed.label} est déjà signé : le flux ne peut plus recevoir de signature globale.`,
        where(signed.element),
      )
    return [{ element: layout.root, label: 'flux' }]
  }
  const chosen = layout.bordereaux.filter((b) => wanted === 'bordereaux' || (b.id && wanted.includes(b.id)))
  const missing = wanted === 'bordereaux' ? undefined : wanted.find((id) => !chosen.some((b) => b.id === id))
  if (missing !== undefined || chosen.length === 0)
    throw refuse(
      'xades-unknown-target',
      `Aucun bordereau n’a l’identifiant « ${missing ?? ''} ».`,
      'PES_Aller',
    )
  const signed = chosen.find((b) => b.signatures.length > 0)
  if (signed)
    throw refuse('xades-already-signed', `Le ${signed.label} est déjà signé.`, where(signed.element))
  return chosen
}

function assertId(
  source: XmlSource,
  element: SourceElement,
  label: string,
  id: string,
  byId: Map<string, SourceElement[]>,
): void {
  const where = place(source.text, element.start)
  if (!id)
    throw refuse(
      'xades-id-missing',
      `Le ${label} n’a pas d’attribut Id : il ne peut pas être désigné par une signature. Ajoutez-le avant de signer.`,
      where,
    )
  if (!/^[A-Za-z_][\w.-]*$/.test(id))
    throw refuse(
      'xades-id-invalid',
      `L’identifiant « ${id} » du ${label} doit commencer par une lettre.`,
      where,
    )
  if ((byId.get(id)?.length ?? 0) > 1)
    throw refuse('xades-id-twice', `L’identifiant « ${id} » apparaît plusieurs fois dans le fichier.`, where)
  if (element.closeStart === element.end) throw refuse('xades-empty-target', `Le ${label} est vide.`, where)
}

function freshId(targetId: string, byId: ReadonlyMap<string, unknown>): string {
  for (let n = 1; ; n++) {
    const id = `${targetId}_SIG_${n}`
    if (!byId.has(id) && !byId.has(`${id}_SP`) && !byId.has(`${id}_SV`)) return id
  }
}
