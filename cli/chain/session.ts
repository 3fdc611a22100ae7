import { randomUUID } from 'node:crypto'
import { type Call, type CallOptions, HubError, hubClient, urlOf } from '../../contracts/client.ts'
import type { RouteName } from '../../contracts/routes.ts'

/** A signed-in person, driving the hub as a browser does. */
export type Session = {
  call: Call
  bytes: (name: RouteName, input: { params?: Record<string, string> }) => Promise<Uint8Array>
}

export type SessionOptions = {
  /** Address of the hub; asked again at each try, since a restarted hub may be elsewhere. */
  url: () => string
  /** How long to wait for a hub that does not answer. 0 gives up at once. */
  patienceMs: number
  /** Told of every command that the hub accepted, with its identifier. */
  onAccepted?: (commandId: string, name: RouteName) => void
}

const RETRY_MS = 150

/** Tries again while the hub is unreachable: a command carries the same identifier, so it is carried out once. */
async function insist<T>(patienceMs: number, fn: () => Promise<T>): Promise<T> {
  const until = Date.now() + patienceMs
  for (;;) {
    try {
      return await fn()
    } catch (error) {
      if (error instanceof HubError || Date.now() > until) throw error
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  }
}

/** An anonymous caller (status, set-up), or a person signed in by `signIn`. */
export function openSession(
  options: SessionOptions,
): Session & { signIn: (login: string, password: string) => Promise<void> } {
  let cookie = ''
  const headers = (): Record<string, string> => (cookie ? { cookie } : {})
  const transport = async (path: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(options.url() + path, init)
    const set = response.headers.get('set-cookie')
    if (set) cookie = set.split(';')[0] ?? ''
    return response
  }
  const raw = hubClient('', transport, headers) as unknown as (
    name: RouteName,
    input?: unknown,
    o?: CallOptions,
  ) => Promise<unknown>
  const call = async (name: RouteName, input?: unknown, o: CallOptions = {}) => {
    const commandId = o.commandId ?? randomUUID()
    const answer = await insist(options.patienceMs, () => raw(name, input, { ...o, commandId }))
    options.onAccepted?.(commandId, name)
    return answer
  }
  return {
    call: call as unknown as Call,
    bytes: (name, input) =>
      insist(options.patienceMs, async () => {
        const response = await fetch(options.url() + urlOf(name, input), { headers: headers() })
        if (!response.ok) throw new Error(`${name}: ${response.status}`)
        return new Uint8Array(await response.arrayBuffer())
      }),
    signIn: async (login, password) => {
      await (call as unknown as Call)('signIn', { body: { login, password } })
    },
  }
}
