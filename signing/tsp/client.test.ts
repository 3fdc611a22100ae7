import { describe, expect, it } from 'vitest'
import { sha256 } from '../cms/signed-data.ts'
import { clock, localTimestamp, NOW, testAuthority } from '../testing.ts'
import { SigningError } from '../types.ts'
import { createTimestampClient } from './client.ts'
import { buildRequest, parseRequest, parseResponse } from './request.ts'
import { createTimestampResponder } from './responder.ts'
import { parseTimestampToken, verifyTimestampToken } from './token.ts'

const pki = await testAuthority()
const tsa = await pki.issueTsa()
const respond = createTimestampResponder({ signer: tsa.signer, clock })
const imprint = sha256(new TextEncoder().encode('journal'))
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepté',
    (error: unknown) => (error instanceof SigningError ? error.code : String(error)),
  )

describe('request and response', () => {
  it('a request says what was asked', () => {
    const nonce = Uint8Array.of(0x41, 2, 3)
    const request = parseRequest(buildRequest(imprint, nonce, '1.2.3.4'))
    expect(request).toEqual({ imprint, hashAlgorithm: 'sha256', nonce, policy: '1.2.3.4', certReq: true })
  })

  it('nonsense, SHA-1 and unknown policies are rejected by the responder, not thrown', async () => {
    expect(parseResponse(await respond(Uint8Array.of(0x30, 0)))).toMatchObject({
      status: 2,
      token: undefined,
    })
    const other = await respond(buildRequest(imprint, Uint8Array.of(1), '1.2.3.4'))
    expect(parseResponse(other)).toMatchObject({ status: 2 })
  })

  it('a token verifies over its imprint only, and only with its authority', async () => {
    const token = await (await localTimestamp())(imprint)
    expect(parseTimestampToken(token)).toMatchObject({ genTime: NOW, hashAlgorithm: 'sha256' })
    expect(verifyTimestampToken(token, imprint, [pki.root])).toMatchObject({ trusted: true, problems: [] })
    const other = verifyTimestampToken(token, sha256(imprint), [pki.root])
    expect(other.problems.map((problem) => problem.code)).toEqual(['horodatage-autre-empreinte'])
    const flipped = Uint8Array.from(token)
    flipped[flipped.length - 5] = (flipped[flipped.length - 5] ?? 0) ^ 1
    expect(verifyTimestampToken(flipped, imprint).problems[0]?.code).toBe('horodatage-signature')
    expect(() => verifyTimestampToken(token.subarray(0, 40), imprint)).toThrow(/illisible/)
  })

  it('a person’s certificate cannot time-stamp', async () => {
    const person = await pki.issuePerson({ name: 'Agent' })
    const forged = createTimestampResponder({ signer: person.signer, clock })
    const client = createTimestampClient({
      urls: ['local'],
      clock,
      transport: (_url, request) => forged(request),
    })
    expect(await codeOf(client(imprint))).toBe('horodatage-usage')
  })

  it('a clock that is wrong by an hour is told', async () => {
    const late = () => new Date(NOW.getTime() + 3_600_000)
    expect(await codeOf((await localTimestamp({ clock: late }))(imprint))).toBe('horodatage-heure')
    expect(await codeOf((await localTimestamp({ roots: [tsa.certificate] }))(imprint))).toBe(
      'autorite-inconnue',
    )
  })
})
