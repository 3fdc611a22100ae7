import { PassThrough } from 'node:stream'
import { councilSize } from '../../core/people/model.ts'
import { may, type Permission, permissions } from '../../core/people/rights.ts'
import { cookieName } from '../app.ts'
import type { SignedIn } from '../auth.ts'
import { signIn, signOut, whoIs } from '../auth.ts'
import type { Handlers } from '../bind.ts'
import { machineClock } from '../clock.ts'
import { councilOf } from '../council.ts'
import { establish } from '../establish.ts'
import type { Services } from '../services.ts'
import { transact, viewOf } from '../work.ts'

const VERSION = '0.1.0'
const HEARTBEAT_MS = 15_000
const ok = { ok: true } as const

async function meOf(services: Services, user: SignedIn) {
  const { authority } = await councilOf(viewOf(services, user.authorityId))
  const { actor } = user
  return {
    userId: actor.userId,
    label: actor.label,
    roles: [...actor.roles],
    permissions: (Object.keys(permissions) as Permission[]).filter((p) => may(actor.roles, p)),
    councillorId: actor.councillorId,
    authority,
    demonstration: authority.demonstration,
    now: services.clock(),
  }
}

export const sessionRoutes: Pick<
  Handlers,
  'status' | 'signIn' | 'me' | 'signOut' | 'events' | 'setupInstall'
> = {
  async status(services) {
    const row = await services.storage.read.selectFrom('authority').select('name').limit(1).executeTakeFirst()
    return {
      state: row ? 'ready' : 'empty',
      demonstration: services.demo !== null,
      authorityName: row?.name ?? null,
      version: VERSION,
      now: services.clock(),
      demoAccounts: services.demo?.accounts.map(({ login, label }) => ({ login, label })) ?? [],
    }
  },

  async signIn(services, { body }, call) {
    const now = machineClock()
    const { token, expiresAt } = await signIn(
      services.storage,
      { ...body, userAgent: call.request.headers['user-agent'] ?? '' },
      now,
    )
    const secure = services.config.publicUrl?.startsWith('https:') ?? false
    call.reply.setCookie(cookieName(secure), token, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure,
      maxAge: Math.round((Date.parse(expiresAt) - Date.parse(now)) / 1000),
    })
    const user = await whoIs(services.storage, token, now)
    if (!user) throw new Error('session lost as soon as opened')
    await transact(services, user.authorityId, user.actor, (work) =>
      work.note('session.opened', 'user', user.actor.userId, {}),
    )
    return meOf(services, user)
  },

  me: (services, _, call) => meOf(services, call.user),

  async signOut(services, _, call) {
    const name = cookieName(services.config.publicUrl?.startsWith('https:') ?? false)
    const token = call.request.cookies[name]
    if (token) await signOut(services.storage, token)
    call.reply.clearCookie(name, { path: '/' })
    return ok
  },

  async events(services, _, call) {
    const stream = new PassThrough()
    const { reply, request } = call
    reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
    stream.write(': ouvert\n\n')
    const leave = services.live.subscribe(call.user.authorityId, (event) =>
      stream.write(`data: ${JSON.stringify(event)}\n\n`),
    )
    // A silent half-open line is noticed by the client when the beat stops.
    const beat = setInterval(() => stream.write('event: battement\ndata: {}\n\n'), HEARTBEAT_MS)
    request.raw.on('close', () => {
      clearInterval(beat)
      leave()
      stream.end()
    })
    void reply.send(stream)
    return undefined
  },

  async setupInstall(services, { body }) {
    const id = services.newId()
    await establish(services, {
      authority: { ...body.authority, id, demonstration: false },
      bodies: [
        {
          id: services.newId(),
          authorityId: id,
          kind: 'municipalCouncil',
          name: 'Conseil municipal',
          legalSize: councilSize(body.authority.populationAtRenewal),
          memberIds: [],
        },
      ],
      councillors: [],
      users: [{ ...body.admin, roles: ['admin', 'assemblyOffice'], councillorId: null }],
    })
    return ok
  },
}
