import forge from 'node-forge'
import * as pkijs from 'pkijs'
import { SigningError } from '../types.ts'

/** What a PKCS#12 file holds: a PKCS#8 private key and DER certificates. */
export type P12Content = { privateKey: Uint8Array | undefined; certificates: Uint8Array[] }

/** The refusal for a file that is not a usable PKCS#12. */
export function damagedP12(cause?: unknown): SigningError {
  return new SigningError(
    'p12-endommage',
    'Ce fichier de certificat (.p12) est endommagé ou n’est pas un fichier .p12. Exportez-le à nouveau depuis le logiciel ou le navigateur qui le détient.',
    '',
    { cause },
  )
}

const wrongPin = (cause?: unknown) =>
  new SigningError(
    'pin-faux',
    'Le mot de passe du certificat n’est pas le bon. Vérifiez la saisie (majuscules, accents) puis recommencez.',
    '',
    { cause },
  )

const legacy = (cause: unknown) =>
  new SigningError('p12-format-ancien', 'Ce fichier .p12 emploie un chiffrement ancien.', '', { cause })

/** PBES2 files (OpenSSL 3, recent Windows and browsers). Throws `p12-format-ancien` when another reader should try. */
export async function readP12Modern(bytes: Uint8Array, pin: string): Promise<P12Content> {
  const password = new Uint8Array(new TextEncoder().encode(pin)).buffer
  let pfx: pkijs.PFX
  try {
    pfx = pkijs.PFX.fromBER(new Uint8Array(bytes).buffer)
  } catch (cause) {
    throw damagedP12(cause)
  }
  if (!pfx.macData) throw legacy('no MAC')
  try {
    await pfx.parseInternalValues({ password, checkIntegrity: true })
  } catch (cause) {
    if (/integrity/i.test(String(cause))) throw wrongPin(cause)
    throw legacy(cause)
  }
  const safe = pfx.parsedValue?.authenticatedSafe
  if (!safe) throw damagedP12()
  const content: P12Content = { privateKey: undefined, certificates: [] }
  try {
    await safe.parseInternalValues({ safeContents: safe.safeContents.map(() => ({ password })) })
    for (const part of safe.parsedValue.safeContents ?? [])
      for (const bag of part.value.safeBags) await readBag(bag.bagValue, password, content)
  } catch (cause) {
    throw legacy(cause)
  }
  return content
}

async function readBag(bag: unknown, password: ArrayBuffer, content: P12Content): Promise<void> {
  if (bag instanceof pkijs.PKCS8ShroudedKeyBag) {
    await bag['parseInternalValues']({ password })
    if (bag.parsedValue) content.privateKey ??= new Uint8Array(bag.parsedValue.toSchema().toBER(false))
  } else if (bag instanceof pkijs.PrivateKeyInfo) {
    content.privateKey ??= new Uint8Array(bag.toSchema().toBER(false))
  } else if (bag instanceof pkijs.CertBag && bag.parsedValue instanceof pkijs.Certificate) {
    content.certificates.push(new Uint8Array(bag.parsedValue.toSchema().toBER(false)))
  }
}

/** 3DES, RC2 and files without a MAC, which neither WebCrypto nor Electron's OpenSSL can read. */
export function readP12Legacy(bytes: Uint8Array, pin: string): P12Content {
  let outer: forge.asn1.Asn1
  try {
    outer = forge.asn1.fromDer(forge.util.createBuffer(Buffer.from(bytes).toString('binary')))
  } catch (cause) {
    throw damagedP12(cause)
  }
  let p12: forge.pkcs12.Pkcs12Pfx
  try {
    p12 = forge.pkcs12.pkcs12FromAsn1(outer, false, pin)
  } catch (cause) {
    throw /MAC could not be verified|Invalid password/i.test(String(cause))
      ? wrongPin(cause)
      : damagedP12(cause)
  }
  const content: P12Content = { privateKey: undefined, certificates: [] }
  for (const part of p12.safeContents)
    for (const bag of part.safeBags) {
      if (bag.type === forge.pki.oids['certBag']) {
        const der = bag.cert ? forge.pki.certificateToAsn1(bag.cert) : bag.asn1
        content.certificates.push(toBytes(der))
      } else if (
        bag.type === forge.pki.oids['keyBag'] ||
        bag.type === forge.pki.oids['pkcs8ShroudedKeyBag']
      ) {
        content.privateKey ??= bag.key
          ? toBytes(forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key)))
          : toBytes(bag.asn1)
      }
    }
  return content
}

const toBytes = (node: forge.asn1.Asn1): Uint8Array =>
  new Uint8Array(Buffer.from(forge.asn1.toDer(node).getBytes(), 'binary'))
