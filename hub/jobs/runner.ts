import { Refusal } from '../../core/refusal.ts'
import { SigningError } from '../../signing/types.ts'
import { type ClaimedJob, claimJob, completeJob, failJob, nextJobAt } from '../../storage/jobs.ts'
import { machineClock } from '../clock.ts'
import type { Services } from '../services.ts'
import { machine, transact, type Work } from '../work.ts'

/**
 * What a job does. It may talk to the outside before `finish`, which writes its outcome and ends the job in one
 * transaction. `attempt` > 1: an earlier try failed or was cut, so what it did outside may have happened.
 */
export type JobHandler = (
  services: Services,
  payload: unknown,
  job: { authorityId: string; attempt: number; finish: (fn: (work: Work) => Promise<void>) => Promise<void> },
) => Promise<void>

export type JobLoop = { wake: () => void; stop: () => Promise<void>; idle: () => Promise<void> }

const MAX_ATTEMPTS = 8
const LEASE_MS = 120_000
const POLL_MS = 1000

/** Runs due jobs one after the other. Leases make a job cut by a crash run again. */
export function startJobs(services: () => Services, handlers: Record<string, JobHandler>): JobLoop {
  let stopped = false
  let waiting: (() => void) | null = null
  let busy = false

  async function run(job: ClaimedJob): Promise<void> {
    const s = services()
    const handler = handlers[job.kind]
    const authorityId = job.authorityId ?? ''
    try {
      if (!handler) throw new Refusal('JOB_UNKNOWN', `Travail inconnu : ${job.kind}`)
      await handler(s, job.payload, {
        authorityId,
        attempt: job.attempts,
        finish: (fn) =>
          transact(s, authorityId, machine, async (work) => {
            await fn(work)
            await completeJob(work.reader, job, machineClock())
          }),
      })
    } catch (error) {
      const known = error instanceof Refusal || error instanceof SigningError
      if (!known) s.log.error({ err: error, kind: job.kind }, 'job failed')
      const permanent = error instanceof Refusal && error.data['permanent'] === true
      await s.storage.write(job.authorityId, (tx) =>
        failJob(tx, job, {
          now: machineClock(),
          error: (error as Error).message,
          maxAttempts: MAX_ATTEMPTS,
          permanent,
        }),
      )
      s.live.publish(authorityId, [{ subjectKind: 'job', subjectId: job.id, action: 'job.failed' }])
    }
  }

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      waiting = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const loop = (async () => {
    while (!stopped) {
      const s = services()
      busy = true
      const job = await claimJob(s.storage, {
        now: machineClock(),
        leaseMs: LEASE_MS,
        maxAttempts: MAX_ATTEMPTS,
      }).catch((error: unknown) => {
        if (!stopped) s.log.error({ err: error }, 'job queue unreadable')
        return undefined
      })
      if (job) {
        await run(job).catch((error: unknown) => s.log.error({ err: error }, 'job outcome not kept'))
        continue
      }
      busy = false
      await pause(POLL_MS)
      waiting = null
    }
  })()

  return {
    wake: () => waiting?.(),
    stop: async () => {
      stopped = true
      waiting?.()
      await loop
    },
    async idle() {
      for (;;) {
        const next = await nextJobAt(services().storage.read)
        if (!busy && (next === undefined || next > machineClock())) return
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
  }
}
