import { z } from 'zod'
import { Role } from '../../core/people/model.ts'
import { hashPassword } from '../auth.ts'
import type { Handlers } from '../bind.ts'
import { councilOf } from '../council.ts'
import { addCouncillor, addUser, changeAuthority, changeBody } from '../establish.ts'
import { command, viewOf } from '../work.ts'

const ok = { ok: true } as const

export const authorityRoutes: Pick<Handlers, 'authority' | 'authorityChange' | 'councillorAdd' | 'userAdd'> =
  {
    async authority(services, _, call) {
      const view = viewOf(services, call.user.authorityId)
      const { authority, bodies, councillors } = await councilOf(view)
      const users = await view.reader
        .selectFrom('userAccount')
        .select(['id', 'login', 'displayName', 'roles', 'councillorId'])
        .where('authorityId', '=', view.authorityId)
        .orderBy('displayName')
        .execute()
      return {
        authority,
        bodies,
        councillors,
        users: users.map((u) => ({ ...u, roles: z.array(Role).parse(JSON.parse(u.roles)) })),
      }
    },

    authorityChange: (services, { body }, call) =>
      command(services, call, 'authorityChange', async (work) => {
        await changeAuthority(work, (a) => ({ ...body, id: a.id, demonstration: a.demonstration }))
        return ok
      }),

    councillorAdd: (services, { body }, call) =>
      command(services, call, 'councillorAdd', async (work) => {
        const council = await councilOf(work)
        const id = services.newId()
        const rank = Math.max(0, ...council.councillors.map((c) => c.rank)) + 1
        await addCouncillor(work, { ...body, id, authorityId: work.authorityId, rank, channel: 'electronic' })
        const main = council.bodies.find((b) => b.kind === 'municipalCouncil')
        if (main) await changeBody(work, main.id, (b) => ({ ...b, memberIds: [...b.memberIds, id] }))
        return { id }
      }),

    async userAdd(services, { body }, call) {
      const passwordHash = await hashPassword(body.password)
      return command(services, call, 'userAdd', async (work) => {
        const id = services.newId()
        await addUser(work, id, { ...body, passwordHash })
        return { id }
      })
    },
  }
