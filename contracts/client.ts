import { ErrorBody } from './errors.ts'
import { pathOf, type Route, type RouteAnswer, type RouteInput } from './route.ts'
import { type RouteName, type Routes, routes } from './routes.ts'

/** What the hub answered when it said no. */
export class HubError extends Error {
  readonly status: number
  readonly body: ErrorBody
  constructor(status: number, body: ErrorBody) {
    super(body.message)
    this.name = 'HubError'
    this.status = status
    this.body = body
  }
}

export type CallOptions = {
  /** Makes a retried command harmless: the same id is carried out once. */
  commandId?: string
  file?: { name: string; bytes: Blob }
  signal?: AbortSignal
}

export type Call = <N extends RouteName>(
  name: N,
  ...args: unknown extends RouteInput<Routes[N]>
    ? [input?: undefined, options?: CallOptions]
    : [input: RouteInput<Routes[N]>, options?: CallOptions]
) => Promise<RouteAnswer<Routes[N]>>

type Transport = (url: string, init: RequestInit) => Promise<Response>

type AnyInput =
  | { params?: Record<string, string>; query?: Record<string, unknown>; body?: Record<string, unknown> }
  | undefined

function bodyOf(route: Route, input: AnyInput, options: CallOptions): { body?: BodyInit; type?: string } {
  if (route.upload) {
    const form = new FormData()
    for (const [k, v] of Object.entries(input?.body ?? {})) form.append(k, String(v))
    if (options.file) form.append('file', options.file.bytes, options.file.name)
    return { body: form }
  }
  return route.body ? { body: JSON.stringify(input?.body ?? {}), type: 'application/json' } : {}
}

/** URL of a route, with parameters and query filled in. */
export function urlOf(
  name: RouteName,
  input?: { params?: Record<string, string>; query?: Record<string, unknown> },
): string {
  const query = Object.entries(input?.query ?? {}).filter(([, v]) => v !== undefined)
  const search = query.length ? `?${new URLSearchParams(query.map(([k, v]) => [k, String(v)]))}` : ''
  return pathOf(routes[name], input?.params) + search
}

/**
 * A typed caller of the hub. `base` is '' in the browser. Answers are parsed by the contract; a refusal becomes a
 * `HubError` with its French sentence; an unreachable hub lets the transport's own error through.
 */
export function hubClient(
  base: string,
  transport: Transport = (u, i) => fetch(u, i),
  headers: () => Record<string, string> = () => ({}),
): Call {
  const call = async (name: RouteName, input?: AnyInput, options: CallOptions = {}) => {
    const route: Route = routes[name]
    const { body, type } = bodyOf(route, input, options)
    const response = await transport(base + urlOf(name, input), {
      method: route.method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(type ? { 'content-type': type } : {}),
        ...(options.commandId ? { 'idempotency-key': options.commandId } : {}),
        ...headers(),
      },
      ...(body === undefined ? {} : { body }),
      ...(options.signal ? { signal: options.signal } : {}),
    })
    if (!response.ok) {
      const parsed = ErrorBody.safeParse(await response.json().catch(() => null))
      throw new HubError(
        response.status,
        parsed.success
          ? parsed.data
          : {
              code: 'UNREADABLE',
              message:
                'Le serveur a répondu de façon inattendue. Réessayez ; si cela persiste, prévenez votre informaticien.',
              where: '',
              warnings: [],
              problems: [],
            },
      )
    }
    return typeof route.answer === 'string' ? undefined : route.answer.parse(await response.json())
  }
  // The table gives each name its own input and answer; the loop above cannot say it to the compiler.
  return call as unknown as Call
}
