import { z } from 'zod'
import { Authority, Body, Councillor, type Role } from '../core/people/model.ts'
import { Refusal } from '../core/refusal.ts'
import { repository } from '../storage/aggregate.ts'
import { hashPassword } from './auth.ts'
import type { Services } from './services.ts'
import { machine, transact, type Work } from './work.ts'

const authorities = repository('authority', Authority)
const bodies = repository('body', Body)
const councillors = repository('councillor', Councillor)
const users = repository('userAccount', z.object({}))

export type NewUser = {
  login: string
  displayName: string
  password: string
  roles: Role[]
  councillorId: string | null
}

/** Adds an account; the password is kept only as its argon2id hash. */
export async function addUser(
  work: Work,
  id: string,
  input: Omit<NewUser, 'password'> & { passwordHash: string },
): Promise<void> {
  await users.insert(work.reader, {
    id,
    authorityId: work.authorityId,
    login: input.login.trim().toLowerCase(),
    passwordHash: input.passwordHash,
    displayName: input.displayName,
    roles: JSON.stringify(input.roles),
    councillorId: input.councillorId,
    disabled: 0,
    createdAt: work.now,
    data: {},
  })
  await work.note('user.created', 'user', id, { displayName: input.displayName, roles: input.roles })
}

/** Adds a member to the tableau and to a body. */
export async function addCouncillor(work: Work, councillor: Councillor): Promise<void> {
  await councillors.insert(work.reader, {
    id: councillor.id,
    authorityId: work.authorityId,
    rank: councillor.rank,
    lastName: councillor.lastName,
    firstName: councillor.firstName,
    data: councillor,
  })
  await work.note('councillor.created', 'councillor', councillor.id, {
    name: `${councillor.firstName} ${councillor.lastName}`,
  })
}

export async function addBody(work: Work, body: Body): Promise<void> {
  await bodies.insert(work.reader, {
    id: body.id,
    authorityId: work.authorityId,
    kind: body.kind,
    name: body.name,
    data: body,
  })
}

export async function changeBody(work: Work, id: string, change: (b: Body) => Body): Promise<void> {
  const row = await bodies.get(work.reader, work.authorityId, id)
  await bodies.update(work.reader, { ...row, data: change(row.data) })
}

export async function changeAuthority(work: Work, change: (a: Authority) => Authority): Promise<void> {
  const row = await authorities.get(work.reader, work.authorityId, work.authorityId)
  const data = change(row.data)
  await authorities.update(work.reader, { ...row, siren: data.siren, name: data.name, data })
  await work.note('authority.changed', 'authority', work.authorityId, { name: data.name })
}

/** True when no commune is installed yet. */
export async function isEmpty(services: Services): Promise<boolean> {
  return (
    (await services.storage.read.selectFrom('authority').select('id').limit(1).executeTakeFirst()) ===
    undefined
  )
}

/** Creates the commune with its bodies, members and first accounts, in one transaction. Refuses when one exists. */
export async function establish(
  services: Services,
  input: { authority: Authority; bodies: Body[]; councillors: Councillor[]; users: NewUser[] },
): Promise<void> {
  const hashes = await Promise.all(input.users.map((u) => hashPassword(u.password)))
  await transact(services, input.authority.id, machine, async (work) => {
    const other = await work.reader.selectFrom('authority').select('id').limit(1).executeTakeFirst()
    if (other)
      throw new Refusal(
        'ALREADY_INSTALLED',
        'Une commune est déjà installée ici. Connectez-vous, ou installez l’autre dans un autre dossier de données.',
        { family: 'conflict' },
      )
    const a = input.authority
    await authorities.insert(work.reader, { id: a.id, siren: a.siren, name: a.name, data: a })
    await work.note('authority.created', 'authority', a.id, { name: a.name, siren: a.siren })
    for (const c of input.councillors) await addCouncillor(work, c)
    for (const b of input.bodies) await addBody(work, b)
    for (const [i, u] of input.users.entries())
      await addUser(work, services.newId(), { ...u, passwordHash: hashes[i] ?? '' })
  })
}
