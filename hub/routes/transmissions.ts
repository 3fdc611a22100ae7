import type { Handlers } from '../bind.ts'
import { historyOf } from '../history.ts'
import { readAnswers } from '../inbox.ts'
import { list, load, viewOf } from '../work.ts'

export const transmissionRoutes: Pick<Handlers, 'transmissions' | 'transmission' | 'inboxRead'> = {
  async transmissions(services, _, call) {
    const all = await list(viewOf(services, call.user.authorityId), 'transmission', {})
    return all.sort((a, b) => b.id.localeCompare(a.id))
  },
  async transmission(services, { params }, call) {
    const view = viewOf(services, call.user.authorityId)
    const transmission = await load(view, 'transmission', params.id)
    return { transmission, history: await historyOf(view, 'transmission', transmission.id) }
  },
  inboxRead: (services, _, call) => readAnswers(services, call.user.authorityId),
}
