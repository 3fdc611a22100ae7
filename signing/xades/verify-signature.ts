import { createHash, verify } from 'node:crypto'
import { CANONICALISATIONS, DIGESTS, SIGNATURES, XADES_NAMESPACES } from './algorithms.ts'
import { canonicalElement } from './canonical.ts'
import { type CertificateFacts, certificateFacts } from './certificate-facts.ts'
import { KNOWN_POLICIES, type SignaturePolicy } from './policy.ts'
import { type ReadSignature, readSignature, readSignedFacts, type SignedFacts } from './read-signature.ts'
import { type Checklist, checklist, type SignatureReport } from './report.ts'
import { place, type SourceElement, type XmlSource } from './source.ts'
import { checkBinding, checkCertificate, checkChain } from './verify-certificate.ts'
import { checkReferences } from './verify-references.ts'

export type VerifyOptions = {
  /** DER of the trusted authorities; absent: the chain is told as "not verified". */
  roots?: readonly Uint8Array[]
  /** DER of further certificates that may help to reach a root. */
  intermediates?: readonly Uint8Array[]
  now: Date
  policies?: readonly SignaturePolicy[]
}

const INTEGRITY = ['xades-target', 'xades-content-digest', 'xades-properties-digest', 'xades-value']

type Place = { parent: SourceElement; parentId: string; target: string; kind: SignatureReport['kind'] }

