import { describe, expect, test } from 'vitest'
import { aCouncil, anAuthority, aSitting, someCouncillors } from '../../tests/builders/sitting.ts'
import { councilSize } from '../people/model.ts'
import { ballotRequestThreshold, countBallot } from './ballot.ts'
import { convocationWarnings, convoke } from './decide-convocation.ts'
import {
  arrive,
  castVote,
  closeBallot,
  closeSitting,
  endItem,
  leave,
  openBallot,
  openSitting,
  recuse,
  startItem,
} from './decide-meeting.ts'
import { acknowledge, grantProxy, reply, revokeProxy } from './decide-member.ts'
import { addItem, moveItem, removeItem } from './decide-preparation.ts'
import type { SittingEvent } from './events.ts'
import { evolveSittings } from './evolve.ts'
import type { Ballot, ItemKind, Sitting } from './model.ts'
import { quorumAt, quorumRequired } from './quorum.ts'

const councillors = someCouncillors(27)
const body = aCouncil(councillors)
const authority = anAuthority()
const at = (now: string) => ({ authority, body, councillors, now })
const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `c${from + i}`)
const ON_TIME = '2026-12-04T10:00:00.000Z'
const EVENING = '2026-12-10T17:30:00.000Z'

const convocation = (now: string) => ({ ...at(now), convenedBy: 'c1', capacity: 'Maire', documents: [] })
const convened = (kinds?: ItemKind[]): Sitting =>
  evolve(aSitting(kinds), (s) => convoke(s, convocation(ON_TIME), {}))
const evolve = (s: Sitting, ...steps: ((s: Sitting) => SittingEvent[])[]): Sitting =>
  steps.reduce((state, step) => evolveSittings(state, step(state)), s)
const opened = (present: string[], kinds?: ItemKind[]): Sitting =>
  evolve(convened(kinds), (s) =>
    openSitting(s, at(EVENING), { chairId: 'c1', secretaryIds: ['c2'], presentIds: present }, {}),
  )
const refusal = (fn: () => unknown): unknown => {
  try {
    fn()
  } catch (e) {
    return e
  }
  return null
}

describe('convocation', () => {
  test('on the last lawful day it leaves without a word', () => {
    const s = convened()
    expect(s.state).toBe('convened')
    expect(s.convocations[0]).toMatchObject({
      version: 1,
      clearDays: 5,
      clearDaysRequired: 5,
      lastLegalDate: '2026-12-04',
      urgencyReason: null,
    })
    expect(s.convocations[0]?.recipientIds).toHaveLength(27)
  })

  test('a day late needs a typed reason, which is kept', () => {
    const late = convocation('2026-12-05T08:00:00.000Z')
    expect(refusal(() => convoke(aSitting(), late, {}))).toMatchObject({
      family: 'needsReason',
      where: 'CGCT art. L. 2121-12',
    })
    const s = evolve(aSitting(), (x) => convoke(x, late, { DELAY_SHORT: 'Inondation de la salle des fêtes' }))
    expect(s.convocations[0]?.urgencyReason).toBe('Inondation de la salle des fêtes')
  })

  test('counted in civil days of the commune: 00:30 in Paris is already the next day', () => {
    expect(convocationWarnings(aSitting(), { authority, now: '2026-12-04T22:30:00.000Z' })).toEqual([])
    expect(convocationWarnings(aSitting(), { authority, now: '2026-12-04T23:30:00.000Z' })[0]?.code).toBe(
      'DELAY_SHORT',
    )
  })

  test('a committee has no legal delay', () => {
    const late = { authority, now: '2026-12-09T08:00:00.000Z', body: { kind: 'committee' as const } }
    expect(convocationWarnings(aSitting(), late)).toEqual([])
  })

  test('below one clear day it is told irregular', () => {
    expect(convocationWarnings(aSitting(), { authority, now: '2026-12-09T08:00:00.000Z' })[0]?.code).toBe(
      'DELAY_IRREGULAR',
    )
  })

  test('the budget file is due twelve days before', () => {
    expect(convocationWarnings(aSitting(['budget']), { authority, now: ON_TIME }).map((w) => w.code)).toEqual(
      ['BUDGET_FILE_LATE'],
    )
  })

  test('an empty agenda is void; twice is refused; the agenda is frozen afterwards', () => {
    expect(refusal(() => convoke(aSitting([]), convocation(ON_TIME), {}))).toMatchObject({
      code: 'AGENDA_EMPTY',
    })
    const s = convened()
    expect(refusal(() => convoke(s, convocation(ON_TIME), {}))).toMatchObject({ code: 'ALREADY_CONVENED' })
    expect(refusal(() => removeItem(s, 'item-1'))).toMatchObject({ code: 'AGENDA_FROZEN' })
  })

  test('a missing explanatory note is a warning from 3 500 inhabitants on', () => {
    const s = evolve(aSitting([]), (x) =>
      addItem(x, 'i', {
        kind: 'deliberation',
        title: 'Sans note',
        topic: '',
        rapporteurId: null,
        subjectCode: '7.5',
        note: '',
        text: [],
      }),
    )
    expect(convocationWarnings(s, { authority, now: ON_TIME })[0]?.code).toBe('NOTE_MISSING')
    expect(
      convocationWarnings(s, { authority: anAuthority({ populationAtRenewal: 900 }), now: ON_TIME }),
    ).toEqual([])
  })
})

