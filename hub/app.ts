import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { Logger } from 'pino'
import { type ErrorBody, statusOf } from '../contracts/errors.ts'
import { Refusal } from '../core/refusal.ts'
import { nameError } from '../storage/errors.ts'
import { whoIs } from './auth.ts'
import { bindRoutes, type Handlers } from './bind.ts'
import { machineClock } from './clock.ts'
import type { Services } from './services.ts'

/** Name of the session cookie; the `__Host-` prefix ties it to the exact HTTPS host. */
export const cookieName = (secure: boolean): string => (secure ? '__Host-echarpe' : 'echarpe')

const CHANGING = new Set(['POST', 'PUT', 'DELETE', 'PATCH'])

/** A page of another site can't act for a signed-in person: changing requests must come from our own origin. */
function demandSameOrigin(request: FastifyRequest): void {
  const origin = request.headers.origin
  if (!CHANGING.has(request.method) || origin === undefined) return
  let host = ''
  try {
    host = new URL(origin).host
  } catch {
    host = ''
  }
  if (host !== request.headers.host)
    throw new Refusal('FOREIGN_ORIGIN', 'Cette demande vient d’un autre site : elle est refusée.', {
      family: 'forbidden',
    })
}

function errorBody(raised: unknown, log: Logger, requestId: string): { status: number; body: ErrorBody } {
  const error = nameError(raised)
  const none = { where: '', warnings: [], problems: [] }
  if (error instanceof Refusal) {
    const status = typeof error.data['status'] === 'number' ? error.data['status'] : statusOf[error.family]
    const warnings = Array.isArray(error.data['warnings'])
      ? (error.data['warnings'] as ErrorBody['warnings'])
      : []
    return {
      status,
      body: {
        code: error.code,
        message: error.message,
        where: error.where,
        warnings,
        problems: [...error.problems],
      },
    }
  }
  const status = (error as FastifyError).statusCode ?? 500
  if (status === 413)
    return {
      status,
      body: {
        ...none,
        code: 'FILE_TOO_BIG',
        message: 'Le fichier dépasse 200 Mo. Allégez-le ou découpez-le.',
      },
    }
  if (status === 429)
    return {
      status,
      body: {
        ...none,
        code: 'TOO_MANY',
        message: 'Trop d’essais. Attendez une minute avant de recommencer.',
      },
    }
  if (status >= 400 && status < 500)
    return {
      status,
      body: {
        ...none,
        code: 'REQUEST_INVALID',
        message: 'La demande n’est pas lisible. Rechargez la page et recommencez.',
      },
    }
  const support = requestId.slice(0, 8)
  log.error({ err: error, support }, 'unexpected error')
  return {
    status: 500,
    body: {
      ...none,
      code: 'UNEXPECTED',
      message: `Une erreur inattendue est survenue ; rien n’a été enregistré. Réessayez, et donnez ce numéro à votre informaticien si cela persiste : ${support}.`,
      support,
    },
  }
}

/** The HTTP server: security headers, contract routes, the interface's files. */
export async function buildApp(
  services: () => Services,
  handlers: Handlers,
  log: Logger,
): Promise<FastifyInstance> {
  const { config } = services()
  const secure = config.publicUrl?.startsWith('https:') ?? false
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    genReqId: () => randomUUID(),
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: secure,
    bodyLimit: 4 * 1024 * 1024,
    forceCloseConnections: true,
  })
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        // react-aria positions popovers with style attributes
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    hsts: secure,
    referrerPolicy: { policy: 'no-referrer' },
  })
  await app.register(cookie)
  await app.register(multipart)
  await app.register(rateLimit, { global: false })
  app.addHook('onRoute', (route) => {
    // Guessing passwords or PINs is slowed down; nothing else is counted.
    if (route.method === 'POST' && (route.url === '/api/session' || route.url === '/api/folders/sign'))
      route.config = { ...route.config, rateLimit: { max: 30, timeWindow: '1 minute' } }
  })
  app.addHook('onRequest', async (request, reply) => {
    demandSameOrigin(request)
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })
  app.setErrorHandler((error, request, reply) => {
    const { status, body } = errorBody(error, log, request.id)
    void reply.code(status).type('application/json').send(body)
  })
  const who = (request: FastifyRequest) => {
    const s = services()
    return whoIs(s.storage, request.cookies[cookieName(secure)], machineClock())
  }
  bindRoutes(app, services, handlers, who)
  if (existsSync(path.join(config.uiDir, 'index.html'))) {
    await app.register(fastifyStatic, {
      root: config.uiDir,
      wildcard: false,
      setHeaders: (res, file) =>
        void res.header(
          'cache-control',
          /assets/.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
        ),
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const page =
      request.method === 'GET' &&
      !request.url.startsWith('/api/') &&
      !/\.[a-z0-9]+$/i.test(request.url.split('?')[0] ?? '')
    if (page && existsSync(path.join(config.uiDir, 'index.html')))
      return reply.sendFile(request.url.startsWith('/tablette') ? 'tablet/index.html' : 'index.html')
    return reply.code(404).send({
      code: 'NOT_FOUND',
      message: 'Cette adresse n’existe pas.',
      where: '',
      warnings: [],
      problems: [],
    })
  })
  return app
}
