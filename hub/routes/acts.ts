import { publish, queueTransmission, sendToSign } from '../../core/act/decide.ts'
import { enforceableFrom, nextStep } from '../../core/act/model.ts'
import { addDays, civilOf } from '../../core/calendar/civil-date.ts'
import { fullName } from '../../core/people/model.ts'
import { Refusal } from '../../core/refusal.ts'
import { type CircuitStep, sendFolder } from '../../core/signing-folder/model.ts'
import { checkBudgetOrRefuse } from '../../exports/budget/check.ts'
import type { Call, Handlers } from '../bind.ts'
import { type Council, councilOf } from '../council.ts'
import { historyOf } from '../history.ts'
import type { Services } from '../services.ts'
import { command, list, load, viewOf, type Work } from '../work.ts'

/** Runs the same action on several objects, each in its own transaction: one refusal never blocks the others. */
export async function eachLine(
  services: Services,
  call: Call,
  name: string,
  ids: readonly string[],
  action: (work: Work, id: string) => Promise<string>,
) {
  const lines: { id: string; ok: boolean; message: string }[] = []
  for (const id of ids) {
    try {
      // A retried batch repeats only the lines that were not carried out: each refuses or answers by its own state.
      const message = await command(services, { user: call.user, commandId: null }, name, (work) =>
        action(work, id),
      )
      lines.push({ id, ok: true, message })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      lines.push({ id, ok: false, message: error.message })
    }
  }
  return lines
}

function step(role: CircuitStep['role'], label: string, holderId: string, holderName: string): CircuitStep {
  return {
    position: 1,
    kind: 'signature',
    label,
    role,
    holderId,
    holderName,
    state: 'pending',
    at: null,
    resultSha256: null,
    certificate: null,
    timestampAt: null,
    reason: null,
  }
}

/** Days left to sign before the publication of the list is late (L. 2121-25). */
const SIGN_WITHIN_DAYS = 7

