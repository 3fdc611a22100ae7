import { addDays, civilOf, frenchDate, instantOf } from '../../core/calendar/civil-date.ts'
import type { Authority, Body, Councillor } from '../../core/people/model.ts'
import { deliberating } from '../../core/sitting/model.ts'
import { renderAnnex } from '../../documents/render.ts'
import type { Call } from '../bind.ts'
import { machineClock } from '../clock.ts'
import { establish } from '../establish.ts'
import { joinDemo } from '../join-demo.ts'
import { actRoutes } from '../routes/acts.ts'
import { convocationRoutes } from '../routes/convocations.ts'
import { financeRoutes } from '../routes/finance.ts'
import { folderRoutes } from '../routes/folders.ts'
import { meetingRoutes } from '../routes/meeting.ts'
import { packRoutes } from '../routes/packs.ts'
import { sittingRoutes } from '../routes/sittings.ts'
import type { Services } from '../services.ts'
import { list, load, viewOf } from '../work.ts'
import { comingItems, type DemoAnnex, type DemoItem } from './agenda.ts'
import { createDemoIdentity, DEMO_PASSWORD, DEMO_PIN, type DemoAccount } from './demo.ts'
import { demoFinanceFiles } from './finance-files.ts'
import { pastItems } from './past-agenda.ts'
import { demoCommittees, demoCouncillors } from './people.ts'
import { answerAsPrefecture } from './prefecture.ts'

const SECRETARY_RANK = 15
const PAST_HELD_BEFORE = 20
const PAST_SENT_BEFORE = 28
const COMING_AFTER = 15

const demoAuthority = (id: string): Authority => ({
  id,
  name: 'Ville de Démoville',
  shortName: 'Démoville',
  siren: '219999999',
  siret: '21999999900017',
  department: '099',
  arrondissement: '1',
  natureCode: '31',
  populationAtRenewal: 4820,
  timeZone: 'Europe/Paris',
  alsaceMoselle: false,
  publicationMode: 'electronic',
  address: { street: '1 place de l’Hôtel-de-Ville', postalCode: '99100', city: 'Démoville' },
  meetingPlace: 'Salle du conseil, hôtel de ville',
  email: 'mairie@demoville.test',
  phone: '01 99 00 00 00',
  relayPrefix: 'ECH',
  classificationDate: '2019-08-29',
  demonstration: true,
})

type Cast = { agent: Call; mayor: Call; secretary: Call; finance: Call; member: (rank: number) => Call }

/** Direct callers of the routes, one per account: the seed goes through the same use cases as people do. */
function callAs(user: Call['user'], upload: Call['upload'] = null): Call {
  return {
    user,
    commandId: null,
    upload,
    get request(): never {
      throw new Error('no request')
    },
    get reply(): never {
      throw new Error('no reply')
    },
  }
}

/** First weekday (Monday to Friday) on or after a date. */
export function weekdayFrom(date: string): string {
  const day = frenchDate(date)
  return day.startsWith('samedi') ? addDays(date, 2) : day.startsWith('dimanche') ? addDays(date, 1) : date
}

