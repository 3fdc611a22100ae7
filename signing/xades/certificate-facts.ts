import { X509Certificate } from 'node:crypto'
import { readDer } from '../cms/der.ts'
import { type CertificateDescription, describeCertificate } from '../keys/certificate.ts'

/** What a signature report needs to know of a certificate. */
export type CertificateFacts = CertificateDescription & { der: Uint8Array; node: X509Certificate }

/** Reads a DER certificate. Throws SigningError `certificat-illisible` when the bytes are not one. */
export const certificateFacts = (der: Uint8Array): CertificateFacts => ({
  ...describeCertificate(der),
  der,
  node: new X509Certificate(der),
})

/** Keywords that producers write in X509IssuerName, by the OID they stand for. */
const OIDS: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  SN: '2.5.4.4',
  SERIALNUMBER: '2.5.4.5',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  S: '2.5.4.8',
  STREET: '2.5.4.9',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  T: '2.5.4.12',
  TITLE: '2.5.4.12',
  GIVENNAME: '2.5.4.42',
  ORGANIZATIONIDENTIFIER: '2.5.4.97',
  DC: '0.9.2342.19200300.100.1.25',
  UID: '0.9.2342.19200300.100.1.1',
  E: '1.2.840.113549.1.9.1',
  EMAIL: '1.2.840.113549.1.9.1',
  EMAILADDRESS: '1.2.840.113549.1.9.1',
}

/**
 * Compares two distinguished names as the DGFiP verifier does: blanks and case ignored, both orders accepted,
 * keyword or OID, text or `#hex`.
 */
export function sameName(written: string, expected: string): boolean {
  const theirs = parseName(written)
  const ours = parseName(expected).join('\n')
  return theirs.join('\n') === ours || theirs.reverse().join('\n') === ours
}

function parseName(name: string): string[] {
  return (name.match(/(?:\\.|"[^"]*"|[^,;+\\"])+/g) ?? []).map((part) => {
    const equal = part.indexOf('=')
    const key = part
      .slice(0, equal)
      .trim()
      .toUpperCase()
      .replace(/^OID\./, '')
    const raw = part
      .slice(equal + 1)
      .trim()
      .replace(/^"(.*)"$/, '$1')
    const value = raw.startsWith('#') ? fromHex(raw) : unescapeName(raw)
    return `${OIDS[key] ?? key}=${value.replace(/\s+/g, '').toLowerCase()}`
  })
}

function fromHex(value: string): string {
  try {
    return new TextDecoder().decode(readDer(Buffer.from(value.slice(1), 'hex')).content)
  } catch {
    // Not DER: compared as it is written.
    return value
  }
}

function unescapeName(raw: string): string {
  const bytes: Buffer[] = []
  for (const match of raw.matchAll(/\\([0-9a-fA-F]{2})|\\(.)|([^\\]+)/g))
    bytes.push(match[1] ? Buffer.from(match[1], 'hex') : Buffer.from(match[2] ?? match[3] ?? ''))
  return Buffer.concat(bytes).toString('utf8')
}