describe('agenda', () => {
  test('items move and keep their order', () => {
    const s = evolve(aSitting(['deliberation', 'deliberation', 'deliberation']), (x) =>
      moveItem(x, 'item-3', 0),
    )
    expect(s.items.map((i) => i.id)).toEqual(['item-3', 'item-1', 'item-2'])
  })
})

describe('pouvoirs (CGCT art. L. 2121-20)', () => {
  const give = (grantorId: string, holderId: string) => (s: Sitting) =>
    grantProxy(
      s,
      body,
      councillors,
      { grantorId, holderId, form: 'application', identityLevel: 'mot de passe' },
      `${grantorId}-${holderId}`,
      ON_TIME,
    )

  test('one power per holder, the first arrived wins', () => {
    const s = evolve(convened(), give('c3', 'c4'))
    expect(refusal(() => give('c5', 'c4')(s))).toMatchObject({
      code: 'PROXY_HOLDER_TAKEN',
      family: 'conflict',
    })
    expect(s.replies).toMatchObject([{ councillorId: 'c3', answer: 'proxy' }])
  })

  test.each([
    ['c3', 'c3', 'PROXY_SELF'],
    ['c3', 'stranger', 'NOT_A_MEMBER'],
  ])('%s to %s is refused', (grantor, holder, code) => {
    expect(refusal(() => give(grantor, holder)(convened()))).toMatchObject({ code })
  })

  test('answering present revokes the power given', () => {
    const s = evolve(convened(), give('c3', 'c4'), (x) => reply(x, body, 'c3', 'present', ON_TIME))
    expect(s.proxies[0]?.state).toBe('revoked')
    expect(refusal(() => revokeProxy(s, 'c3-c4', ON_TIME))).toMatchObject({ code: 'PROXY_NOT_FOUND' })
  })

  test('acknowledging twice keeps the first instant', () => {
    const s = evolve(
      convened(),
      (x) => acknowledge(x, body, 'c3', ON_TIME),
      (x) => acknowledge(x, body, 'c3', EVENING),
    )
    expect(s.acknowledgements).toEqual([{ councillorId: 'c3', at: ON_TIME }])
  })
})

describe('quorum (CGCT art. L. 2121-17)', () => {
  test.each([
    [7, 4],
    [11, 6],
    [15, 8],
    [19, 10],
    [23, 12],
    [27, 14],
    [29, 15],
    [33, 17],
    [35, 18],
    [10, 6],
    [14, 8],
    [26, 14],
  ])('%i in office → %i', (n, required) => expect(quorumRequired(n)).toBe(required))

  test('proxies never count: 13 present and 8 powers do not make 14', () => {
    let s = convened()
    for (let i = 0; i < 8; i++)
      s = evolve(s, (x) =>
        grantProxy(
          x,
          body,
          councillors,
          { grantorId: `c${20 + i}`, holderId: `c${i + 1}`, form: 'paper', identityLevel: '' },
          `p${i}`,
          ON_TIME,
        ),
      )
    const failed = evolve(s, (x) =>
      openSitting(x, at(EVENING), { chairId: 'c1', secretaryIds: ['c2'], presentIds: ids(1, 13) }, {}),
    )
    expect(failed.state).toBe('quorumFailed')
    expect(opened(ids(1, 14)).state).toBe('open')
  })

  test('checked again at each item', () => {
    const s = evolve(opened(ids(1, 14)), (x) => leave(x, at('2026-12-10T18:00:00.000Z'), 'c14'))
    expect(refusal(() => startItem(s, at('2026-12-10T18:01:00.000Z'), 'item-1'))).toMatchObject({
      code: 'QUORUM_LOST',
    })
    const back = evolve(s, (x) => arrive(x, at('2026-12-10T18:02:00.000Z'), 'c14'))
    expect(startItem(back, at('2026-12-10T18:03:00.000Z'), 'item-1')).toHaveLength(1)
  })

  test('representatives withdrawn under L. 1111-6 II leave the denominator: 27 − 2 → 13 needed', () => {
    const s = evolve(
      opened(ids(1, 15)),
      (x) => startItem(x, at(EVENING), 'item-1'),
      (x) =>
        recuse(x, at(EVENING), 'item-1', { councillorId: 'c14', ground: 'representative', leftRoom: true }),
      (x) =>
        recuse(x, at(EVENING), 'item-1', { councillorId: 'c15', ground: 'representative', leftRoom: true }),
    )
    expect(s.items[0]?.quorum).toMatchObject({ inOffice: 25, required: 13, reached: true })
    expect(s.items[0]?.quorum?.present).toHaveLength(13)
  })

  test('a second convocation needs no quorum', () => {
    const s = opened(ids(1, 14))
    expect(quorumAt({ ...s, kind: 'secondConvocation' }, body, councillors, null, EVENING)).toMatchObject({
      waived: true,
      reached: true,
    })
  })

  test('council sizes (L. 2121-2)', () => {
    expect([99, 100, 499, 1500, 3500, 5000, 19_999, 300_000].map(councilSize)).toEqual([
      7, 11, 11, 19, 27, 29, 33, 69,
    ])
  })
})

