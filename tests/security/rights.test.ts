import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HubError } from '../../contracts/client.ts'
import { pathOf, type Route } from '../../contracts/route.ts'
import { routes } from '../../contracts/routes.ts'
import type { Role } from '../../core/people/model.ts'
import { may } from '../../core/people/rights.ts'
import { aDemoHub, type DemoHub } from '../builders/hub.ts'

const accounts: { login: string; roles: Role[] }[] = [
  { login: 'assemblees', roles: ['assemblyOffice'] },
  { login: 'maire', roles: ['mayor', 'councillor'] },
  { login: 'elue', roles: ['councillor'] },
  { login: 'finances', roles: ['finance'] },
  { login: 'admin', roles: ['admin'] },
]

let hub: DemoHub
const cookies = new Map<string, string>()

beforeAll(async () => {
  hub = await aDemoHub()
  for (const { login } of accounts) {
    const response = await fetch(`${hub.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password: hub.password }),
    })
    cookies.set(login, (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '')
  }
}, 90_000)
afterAll(() => hub?.stop())

const dummy: Record<string, string> = {
  id: 'x',
  itemId: 'x',
  annexId: 'x',
  ballotId: 'x',
  dispatchId: 'x',
  proxyId: 'x',
  pieceId: 'x',
  scope: 'act',
  number: 'X1',
  sha256: 'a'.repeat(64),
}

function ask(route: Route, cookie: string, extra: Record<string, string> = {}): Promise<Response> {
  return fetch(hub.url + pathOf(route, dummy), {
    method: route.method,
    headers: {
      ...(cookie ? { cookie } : {}),
      ...(route.method === 'GET' || route.method === 'DELETE' ? {} : { 'content-type': 'application/json' }),
      ...extra,
    },
    ...(route.method === 'GET' || route.method === 'DELETE' ? {} : { body: '{}' }),
  })
}

const guarded = Object.entries(routes as Record<string, Route>).filter(([, r]) => r.rights !== 'public')

describe('without a session', () => {
  test.each(guarded)('%s answers 401', async (_, route) => {
    const response = await ask(route, '')
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ code: 'SIGNED_OUT' })
  })
})

describe('with a session that lacks the right', () => {
  const cases = guarded.flatMap(([name, route]) => {
    const { rights } = route
    return rights === 'signedIn' || rights === 'public'
      ? []
      : accounts.filter((a) => !may(a.roles, rights)).map((a) => [name, a.login, route] as const)
  })
  test.each(cases)('%s refuses %s before reading the body', async (_, login, route) => {
    const response = await ask(route, cookies.get(login) ?? '')
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('sessions', () => {
  test('a wrong password and an unknown login get the same answer', async () => {
    const say = async (login: string) => {
      const error: unknown = await hub.anyone
        .call('signIn', { body: { login, password: 'faux-mot-de-passe' } })
        .catch((e: unknown) => e)
      return error instanceof HubError ? [error.status, error.body.message] : error
    }
    const known = await say('maire')
    expect(known).toEqual(await say('personne'))
    expect(known).toEqual([403, expect.stringContaining('Identifiant ou mot de passe incorrect')])
  })

  test('the cookie can’t be read by a page nor sent from another site, and signing out ends it on the hub', async () => {
    const response = await fetch(`${hub.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'elu', password: hub.password }),
    })
    const set = response.headers.get('set-cookie') ?? ''
    expect(set).toMatch(/HttpOnly/i)
    expect(set).toMatch(/SameSite=Strict/i)
    const cookie = set.split(';')[0] ?? ''
    expect((await ask(routes.me, cookie)).status).toBe(200)
    await ask(routes.signOut, cookie)
    expect((await ask(routes.me, cookie)).status).toBe(401)
  })

  test('a command from another origin is refused', async () => {
    const response = await ask(routes.inboxRead, cookies.get('assemblees') ?? '', {
      origin: 'https://ailleurs.example',
    })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'FOREIGN_ORIGIN' })
  })
})

describe('documents', () => {
  test('a hash that belongs to another object is refused, whoever asks', async () => {
    const office = await hub.as('assemblees')
    const [first, second] = await office.call('acts')
    const sha256 = second?.act.signedDocument?.sha256 ?? second?.act.document?.sha256 ?? ''
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    const response = await fetch(`${hub.url}/api/files/act/${first?.act.id}/${sha256}`, {
      headers: { cookie: cookies.get('assemblees') ?? '' },
    })
    expect(response.status).toBe(404)
  })

  test('a councillor reads only their own convocation', async () => {
    const office = await hub.as('assemblees')
    const held = (await office.call('sittings')).find((s) => s.state === 'held')
    const { dispatches } = await office.call('sitting', { params: { id: held?.id ?? '' } })
    const elue = await hub.as('elue')
    const me = await elue.call('me')
    const read = async (recipient: (id: string) => boolean) => {
      const d = dispatches.find((x) => recipient(x.recipientId))
      return (
        await fetch(`${hub.url}/api/files/pack/${held?.id}/${d?.convocationFile?.sha256}`, {
          headers: { cookie: cookies.get('elue') ?? '' },
        })
      ).status
    }
    expect(await read((id) => id === me.councillorId)).toBe(200)
    expect(await read((id) => id !== me.councillorId)).toBe(404)
  })

  test('a document is served as a document: typed, sandboxed, by ranges', async () => {
    const office = await hub.as('assemblees')
    const act = (await office.call('acts')).find((a) => a.act.signedDocument)?.act
    const url = `${hub.url}/api/files/act/${act?.id}/${act?.signedDocument?.sha256}`
    const headers = { cookie: cookies.get('assemblees') ?? '' }
    const whole = await fetch(url, { headers })
    expect(whole.headers.get('content-security-policy')).toContain('sandbox')
    expect(whole.headers.get('x-content-type-options')).toBe('nosniff')
    const part = await fetch(url, { headers: { ...headers, range: 'bytes=0-7' } })
    expect(part.status).toBe(206)
    expect(await part.text()).toMatch(/^%PDF-1/)
    expect(
      (await fetch(url, { headers: { ...headers, 'if-none-match': whole.headers.get('etag') ?? '' } }))
        .status,
    ).toBe(304)
    expect((await fetch(url, { headers: { ...headers, range: 'bytes=999999999-' } })).status).toBe(416)
  })
})

describe('what the public may not see', () => {
  test('an act that is not published, or a document of it', async () => {
    const office = await hub.as('assemblees')
    const hidden = (await office.call('acts')).find(
      (a) => a.act.publicityState === 'pending' && a.act.signedDocument,
    )?.act
    expect(hidden).toBeDefined()
    expect((await fetch(`${hub.url}/public/actes/${hidden?.number}`)).status).toBe(404)
    expect((await fetch(`${hub.url}/public/documents/${hidden?.signedDocument?.sha256}.pdf`)).status).toBe(
      404,
    )
    const shown = (await office.call('acts')).find((a) => a.act.publicityState === 'published')?.act
    expect((await fetch(`${hub.url}/public/actes/${shown?.number}`)).status).toBe(200)
    expect((await fetch(`${hub.url}/public/documents/${shown?.publication?.file.sha256}.pdf`)).status).toBe(
      200,
    )
  })
})
