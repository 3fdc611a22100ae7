import { Refusal } from '../../core/refusal.ts'
import type { Handlers } from '../bind.ts'
import { isEmpty } from '../establish.ts'
import type { Services } from '../services.ts'
import { transact } from '../work.ts'
import { DEMO_PASSWORD, DEMO_PIN, saveOffset } from './demo.ts'
import { answerAsPrefecture } from './prefecture.ts'
import { seedDemo } from './seed.ts'

const ok = { ok: true } as const

function demandDemo(services: Services): void {
  if (!services.demo)
    throw new Refusal('NOT_A_DEMO', 'Ceci n’est possible que dans la commune de démonstration.', {
      family: 'forbidden',
    })
}

/** Shifts the demonstration's clock so that it is now `to`, from now on and after a restart. Sessions run on the machine's time. */
export async function setDemoClock(services: Services, to: string): Promise<void> {
  const offset = Date.parse(to) - Date.now()
  services.setOffset(offset)
  await saveOffset(services.config.dataDir, offset)
}

export const demoRoutes: Pick<Handlers, 'setupDemo' | 'demoClock' | 'demoReset' | 'demoPrefecture'> = {
  async setupDemo(services, { body }) {
    if (!(await isEmpty(services)))
      throw new Refusal('ALREADY_INSTALLED', 'Une commune est déjà installée ici. Connectez-vous.', {
        family: 'conflict',
      })
    const accounts = await seedDemo(services, body.startsAt ?? services.clock())
    return { password: DEMO_PASSWORD, pin: DEMO_PIN, accounts }
  },

  async demoClock(services, { body }, call) {
    demandDemo(services)
    if (body.to < services.clock())
      throw new Refusal(
        'CLOCK_BACKWARDS',
        'Le temps de la démonstration ne recule pas. Remettez-la à neuf pour recommencer.',
        { family: 'impossible' },
      )
    await setDemoClock(services, body.to)
    await transact(services, call.user.authorityId, call.user.actor, (work) =>
      work.note('demo.clock', 'authority', work.authorityId, { to: body.to }),
    )
    return { now: services.clock() }
  },

  async demoReset(services) {
    demandDemo(services)
    if (services.config.databaseUrl)
      throw new Refusal(
        'RESET_EMBEDDED_ONLY',
        'La remise à neuf n’est possible qu’avec la base embarquée. Créez une base PostgreSQL vide pour recommencer.',
        { family: 'impossible' },
      )
    await services.reopen()
    return ok
  },

  async demoPrefecture(services, { body }, call) {
    demandDemo(services)
    const answered = await answerAsPrefecture(services, call.user.authorityId, body.answer)
    return { answered }
  },
}
