import { createCipheriv, createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { concat, context, integer, nullValue, octets, oid, sequence, setOf, tlv } from '../cms/der.ts'
import { sha256 } from '../cms/signed-data.ts'

const OID = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  hmacSha256: '1.2.840.113549.2.9',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
  sha256: '2.16.840.1.101.3.4.2.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certBag: '1.2.840.113549.1.12.10.1.3',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  localKeyId: '1.2.840.113549.1.9.21',
  friendlyName: '1.2.840.113549.1.9.20',
} as const

const ITERATIONS = 10_000

/**
 * A PKCS#12 file as OpenSSL 3 writes it: PBES2 (PBKDF2-HMAC-SHA256, AES-256-CBC), MAC with SHA-256.
 * `privateKey` is PKCS#8 DER; `certificates` DER, the holder's first. `random` gives salts (default: node:crypto).
 */
export function writeP12(
  parts: { privateKey: Uint8Array; certificates: readonly Uint8Array[]; friendlyName: string },
  pin: string,
  random: (length: number) => Uint8Array = randomBytes,
): Uint8Array {
  const [holder] = parts.certificates
  const keyId = setOf([octets(holder ? sha256(holder).subarray(0, 20) : new Uint8Array(1))])
  const attributes = setOf([
    sequence(oid(OID.localKeyId), keyId),
    sequence(oid(OID.friendlyName), setOf([tlv(0x1e, utf16(parts.friendlyName))])),
  ])
  const certBags = parts.certificates.map((der, i) =>
    sequence(
      oid(OID.certBag),
      context(0, sequence(oid(OID.x509Certificate), context(0, octets(der)))),
      ...(i === 0 ? [attributes] : []),
    ),
  )
  const key = encrypt(parts.privateKey, pin, random)
  const keyBag = sequence(
    oid(OID.shroudedKeyBag),
    context(0, sequence(key.algorithm, octets(key.data))),
    attributes,
  )
  const certs = encrypt(sequence(...certBags), pin, random)
  const authenticatedSafe = sequence(
    sequence(
      oid(OID.encryptedData),
      context(
        0,
        sequence(integer(0), sequence(oid(OID.data), certs.algorithm, context(0, certs.data, false))),
      ),
    ),
    sequence(oid(OID.data), context(0, octets(sequence(keyBag)))),
  )
  const salt = random(16)
  const macKey = pkcs12Kdf(pin, salt, ITERATIONS)
  const mac = createHmac('sha256', macKey).update(authenticatedSafe).digest()
  return sequence(
    integer(3),
    sequence(oid(OID.data), context(0, octets(authenticatedSafe))),
    sequence(sequence(sequence(oid(OID.sha256), nullValue), octets(mac)), octets(salt), integer(ITERATIONS)),
  )
}

function encrypt(plain: Uint8Array, pin: string, random: (length: number) => Uint8Array) {
  const salt = random(16)
  const iv = random(16)
  const key = pbkdf2Sync(Buffer.from(pin, 'utf8'), salt, ITERATIONS, 32, 'sha256')
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  const data = concat([cipher.update(plain), cipher.final()])
  const kdf = sequence(
    oid(OID.pbkdf2),
    sequence(octets(salt), integer(ITERATIONS), sequence(oid(OID.hmacSha256), nullValue)),
  )
  return {
    data,
    algorithm: sequence(oid(OID.pbes2), sequence(kdf, sequence(oid(OID.aes256Cbc), octets(iv)))),
  }
}

/** Key derivation of RFC 7292 appendix B, id 3 (MAC), SHA-256, 32 bytes: one block, so no I adjustment is needed. */
function pkcs12Kdf(pin: string, salt: Uint8Array, iterations: number): Uint8Array {
  const fill = (bytes: Uint8Array) => {
    const out = new Uint8Array(bytes.length === 0 ? 0 : 64 * Math.ceil(bytes.length / 64))
    for (let i = 0; i < out.length; i++) out[i] = bytes[i % bytes.length] ?? 0
    return out
  }
  const password = concat([utf16(pin), Uint8Array.of(0, 0)])
  let digest = createHash('sha256')
    .update(concat([new Uint8Array(64).fill(3), fill(salt), fill(password)]))
    .digest()
  for (let i = 1; i < iterations; i++) digest = createHash('sha256').update(digest).digest()
  return new Uint8Array(digest)
}

const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le').swap16())
