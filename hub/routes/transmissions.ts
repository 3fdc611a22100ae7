import { Refusal } from '../../core/refusal.ts'
import type { Handlers } from '../bind.ts'
import { historyOf } from '../history.ts'
import { readAnswers } from '../inbox.ts'
import { command, list, load, viewOf } from '../work.ts'

export const transmissionRoutes: Pick<
  Handlers,
  'transmissions' | 'transmission' | 'transmissionRetry' | 'inboxRead'
> = {
  async transmissions(services, _, call) {
    const all = await list(viewOf(services, call.user.authorityId), 'transmission', {})
    return all.sort((a, b) => b.id.localeCompare(a.id))
  },
  async transmission(services, { params }, call) {
    const view = viewOf(services, call.user.authorityId)
    const transmission = await load(view, 'transmission', params.id)
    return { transmission, history: await historyOf(view, 'transmission', transmission.id) }
  },
  transmissionRetry: (services, { params }, call) =>
    command(services, call, 'transmissionRetry', async (work) => {
      const t = await load(work, 'transmission', params.id)
      if (t.state !== 'failed')
        throw new Refusal(
          'TRANSMISSION_NOT_FAILED',
          'Cette transmission n’est pas en échec : elle est en cours ou déjà partie.',
          { family: 'conflict' },
        )
      await work.enqueue('transmit', `transmit:${t.id}:${work.now}`, { transmissionId: t.id })
      return { ok: true as const }
    }),
  inboxRead: (services, _, call) => readAnswers(services, call.user.authorityId),
}
