import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** What the answer to a request may say wrong, on command. */
export type TsaLie = 'mauvais-nonce' | 'mauvaise-empreinte' | 'rejet'

/** How the server treats the next requests. `lent` answers after `delay` milliseconds, `en-panne` cuts the connection. */
export type TsaBehaviour = 'normal' | TsaLie | 'en-panne' | 'lent' | 'erreur-http' | 'charabia'

export type TsaServer = {
  /** `http://127.0.0.1:<port>/tsr` */
  readonly url: string
  /** Changes how requests are treated from now on. */
  behave(behaviour: TsaBehaviour, delay?: number): void
  /** Number of requests answered. */
  answered(): number
  stop(): Promise<void>
}

const MAX_REQUEST = 64 * 1024

/** Gives the DER TimeStampResp to a DER TimeStampReq (see `createTimestampResponder` of the signature engine). */
export type TsaResponder = (request: Uint8Array, lie?: TsaLie) => Promise<Uint8Array>

/**
 * Starts an RFC 3161 server on the loopback interface; `respond` does the cryptography. For demonstration and tests:
 * its certificate proves nothing.
 */
export async function startTsa(options: { respond: TsaResponder; port?: number }): Promise<TsaServer> {
  let behaviour: TsaBehaviour = 'normal'
  let delay = 0
  let answered = 0
  const timers = new Set<NodeJS.Timeout>()

  const answer = async (body: Uint8Array): Promise<Uint8Array> => {
    if (behaviour === 'charabia') return Uint8Array.from([0x30, 0x03, 0x02])
    answered++
    return options.respond(body, isLie(behaviour) ? behaviour : undefined)
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (behaviour === 'en-panne') {
      request.socket.destroy()
      return
    }
    if (request.method !== 'POST' || request.headers['content-type'] !== 'application/timestamp-query') {
      response.writeHead(request.method === 'POST' ? 415 : 405).end()
      return
    }
    if (behaviour === 'erreur-http') {
      response.writeHead(503).end()
      return
    }
    const body = await readBody(request)
    if (!body) {
      response.writeHead(413).end()
      return
    }
    const bytes = await answer(body)
    const send = () => response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(bytes)
    if (behaviour !== 'lent') send()
    else {
      const timer = setTimeout(() => {
        timers.delete(timer)
        send()
      }, delay)
      timers.add(timer)
    }
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `http://127.0.0.1:${address.port}/tsr`,
    behave: (next, milliseconds = 0) => {
      behaviour = next
      delay = milliseconds
    },
    answered: () => answered,
    stop: () =>
      new Promise((resolve) => {
        for (const timer of timers) clearTimeout(timer)
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const isLie = (behaviour: TsaBehaviour): behaviour is TsaLie =>
  behaviour === 'mauvais-nonce' || behaviour === 'mauvaise-empreinte' || behaviour === 'rejet'

/** The whole body, or undefined when it is larger than any honest request. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request) {
    const bytes: Uint8Array = part
    size += bytes.length
    if (size > MAX_REQUEST) return undefined
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}
