import { createHash } from 'node:crypto'
import { ENVELOPED, EXC_C14N, RSA_SHA256, SHA256, XADES_NAMESPACES, type XadesVersion } from './algorithms.ts'
import { DSIG } from './attributes.ts'
import { canonicalFragment, escapeAscii } from './canonical.ts'
import type { SignaturePolicy } from './policy.ts'

/** Where the signer was: POL4 §4.2.2 and every file seen give the three of them. */
export type SigningPlace = { city: string; postalCode: string; country?: string }

export type ProfileInput = {
  targetId: string
  signatureId: string
  /** SHA-256 of the canonical target. */
  targetDigest: Uint8Array
  version: XadesVersion
  signingTime: Date
  certificate: Uint8Array
  /** Written after the certificate in KeyInfo. */
  chain: readonly Uint8Array[]
  issuerName: string
  /** Decimal. */
  serialNumber: string
  policy: SignaturePolicy
  role: string
  place?: SigningPlace
}

const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
const empty = (name: string, algorithm: string): string => `<${name} Algorithm="${algorithm}"></${name}>`
const element = (name: string, content: string): string => `<${name}>${content}</${name}>`
const leaf = (name: string, value: string): string => element(name, escapeAscii(value))

/**
 * Writes the two halves of a DGFiP signature around its value: `toSign` are the canonical bytes of SignedInfo,
 * `before` and `after` the ASCII text that surrounds the base64 SignatureValue.
 */
export function buildSignature(input: ProfileInput): { toSign: Uint8Array; before: string; after: string } {
  const xad = XADES_NAMESPACES[input.version]
  const namespaces = new Map([
    ['ds', DSIG],
    ['xad', xad],
  ])
  const propertiesId = `${input.signatureId}_SP`
  const properties = signedProperties(input, propertiesId)
  const propertiesDigest = sha256(canonicalFragment(properties, namespaces))
  const info = signedInfo(input, propertiesId, propertiesDigest, xad)
  const id = escapeAscii(input.signatureId)
  const before = `<ds:Signature xmlns:ds="${DSIG}" Id="${id}">${info}<ds:SignatureValue Id="${id}_SV">`
  const certificates = [input.certificate, ...input.chain].map((der) => leaf('ds:X509Certificate', b64(der)))
  const keyInfo = element('ds:KeyInfo', element('ds:X509Data', certificates.join('')))
  const qualifying = `<xad:QualifyingProperties xmlns:xad="${xad}" Target="#${id}">${properties}</xad:QualifyingProperties>`
  const after = `</ds:SignatureValue>${keyInfo}${element('ds:Object', qualifying)}</ds:Signature>`
  return { toSign: canonicalFragment(info, new Map([['ds', DSIG]])), before, after }
}

function signedInfo(
  input: ProfileInput,
  propertiesId: string,
  propertiesDigest: Uint8Array,
  xad: string,
): string {
  const reference = (attributes: string, transforms: string[], digest: Uint8Array): string =>
    `<ds:Reference ${attributes}>` +
    element('ds:Transforms', transforms.map((t) => empty('ds:Transform', t)).join('')) +
    empty('ds:DigestMethod', SHA256) +
    leaf('ds:DigestValue', b64(digest)) +
    '</ds:Reference>'
  return element(
    'ds:SignedInfo',
    empty('ds:CanonicalizationMethod', EXC_C14N) +
      empty('ds:SignatureMethod', RSA_SHA256) +
      reference(`URI="#${escapeAscii(input.targetId)}"`, [ENVELOPED, EXC_C14N], input.targetDigest) +
      reference(
        `Type="${xad}SignedProperties" URI="#${escapeAscii(propertiesId)}"`,
        [EXC_C14N],
        propertiesDigest,
      ),
  )
}

// Order fixed by the XAdES schemas 1.1.1 and 1.2.2, SignedSignaturePropertiesType.
function signedProperties(input: ProfileInput, id: string): string {
  // In 1.1.1 DigestMethod and DigestValue are local to XAdES; in 1.2.2 they are references to ds.
  const prefix = input.version === '1.1.1' ? 'xad' : 'ds'
  const digest = (algorithm: string, value: string): string =>
    empty(`${prefix}:DigestMethod`, algorithm) + leaf(`${prefix}:DigestValue`, value)
  const certificate =
    element('xad:CertDigest', digest(SHA256, b64(sha256(input.certificate)))) +
    element(
      'xad:IssuerSerial',
      leaf('ds:X509IssuerName', input.issuerName) + leaf('ds:X509SerialNumber', input.serialNumber),
    )
  const { policy } = input
  const policyAlgorithm = policy.hashAlgorithm === 'SHA-256' ? SHA256 : `${DSIG}sha1`
  const policyId =
    element(
      'xad:SigPolicyId',
      leaf('xad:Identifier', policy.identifier) + leaf('xad:Description', policy.description),
    ) +
    element('xad:SigPolicyHash', digest(policyAlgorithm, policy.hash)) +
    element('xad:SigPolicyQualifiers', element('xad:SigPolicyQualifier', leaf('xad:SPURI', policy.spuri)))
  const properties =
    leaf('xad:SigningTime', input.signingTime.toISOString().replace(/\.\d+Z$/, 'Z')) +
    element('xad:SigningCertificate', element('xad:Cert', certificate)) +
    element('xad:SignaturePolicyIdentifier', element('xad:SignaturePolicyId', policyId)) +
    productionPlace(input.place) +
    element('xad:SignerRole', element('xad:ClaimedRoles', leaf('xad:ClaimedRole', input.role)))
  return `<xad:SignedProperties Id="${escapeAscii(id)}">${element('xad:SignedSignatureProperties', properties)}</xad:SignedProperties>`
}

// City, PostalCode, CountryName: the order of the schema; there is no region in any file seen.
const productionPlace = (place: SigningPlace | undefined): string =>
  place === undefined
    ? ''
    : element(
        'xad:SignatureProductionPlace',
        leaf('xad:City', place.city.trim()) +
          leaf('xad:PostalCode', place.postalCode.trim()) +
          leaf('xad:CountryName', place.country ?? 'France'),
      )
