import { civilOf, frenchDate } from '../calendar/civil-date.ts'
import type { Authority, Body, Councillor } from '../people/model.ts'
import { demandReasons, type LegalWarning, type Reasons } from '../reasons.ts'
import { Refusal } from '../refusal.ts'
import { ballotRequestThreshold, countBallot, entitledVoices } from './ballot.ts'
import { itemOf } from './decide-preparation.ts'
import type { SittingEvent } from './events.ts'
import { evolveSitting } from './evolve.ts'
import { type AgendaItem, type Ballot, type Choice, deliberating, type Sitting } from './model.ts'
import { inRoom, quorumAt } from './quorum.ts'

export type MeetingContext = {
  authority: Authority
  body: Body
  councillors: readonly Councillor[]
  now: string
}

function demandOpen(s: Sitting): void {
  if (s.state !== 'open')
    throw new Refusal(
      'SITTING_NOT_OPEN',
      'La séance n’est pas ouverte. Ouvrez-la, ou reprenez-la si elle est suspendue.',
      {
        family: 'impossible',
      },
    )
}

const impossible = (code: string, message: string, where = '') =>
  new Refusal(code, message, { family: 'impossible', where })

export type OpeningInput = {
  chairId: string
  secretaryIds: string[]
  presentIds: string[]
  urgencyApproved?: boolean
}

/** Opening by the chair: roll call, secretary, quorum; without quorum the council cannot deliberate (L. 2121-17). */
export function openSitting(
  s: Sitting,
  c: MeetingContext,
  input: OpeningInput,
  reasons: Reasons,
): SittingEvent[] {
  if (s.state !== 'convened')
    throw impossible(
      'SITTING_NOT_CONVENED',
      'La séance n’est pas convoquée : elle ne peut pas être ouverte. Convoquez d’abord les membres.',
    )
  const present = new Set(input.presentIds)
  const stranger = [...present].find((id) => !c.body.memberIds.includes(id))
  if (stranger)
    throw impossible(
      'NOT_A_MEMBER',
      'Une personne pointée présente n’est pas membre de l’instance. Corrigez l’appel.',
    )
  if (!present.has(input.chairId))
    throw impossible(
      'CHAIR_ABSENT',
      'La présidence revient à un membre présent. Choisissez un autre président de séance.',
      'CGCT art. L. 2121-14',
    )
  if (input.secretaryIds.length === 0 || input.secretaryIds.some((id) => !present.has(id)))
    throw impossible(
      'SECRETARY_MISSING',
      'Nommez un secrétaire de séance parmi les membres présents.',
      'CGCT art. L. 2121-15',
    )
  const today = civilOf(c.now, c.authority.timeZone).date
  const warnings: LegalWarning[] = []
  if (today !== s.date)
    warnings.push({
      code: 'OTHER_DAY',
      article: 'CGCT art. L. 2121-10',
      message: `La séance est convoquée pour le ${frenchDate(s.date)} et nous sommes le ${frenchDate(today)}.`,
      remedy: 'Attendez le jour dit, ou indiquez pourquoi vous l’ouvrez aujourd’hui.',
    })
  const typed = demandReasons(warnings, reasons)
  const urgent = s.convocations.at(-1)?.urgencyReason ?? null
  if (urgent !== null && input.urgencyApproved === undefined)
    throw impossible(
      'URGENCY_VOTE',
      'La convocation est partie en urgence : le conseil doit se prononcer sur l’urgence dès l’ouverture. Indiquez son avis.',
      'CGCT art. L. 2121-12',
    )
  const presentIds = [...present]
  const opened: SittingEvent = {
    type: 'sitting.opened',
    at: c.now,
    chairId: input.chairId,
    secretaryIds: input.secretaryIds,
    presentIds,
    urgencyApproved: urgent === null ? null : (input.urgencyApproved ?? null),
    reasons: typed,
    quorum: quorumAt(
      { ...s, attendance: presentIds.map((councillorId) => ({ councillorId, from: c.now, to: null })) },
      c.body,
      c.councillors,
      null,
      c.now,
    ),
  }
  return opened.quorum.reached
    ? [opened]
    : [opened, { type: 'sitting.quorumFailed', at: c.now, quorum: opened.quorum }]
}

export function arrive(s: Sitting, c: MeetingContext, councillorId: string): SittingEvent[] {
  demandOpen(s)
  if (!c.body.memberIds.includes(councillorId))
    throw impossible('NOT_A_MEMBER', 'Cette personne n’est pas membre de l’instance.')
  return inRoom(s, c.now).has(councillorId)
    ? []
    : [{ type: 'sitting.memberArrived', councillorId, at: c.now }]
}

export function leave(s: Sitting, c: MeetingContext, councillorId: string): SittingEvent[] {
  demandOpen(s)
  return inRoom(s, c.now).has(councillorId) ? [{ type: 'sitting.memberLeft', councillorId, at: c.now }] : []
}

const openBallotOf = (i: AgendaItem): Ballot | undefined => i.ballots.find((b) => b.state === 'open')

