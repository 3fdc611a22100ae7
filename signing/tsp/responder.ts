import { type Clock, type Signer, SigningError } from '../types.ts'
import { canStamp, grantedResponse, issueToken, rejectedResponse } from './issue.ts'
import { parseRequest, type TimestampRequest } from './request.ts'

/** Wrong answers a test may ask for. */
export type ResponderLie = 'mauvais-nonce' | 'mauvaise-empreinte' | 'rejet'

/** Answers DER TimeStampReq by DER TimeStampResp; never throws on bad requests, it rejects them. */
export type TimestampResponder = (request: Uint8Array, lie?: ResponderLie) => Promise<Uint8Array>

/**
 * A time-stamping authority without its network: tokens are signed by `signer` (a certificate reserved to
 * time-stamping), dated by `clock`, numbered from `firstSerial` on.
 */
export function createTimestampResponder(options: {
  signer: Signer
  clock: Clock
  policy?: string
  firstSerial?: number
}): TimestampResponder {
  const policy = options.policy ?? '1.3.6.1.4.1.13762.3'
  let serial = (options.firstSerial ?? 1) - 1
  return async (body, lie) => {
    if (lie === 'rejet')
      return rejectedResponse('Service d’horodatage de démonstration : demande rejetée.', 25)
    let request: TimestampRequest
    try {
      request = parseRequest(body)
    } catch (error) {
      return rejectedResponse(error instanceof SigningError ? error.message : 'Demande illisible.', 2)
    }
    if (!canStamp(request.hashAlgorithm)) return rejectedResponse('Algorithme d’empreinte non admis.', 0)
    if (request.policy && request.policy !== policy)
      return rejectedResponse('Politique d’horodatage non proposée.', 15)
    serial++
    const number = new Uint8Array(8)
    new DataView(number.buffer).setBigUint64(0, BigInt(serial))
    const token = await issueToken(misled(request, lie), {
      signer: options.signer,
      policy,
      genTime: options.clock(),
      serial: number,
    })
    return grantedResponse(token)
  }
}

function misled(request: TimestampRequest, lie: ResponderLie | undefined): TimestampRequest {
  if (lie === 'mauvais-nonce') return { ...request, nonce: Uint8Array.of(1, 2, 3) }
  if (lie === 'mauvaise-empreinte') return { ...request, imprint: request.imprint.map((byte) => byte ^ 0xff) }
  return request
}