describe('ballots (CGCT art. L. 2121-20, L. 2121-21)', () => {
  const ballot = (
    votes: Record<string, Ballot['votes'][number]['choice']>,
    change: Partial<Ballot> = {},
  ): Ballot => ({
    id: 'b',
    kind: 'ordinary',
    state: 'open',
    openedAt: EVENING,
    chairId: 'c1',
    entitled: Object.keys(votes).map((id) => ({ memberId: id, castBy: id })),
    votes: Object.entries(votes).map(([id, choice]) => ({
      memberId: id,
      castBy: id,
      choice,
      at: EVENING,
      enteredBy: 'member' as const,
    })),
    ...change,
  })

  test('abstentions are not votes cast', () => {
    expect(
      countBallot(ballot({ c1: 'for', c2: 'abstain', c3: 'abstain', c4: 'notVoting' }), 'deliberation'),
    ).toMatchObject({ votesCast: 1, adopted: true, unanimous: true })
    expect(countBallot(ballot({ c1: 'abstain', c2: 'abstain' }), 'deliberation')).toMatchObject({
      votesCast: 0,
      adopted: false,
    })
  })

  test('on a tie the chair’s own vote decides, never in a secret ballot, never when the chair abstained', () => {
    expect(countBallot(ballot({ c1: 'for', c2: 'against' }), 'deliberation')).toMatchObject({
      adopted: true,
      castingVote: true,
    })
    expect(countBallot(ballot({ c1: 'against', c2: 'for' }), 'deliberation')).toMatchObject({
      adopted: false,
      castingVote: true,
    })
    expect(
      countBallot(ballot({ c1: 'for', c2: 'against' }, { kind: 'secret' }), 'deliberation'),
    ).toMatchObject({ adopted: false, castingVote: false })
    expect(countBallot(ballot({ c1: 'abstain', c2: 'for', c3: 'against' }), 'deliberation')).toMatchObject({
      adopted: false,
      castingVote: false,
    })
  })

  test('accounts are adopted unless a majority is against (L. 1612-12)', () => {
    expect(countBallot(ballot({ c2: 'for', c3: 'against' }), 'accounts')).toMatchObject({ adopted: true })
    expect(countBallot(ballot({ c2: 'against', c3: 'against', c4: 'for' }), 'accounts')).toMatchObject({
      adopted: false,
    })
  })

  test('thresholds to ask for a public or secret ballot', () => {
    expect(
      [19, 14].flatMap((n) => [ballotRequestThreshold(n, 'public'), ballotRequestThreshold(n, 'secret')]),
    ).toEqual([5, 7, 4, 5])
  })

  const started = () => evolve(opened(ids(1, 15)), (s) => startItem(s, at(EVENING), 'item-1'))

  test('a public ballot asks for a quarter of the members present', () => {
    expect(refusal(() => openBallot(started(), at(EVENING), 'item-1', 'public', 'b', 3))).toMatchObject({
      code: 'PUBLIC_BALLOT_REQUEST',
    })
    expect(openBallot(started(), at(EVENING), 'item-1', 'public', 'b', 4)).toHaveLength(1)
  })

  test('each voice votes for itself and its grantor, changes its mind until the end, and nobody votes for another', () => {
    const proxied = evolve(
      convened(),
      (s) =>
        grantProxy(
          s,
          body,
          councillors,
          { grantorId: 'c20', holderId: 'c3', form: 'application', identityLevel: '' },
          'p',
          ON_TIME,
        ),
      (s) => openSitting(s, at(EVENING), { chairId: 'c1', secretaryIds: ['c2'], presentIds: ids(1, 14) }, {}),
      (s) => startItem(s, at(EVENING), 'item-1'),
      (s) => openBallot(s, at(EVENING), 'item-1', 'public', 'b', 9),
    )
    const vote = (memberId: string, castBy: string, choice: 'for' | 'against') => (s: Sitting) =>
      castVote(s, at(EVENING), { ballotId: 'b', memberId, castBy, choice, enteredBy: 'member' })
    const s = evolve(
      proxied,
      vote('c3', 'c3', 'for'),
      vote('c20', 'c3', 'against'),
      vote('c3', 'c3', 'against'),
    )
    expect(s.items[0]?.ballots[0]?.votes.map((v) => [v.memberId, v.choice])).toEqual([
      ['c20', 'against'],
      ['c3', 'against'],
    ])
    expect(refusal(() => vote('c4', 'c3', 'for')(s))).toMatchObject({ code: 'NOT_YOUR_VOICE' })
    expect(refusal(() => vote('c21', 'c21', 'for')(s))).toMatchObject({ code: 'NOT_ENTITLED' })
    expect(refusal(() => closeBallot(s, at(EVENING), 'b', null))).toMatchObject({
      code: 'ROLL_CALL_INCOMPLETE',
    })
  })

  test('show of hands: the operator enters the voices that differ, the others are for', () => {
    const s = evolve(
      started(),
      (x) => openBallot(x, at(EVENING), 'item-1', 'ordinary', 'b', 0),
      (x) =>
        castVote(x, at(EVENING), {
          ballotId: 'b',
          memberId: 'c9',
          castBy: 'c9',
          choice: 'abstain',
          enteredBy: 'operator',
        }),
      (x) => closeBallot(x, at(EVENING), 'b', 'for'),
    )
    expect(s.items[0]).toMatchObject({ status: 'adopted' })
    expect(s.items[0]?.ballots[0]?.result).toMatchObject({ for: 14, abstain: 1, adopted: true })
    expect(
      refusal(() =>
        castVote(s, at(EVENING), {
          ballotId: 'b',
          memberId: 'c1',
          castBy: 'c1',
          choice: 'against',
          enteredBy: 'member',
        }),
      ),
    ).toMatchObject({ code: 'BALLOT_CLOSED' })
  })

  test('the mayor cannot preside over the vote of the accounts (L. 2121-14)', () => {
    const s = evolve(opened(ids(1, 15), ['accounts']), (x) => startItem(x, at(EVENING), 'item-1'))
    expect(s.items[0]?.quorum?.present).not.toContain('c1')
    expect(refusal(() => openBallot(s, at(EVENING), 'item-1', 'ordinary', 'b', 0))).toMatchObject({
      code: 'CHAIR_ACCOUNTS',
    })
  })

  test('the sitting closes when every item has an end', () => {
    const s = opened(ids(1, 15), ['information', 'deliberation'])
    expect(refusal(() => closeSitting(s, at(EVENING)))).toMatchObject({ code: 'ITEMS_LEFT' })
    const ended = evolve(
      s,
      (x) => endItem(x, at(EVENING), 'item-1', 'noted', ''),
      (x) => endItem(x, at(EVENING), 'item-2', 'deferred', 'à revoir'),
      (x) => closeSitting(x, at(EVENING)),
    )
    expect(ended.state).toBe('held')
  })

  test('opened on another day only with a reason; secretary and chair among the present', () => {
    const input = { chairId: 'c1', secretaryIds: ['c2'], presentIds: ids(1, 14) }
    expect(refusal(() => openSitting(convened(), at('2026-12-11T17:30:00.000Z'), input, {}))).toMatchObject({
      family: 'needsReason',
    })
    expect(
      refusal(() => openSitting(convened(), at(EVENING), { ...input, secretaryIds: ['c27'] }, {})),
    ).toMatchObject({ code: 'SECRETARY_MISSING' })
    expect(
      refusal(() => openSitting(convened(), at(EVENING), { ...input, chairId: 'c27' }, {})),
    ).toMatchObject({ code: 'CHAIR_ABSENT' })
  })
})
