import { describe, expect, it } from 'vitest'
import { startTsa, type TsaBehaviour } from '../../connectors/tsa/server.ts'
import { sha256 } from '../../signing/cms/signed-data.ts'
import { clock, testAuthority } from '../../signing/testing.ts'
import { createTimestampClient } from '../../signing/tsp/client.ts'
import { createTimestampResponder } from '../../signing/tsp/responder.ts'
import { SigningError } from '../../signing/types.ts'

const pki = await testAuthority()
const tsa = await pki.issueTsa()
const respond = createTimestampResponder({ signer: tsa.signer, clock })
const imprint = sha256(new TextEncoder().encode('journal'))
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepté',
    (error: unknown) => (error instanceof SigningError ? error.code : String(error)),
  )

describe('the time-stamp client and the loopback server', () => {
  it.each<[TsaBehaviour, string]>([
    ['normal', 'accepté'],
    ['en-panne', 'horodatage-injoignable'],
    ['lent', 'horodatage-trop-lent'],
    ['mauvais-nonce', 'horodatage-nonce'],
    ['mauvaise-empreinte', 'horodatage-autre-empreinte'],
    ['rejet', 'horodatage-refuse'],
    ['erreur-http', 'horodatage-injoignable'],
    ['charabia', 'reponse-illisible'],
  ])('%s gives %s', async (behaviour, expected) => {
    const server = await startTsa({ respond })
    try {
      server.behave(behaviour, 60_000)
      const client = createTimestampClient({
        urls: [server.url],
        clock,
        roots: [pki.root],
        timeout: behaviour === 'lent' ? 50 : 10_000,
      })
      expect(await codeOf(client(imprint))).toBe(expected)
    } finally {
      await server.stop()
    }
  })

  it('asks the second service when the first fails, and names both when both fail', async () => {
    const [down, up] = [await startTsa({ respond }), await startTsa({ respond })]
    try {
      down.behave('en-panne')
      const client = createTimestampClient({ urls: [down.url, up.url], clock, roots: [pki.root] })
      expect(await codeOf(client(imprint))).toBe('accepté')
      expect(up.answered()).toBe(1)
      up.behave('rejet')
      await expect(client(imprint)).rejects.toMatchObject({
        code: 'horodatage-indisponible',
        where: `${down.url}, ${up.url}`,
      })
    } finally {
      await down.stop()
      await up.stop()
    }
  })
})
