import type { Act } from '../core/act/model.ts'
import { civilOf } from '../core/calendar/civil-date.ts'
import { delayRule } from '../core/calendar/legal-delays.ts'
import { type Authority, type Councillor, fullName } from '../core/people/model.ts'
import { Refusal } from '../core/refusal.ts'
import { currentConvocation } from '../core/sitting/decide-convocation.ts'
import type { AgendaItem, Ballot, Sitting } from '../core/sitting/model.ts'
import type { AgendaInput, ConvocationInput, DeliberationInput, NamedPerson } from '../documents/inputs.ts'
import type { Council } from './council.ts'

const named = (c: Councillor): NamedPerson => ({
  civility: c.civility,
  firstName: c.firstName,
  lastName: c.lastName,
})

/** Letterhead of the commune's papers. */
export const letterheadOf = (authority: Authority) => ({
  letterhead: {
    name: authority.name,
    addressLines: [authority.address.street, `${authority.address.postalCode} ${authority.address.city}`],
    email: authority.email,
    ...(authority.phone ? { phone: authority.phone } : {}),
  },
  demonstration: authority.demonstration,
})

/** What every paper of the commune carries. */
const common = (authority: Authority, now: string) => ({ ...letterheadOf(authority), createdAt: now })

const facts = (council: Council, s: Sitting) => ({
  bodyName: council.body(s.bodyId).name,
  date: s.date,
  time: s.time,
  place: s.place,
})

const agendaLine = (council: Council, i: AgendaItem, index: number) => ({
  rank: index + 1,
  title: i.title,
  topic: i.topic,
  rapporteur: i.rapporteurId ? fullName(council.councillor(i.rapporteurId)) : '',
})

function convener(council: Council, s: Sitting) {
  const convocation = currentConvocation(s)
  const c = convocation
    ? council.councillor(convocation.convenedBy)
    : council.councillors.find((x) => x.office === 'mayor')
  if (!c)
    throw new Refusal(
      'NO_MAYOR',
      'Le tableau du conseil ne désigne pas de maire : lui seul convoque. Complétez-le.',
      { where: 'CGCT art. L. 2121-10', family: 'impossible' },
    )
  return { ...named(c), capacity: convocation?.capacity ?? c.officeLabel }
}

/** The letter to one member. */
export function convocationInput(
  council: Council,
  s: Sitting,
  recipient: Councillor,
  channel: 'electronic' | 'paper',
  now: string,
): ConvocationInput {
  const convocation = currentConvocation(s)
  const rule = delayRule(council.authority, s.kind)
  return {
    ...common(council.authority, convocation?.decidedAt ?? now),
    sitting: facts(council, s),
    kind: s.kind,
    version: convocation?.version ?? 1,
    recipient: { ...named(recipient), capacity: recipient.officeLabel, channel },
    convenedBy: convener(council, s),
    date: civilOf(convocation?.decidedAt ?? now, council.authority.timeZone).date,
    delay: { article: rule.article, clearDays: rule.clearDays },
    urgencyReason: convocation?.urgencyReason ?? null,
    agenda: s.items.map((i, n) => agendaLine(council, i, n)),
    documents: (convocation?.documents ?? []).map((d) => ({
      title: d.title,
      ...(d.file.pages ? { pages: d.file.pages } : {}),
    })),
    proxyForm: true,
  }
}

/** The explanatory note sent with the convocation (CGCT art. L. 2121-12). */
export function noteInput(council: Council, s: Sitting, now: string): AgendaInput {
  return {
    ...common(council.authority, now),
    sitting: facts(council, s),
    form: 'note',
    items: s.items.map((i, n) => ({
      ...agendaLine(council, i, n),
      text: [...(i.note ? [{ kind: 'paragraph' as const, text: i.note }] : []), ...i.text],
      opinions: i.opinions,
      annexes: i.annexes.map((a) => a.title),
    })),
    convenedBy: convener(council, s),
  }
}

function ballotFacts(council: Council, ballot: Ballot): NonNullable<DeliberationInput['ballot']> {
  const r = ballot.result
  if (!r) throw new Error(`ballot ${ballot.id} has no result`)
  const namesOf = (choice: Ballot['votes'][number]['choice']) =>
    ballot.votes.filter((v) => v.choice === choice).map((v) => fullName(council.councillor(v.memberId)))
  return {
    kind: ballot.kind,
    for: r.for,
    against: r.against,
    abstain: r.abstain,
    notVoting: r.notVoting,
    castingVote: r.castingVote,
    ...(ballot.kind === 'public'
      ? {
          names: {
            for: namesOf('for'),
            against: namesOf('against'),
            abstain: namesOf('abstain'),
            notVoting: namesOf('notVoting'),
          },
        }
      : {}),
  }
}

/** The ground that leaves the members in office has a name of its own; the others are the person's words. */
const recusalReason = (ground: string): string =>
  ground === 'representative' ? 'représente la commune dans l’organisme concerné' : ground

/** The extract of the register for one act (legal rules §6, D4). */
export function deliberationInput(council: Council, s: Sitting, act: Act, now: string): DeliberationInput {
  const item = s.items.find((i) => i.id === act.itemId)
  const quorum = item?.quorum
  if (!item || !quorum)
    throw new Refusal(
      'ITEM_NOT_DEBATED',
      `Le point de la délibération ${act.number} n’a pas été mis en discussion.`,
      { family: 'impossible' },
    )
  const one = (id: string) => named(council.councillor(id))
  const ballot = item.ballots.findLast((b) => b.state === 'recorded') ?? null
  const chair = council.councillor(ballot?.chairId || (s.chairId ?? ''))
  const convocation = currentConvocation(s)
  return {
    ...common(council.authority, now),
    number: act.number,
    title: act.title,
    topic: item.topic,
    sitting: facts(council, s),
    convocationDate: civilOf(convocation?.sentAt ?? convocation?.decidedAt ?? now, council.authority.timeZone)
      .date,
    chair: { ...named(chair), capacity: chair.officeLabel },
    secretaries: s.secretaryIds.map(one),
    assembly: {
      inOffice: quorum.inOffice,
      quorumRequired: quorum.required,
      quorumWaived: quorum.waived,
      present: quorum.present.map(one),
      represented: quorum.represented.map((r) => ({ grantor: one(r.grantorId), holder: one(r.holderId) })),
      excused: quorum.excused.map(one),
      absent: quorum.absent.map(one),
      recused: item.recusals.map((r) => ({ ...one(r.councillorId), reason: recusalReason(r.ground) })),
    },
    ...(item.rapporteurId ? { rapporteur: one(item.rapporteurId) } : {}),
    opinions: item.opinions,
    report: item.note ? [{ kind: 'paragraph', text: item.note }] : [],
    blocks: item.text.length > 0 ? item.text : [{ kind: 'article', text: item.title }],
    outcome: act.outcome,
    ballot: ballot ? ballotFacts(council, ballot) : null,
    annexes: item.annexes.map((a) => a.title),
    court: { name: 'tribunal administratif territorialement compétent' },
  }
}
