/** One thing that is wrong (or suspicious) with a key, a document or a signature. Same shape as `core/refusal.ts`. */
export type Problem = {
  /** Stable machine name, e.g. `pin-faux`. */
  readonly code: string
  /** French sentence: what is wrong and what to do. */
  readonly message: string
  /** File, field or URL the problem is about; empty when there is nothing to point at. */
  readonly where: string
  readonly level: 'error' | 'warning'
}

/** A refusal of the signature engine. The message is French and meant for the person who signs. */
export class SigningError extends Error {
  readonly code: string
  readonly where: string

  constructor(code: string, message: string, where = '', options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'SigningError'
    this.code = code
    this.where = where
  }
}

/**
 * Something that signs: a `.p12` file, a card, a remote service. The private key never leaves it.
 * `certificate` and `chain` are DER; the chain goes from the issuing authority to the root (the root may be absent).
 * `sign` hashes `data` with SHA-256 and gives the raw signature: RSA PKCS#1 v1.5, or r‖s (IEEE P1363) for an EC key.
 */
export type Signer = {
  readonly certificate: Uint8Array
  readonly chain: readonly Uint8Array[]
  readonly keyType: 'RSA' | 'EC'
  sign(data: Uint8Array): Promise<Uint8Array>
}

/** Asks a time-stamping authority to stamp a SHA-256 imprint (32 bytes); gives the DER TimeStampToken (RFC 3161). */
export type TimestampClient = (imprint: Uint8Array) => Promise<Uint8Array>

/** Gives the present instant; injected so that nothing in the engine reads the machine's clock. */
export type Clock = () => Date

/** A problem that blocks. */
export const fault = (code: string, message: string, where = ''): Problem => ({
  code,
  message,
  where,
  level: 'error',
})

/** A problem that is told and does not block. */
export const warning = (code: string, message: string, where = ''): Problem => ({
  code,
  message,
  where,
  level: 'warning',
})

/** Turns a refusal into plain data. */
export const toProblem = (error: SigningError): Problem => fault(error.code, error.message, error.where)
