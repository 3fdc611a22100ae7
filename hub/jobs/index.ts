import { journalTimestampJob, typesetJob } from './acts.ts'
import { dispatchJob, timestampJob } from './convocation.ts'
import { proofJob } from './proof.ts'
import type { JobHandler } from './runner.ts'
import { transmitJob } from './transmissions.ts'

/** What each kind of job does. */
export const jobHandlers: Record<string, JobHandler> = {
  dispatch: dispatchJob,
  timestamp: timestampJob,
  proof: proofJob,
  typeset: typesetJob,
  transmit: transmitJob,
  journalTimestamp: journalTimestampJob,
}
