import { addDays, civilOf, instantOf } from '../../core/calendar/civil-date.ts'
import type { Authority, Body, Councillor } from '../../core/people/model.ts'
import type { Call } from '../bind.ts'
import { establish } from '../establish.ts'
import { joinDemo } from '../join-demo.ts'
import { convocationRoutes } from '../routes/convocations.ts'
import { financeRoutes } from '../routes/finance.ts'
import { packRoutes } from '../routes/packs.ts'
import { sittingRoutes } from '../routes/sittings.ts'
import type { Services } from '../services.ts'
import { comingItems } from './agenda.ts'
import { type Cast, callAs, jobsDone, weekdayFrom } from './cast.ts'
import { createCouncil, finishPast, holdCouncil, SECRETARY_RANK } from './council.ts'
import { createDemoIdentity, DEMO_PASSWORD, type DemoAccount } from './demo.ts'
import { demoFinanceFiles } from './finance-files.ts'
import { pastItems } from './past-agenda.ts'
import { demoCommittees, demoCouncillors } from './people.ts'

const PAST_HELD_BEFORE = 20
const PAST_SENT_BEFORE = 28
const COMING_AFTER = 15

const demoAuthority = (id: string): Authority => ({
  id,
  name: 'Ville de Démoville',
  shortName: 'Démoville',
  siren: '219900008',
  siret: '21990000800018',
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
