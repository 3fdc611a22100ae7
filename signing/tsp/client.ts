import { randomBytes } from 'node:crypto'
import { sameBytes } from '../cms/der.ts'
import { type Clock, SigningError, type TimestampClient } from '../types.ts'
import { buildRequest, parseResponse } from './request.ts'
import { parseTimestampToken, verifyTimestampToken } from './token.ts'

/** Sends one request; gives the response's bytes. Injected in tests and for proxies. */
export type TimestampTransport = (
  url: string,
  request: Uint8Array,
  signal: AbortSignal,
) => Promise<Uint8Array>

export type TimestampClientOptions = {
  /** Tried in order; the next one is asked when the former fails. */
  readonly urls: readonly string[]
  readonly clock: Clock
  /** DER trust anchors of the time-stamping authority; without them its chain is not looked at. */
  readonly roots?: readonly Uint8Array[]
  readonly policy?: string
  /** Milliseconds per URL; 10 000 unless said otherwise. */
  readonly timeout?: number
  /** Milliseconds between genTime and the clock; five minutes unless said otherwise. */
  readonly tolerance?: number
  readonly transport?: TimestampTransport
  readonly random?: (length: number) => Uint8Array
}

/**
 * An RFC 3161 client. Accepts a token only when status, imprint, nonce, policy, time, signature, certificate usage and chain
 * are right. The client throws SigningError: the single URL's reason, or `horodatage-indisponible` naming each URL's.
 */
export function createTimestampClient(options: TimestampClientOptions): TimestampClient {
  return async (imprint) => {
    const reasons: SigningError[] = []
    for (const url of options.urls) {
      try {
        return await askOne(url, imprint, options)
      } catch (error) {
        reasons.push(
          error instanceof SigningError
            ? error
            : new SigningError('horodatage-indisponible', String(error), url),
        )
      }
    }
    const [only] = reasons
    if (only && reasons.length === 1) throw only
    throw new SigningError(
      'horodatage-indisponible',
      reasons.length === 0
        ? 'Aucun service d’horodatage n’est réglé.'
        : `Aucun service d’horodatage n’a répondu correctement. ${reasons.map((reason) => `${reason.where} : ${reason.message}`).join(' ')}`,
      reasons.map((reason) => reason.where).join(', '),
    )
  }
}

async function askOne(
  url: string,
  imprint: Uint8Array,
  options: TimestampClientOptions,
): Promise<Uint8Array> {
  const nonce = Uint8Array.from((options.random ?? randomBytes)(8))
  // A leading zero byte would be dropped by the DER encoding of the server's answer.
  nonce[0] = ((nonce[0] ?? 0) & 0x7f) | 0x40
  const answer = await send(url, buildRequest(imprint, nonce, options.policy), options)
  const refuse = (code: string, message: string) => new SigningError(code, message, url)
  const response = parseResponse(answer)
  if ((response.status !== 0 && response.status !== 1) || !response.token)
    throw refuse(
      'horodatage-refuse',
      `Le service d’horodatage a refusé la demande${response.text ? ` (« ${response.text} »)` : ''}.`,
    )
  const token = parseTimestampToken(response.token)
  if (!token.nonce || !sameBytes(token.nonce, nonce))
    throw refuse('horodatage-nonce', 'Le jeton reçu répond à une autre demande que la nôtre : il est écarté.')
  if (options.policy && token.policy !== options.policy)
    throw refuse('horodatage-politique', 'Le jeton reçu n’applique pas la politique d’horodatage demandée.')
  const verdict = verifyTimestampToken(response.token, imprint, options.roots)
  const problem = verdict.problems[0]
  if (problem) throw refuse(problem.code, problem.message)
  const gap = Math.abs(token.genTime.getTime() - options.clock().getTime())
  if (gap > (options.tolerance ?? 300_000))
    throw refuse(
      'horodatage-heure',
      `L’heure du service d’horodatage et celle de cet ordinateur diffèrent de ${Math.round(gap / 60_000)} minutes. Mettez l’ordinateur à l’heure.`,
    )
  return response.token
}

async function send(url: string, request: Uint8Array, options: TimestampClientOptions): Promise<Uint8Array> {
  const timeout = options.timeout ?? 10_000
  const signal = AbortSignal.timeout(timeout)
  try {
    return await (options.transport ?? postOverHttp)(url, request, signal)
  } catch (cause) {
    if (cause instanceof SigningError) throw cause
    throw signal.aborted
      ? new SigningError(
          'horodatage-trop-lent',
          `Le service d’horodatage n’a pas répondu en ${Math.ceil(timeout / 1000)} s.`,
          url,
          { cause },
        )
      : new SigningError(
          'horodatage-injoignable',
          'Le service d’horodatage est injoignable. Vérifiez l’adresse et la connexion.',
          url,
          { cause },
        )
  }
}

const MAX_ANSWER = 1 << 20

const postOverHttp: TimestampTransport = async (url, request, signal) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
    body: new Uint8Array(request),
    signal,
    redirect: 'error',
  })
  if (!response.ok)
    throw new SigningError(
      'horodatage-injoignable',
      `Le service d’horodatage répond par l’erreur HTTP ${response.status}.`,
      url,
    )
  const body = new Uint8Array(await response.arrayBuffer())
  if (body.length > MAX_ANSWER)
    throw new SigningError('reponse-illisible', 'La réponse du service d’horodatage est démesurée.', url)
  return body
}