/** Puts an item to discussion; the quorum is checked again at each item (legal rules Q3). */
export function startItem(s: Sitting, c: MeetingContext, itemId: string): SittingEvent[] {
  demandOpen(s)
  const item = itemOf(s, itemId)
  if (!['planned', 'underDiscussion', 'deferred'].includes(item.status))
    throw impossible('ITEM_ENDED', 'Ce point a déjà été traité.')
  const busy = s.items.find((i) => i.id !== itemId && openBallotOf(i))
  if (busy)
    throw impossible(
      'BALLOT_OPEN',
      `Un scrutin est ouvert sur « ${busy.title} ». Terminez-le avant de passer à un autre point.`,
    )
  const quorum = quorumAt(s, c.body, c.councillors, item, c.now)
  if (!quorum.reached)
    throw new Refusal(
      'QUORUM_LOST',
      `Le quorum n’est plus atteint : ${quorum.present.length} présents pour ${quorum.required} exigés. Levez la séance ; les points restants seront reconvoqués à trois jours francs.`,
      {
        family: 'impossible',
        where: 'CGCT art. L. 2121-17',
        data: { quorum },
      },
    )
  return [{ type: 'sitting.itemStarted', itemId, quorum }]
}

/** A councillor steps back from an item (L. 2131-11); recorded before the vote, figures of the quorum recomputed. */
export function recuse(
  s: Sitting,
  c: MeetingContext,
  itemId: string,
  input: { councillorId: string; ground: string; leftRoom: boolean },
): SittingEvent[] {
  demandOpen(s)
  const item = itemOf(s, itemId)
  if (item.ballots.some((b) => b.state !== 'cancelled'))
    throw impossible(
      'BALLOT_STARTED',
      'Le scrutin a commencé : le déport ne peut plus être noté. Annulez le scrutin d’abord.',
    )
  if (item.recusals.some((r) => r.councillorId === input.councillorId)) return []
  const changed = { ...item, recusals: [...item.recusals, input] }
  return [
    { type: 'sitting.recused', itemId, ...input, quorum: quorumAt(s, c.body, c.councillors, changed, c.now) },
  ]
}

/** Opens a ballot on the item under discussion and freezes the list of voices. Secret ballots are not offered here yet. */
export function openBallot(
  s: Sitting,
  c: MeetingContext,
  itemId: string,
  kind: 'ordinary' | 'public',
  id: string,
  requestedBy: number,
): SittingEvent[] {
  demandOpen(s)
  const item = itemOf(s, itemId)
  if (item.status !== 'underDiscussion') throw impossible('ITEM_NOT_STARTED', 'Appelez d’abord ce point.')
  if (!deliberating.has(item.kind))
    throw impossible(
      'NO_VOTE',
      'Ce point ne donne pas lieu à un vote : indiquez que le conseil en prend acte.',
    )
  if (openBallotOf(item)) throw impossible('BALLOT_OPEN', 'Un scrutin est déjà ouvert sur ce point.')
  const quorum = quorumAt(s, c.body, c.councillors, item, c.now)
  if (!quorum.reached)
    throw new Refusal(
      'QUORUM_LOST',
      `Le quorum n’est plus atteint : ${quorum.present.length} présents pour ${quorum.required} exigés.`,
      { family: 'impossible', where: 'CGCT art. L. 2121-17', data: { quorum } },
    )
  const needed = ballotRequestThreshold(quorum.present.length, 'public')
  if (kind === 'public' && requestedBy < needed)
    throw impossible(
      'PUBLIC_BALLOT_REQUEST',
      `Le scrutin public est de droit à la demande du quart des membres présents : ${needed} membres, et ${requestedBy} l’ont demandé.`,
      'CGCT art. L. 2121-21',
    )
  const mayor = c.councillors.find((m) => m.office === 'mayor')
  if (item.kind === 'accounts' && s.chairId === mayor?.id)
    throw impossible(
      'CHAIR_ACCOUNTS',
      'Le maire se retire au moment du vote du compte : le conseil élit un autre président pour ce point.',
      'CGCT art. L. 2121-14',
    )
  return [
    {
      type: 'sitting.ballotOpened',
      itemId,
      ballot: {
        id,
        kind,
        state: 'open',
        openedAt: c.now,
        chairId: s.chairId ?? '',
        entitled: entitledVoices(quorum),
        votes: [],
      },
    },
  ]
}

function openBallotById(s: Sitting, ballotId: string): { item: AgendaItem; ballot: Ballot } {
  for (const item of s.items) {
    const ballot = item.ballots.find((b) => b.id === ballotId)
    if (!ballot) continue
    if (ballot.state !== 'open')
      throw new Refusal(
        'BALLOT_CLOSED',
        'Le scrutin est clos : votre vote n’a pas été pris. Signalez-le au président de séance.',
        { family: 'conflict' },
      )
    return { item, ballot }
  }
  throw new Refusal('BALLOT_NOT_FOUND', 'Ce scrutin n’existe pas ou a été annulé.', { family: 'notFound' })
}

