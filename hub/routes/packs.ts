import type { PackDocument, PackView } from '../../contracts/views.ts'
import { fullName } from '../../core/people/model.ts'
import { Refusal } from '../../core/refusal.ts'
import { currentConvocation } from '../../core/sitting/decide-convocation.ts'
import { acknowledge, grantProxy, reply, revokeProxy } from '../../core/sitting/decide-member.ts'
import { noteAcknowledgement, noteOpening } from '../../core/sitting/dispatch.ts'
import type { AgendaItem, ConvocationDispatch, Sitting } from '../../core/sitting/model.ts'
import type { Handlers } from '../bind.ts'
import { type Council, councilOf, memberViews } from '../council.ts'
import { command, list, load, type View, viewOf } from '../work.ts'
import { ownSeat } from './meeting.ts'
import { sittingRow } from './sittings.ts'

const ok = { ok: true } as const

const READABLE = new Set<Sitting['state']>([
  'convened',
  'open',
  'suspended',
  'quorumFailed',
  'held',
  'listPublished',
  'minutesAdopted',
  'closed',
  'archived',
])

/** The sitting as a convened member may read it; others are told it does not exist. */
async function packOf(view: View, id: string): Promise<Sitting> {
  const s = await load(view, 'sitting', id)
  if (!READABLE.has(s.state) || !currentConvocation(s))
    throw new Refusal('NOT_FOUND', 'Cette séance n’est pas encore convoquée.', { family: 'notFound' })
  return s
}

async function dispatchOf(
  view: View,
  s: Sitting,
  councillorId: string | null,
): Promise<ConvocationDispatch | null> {
  const version = currentConvocation(s)?.version
  const all = await list(view, 'dispatch', { sittingId: s.id })
  return all.find((d) => d.recipientId === councillorId && d.convocationVersion === version) ?? null
}

function ballotView(s: Sitting, council: Council, seat: string | null): PackView['ballot'] {
  for (const item of s.items) {
    const ballot = item.ballots.find((b) => b.state === 'open')
    if (!ballot) continue
    const voices = ballot.entitled.filter((v) => v.castBy === seat)
    if (voices.length === 0) return null
    return {
      id: ballot.id,
      itemId: item.id,
      title: item.title,
      kind: ballot.kind,
      voices: voices.map((v) => {
        const vote = ballot.votes.find((x) => x.memberId === v.memberId)
        return {
          memberId: v.memberId,
          label: v.memberId === seat ? 'Mon vote' : `Pour ${fullName(council.councillor(v.memberId))}`,
          choice: vote?.choice ?? null,
          at: vote?.at ?? null,
        }
      }),
    }
  }
  return null
}

function endedVote(item: AgendaItem): PackView['items'][number]['vote'] {
  const ballot = item.ballots.findLast((b) => b.state !== 'open')
  return ballot ? { ballotId: ballot.id, result: ballot.result ?? null } : null
}

function packView(
  s: Sitting,
  council: Council,
  seat: string | null,
  dispatch: ConvocationDispatch | null,
  now: string,
): PackView {
  const convocation = currentConvocation(s)
  const of = (itemId: string | null): PackDocument[] =>
    (convocation?.documents ?? [])
      .filter((d) => d.itemId === itemId)
      .map(({ title, file, confidential }) => ({ title, file, confidential }))
  const own: PackDocument[] = dispatch?.convocationFile
    ? [{ title: 'Ma convocation', file: dispatch.convocationFile, confidential: false }]
    : []
  const documents = [...own, ...of(null)]
  const items = s.items.map((i, position) => ({
    id: i.id,
    position: position + 1,
    title: i.title,
    kind: i.kind,
    topic: i.topic,
    rapporteur: i.rapporteurId ? fullName(council.councillor(i.rapporteurId)) : null,
    note: i.note,
    text: i.text,
    opinions: i.opinions,
    documents: of(i.id),
    status: i.status,
    vote: endedVote(i),
  }))
  const active = s.proxies.filter((p) => p.state === 'active')
  const given = active.find((p) => p.grantorId === seat)
  const held = active.find((p) => p.holderId === seat)
  const mine = s.replies.find((r) => r.councillorId === seat)
  return {
    id: s.id,
    title: s.title,
    date: s.date,
    time: s.time,
    place: s.place,
    state: s.state,
    convenedOn: convocation?.sentAt ?? convocation?.decidedAt ?? null,
    pages: [...documents, ...items.flatMap((i) => i.documents)].reduce((n, d) => n + (d.file.pages ?? 0), 0),
    documents,
    items,
    members: memberViews(council, council.body(s.bodyId)),
    myReply: mine?.answer ?? null,
    repliedAt: mine?.at ?? null,
    acknowledgedAt: s.acknowledgements.find((a) => a.councillorId === seat)?.at ?? null,
    proxyGiven: given ? { id: given.id, holderId: given.holderId, grantedAt: given.grantedAt } : null,
    proxyHeld: held ? { id: held.id, grantorId: held.grantorId, grantedAt: held.grantedAt } : null,
    takenHolders: active.flatMap((p) => [
      { memberId: p.holderId, reason: 'holds' as const },
      { memberId: p.grantorId, reason: 'gave' as const },
    ]),
    currentItemId: s.currentItemId,
    ballot: ballotView(s, council, seat),
    now,
  }
}

