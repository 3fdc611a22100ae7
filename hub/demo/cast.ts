import { addDays, frenchDate } from '../../core/calendar/civil-date.ts'
import type { Call } from '../bind.ts'
import { machineClock } from '../clock.ts'
import type { Services } from '../services.ts'

export type Cast = {
  agent: Call
  mayor: Call
  secretary: Call
  finance: Call
  member: (rank: number) => Call
}

/** Direct callers of the routes, one per account: the seed goes through the same use cases as people do. */
export function callAs(user: Call['user'], upload: Call['upload'] = null): Call {
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

export async function jobsDone(services: Services): Promise<void> {
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