/** One voice votes, or changes its vote until the ballot is closed. The vote for a grantor is cast apart (P6). */
export function castVote(
  s: Sitting,
  c: MeetingContext,
  input: {
    ballotId: string
    memberId: string
    castBy: string
    choice: Choice
    enteredBy: 'member' | 'operator'
  },
): SittingEvent[] {
  demandOpen(s)
  const { item, ballot } = openBallotById(s, input.ballotId)
  const voice = ballot.entitled.find((v) => v.memberId === input.memberId)
  if (!voice)
    throw new Refusal(
      'NOT_ENTITLED',
      'Cette voix n’est pas appelée à ce scrutin (absence, déport ou pouvoir non actif).',
      { family: 'forbidden' },
    )
  if (input.enteredBy === 'member' && voice.castBy !== input.castBy)
    throw new Refusal(
      'NOT_YOUR_VOICE',
      'Vous ne pouvez voter que pour vous-même et pour le membre qui vous a donné pouvoir.',
      { family: 'forbidden' },
    )
  return [
    {
      type: 'sitting.voteCast',
      itemId: item.id,
      ballotId: ballot.id,
      memberId: input.memberId,
      castBy: voice.castBy,
      choice: input.choice,
      at: c.now,
      enteredBy: input.enteredBy,
    },
  ]
}

/**
 * Closes and counts. `others`: by show of hands the operator enters the voices that differ and says what the remaining
 * voices are; in a public ballot every voice must have been called.
 */
export function closeBallot(
  s: Sitting,
  c: MeetingContext,
  ballotId: string,
  others: Choice | null,
): SittingEvent[] {
  demandOpen(s)
  const { item, ballot } = openBallotById(s, ballotId)
  const silent = ballot.entitled.filter((v) => !ballot.votes.some((x) => x.memberId === v.memberId))
  if (silent.length > 0 && ballot.kind === 'public' && others === null)
    throw impossible(
      'ROLL_CALL_INCOMPLETE',
      `Il manque ${silent.length} voix à l’appel nominal. Appelez-les, ou notez qu’elles ne prennent pas part au vote.`,
    )
  const events: SittingEvent[] =
    others === null
      ? []
      : silent.map((v) => ({
          type: 'sitting.voteCast',
          itemId: item.id,
          ballotId,
          memberId: v.memberId,
          castBy: v.castBy,
          choice: others,
          at: c.now,
          enteredBy: 'operator',
        }))
  const counted = events.reduce(evolveSitting, s)
  const full = itemOf(counted, item.id).ballots.find((b) => b.id === ballotId) ?? ballot
  return [
    ...events,
    {
      type: 'sitting.ballotClosed',
      itemId: item.id,
      ballotId,
      at: c.now,
      result: countBallot(full, item.kind),
    },
  ]
}

export function cancelBallot(
  s: Sitting,
  c: MeetingContext,
  ballotId: string,
  reason: string,
): SittingEvent[] {
  const { item } = openBallotById(s, ballotId)
  return [{ type: 'sitting.ballotCancelled', itemId: item.id, ballotId, at: c.now, reason }]
}

/** An item that ends without a vote: taken note of, withdrawn, or put off. */
export function endItem(
  s: Sitting,
  c: MeetingContext,
  itemId: string,
  outcome: 'noted' | 'withdrawn' | 'deferred',
  reason: string,
): SittingEvent[] {
  demandOpen(s)
  const item = itemOf(s, itemId)
  if (openBallotOf(item))
    throw impossible('BALLOT_OPEN', 'Un scrutin est ouvert sur ce point. Terminez-le ou annulez-le.')
  if (!['planned', 'underDiscussion'].includes(item.status))
    throw impossible('ITEM_ENDED', 'Ce point a déjà été traité.')
  return [{ type: 'sitting.itemEnded', itemId, outcome, reason, at: c.now }]
}

export function suspend(s: Sitting, c: MeetingContext): SittingEvent[] {
  demandOpen(s)
  return [{ type: 'sitting.suspended', at: c.now }]
}

export function resume(s: Sitting, c: MeetingContext): SittingEvent[] {
  if (s.state !== 'suspended') throw impossible('NOT_SUSPENDED', 'La séance n’est pas suspendue.')
  return [{ type: 'sitting.resumed', at: c.now }]
}

/** Closes the sitting; votes are final. */
export function closeSitting(s: Sitting, c: MeetingContext): SittingEvent[] {
  if (s.state !== 'quorumFailed') demandOpen(s)
  const busy = s.items.find(openBallotOf)
  if (busy)
    throw impossible(
      'BALLOT_OPEN',
      `Un scrutin est ouvert sur « ${busy.title} ». Terminez-le avant de lever la séance.`,
    )
  const left = s.items.filter(
    (i) => i.status === 'underDiscussion' || (i.status === 'planned' && s.state === 'open'),
  )
  if (left[0])
    throw impossible(
      'ITEMS_LEFT',
      `${left.length === 1 ? 'Un point n’est pas traité' : `${left.length} points ne sont pas traités`}, dont « ${left[0].title} ». Votez-les, prenez-en acte, ou ajournez-les.`,
    )
  return [{ type: 'sitting.closed', at: c.now }]
}