/** Verdict on one ds:Signature standing in `at.parent`: every rule of pes.md §8.8 that concerns it alone. */
export function verifySignature(
  source: XmlSource,
  byId: ReadonlyMap<string, SourceElement[]>,
  element: SourceElement,
  at: Place,
  options: VerifyOptions,
): SignatureReport {
  const list = checklist()
  const signature = readSignature(source, element)
  const facts = readSignedFacts(source, signature.properties)
  const signer = chooseCertificate(signature, facts)
  checkStructure(list, signature, byId)
  checkReferences({ source, byId, list }, signature, at.parent, at.parentId)
  checkValue(list, source, signature, signer)
  checkDeclarations(list, facts, options)
  if (signer) {
    checkBinding(list, facts, signer)
    const claimed = readTime(facts.signingTime) ?? options.now
    checkCertificate(list, signer, claimed)
    const others = [...signature.certificates, ...(options.intermediates ?? [])]
    if (options.roots) checkChain(list, signer, others, options.roots, claimed)
    else
      list.cannotSay('xades-chain', 'Confiance non vérifiée : aucune autorité de confiance n’a été fournie.')
    list.cannotSay('xades-revocation', 'Révocation non vérifiée.')
  }
  const failed = list.checks.some((c) => c.outcome === 'failed')
  return {
    id: signature.id,
    where: place(source.text, element.start),
    target: at.target,
    targetId: at.parentId,
    kind: at.kind,
    integrity: INTEGRITY.every((rule) => list.checks.some((c) => c.rule === rule && c.outcome === 'ok')),
    verdict: failed
      ? 'invalid'
      : list.checks.some((c) => c.outcome === 'warning')
        ? 'validWithWarnings'
        : 'valid',
    signer: signer && {
      subject: signer.subject,
      issuer: signer.issuerName,
      serialNumber: signer.serial,
      notBefore: signer.validFrom.toISOString(),
      notAfter: signer.validTo.toISOString(),
    },
    role: facts.role,
    signingTime: facts.signingTime,
    city: facts.city,
    postalCode: facts.postalCode,
    policy: facts.policyIdentifier,
    xadesVersion: versionOf(signature) ?? '',
    algorithm: signature.signatureMethod.replace(/^.*#/, ''),
    checks: list.checks,
  }
}

const versionOf = (signature: ReadSignature): string | undefined =>
  Object.entries({ ...XADES_NAMESPACES, '1.1': 'http://uri.etsi.org/01903#' }).find(
    ([, uri]) => uri === signature.qualifying?.namespace,
  )?.[0]

function checkStructure(
  list: Checklist,
  signature: ReadSignature,
  byId: ReadonlyMap<string, SourceElement[]>,
): void {
  list.require(
    'xades-id',
    signature.id !== '',
    'La signature n’a pas d’attribut Id : la télétransmission la refuserait.',
  )
  list.require(
    'xades-id-unique',
    signature.id === '' || byId.get(signature.id)?.length === 1,
    `L’identifiant « ${signature.id} » apparaît plusieurs fois dans le fichier.`,
  )
  list.require(
    'xades-foreign-content',
    signature.foreignContent.length === 0,
    'La signature contient autre chose que ses propriétés : un contenu caché peut s’y trouver.',
  )
  list.require(
    'xades-version',
    versionOf(signature) !== undefined,
    signature.qualifying
      ? `Version de XAdES non acceptée par la DGFiP : « ${signature.qualifying.namespace} ».`
      : 'Ce n’est pas une signature XAdES : les propriétés signées manquent.',
  )
  if (signature.qualifying)
    list.require(
      'xades-qualifying-target',
      signature.qualifying.target.replace(/^#/, '') === signature.id,
      'Les propriétés ne se rapportent pas à cette signature (attribut Target).',
    )
  list.advise(
    'xades-unsigned-properties',
    !signature.hasUnsigned,
    'La signature porte des propriétés non signées, que le profil de la DGFiP ne prévoit pas.',
  )
}

function checkValue(
  list: Checklist,
  source: XmlSource,
  signature: ReadSignature,
  signer: CertificateFacts | undefined,
): void {
  list.require(
    'xades-certificate',
    signer !== undefined,
    'Le certificat du signataire manque ou est illisible.',
  )
  const c14n = CANONICALISATIONS[signature.canonicalisation.algorithm]
  list.require(
    'xades-c14n',
    c14n?.mode === 'exclusive' && !c14n.withComments,
    'La canonicalisation n’est pas exclusive : la DGFiP la refuse.',
  )
  const algorithm = SIGNATURES[signature.signatureMethod]
  list.require(
    'xades-algorithm',
    algorithm !== undefined,
    `Algorithme de signature non accepté : « ${signature.signatureMethod} ».`,
  )
  if (algorithm) list.advise('xades-obsolete', !algorithm.obsolete, 'La signature utilise SHA-1, obsolète.')
  if (!signer || !c14n || !algorithm || !signature.signedInfo) return
  const options = { ...c14n, inclusivePrefixes: signature.canonicalisation.prefixes }
  const data = canonicalElement(source, signature.signedInfo, undefined, options)
  const sound =
    signer.node.publicKey.asymmetricKeyType === algorithm.key &&
    verify(algorithm.hash, data, signer.node.publicKey, signature.value)
  list.require(
    'xades-value',
    sound,
    'La valeur de la signature est fausse : elle n’a pas été faite par ce certificat sur ce contenu.',
  )
}

function checkDeclarations(list: Checklist, facts: SignedFacts, options: VerifyOptions): void {
  const time = readTime(facts.signingTime)
  list.require(
    'xades-time',
    time !== undefined && facts.signingTime.endsWith('Z'),
    facts.signingTime
      ? `La date de signature « ${facts.signingTime} » n’est pas en UTC (Z).`
      : 'La date de signature manque.',
  )
  // Five minutes: the tolerance for two clocks that disagree.
  if (time)
    list.advise(
      'xades-time-future',
      time.getTime() <= options.now.getTime() + 300_000,
      'La date de signature est dans le futur.',
    )
  list.require('xades-role', facts.role !== '', 'La qualité du signataire (rôle) manque.')
  list.advise('xades-place', facts.city !== '', 'Le lieu de signature manque.')
  if (!list.require('xades-policy', facts.policyIdentifier !== '', 'La politique de signature manque.'))
    return
  const policy = (options.policies ?? KNOWN_POLICIES).find((p) => p.identifier === facts.policyIdentifier)
  list.advise(
    'xades-policy-known',
    policy !== undefined && policy.hash === facts.policyHash && policy.spuri === facts.policyUri,
    policy
      ? 'L’empreinte ou l’adresse de la politique de signature n’est pas celle qui est configurée.'
      : `La politique de signature « ${facts.policyIdentifier} » n’est pas dans la liste configurée.`,
  )
}

function readTime(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.test(text)) return undefined
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? undefined : date
}

/** The certificate whose digest is signed; else the first, so that the mismatch is told. */
function chooseCertificate(signature: ReadSignature, facts: SignedFacts): CertificateFacts | undefined {
  const digest = DIGESTS[facts.certDigestMethod]
  const named = signature.certificates.find(
    (der) => digest && createHash(digest.hash).update(der).digest('base64') === facts.certDigest,
  )
  const der = named ?? signature.certificates[0]
  if (!der) return undefined
  try {
    return certificateFacts(der)
  } catch {
    // Said by the rule xades-certificate.
    return undefined
  }
}
