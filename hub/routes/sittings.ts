import { civilOf, daysBetween } from '../../core/calendar/civil-date.ts'
import { legalDates } from '../../core/calendar/legal-delays.ts'
import { Refusal } from '../../core/refusal.ts'
import { convocationWarnings, currentConvocation } from '../../core/sitting/decide-convocation.ts'
import {
  addAnnex,
  addItem,
  changeDetails,
  changeItem,
  createSitting,
  demandEditable,
  itemOf,
  moveItem,
  removeAnnex,
  removeItem,
} from '../../core/sitting/decide-preparation.ts'
import { isHandedOver } from '../../core/sitting/dispatch.ts'
import type { Sitting } from '../../core/sitting/model.ts'
import { quorumAt } from '../../core/sitting/quorum.ts'
import { inspectPdf } from '../../documents/pack.ts'
import type { Handlers } from '../bind.ts'
import { type Council, councilOf, memberViews } from '../council.ts'
import { command, list, load, type View, viewOf } from '../work.ts'

/** Row of a list of sittings. */
export async function sittingRow(view: View, council: Council, s: Sitting) {
  const dispatches = await list(view, 'dispatch', { sittingId: s.id })
  const current = currentConvocation(s)
  return {
    id: s.id,
    title: s.title,
    bodyName: council.bodies.find((b) => b.id === s.bodyId)?.name ?? '',
    date: s.date,
    time: s.time,
    place: s.place,
    state: s.state,
    items: s.items.length,
    members: current?.recipientIds.length ?? 0,
    convened: dispatches.filter((d) => d.convocationVersion === current?.version && isHandedOver(d)).length,
  }
}

const ok = { ok: true } as const
const ANNEX_LIMIT = 150 * 1024 * 1024

/** Lists of sittings, preparation of the agenda, annexes. */
export const sittingRoutes: Pick<
  Handlers,
  | 'sittings'
  | 'sittingCreate'
  | 'sitting'
  | 'sittingChange'
  | 'itemAdd'
  | 'itemChange'
  | 'itemRemove'
  | 'itemMove'
  | 'annexAdd'
  | 'annexRemove'
> = {
  async sittings(services, _, call) {
    const view = viewOf(services, call.user.authorityId)
    const council = await councilOf(view)
    const all = await list(view, 'sitting', {})
    const rows = await Promise.all(all.map((s) => sittingRow(view, council, s)))
    return rows.sort((a, b) => `${b.date}${b.time}`.localeCompare(`${a.date}${a.time}`))
  },

  async sitting(services, { params }, call) {
    const view = viewOf(services, call.user.authorityId)
    const council = await councilOf(view)
    const s = await load(view, 'sitting', params.id)
    const body = council.body(s.bodyId)
    const now = services.clock()
    const today = civilOf(now, council.authority.timeZone).date
    const preparing = s.state === 'draft' || s.state === 'prepared'
    const dates = legalDates(
      council.authority,
      s,
      s.items.some((i) => i.kind === 'budget'),
    )
    const last = dates.find((d) => d.key === 'lastSendingDate')
    const meeting = s.state === 'open' || s.state === 'suspended'
    return {
      sitting: s,
      body,
      members: memberViews(council, body),
      legalDates: dates,
      warnings: preparing ? convocationWarnings(s, { authority: council.authority, now, body }) : [],
      daysLeft: preparing && last ? daysBetween(today, last.date) : null,
      quorum: meeting
        ? quorumAt(s, body, council.councillors, s.items.find((i) => i.id === s.currentItemId) ?? null, now)
        : null,
      dispatches: await list(view, 'dispatch', { sittingId: s.id }),
      acts: (await list(view, 'act', { sittingId: s.id })).sort((a, b) => a.rank - b.rank),
      now,
    }
  },

  sittingCreate: (services, { body }, call) =>
    command(services, call, 'sittingCreate', async (work) => {
      const council = await councilOf(work)
      council.body(body.bodyId)
      const s = await work.apply('sitting', null, createSitting(services.newId(), council.authority, body))
      return { id: s.id }
    }),

  sittingChange: (services, { params, body }, call) =>
    command(services, call, 'sittingChange', async (work) => {
      const s = await load(work, 'sitting', params.id)
      await work.apply('sitting', s, changeDetails(s, body))
      return ok
    }),

  itemAdd: (services, { params, body }, call) =>
    command(services, call, 'itemAdd', async (work) => {
      const s = await load(work, 'sitting', params.id)
      const id = services.newId()
      const { opinions, budgetFileId, ...input } = body
      await work.apply(
        'sitting',
        s,
        addItem(s, id, {
          ...input,
          ...(opinions ? { opinions } : {}),
          ...(budgetFileId === undefined ? {} : { budgetFileId }),
        }),
      )
      return { id }
    }),

  itemChange: (services, { params, body }, call) =>
    command(services, call, 'itemChange', async (work) => {
      const s = await load(work, 'sitting', params.id)
      const { opinions, budgetFileId, ...input } = body
      await work.apply(
        'sitting',
        s,
        changeItem(s, params.itemId, {
          ...input,
          ...(opinions ? { opinions } : {}),
          ...(budgetFileId === undefined ? {} : { budgetFileId }),
        }),
      )
      return ok
    }),

  itemRemove: (services, { params }, call) =>
    command(services, call, 'itemRemove', async (work) => {
      const s = await load(work, 'sitting', params.id)
      await work.apply('sitting', s, removeItem(s, params.itemId))
      return ok
    }),

  itemMove: (services, { params, body }, call) =>
    command(services, call, 'itemMove', async (work) => {
      const s = await load(work, 'sitting', params.id)
      await work.apply('sitting', s, moveItem(s, params.itemId, body.position))
      return ok
    }),

  async annexAdd(services, { params, body }, call) {
    const upload = call.upload
    if (!upload)
      throw new Refusal('FILE_MISSING', 'Aucun fichier n’a été reçu. Choisissez un fichier et recommencez.')
    if (upload.bytes.length > ANNEX_LIMIT)
      throw new Refusal(
        'ANNEX_TOO_BIG',
        `L’annexe « ${upload.name} » dépasse 150 Mo, limite d’une télétransmission. Allégez-la ou découpez-la.`,
        { where: upload.name },
      )
    const s = await load(viewOf(services, call.user.authorityId), 'sitting', params.id)
    demandEditable(s)
    itemOf(s, params.itemId)
    const { pages } = await inspectPdf(upload.bytes, upload.name)
    const kept = await services.storage.blobs.put(upload.bytes, 'application/pdf')
    return command(services, call, 'annexAdd', async (work) => {
      const fresh = await load(work, 'sitting', params.id)
      const id = services.newId()
      await work.keep(kept)
      await work.apply(
        'sitting',
        fresh,
        addAnnex(fresh, params.itemId, {
          ...body,
          id,
          file: { sha256: kept.sha256, name: upload.name, mediaType: kept.mediaType, size: kept.size, pages },
        }),
      )
      return { id }
    })
  },

  annexRemove: (services, { params }, call) =>
    command(services, call, 'annexRemove', async (work) => {
      const s = await load(work, 'sitting', params.id)
      await work.apply('sitting', s, removeAnnex(s, params.itemId, params.annexId))
      return ok
    }),
}
