import type { Logger } from 'pino'
import type { Mailer } from '../connectors/smtp/mailer.ts'
import type { Storage } from '../storage/open.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Demo } from './demo/demo.ts'
import type { KeyRing } from './keys.ts'
import type { Live } from './live.ts'
import type { Outside } from './outside.ts'

/** Everything a handler or a job may use, chosen once in `main.ts`. */
export type Services = {
  config: Config
  storage: Storage
  clock: Clock
  newId: () => string
  log: Logger
  live: Live
  /** Null until a mail relay is set: convocations then wait, visibly. */
  mailer: Mailer | null
  keys: KeyRing
  outside: Outside
  demo: Demo | null
  /** Moves the demonstration's clock, in milliseconds from the machine's. */
  setOffset: (ms: number) => void
  /** Empties the data folder and opens it anew (demonstration only). */
  reopen: () => Promise<void>
  /** Wakes the job loop after a commit. */
  wake: () => void
}
