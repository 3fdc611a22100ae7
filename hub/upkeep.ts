import { forgetReceipts } from '../storage/command.ts'
import { journalHead } from '../storage/journal.ts'
import { machineClock } from './clock.ts'
import { readAnswers } from './inbox.ts'
import type { Services } from './services.ts'
import { machine, transact, viewOf } from './work.ts'

const EVERY_MS = 60_000
const RECEIPTS_KEPT_MS = 30 * 86_400_000

/** What the hub does by itself, once a minute: reads answers, timestamps each journal once a day, forgets old receipts. */
export async function keepUp(services: Services): Promise<void> {
  const authorities = await services.storage.read.selectFrom('authority').select('id').execute()
  for (const { id } of authorities) {
    await readAnswers(services, id)
    const head = await journalHead(viewOf(services, id).reader, id)
    const day = machineClock().slice(0, 10)
    if (services.outside.timestamp && head.seq > 0)
      await transact(services, id, machine, (work) =>
        work.enqueue('journalTimestamp', `journalTimestamp:day:${day}`, {}),
      )
  }
  await forgetReceipts(
    services.storage,
    new Date(Date.parse(machineClock()) - RECEIPTS_KEPT_MS).toISOString(),
  )
}

/** Repeats `keepUp` until stopped; a failure is logged and the next minute tries again. */
export function startUpkeep(services: () => Services): { stop: () => Promise<void> } {
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = running
      .then(() => keepUp(services()))
      .catch((error: unknown) => services().log.warn({ err: error }, 'upkeep failed'))
  }, EVERY_MS)
  return {
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}
