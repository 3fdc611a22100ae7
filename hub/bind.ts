import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Route, RouteAnswer, RouteParsed } from '../contracts/route.ts'
import { type RouteName, type Routes, routes } from '../contracts/routes.ts'
import { may } from '../core/people/rights.ts'
import { Refusal } from '../core/refusal.ts'
import type { SignedIn } from './auth.ts'
import type { Services } from './services.ts'

export type Upload = { name: string; bytes: Buffer; mediaType: string }

/** Bytes to send back. `etag` is their SHA-256: the answer is cacheable for ever and may be asked by ranges. */
export type FileAnswer = {
  body: Buffer | string | ((range?: { start: number; end: number }) => Promise<Readable>)
  size?: number
  mediaType: string
  name?: string
  etag?: string
  /** Bytes that came from outside: never shown as a page of ours. */
  foreign?: true
  /** Content security policy of a page that is not the interface. */
  policy?: string
}

/** What a handler knows of the call besides its parsed input. */
export type Call = {
  /** Who calls; for public routes without a session this throws. */
  user: SignedIn
  commandId: string | null
  upload: Upload | null
  request: FastifyRequest
  reply: FastifyReply
}

type Answer<R extends Route> = R['answer'] extends 'bytes'
  ? FileAnswer
  : R['answer'] extends 'events'
    ? undefined
    : R['answer'] extends z.ZodType
      ? z.input<R['answer']>
      : RouteAnswer<R>

export type Handler<N extends RouteName> = (
  services: Services,
  input: RouteParsed<Routes[N]>,
  call: Call,
) => Promise<Answer<Routes[N]>>

/** Handlers of some routes; all of them together must cover the table (see routes/index.ts). */
export type Handlers<N extends RouteName = RouteName> = { [K in N]: Handler<K> }

const UPLOAD_LIMIT = 200 * 1024 * 1024

async function readUpload(
  request: FastifyRequest,
): Promise<{ fields: Record<string, string>; upload: Upload }> {
  const fields: Record<string, string> = {}
  let upload: Upload | null = null
  for await (const part of request.parts({ limits: { fileSize: UPLOAD_LIMIT, files: 1, fields: 20 } })) {
    if (part.type === 'field') fields[part.fieldname] = String(part.value)
    else upload = { name: part.filename, bytes: await part.toBuffer(), mediaType: part.mimetype }
  }
  if (!upload)
    throw new Refusal('FILE_MISSING', 'Aucun fichier n’a été reçu. Choisissez un fichier et recommencez.', {
      where: 'Fichier',
    })
  return { fields, upload }
}

function parse(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined
  const parsed = schema.safeParse(value ?? {})
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((i) => ({
    code: 'FIELD_INVALID',
    message: i.message,
    where: i.path.join('.'),
    level: 'error' as const,
  }))
  throw new Refusal('INPUT_INVALID', problems[0]?.message ?? 'La demande n’est pas lisible.', {
    where: problems[0]?.where ?? '',
    problems,
  })
}

function demandRights(route: Route, user: SignedIn | null): void {
  if (route.rights === 'public') return
  if (!user)
    throw new Refusal(
      'SIGNED_OUT',
      'Votre session est terminée. Reconnectez-vous ; ce que vous avez saisi reste à l’écran.',
      { family: 'forbidden', data: { status: 401 } },
    )
  if (route.rights !== 'signedIn' && !may(user.actor.roles, route.rights))
    throw new Refusal(
      'FORBIDDEN',
      'Votre compte n’a pas ce droit. Demandez-le à l’administrateur de la collectivité.',
      { family: 'forbidden' },
    )
}

async function sendFile(request: FastifyRequest, reply: FastifyReply, file: FileAnswer) {
  reply.type(file.mediaType)
  reply.header('x-content-type-options', 'nosniff')
  if (file.foreign)
    reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
  if (file.policy) reply.header('content-security-policy', file.policy)
  if (file.name) {
    const wanted = (request.query as { download?: string } | undefined)?.download !== undefined
    reply.header(
      'content-disposition',
      `${wanted ? 'attachment' : 'inline'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    )
  }
  if (file.etag)
    reply.header('etag', `"${file.etag}"`).header('cache-control', 'private, max-age=31536000, immutable')
  if (typeof file.body !== 'function') return reply.send(file.body)
  const size = file.size ?? 0
  reply.header('accept-ranges', 'bytes')
  if (file.etag && request.headers['if-none-match'] === `"${file.etag}"`) return reply.code(304).send()
  const asked = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '')
  if (!asked || (asked[1] === '' && asked[2] === ''))
    return reply.header('content-length', size).send(await file.body())
  const start = asked[1] === '' ? Math.max(0, size - Number(asked[2])) : Number(asked[1])
  const end = asked[1] === '' || asked[2] === '' ? size - 1 : Math.min(Number(asked[2]), size - 1)
  if (start > end || start >= size) return reply.code(416).header('content-range', `bytes */${size}`).send()
  return reply
    .code(206)
    .header('content-range', `bytes ${start}-${end}/${size}`)
    .header('content-length', end - start + 1)
    .send(await file.body({ start, end }))
}

/**
 * Binds the whole contract table: rights are judged before anything is parsed, input and output by the table's schemas.
 */
export function bindRoutes(
  app: FastifyInstance,
  services: () => Services,
  handlers: Handlers,
  who: (request: FastifyRequest) => Promise<SignedIn | null>,
): void {
  // Who called, found before the body is read and used again by the handler.
  const callers = new WeakMap<FastifyRequest, SignedIn | null>()
  for (const [name, declared] of Object.entries(routes)) {
    const route: Route = declared
    app.route({
      method: route.method,
      url: route.path,
      onRequest: async (request) => {
        const user = await who(request)
        demandRights(route, user)
        callers.set(request, user)
      },
      handler: async (request, reply) => {
        const user = callers.get(request) ?? null
        const uploaded = route.upload ? await readUpload(request) : null
        const input = {
          params: parse(route.params, request.params),
          query: parse(route.query, request.query),
          body: parse(route.body, uploaded ? uploaded.fields : request.body),
        }
        const key = request.headers['idempotency-key']
        const call: Call = {
          get user() {
            if (!user)
              throw new Refusal('SIGNED_OUT', 'Connectez-vous d’abord.', {
                family: 'forbidden',
                data: { status: 401 },
              })
            return user
          },
          commandId: typeof key === 'string' && /^[\w-]{8,80}$/.test(key) ? key : null,
          upload: uploaded?.upload ?? null,
          request,
          reply,
        }
        // The table pairs each name with its own handler type; the loop over names cannot say so.
        const handler = handlers[name as RouteName] as unknown as (
          s: Services,
          i: unknown,
          c: Call,
        ) => Promise<unknown>
        const answer = await handler(services(), input, call)
        if (route.answer === 'events') return reply
        if (route.answer === 'bytes') return sendFile(request, reply, answer as FileAnswer)
        return route.answer.parse(answer)
      },
    })
  }
}