/** What councillors read and answer. */
export const packRoutes: Pick<
  Handlers,
  'packs' | 'pack' | 'acknowledge' | 'reply' | 'proxyGive' | 'proxyRevoke'
> = {
  async packs(services, _, call) {
    const view = viewOf(services, call.user.authorityId)
    const council = await councilOf(view)
    const seat = call.user.actor.councillorId
    const all = (await list(view, 'sitting', {})).filter(
      (s) =>
        READABLE.has(s.state) &&
        currentConvocation(s) &&
        (seat === null || council.body(s.bodyId).memberIds.includes(seat)),
    )
    const rows = await Promise.all(all.map((s) => sittingRow(view, council, s)))
    return rows.sort((a, b) => `${b.date}${b.time}`.localeCompare(`${a.date}${a.time}`))
  },

  async pack(services, { params }, call) {
    const view = viewOf(services, call.user.authorityId)
    const council = await councilOf(view)
    const s = await packOf(view, params.id)
    const seat = call.user.actor.councillorId
    const dispatch = await dispatchOf(view, s, seat)
    const now = services.clock()
    if (dispatch && noteOpening(dispatch, now).length > 0)
      await command(services, { ...call, user: call.user, commandId: null }, 'packOpened', async (work) => {
        const fresh = await load(work, 'dispatch', dispatch.id)
        await work.apply('dispatch', fresh, noteOpening(fresh, work.now))
        return ok
      })
    return packView(s, council, seat, dispatch, now)
  },

  acknowledge: (services, { params }, call) =>
    command(services, call, 'acknowledge', async (work) => {
      const seat = ownSeat(call)
      const council = await councilOf(work)
      const s = await packOf(work, params.id)
      await work.apply('sitting', s, acknowledge(s, council.body(s.bodyId), seat, work.now))
      const dispatch = await dispatchOf(work, s, seat)
      if (dispatch) await work.apply('dispatch', dispatch, noteAcknowledgement(dispatch, work.now))
      return ok
    }),

  reply: (services, { params, body }, call) =>
    command(services, call, 'reply', async (work) => {
      const council = await councilOf(work)
      const s = await packOf(work, params.id)
      await work.apply('sitting', s, reply(s, council.body(s.bodyId), ownSeat(call), body.answer, work.now))
      return ok
    }),

  proxyGive: (services, { params, body }, call) =>
    command(services, call, 'proxyGive', async (work) => {
      const council = await councilOf(work)
      const s = await packOf(work, params.id)
      const id = services.newId()
      await work.apply(
        'sitting',
        s,
        grantProxy(
          s,
          council.body(s.bodyId),
          council.councillors,
          {
            grantorId: ownSeat(call),
            holderId: body.holderId,
            form: 'application',
            identityLevel: 'mot de passe personnel',
          },
          id,
          work.now,
        ),
      )
      return { id }
    }),

  proxyRevoke: (services, { params }, call) =>
    command(services, call, 'proxyRevoke', async (work) => {
      const s = await packOf(work, params.id)
      const proxy = s.proxies.find((p) => p.id === params.proxyId)
      if (proxy && proxy.grantorId !== ownSeat(call))
        throw new Refusal('NOT_YOUR_PROXY', 'Seul le membre qui a donné ce pouvoir peut le révoquer.', {
          family: 'forbidden',
        })
      await work.apply('sitting', s, revokeProxy(s, params.proxyId, work.now))
      return ok
    }),
}
