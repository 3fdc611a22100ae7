import { attribute, descend, isDs, localName, namespaceOf, textOf } from './attributes.ts'
import type { SourceElement, XmlSource } from './source.ts'

export type ReadReference = {
  uri: string | undefined
  transforms: { algorithm: string; prefixes: string[] }[]
  digestMethod: string
  digestValue: string
}

/** The parts of one ds:Signature, found but not judged. */
export type ReadSignature = {
  element: SourceElement
  id: string
  signedInfo: SourceElement | undefined
  canonicalisation: { algorithm: string; prefixes: string[] }
  signatureMethod: string
  references: ReadReference[]
  value: Uint8Array
  certificates: Uint8Array[]
  /** Something else than one QualifyingProperties inside the ds:Object elements, or other children than expected. */
  foreignContent: SourceElement[]
  qualifying: { element: SourceElement; namespace: string; target: string } | undefined
  properties: SourceElement | undefined
  propertiesId: string
  hasUnsigned: boolean
}

const base64 = (text: string): Buffer => Buffer.from(text.replace(/\s+/g, ''), 'base64')

/** Finds the parts of a ds:Signature, tolerant of the habits of the producers (prefixes, missing Type or `#`). */
export function readSignature(source: XmlSource, element: SourceElement): ReadSignature {
  const ds = (parent: SourceElement | undefined, name: string) =>
    parent?.children.filter((c) => isDs(source, c, name)) ?? []
  const [signedInfo, ...otherInfos] = ds(element, 'SignedInfo')
  const [value, ...otherValues] = ds(element, 'SignatureValue')
  const [keyInfo, ...otherKeys] = ds(element, 'KeyInfo')
  const objects = ds(element, 'Object')
  const expected = new Set([signedInfo, value, keyInfo, ...objects])
  const inObjects = objects.flatMap((o) => o.children)
  const qualifying = inObjects.filter((e) => localName(e) === 'QualifyingProperties')
  const [own] = qualifying
  const properties = own && descend(own, 'SignedProperties')
  return {
    element,
    id: attribute(source, element, 'Id') ?? '',
    signedInfo,
    canonicalisation: method(source, ds(signedInfo, 'CanonicalizationMethod')[0]),
    signatureMethod: method(source, ds(signedInfo, 'SignatureMethod')[0]).algorithm,
    references: ds(signedInfo, 'Reference').map((reference) => ({
      uri: attribute(source, reference, 'URI'),
      transforms: ds(ds(reference, 'Transforms')[0], 'Transform').map((t) => method(source, t)),
      digestMethod: method(source, ds(reference, 'DigestMethod')[0]).algorithm,
      digestValue: leaf(source, ds(reference, 'DigestValue')[0]).replace(/\s+/g, ''),
    })),
    value: base64(leaf(source, value)),
    certificates: ds(keyInfo, 'X509Data').flatMap((data) =>
      ds(data, 'X509Certificate').map((c) => base64(leaf(source, c))),
    ),
    foreignContent: [
      ...element.children.filter((c) => !expected.has(c)),
      ...otherInfos,
      ...otherValues,
      ...otherKeys,
      ...inObjects.filter((e) => e !== own),
      ...(own?.children.filter((c) => c !== properties && localName(c) !== 'UnsignedProperties') ?? []),
    ],
    qualifying: own && {
      element: own,
      namespace: namespaceOf(source, own),
      target: attribute(source, own, 'Target') ?? '',
    },
    properties,
    propertiesId: (properties && attribute(source, properties, 'Id')) ?? '',
    hasUnsigned: own !== undefined && descend(own, 'UnsignedProperties') !== undefined,
  }
}

const leaf = (source: XmlSource, element: SourceElement | undefined): string =>
  element && element.children.length === 0 ? textOf(source, element).trim() : ''

function method(
  source: XmlSource,
  element: SourceElement | undefined,
): { algorithm: string; prefixes: string[] } {
  if (!element) return { algorithm: '', prefixes: [] }
  const inclusive = descend(element, 'InclusiveNamespaces')
  const list = inclusive ? (attribute(source, inclusive, 'PrefixList') ?? '') : ''
  return {
    algorithm: attribute(source, element, 'Algorithm') ?? '',
    prefixes: list.split(/\s+/).filter(Boolean),
  }
}

/** What the signer declared and signed. Digest children are read under either prefix, as real producers mix them. */
export type SignedFacts = {
  signingTime: string
  certDigestMethod: string
  certDigest: string
  issuerName: string
  serialNumber: string
  policyIdentifier: string
  policyHash: string
  policyUri: string
  city: string
  postalCode: string
  role: string
}

/** Reads the signed properties; a missing one is an empty string. */
export function readSignedFacts(source: XmlSource, properties: SourceElement | undefined): SignedFacts {
  const at = (...path: string[]) => descend(properties, 'SignedSignatureProperties', ...path)
  const text = (...path: string[]) => leaf(source, at(...path))
  const cert = ['SigningCertificate', 'Cert']
  const policy = ['SignaturePolicyIdentifier', 'SignaturePolicyId']
  return {
    signingTime: text('SigningTime'),
    certDigestMethod: method(source, at(...cert, 'CertDigest', 'DigestMethod')).algorithm,
    certDigest: text(...cert, 'CertDigest', 'DigestValue').replace(/\s+/g, ''),
    issuerName: text(...cert, 'IssuerSerial', 'X509IssuerName'),
    serialNumber: text(...cert, 'IssuerSerial', 'X509SerialNumber'),
    policyIdentifier: text(...policy, 'SigPolicyId', 'Identifier'),
    policyHash: text(...policy, 'SigPolicyHash', 'DigestValue').replace(/\s+/g, ''),
    policyUri: text(...policy, 'SigPolicyQualifiers', 'SigPolicyQualifier', 'SPURI'),
    city: text('SignatureProductionPlace', 'City'),
    postalCode: text('SignatureProductionPlace', 'PostalCode'),
    role: text('SignerRole', 'ClaimedRoles', 'ClaimedRole'),
  }
}
