import type { SittingEvent } from './events.ts'
import type { AgendaItem, Ballot, Sitting } from './model.ts'

const mapItem = (s: Sitting, id: string, change: (item: AgendaItem) => AgendaItem): Sitting => ({
  ...s,
  items: s.items.map((i) => (i.id === id ? change(i) : i)),
})

const mapBallot = (s: Sitting, itemId: string, ballotId: string, change: (b: Ballot) => Ballot): Sitting =>
  mapItem(s, itemId, (i) => ({ ...i, ballots: i.ballots.map((b) => (b.id === ballotId ? change(b) : b)) }))

function moved(items: AgendaItem[], id: string, position: number): AgendaItem[] {
  const item = items.find((i) => i.id === id)
  if (!item) return items
  const rest = items.filter((i) => i.id !== id)
  return [...rest.slice(0, position), item, ...rest.slice(position)]
}

/** Applies one event. Total: an event that was accepted once is never refused here. */
export function evolveSitting(s: Sitting, e: SittingEvent): Sitting {
  switch (e.type) {
    case 'sitting.created':
      return e.sitting
    case 'sitting.detailsChanged':
      return { ...s, title: e.title, date: e.date, time: e.time, place: e.place }
    case 'sitting.itemAdded':
      return { ...s, items: [...s.items.slice(0, e.position), e.item, ...s.items.slice(e.position)] }
    case 'sitting.itemChanged':
      return mapItem(s, e.item.id, () => e.item)
    case 'sitting.itemRemoved':
      return { ...s, items: s.items.filter((i) => i.id !== e.itemId) }
    case 'sitting.itemMoved':
      return { ...s, items: moved(s.items, e.itemId, e.position) }
    case 'sitting.annexAdded':
      return mapItem(s, e.itemId, (i) => ({ ...i, annexes: [...i.annexes, e.annex] }))
    case 'sitting.annexRemoved':
      return mapItem(s, e.itemId, (i) => ({ ...i, annexes: i.annexes.filter((a) => a.id !== e.annexId) }))
    case 'sitting.convoked':
      return {
        ...s,
        state: 'convened',
        convocations: [...s.convocations.map((c) => ({ ...c, state: 'superseded' as const })), e.convocation],
      }
    case 'sitting.convocationSent':
      return {
        ...s,
        convocations: s.convocations.map((c) =>
          c.version === e.version
            ? { ...c, state: c.state === 'superseded' ? c.state : 'dispatched', sentAt: e.sentAt }
            : c,
        ),
      }
    case 'sitting.cancelled':
      return { ...s, state: 'cancelled' }
    case 'sitting.replied':
      return {
        ...s,
        replies: [
          ...s.replies.filter((r) => r.councillorId !== e.councillorId),
          { councillorId: e.councillorId, answer: e.answer, at: e.at },
        ],
      }
    case 'sitting.acknowledged':
      return { ...s, acknowledgements: [...s.acknowledgements, { councillorId: e.councillorId, at: e.at }] }
    case 'sitting.proxyGranted':
      return { ...s, proxies: [...s.proxies, e.proxy] }
    case 'sitting.proxyRevoked':
      return {
        ...s,
        proxies: s.proxies.map((p) => (p.id === e.proxyId ? { ...p, state: 'revoked' as const } : p)),
      }
    case 'sitting.opened':
      return {
        ...s,
        state: 'open',
        openedAt: e.at,
        chairId: e.chairId,
        secretaryIds: e.secretaryIds,
        urgencyApproved: e.urgencyApproved,
        attendance: e.presentIds.map((councillorId) => ({ councillorId, from: e.at, to: null })),
      }
    case 'sitting.quorumFailed':
      return { ...s, state: 'quorumFailed' }
    case 'sitting.memberArrived':
      return { ...s, attendance: [...s.attendance, { councillorId: e.councillorId, from: e.at, to: null }] }
    case 'sitting.memberLeft':
      return {
        ...s,
        attendance: s.attendance.map((a) =>
          a.councillorId === e.councillorId && a.to === null ? { ...a, to: e.at } : a,
        ),
      }
    case 'sitting.suspended':
      return { ...s, state: 'suspended' }
    case 'sitting.resumed':
      return { ...s, state: 'open' }
    case 'sitting.itemStarted':
      return {
        ...mapItem(s, e.itemId, (i) => ({ ...i, status: 'underDiscussion', quorum: e.quorum })),
        currentItemId: e.itemId,
      }
    case 'sitting.recused':
      return mapItem(s, e.itemId, (i) => ({
        ...i,
        quorum: e.quorum,
        recusals: [...i.recusals, { councillorId: e.councillorId, ground: e.ground, leftRoom: e.leftRoom }],
      }))
    case 'sitting.ballotOpened':
      return mapItem(s, e.itemId, (i) => ({ ...i, ballots: [...i.ballots, e.ballot] }))
    case 'sitting.voteCast':
      return mapBallot(s, e.itemId, e.ballotId, (b) => ({
        ...b,
        votes: [
          ...b.votes.filter((v) => v.memberId !== e.memberId),
          { memberId: e.memberId, castBy: e.castBy, choice: e.choice, at: e.at, enteredBy: e.enteredBy },
        ],
      }))
    case 'sitting.ballotClosed':
      return mapItem(
        mapBallot(s, e.itemId, e.ballotId, (b) => ({
          ...b,
          state: 'recorded',
          closedAt: e.at,
          result: e.result,
        })),
        e.itemId,
        (i) => ({ ...i, status: e.result.adopted ? 'adopted' : 'refused' }),
      )
    case 'sitting.ballotCancelled':
      return mapBallot(s, e.itemId, e.ballotId, (b) => ({
        ...b,
        state: 'cancelled',
        votes: [],
        closedAt: e.at,
      }))
    case 'sitting.itemEnded':
      return mapItem(s, e.itemId, (i) => ({ ...i, status: e.outcome }))
    case 'sitting.closed':
      return { ...s, state: 'held', closedAt: e.at, currentItemId: null }
    case 'sitting.actNumbered':
      return mapItem(s, e.itemId, (i) => ({ ...i, actId: e.actId }))
    case 'sitting.listPublished':
      return { ...s, state: 'listPublished' }
  }
}

/** Applies events in order. */
export const evolveSittings = (s: Sitting, events: readonly SittingEvent[]): Sitting =>
  events.reduce(evolveSitting, s)
