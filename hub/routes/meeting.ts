import { numberActs } from '../../core/act/decide.ts'
import { Refusal } from '../../core/refusal.ts'
import {
  arrive,
  cancelBallot,
  castVote,
  closeBallot,
  closeSitting,
  endItem,
  leave,
  type MeetingContext,
  openBallot,
  openSitting,
  recuse,
  resume,
  startItem,
  suspend,
} from '../../core/sitting/decide-meeting.ts'
import type { SittingEvent } from '../../core/sitting/events.ts'
import { deliberating, type Sitting } from '../../core/sitting/model.ts'
import type { Call, Handlers } from '../bind.ts'
import { councilOf } from '../council.ts'
import type { Services } from '../services.ts'
import { command, load, type Work } from '../work.ts'

const ok = { ok: true } as const

type MeetingRoutes = Pick<
  Handlers,
  | 'sittingOpen'
  | 'memberArrive'
  | 'memberLeave'
  | 'sittingSuspend'
  | 'sittingResume'
  | 'itemStart'
  | 'itemEnd'
  | 'recuse'
  | 'ballotOpen'
  | 'vote'
  | 'voteEnter'
  | 'ballotClose'
  | 'ballotCancel'
  | 'sittingClose'
>

/** Loads the sitting with what its decisions need, applies what is decided. */
async function decide<T>(
  services: Services,
  call: Call,
  name: string,
  sittingId: string,
  decision: (s: Sitting, c: MeetingContext, work: Work) => SittingEvent[],
  answer: (s: Sitting) => T,
): Promise<T> {
  return command(services, call, name, async (work) => {
    const council = await councilOf(work)
    const s = await load(work, 'sitting', sittingId)
    const context = {
      authority: council.authority,
      body: council.body(s.bodyId),
      councillors: council.councillors,
      now: work.now,
    }
    return answer(await work.apply('sitting', s, decision(s, context, work)))
  })
}

/** The person's own seat; refuses accounts that are not a councillor's. */
export function ownSeat(call: Call): string {
  const id = call.user.actor.councillorId
  if (!id)
    throw new Refusal(
      'NOT_A_COUNCILLOR',
      'Votre compte n’est pas rattaché à un siège du conseil. Demandez-le à l’administrateur.',
      { family: 'forbidden' },
    )
  return id
}

/** The sitting as it is run: opening, arrivals, items, ballots, closing and numbering. */
export const meetingRoutes: MeetingRoutes = {
  sittingOpen: (services, { params, body }, call) =>
    decide(
      services,
      call,
      'sittingOpen',
      params.id,
      (s, c) =>
        openSitting(
          s,
          c,
          {
            chairId: body.chairId,
            secretaryIds: body.secretaryIds,
            presentIds: body.presentIds,
            ...(body.urgencyApproved === undefined ? {} : { urgencyApproved: body.urgencyApproved }),
          },
          body.reasons,
        ),
      () => ok,
    ),
  memberArrive: (services, { params, body }, call) =>
    decide(
      services,
      call,
      'memberArrive',
      params.id,
      (s, c) => arrive(s, c, body.councillorId),
      () => ok,
    ),
  memberLeave: (services, { params, body }, call) =>
    decide(
      services,
      call,
      'memberLeave',
      params.id,
      (s, c) => leave(s, c, body.councillorId),
      () => ok,
    ),
  sittingSuspend: (services, { params }, call) =>
    decide(services, call, 'sittingSuspend', params.id, suspend, () => ok),
  sittingResume: (services, { params }, call) =>
    decide(services, call, 'sittingResume', params.id, resume, () => ok),
  itemStart: (services, { params }, call) =>
    decide(
      services,
      call,
      'itemStart',
      params.id,
      (s, c) => startItem(s, c, params.itemId),
      () => ok,
    ),
  itemEnd: (services, { params, body }, call) =>
    decide(
      services,
      call,
      'itemEnd',
      params.id,
      (s, c) => endItem(s, c, params.itemId, body.outcome, body.reason),
      () => ok,
    ),
  recuse: (services, { params, body }, call) =>
    decide(
      services,
      call,
      'recuse',
      params.id,
      (s, c) => recuse(s, c, params.itemId, body),
      () => ok,
    ),

  ballotOpen(services, { params, body }, call) {
    const id = services.newId()
    return decide(
      services,
      call,
      'ballotOpen',
      params.id,
      (s, c) => openBallot(s, c, params.itemId, body.kind, id, body.requestedBy),
      (s) => ({ id: s.items.find((i) => i.id === params.itemId)?.ballots.at(-1)?.id ?? id }),
    )
  },

  vote(services, { params, body }, call) {
    const castBy = ownSeat(call)
    return decide(
      services,
      call,
      'vote',
      params.id,
      (s, c) =>
        castVote(s, c, {
          ballotId: params.ballotId,
          memberId: body.memberId,
          castBy,
          choice: body.choice,
          enteredBy: 'member',
        }),
      () => ok,
    )
  },
  voteEnter: (services, { params, body }, call) =>
    decide(
      services,
      call,
      'voteEnter',
      params.id,
      (s, c) =>
        castVote(s, c, {
          ballotId: params.ballotId,
          memberId: body.memberId,
          castBy: body.memberId,
          choice: body.choice,
          enteredBy: 'operator',
        }),
      () => ok,
    ),
  ballotClose: (services, { params, body }, call) =>
    decide(
      services,
      call,
      'ballotClose',
      params.id,
      (s, c) => closeBallot(s, c, params.ballotId, body.others),
      (s) => ({
        adopted:
          s.items.flatMap((i) => i.ballots).find((b) => b.id === params.ballotId)?.result?.adopted ?? false,
      }),
    ),
  ballotCancel: (services, { params, body }, call) =>
    decide(
      services,
      call,
      'ballotCancel',
      params.id,
      (s, c) => cancelBallot(s, c, params.ballotId, body.reason),
      () => ok,
    ),

  sittingClose: (services, { params }, call) =>
    command(services, call, 'sittingClose', async (work) => {
      const council = await councilOf(work)
      const open = await load(work, 'sitting', params.id)
      const body = council.body(open.bodyId)
      let s = await work.apply(
        'sitting',
        open,
        closeSitting(open, {
          authority: council.authority,
          body,
          councillors: council.councillors,
          now: work.now,
        }),
      )
      // A committee takes no decision: nothing to number (legal rules K3).
      if (body.kind === 'committee') return { numbered: 0 }
      const count = s.items.filter(
        (i) => deliberating.has(i.kind) && ['adopted', 'refused', 'noted'].includes(i.status),
      ).length
      const next = count === 0 ? 1 : await work.draw('deliberation', s.date.slice(0, 4), count)
      const acts = numberActs(s, next, services.newId)
      for (const act of acts) {
        await work.apply('act', null, [{ type: 'act.numbered', act }])
        s = await work.apply('sitting', s, [
          { type: 'sitting.actNumbered', itemId: act.itemId, actId: act.id },
        ])
        if (act.budgetFileId && act.outcome === 'adopted') {
          const budget = await load(work, 'finance', act.budgetFileId)
          await work.apply('finance', budget, [{ type: 'finance.linkedToAct', actId: act.id }])
        }
        await work.enqueue('typeset', `typeset:${act.id}`, { actId: act.id })
      }
      return { numbered: acts.length }
    }),
}