async function jobsDone(services: Services): Promise<void> {
  services.wake()
  for (;;) {
    const now = machineClock()
    const left = await services.storage.read
      .selectFrom('job')
      .select('id')
      .where((eb) =>
        eb.or([eb('state', '=', 'running'), eb.and([eb('state', '=', 'queued'), eb('runAt', '<=', now)])]),
      )
      .limit(1)
      .executeTakeFirst()
    if (!left) return
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}

async function annexPdf(services: Services, authority: Authority, annex: DemoAnnex): Promise<Uint8Array> {
  return renderAnnex({
    letterhead: {
      name: authority.name,
      addressLines: [authority.address.street, `${authority.address.postalCode} ${authority.address.city}`],
    },
    createdAt: services.clock(),
    demonstration: true,
    title: annex.title,
    blocks: annex.sections.flatMap((s) => [
      { kind: 'heading' as const, text: s.heading },
      ...s.paragraphs.map((text) => ({ kind: 'paragraph' as const, text })),
      ...(s.table ? [{ kind: 'table' as const, ...s.table }] : []),
    ]),
  })
}

async function createCouncil(
  services: Services,
  cast: Cast,
  authority: Authority,
  council: Body,
  people: Councillor[],
  items: DemoItem[],
  date: string,
  budgetFileId: string | null,
): Promise<string> {
  const { id } = await sittingRoutes.sittingCreate(
    services,
    {
      body: {
        bodyId: council.id,
        kind: 'ordinary',
        title: 'Conseil municipal',
        date,
        time: '18:30',
        place: authority.meetingPlace,
      },
    },
    cast.agent,
  )
  for (const item of items) {
    const added = await sittingRoutes.itemAdd(
      services,
      {
        params: { id },
        body: {
          kind: item.kind,
          title: item.title,
          topic: item.topic,
          subjectCode: item.subjectCode,
          rapporteurId: people[item.rapporteur - 1]?.id ?? null,
          note: item.note,
          text: item.text,
          opinions: item.opinion
            ? [
                {
                  committee: demoCommittees[item.opinion.committee]?.name ?? '',
                  opinion: item.opinion.opinion,
                  comment: item.opinion.comment,
                },
              ]
            : [],
          budgetFileId: item.budget ? budgetFileId : null,
        },
      },
      cast.agent,
    )
    for (const annex of item.annexes) {
      const bytes = Buffer.from(await annexPdf(services, authority, annex))
      await sittingRoutes.annexAdd(
        services,
        {
          params: { id, itemId: added.id },
          body: { title: annex.title, confidential: false, toPublish: true, pieceCode: '99_DE' },
        },
        callAs(cast.agent.user, { name: `${annex.title}.pdf`, bytes, mediaType: 'application/pdf' }),
      )
    }
  }
  return id
}

/** Opens, votes and closes a sitting with 22 members in the room and two powers. */
async function holdCouncil(
  services: Services,
  cast: Cast,
  people: Councillor[],
  sittingId: string,
): Promise<void> {
  const at = (rank: number) => people[rank - 1]?.id ?? ''
  const absent = new Set([9, 14, 20, 23, 25].map(at))
  const params = { id: sittingId }
  await meetingRoutes.sittingOpen(
    services,
    {
      params,
      body: {
        chairId: at(1),
        secretaryIds: [at(SECRETARY_RANK)],
        presentIds: people.map((p) => p.id).filter((p) => !absent.has(p)),
        reasons: {},
      },
    },
    cast.agent,
  )
  const s = await load(viewOf(services, cast.agent.user.authorityId), 'sitting', sittingId)
  for (const item of s.items) {
    const target = { id: sittingId, itemId: item.id }
    await meetingRoutes.itemStart(services, { params: target }, cast.agent)
    if (!deliberating.has(item.kind)) {
      await meetingRoutes.itemEnd(
        services,
        { params: target, body: { outcome: 'noted', reason: '' } },
        cast.agent,
      )
      continue
    }
    const ballot = await meetingRoutes.ballotOpen(
      services,
      { params: target, body: { kind: 'ordinary', requestedBy: 0 } },
      cast.agent,
    )
    const vote = { id: sittingId, ballotId: ballot.id }
    if (item.subjectCode === '1.7')
      for (const rank of [24, 26])
        await meetingRoutes.voteEnter(
          services,
          { params: vote, body: { memberId: at(rank), choice: 'abstain' } },
          cast.agent,
        )
    await meetingRoutes.ballotClose(services, { params: vote, body: { others: 'for' } }, cast.agent)
  }
  await meetingRoutes.sittingClose(services, { params }, cast.agent)
  await jobsDone(services)
}

async function signAll(services: Services, call: Call, keyId: string, limit: number): Promise<void> {
  const mine = (await folderRoutes.folders(services, {}, call)).filter((f) => f.mine).slice(0, limit)
  if (mine.length === 0) return
  await folderRoutes.foldersSign(
    services,
    {
      body: {
        keyId,
        pin: DEMO_PIN,
        folders: mine.map(({ folder }) => ({ id: folder.id, shownSha256: folder.document.sha256 })),
      },
    },
    call,
  )
}

/** What follows the sitting held: signatures, one act left waiting, transmission, receipt, publication. */
async function finishPast(services: Services, cast: Cast, authorityId: string): Promise<void> {
  const view = viewOf(services, authorityId)
  const ids = (await list(view, 'act', {})).map((a) => a.id)
  await actRoutes.actsSendToSign(services, { body: { ids } }, cast.agent)
  await signAll(services, cast.secretary, 'secretaire', ids.length)
  await signAll(services, cast.mayor, 'maire', ids.length - 1)
  const signed = (await list(view, 'act', { signatureState: 'signed' })).map((a) => a.id)
  await actRoutes.actsTransmit(services, { body: { ids: signed } }, cast.agent)
  await jobsDone(services)
  await answerAsPrefecture(services, authorityId, 'receipt')
  await actRoutes.actsPublish(services, { body: { ids: signed.slice(0, -1) } }, cast.agent)
  await jobsDone(services)
}

/**
 * Creates the whole demonstration commune, as it stands at `startsAt`: a council held three weeks before, one to convoke,
 * folders in the parapheur, a PES and a budget. Every fact goes through the same use cases as in real life.
 */
export async function seedDemo(services: Services, startsAt: string): Promise<DemoAccount[]> {
  const authority = demoAuthority(services.newId())
  const { timeZone } = authority
  const today = civilOf(startsAt, timeZone).date
  const goTo = (date: string, time: string) =>
    services.setOffset(Date.parse(instantOf(date, time, timeZone)) - Date.now())
  const startOffset = Date.parse(startsAt) - Date.now()
  const people = demoCouncillors(authority.id, services.newId)
  const council: Body = {
    id: services.newId(),
    authorityId: authority.id,
    kind: 'municipalCouncil',
    name: 'Conseil municipal',
    legalSize: 27,
    memberIds: people.map((p) => p.id),
  }
  const committees: Body[] = demoCommittees.map((c) => ({
    id: services.newId(),
    authorityId: authority.id,
    kind: 'committee',
    name: c.name,
    legalSize: c.ranks.length,
    memberIds: c.ranks.map((r) => people[r - 1]?.id ?? ''),
  }))
  const seat = (rank: number) => people[rank - 1] as Councillor
  const label = (rank: number) => `${seat(rank).firstName} ${seat(rank).lastName}`
  const accounts: (DemoAccount & { councillorId: string | null })[] = [
    { login: 'assemblees', label: 'Service des assemblées', roles: ['assemblyOffice'], councillorId: null },
    { login: 'maire', label: label(1), roles: ['mayor', 'councillor'], councillorId: seat(1).id },
    {
      login: 'secretaire',
      label: label(SECRETARY_RANK),
      roles: ['secretary', 'councillor'],
      councillorId: seat(SECRETARY_RANK).id,
    },
    { login: 'elue', label: label(3), roles: ['councillor'], councillorId: seat(3).id },
    { login: 'elu', label: label(24), roles: ['councillor'], councillorId: seat(24).id },
    { login: 'finances', label: 'Service des finances', roles: ['finance'], councillorId: null },
    { login: 'admin', label: 'Informatique de la commune', roles: ['admin'], councillorId: null },
  ]

  const sentOn = addDays(today, -PAST_SENT_BEFORE)
  const heldOn = weekdayFrom(addDays(today, -PAST_HELD_BEFORE))
  goTo(sentOn, '08:30')
  await createDemoIdentity(
    services.config.dataDir,
    services.keys,
    services.clock,
    startOffset,
    accounts.map(({ login, label: l, roles }) => ({ login, label: l, roles })),
    [
      { id: 'maire', councillorId: seat(1).id, name: label(1), title: 'Maire' },
      {
        id: 'secretaire',
        councillorId: seat(SECRETARY_RANK).id,
        name: label(SECRETARY_RANK),
        title: 'Conseillère municipale',
      },
    ],
  )
  await joinDemo(services)
  await establish(services, {
    authority,
    bodies: [council, ...committees],
    councillors: people,
    users: accounts.map((a) => ({
      login: a.login,
      displayName: a.label,
      password: DEMO_PASSWORD,
      roles: a.roles,
      councillorId: a.councillorId,
    })),
  })
  const as = (login: string): Call => {
    const a = accounts.find((x) => x.login === login)
    return callAs({
      authorityId: authority.id,
      actor: {
        userId: `demo-${login}`,
        label: a?.label ?? login,
        roles: a?.roles ?? [],
        councillorId: a?.councillorId ?? null,
      },
    })
  }
  const member = (rank: number): Call =>
    callAs({
      authorityId: authority.id,
      actor: {
        userId: `demo-elu-${rank}`,
        label: label(rank),
        roles: ['councillor'],
        councillorId: seat(rank).id,
      },
    })
  const cast: Cast = {
    agent: as('assemblees'),
    mayor: as('maire'),
    secretary: as('secretaire'),
    finance: as('finances'),
    member,
  }

  const past = await createCouncil(services, cast, authority, council, people, pastItems, heldOn, null)
  await convocationRoutes.convoke(services, { params: { id: past }, body: { reasons: {} } }, cast.agent)
  await jobsDone(services)
  goTo(addDays(sentOn, 2), '20:15')
  for (const rank of [1, 3, 5, 15, 24]) {
    await packRoutes.acknowledge(services, { params: { id: past } }, member(rank))
    await packRoutes.reply(services, { params: { id: past }, body: { answer: 'present' } }, member(rank))
  }
  await packRoutes.proxyGive(services, { params: { id: past }, body: { holderId: seat(3).id } }, member(9))
  await packRoutes.proxyGive(services, { params: { id: past }, body: { holderId: seat(21).id } }, member(23))
  goTo(heldOn, '18:32')
  await holdCouncil(services, cast, people, past)
  goTo(addDays(heldOn, 1), '10:00')
  await finishPast(services, cast, authority.id)

  services.setOffset(startOffset)
  const files = await demoFinanceFiles(new Date(startsAt))
  let budgetFileId: string | null = null
  for (const file of files) {
    const { id } = await financeRoutes.financeAdd(services, { body: {} }, callAs(cast.finance.user, file))
    if (file.kind === 'budget') budgetFileId = id
    else await financeRoutes.financeSendToSign(services, { params: { id } }, cast.finance)
  }
  await createCouncil(
    services,
    cast,
    authority,
    council,
    people,
    comingItems.filter((i) => !i.budget || budgetFileId !== null),
    weekdayFrom(addDays(today, COMING_AFTER)),
    budgetFileId,
  )
  const committee = committees[0]
  if (committee)
    await sittingRoutes.sittingCreate(
      services,
      {
        body: {
          bodyId: committee.id,
          kind: 'ordinary',
          title: committee.name,
          date: weekdayFrom(addDays(today, 9)),
          time: '18:00',
          place: 'Salle des commissions',
        },
      },
      cast.agent,
    )
  await jobsDone(services)
  return accounts.map(({ login, label: l, roles }) => ({ login, label: l, roles }))
}
