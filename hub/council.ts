import type { MemberView } from '../contracts/views.ts'
import { Authority, Body, Councillor } from '../core/people/model.ts'
import { Refusal } from '../core/refusal.ts'
import type { View } from './work.ts'

/** The authority with its bodies and councillors, as most decisions need them. */
export type Council = {
  authority: Authority
  bodies: Body[]
  councillors: Councillor[]
  body: (id: string) => Body
  councillor: (id: string) => Councillor
}

const missing = (what: string) =>
  new Refusal('NOT_FOUND', `${what} n’existe plus. Rechargez la page.`, { family: 'notFound' })

export async function councilOf(view: View): Promise<Council> {
  const { reader, authorityId } = view
  const authority = await reader
    .selectFrom('authority')
    .select('data')
    .where('id', '=', authorityId)
    .executeTakeFirst()
  if (!authority) throw missing('Cette collectivité')
  const bodies = await reader
    .selectFrom('body')
    .select('data')
    .where('authorityId', '=', authorityId)
    .orderBy('name')
    .execute()
  const councillors = await reader
    .selectFrom('councillor')
    .select('data')
    .where('authorityId', '=', authorityId)
    .orderBy('rank')
    .execute()
  const council = {
    authority: Authority.parse(JSON.parse(authority.data)),
    bodies: bodies.map((b) => Body.parse(JSON.parse(b.data))),
    councillors: councillors.map((c) => Councillor.parse(JSON.parse(c.data))),
  }
  const pick = <T extends { id: string }>(all: T[], id: string, what: string): T => {
    const found = all.find((x) => x.id === id)
    if (!found) throw missing(what)
    return found
  }
  return {
    ...council,
    body: (id) => pick(council.bodies, id, 'Cette instance'),
    councillor: (id) => pick(council.councillors, id, 'Ce conseiller'),
  }
}

/** Members of a body in the order of the tableau, without what screens do not need. */
export const memberViews = (council: Council, body: Body): MemberView[] =>
  council.councillors
    .filter((c) => body.memberIds.includes(c.id))
    .map(({ id, civility, firstName, lastName, rank, office, officeLabel, group, channel }) => ({
      id,
      civility,
      firstName,
      lastName,
      rank,
      office,
      officeLabel,
      group,
      channel,
    }))
