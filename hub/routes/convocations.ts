import { Refusal } from '../../core/refusal.ts'
import { convoke, currentConvocation } from '../../core/sitting/decide-convocation.ts'
import { handOverOnPaper, isHandedOver, retryDispatch } from '../../core/sitting/dispatch.ts'
import type { Convocation, ConvocationDispatch, Sitting } from '../../core/sitting/model.ts'
import { countPages } from '../../documents/pack.ts'
import { renderAgenda } from '../../documents/render.ts'
import type { Handlers } from '../bind.ts'
import { type Council, councilOf } from '../council.ts'
import { keepFile } from '../files.ts'
import { noteInput } from '../papers.ts'
import { command, list, load, viewOf, type Work } from '../work.ts'

const ok = { ok: true } as const

function newDispatch(
  id: string,
  council: Council,
  s: Sitting,
  convocation: Convocation,
  recipientId: string,
): ConvocationDispatch {
  const member = council.councillor(recipientId)
  return {
    id,
    authorityId: council.authority.id,
    sittingId: s.id,
    convocationVersion: convocation.version,
    recipientId,
    channel: member.channel,
    state: 'queued',
    address:
      member.channel === 'electronic'
        ? member.email
        : `${council.authority.address.postalCode} ${council.authority.address.city}`,
    convocationFile: null,
    manifestSha256: null,
    handedOverAt: null,
    relayAnswer: null,
    messageId: null,
    timestampToken: null,
    timestampState: 'none',
    proofFile: null,
    firstOpenedAt: null,
    acknowledgedAt: null,
    error: null,
    attempts: 0,
  }
}

/** Notes when the last member was reached: that day is the date of the convocation (legal rules §1, counting rule 5). */
export async function noteAllSent(work: Work, sittingId: string): Promise<void> {
  const s = await load(work, 'sitting', sittingId)
  const convocation = currentConvocation(s)
  if (!convocation || convocation.sentAt !== null) return
  const all = (await list(work, 'dispatch', { sittingId })).filter(
    (d) => d.convocationVersion === convocation.version,
  )
  if (all.length === 0 || !all.every(isHandedOver)) return
  const sentAt =
    all
      .map((d) => d.handedOverAt ?? '')
      .sort()
      .at(-1) ?? work.now
  await work.apply('sitting', s, [{ type: 'sitting.convocationSent', version: convocation.version, sentAt }])
  await work.enqueue(
    'journalTimestamp',
    `journalTimestamp:convocation:${sittingId}:${convocation.version}`,
    {},
  )
}

export const convocationRoutes: Pick<Handlers, 'convoke' | 'dispatchRetry' | 'dispatchOnPaper'> = {
  async convoke(services, { params, body }, call) {
    const view = viewOf(services, call.user.authorityId)
    const council = await councilOf(view)
    const before = await load(view, 'sitting', params.id)
    const mayor = council.councillors.find((c) => c.office === 'mayor')
    if (!mayor)
      throw new Refusal(
        'NO_MAYOR',
        'Le tableau du conseil ne désigne pas de maire : lui seul convoque. Complétez-le.',
        { where: 'CGCT art. L. 2121-10', family: 'impossible' },
      )
    const context = (now: string, documents: Convocation['documents']) => ({
      authority: council.authority,
      body: council.body(before.bodyId),
      councillors: council.councillors,
      now,
      convenedBy: mayor.id,
      capacity: mayor.officeLabel,
      documents,
    })
    // Refuse before anything is typeset.
    convoke(before, context(services.clock(), []), body.reasons)
    const pdf = await renderAgenda(noteInput(council, before, services.clock()))
    const note = await keepFile(
      services,
      'note-explicative-de-synthese.pdf',
      pdf,
      'application/pdf',
      await countPages(pdf),
    )
    return command(services, call, 'convoke', async (work) => {
      const s = await load(work, 'sitting', params.id)
      await work.keep(note.blob)
      const documents: Convocation['documents'] = [
        {
          title: 'Ordre du jour et note explicative de synthèse',
          itemId: null,
          file: note.file,
          confidential: false,
        },
        ...s.items.flatMap((i) =>
          i.annexes.map((a) => ({
            title: a.title,
            itemId: i.id,
            file: a.file,
            confidential: a.confidential,
          })),
        ),
      ]
      const convened = await work.apply('sitting', s, convoke(s, context(work.now, documents), body.reasons))
      const convocation = currentConvocation(convened)
      for (const recipientId of convocation?.recipientIds ?? []) {
        const dispatch = newDispatch(
          services.newId(),
          council,
          convened,
          convocation as Convocation,
          recipientId,
        )
        await work.apply('dispatch', null, [{ type: 'dispatch.queued', dispatch }])
        await work.enqueue('dispatch', `dispatch:${dispatch.id}`, { dispatchId: dispatch.id })
      }
      return ok
    })
  },

  dispatchRetry: (services, { params }, call) =>
    command(services, call, 'dispatchRetry', async (work) => {
      const d = await load(work, 'dispatch', params.dispatchId)
      await work.apply('dispatch', d, retryDispatch(d))
      await work.enqueue('dispatch', `dispatch:${d.id}:${d.attempts}`, { dispatchId: d.id })
      return ok
    }),

  dispatchOnPaper: (services, { params, body }, call) =>
    command(services, call, 'dispatchOnPaper', async (work) => {
      const d = await load(work, 'dispatch', params.dispatchId)
      await work.apply('dispatch', d, handOverOnPaper(d, body.bearer, work.now))
      await noteAllSent(work, params.id)
      return ok
    }),
}
