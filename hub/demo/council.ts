import type { Authority, Body, Councillor } from '../../core/people/model.ts'
import { deliberating } from '../../core/sitting/model.ts'
import { renderAnnex } from '../../documents/render.ts'
import type { Call } from '../bind.ts'
import { actRoutes } from '../routes/acts.ts'
import { folderRoutes } from '../routes/folders.ts'
import { meetingRoutes } from '../routes/meeting.ts'
import { sittingRoutes } from '../routes/sittings.ts'
import type { Services } from '../services.ts'
import { list, load, viewOf } from '../work.ts'
import type { DemoAnnex, DemoItem } from './agenda.ts'
import { type Cast, callAs, jobsDone } from './cast.ts'
import { DEMO_PIN } from './demo.ts'
import { demoCommittees } from './people.ts'
import { answerAsPrefecture } from './prefecture.ts'

export const SECRETARY_RANK = 15

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

export async function createCouncil(
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
export async function holdCouncil(
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
export async function finishPast(services: Services, cast: Cast, authorityId: string): Promise<void> {
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