export const actRoutes: Pick<Handlers, 'acts' | 'act' | 'actsSendToSign' | 'actsTransmit' | 'actsPublish'> = {
  async acts(services, _, call) {
    const view = viewOf(services, call.user.authorityId)
    const titles = new Map((await list(view, 'sitting', {})).map((s) => [s.id, s.title]))
    const acts = await list(view, 'act', {})
    return acts
      .sort((a, b) => b.number.localeCompare(a.number))
      .map((act) => ({
        act,
        sittingTitle: titles.get(act.sittingId) ?? '',
        enforceableFrom: enforceableFrom(act),
        nextStep: nextStep(act),
      }))
  },

  async act(services, { params }, call) {
    const view = viewOf(services, call.user.authorityId)
    const act = await load(view, 'act', params.id)
    const s = await load(view, 'sitting', act.sittingId)
    return {
      act,
      sittingTitle: s.title,
      enforceableFrom: enforceableFrom(act),
      nextStep: nextStep(act),
      folder: act.folderId ? await load(view, 'folder', act.folderId) : null,
      transmission: (await list(view, 'transmission', { actId: act.id })).at(-1) ?? null,
      history: await historyOf(view, 'act', act.id),
    }
  },

  async actsSendToSign(services, { body }, call) {
    return eachLine(services, call, 'actsSendToSign', body.ids, async (work, id) => {
      const act = await load(work, 'act', id)
      const council = await councilOf(work)
      const s = await load(work, 'sitting', act.sittingId)
      const folderId = services.newId()
      const events = sendToSign(act, folderId)
      const document = act.document
      const chairId =
        s.items.find((i) => i.id === act.itemId)?.ballots.findLast((b) => b.state === 'recorded')?.chairId ??
        s.chairId
      if (!document || !chairId)
        throw new Refusal(
          'ACT_NOT_TYPESET',
          `La délibération ${act.number} n’est pas encore mise en forme.`,
          { family: 'impossible' },
        )
      const who = (cid: string) => fullName(council.councillor(cid))
      const steps = [
        ...s.secretaryIds.map((cid) => step('secretary', 'Secrétaire de séance', cid, who(cid))),
        step(
          'chair',
          council.councillor(chairId).office === 'mayor' ? 'Maire' : 'Président de séance',
          chairId,
          who(chairId),
        ),
      ]
      await work.apply('act', act, events)
      await work.apply(
        'folder',
        null,
        sendFolder({
          id: folderId,
          authorityId: work.authorityId,
          kind: 'act',
          title: `${act.number} – ${act.title}`,
          actId: act.id,
          financeFileId: null,
          steps,
          document,
          dueOn: addDays(act.decidedOn, SIGN_WITHIN_DAYS),
          sentBy: work.actor.label,
          sentAt: work.now,
        }),
      )
      return 'Envoyée au parapheur.'
    })
  },

  async actsTransmit(services, { body }, call) {
    return eachLine(services, call, 'actsTransmit', body.ids, async (work, id) => {
      const act = await load(work, 'act', id)
      const events = queueTransmission(act)
      if (act.budgetFileId) await demandSendable(services, work, act.budgetFileId)
      const council = await councilOf(work)
      const today = civilOf(work.now, council.authority.timeZone).date
      const earlier = (await list(work, 'transmission', { actId: act.id })).length
      await work.apply('act', act, events)
      const transmission = {
        id: services.newId(),
        authorityId: work.authorityId,
        kind: 'actes' as const,
        title: `${act.number} – ${act.title}`,
        actId: act.id,
        financeFileId: act.budgetFileId,
        channel: 'folder',
        uniqueKey: `actes:${act.number}${earlier > 0 ? `:${earlier + 1}` : ''}`,
        state: 'queued' as const,
        archive: null,
        envelopeName: null,
        serial: await work.draw('envelope', today, 1),
        builtOn: today,
        sentAt: null,
        messages: [],
        error: null,
      }
      await work.apply('transmission', null, [{ type: 'transmission.queued', transmission }])
      await work.enqueue('transmit', `transmit:${transmission.id}`, { transmissionId: transmission.id })
      return 'En cours de transmission à la préfecture.'
    })
  },

  async actsPublish(services, { body }, call) {
    return eachLine(services, call, 'actsPublish', body.ids, async (work, id) => {
      const act = await load(work, 'act', id)
      const council = await councilOf(work)
      if (!act.signedDocument)
        throw new Refusal('ACT_NOT_SIGNED', `La délibération ${act.number} n’est pas encore signée.`, {
          family: 'impossible',
        })
      await work.apply(
        'act',
        act,
        publish(act, {
          publishedAt: work.now,
          path: `/public/actes/${act.number}`,
          authorLine: authorLine(council),
          file: act.signedDocument,
        }),
      )
      await work.enqueue('journalTimestamp', `journalTimestamp:publication:${act.id}`, {})
      return 'Publiée.'
    })
  },
}

/** The prefecture takes a budget sealed, its seal intact, and voted; the file is never mended on the way. */
async function demandSendable(services: Services, work: Work, budgetFileId: string): Promise<void> {
  const { file, title } = await load(work, 'finance', budgetFileId)
  const report = checkBudgetOrRefuse(await services.storage.blobs.read(file.sha256), {
    name: file.name,
    purpose: 'send',
  })
  const first = report.problems.find((p) => p.level === 'error')
  if (first)
    throw new Refusal('BUDGET_NOT_SENDABLE', `« ${title} » ne peut pas partir : ${first.message}`, {
      family: 'impossible',
      where: first.where,
      problems: [...report.problems],
    })
}

/** First name, surname and capacity of the author (CGCT art. R. 2131-1). */
function authorLine(council: Council): string {
  const mayor = council.councillors.find((c) => c.office === 'mayor')
  return mayor
    ? `${mayor.firstName} ${mayor.lastName}, ${mayor.officeLabel.toLowerCase()}`
    : council.authority.name
}
