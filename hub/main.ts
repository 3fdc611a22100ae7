import { mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { pino } from 'pino'
import { openMailer } from '../connectors/smtp/mailer.ts'
import { Refusal } from '../core/refusal.ts'
import { releaseInterrupted } from '../storage/jobs.ts'
import { openStorage } from '../storage/open.ts'
import { buildApp } from './app.ts'
import { clockWithOffset, machineClock } from './clock.ts'
import { type Config, readConfig } from './config.ts'
import { savedOffset } from './demo/demo.ts'
import { uuidV7 } from './ids.ts'
import { jobHandlers } from './jobs/index.ts'
import { type JobLoop, startJobs } from './jobs/runner.ts'
import { joinDemo } from './join-demo.ts'
import { openKeyRing } from './keys.ts'
import { openLive } from './live.ts'
import { openFolders, timestampOver } from './outside.ts'
import { handlers } from './routes/index.ts'
import type { Services } from './services.ts'
import { startUpkeep } from './upkeep.ts'

const root = path.resolve(import.meta.dirname, '..')

/** Opens the data folder: storage, keys, exchange folders, and the demonstration's servers when it holds one. */
async function openServices(config: Config, log: Services['log'], wake: () => void): Promise<Services> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const storage = await openStorage(
    config.databaseUrl
      ? { kind: 'postgres', url: config.databaseUrl }
      : { kind: 'sqlite', file: path.join(config.dataDir, 'echarpe.sqlite') },
    {
      blobDir: path.join(config.dataDir, 'documents'),
      onConnectionLost: (error) => log.warn({ err: error }, 'database connection lost'),
    },
  )
  // An embedded database has one hub: what was running when it stopped is nobody's any more.
  if (storage.engine === 'sqlite') await releaseInterrupted(storage, machineClock())
  const offset = { ms: await savedOffset(config.dataDir) }
  const clock = clockWithOffset(() => offset.ms)
  const services: Services = {
    config,
    storage,
    clock,
    setOffset: (ms) => {
      offset.ms = ms
    },
    newId: () => uuidV7(Date.now()),
    log,
    live: openLive(),
    mailer: null,
    keys: openKeyRing(path.join(config.dataDir, 'cles')),
    outside: {
      timestamp: timestampOver(config.tsaUrls, clock, []),
      roots: [],
      folders: openFolders(config.dataDir),
      application: 'EACT',
    },
    demo: null,
    wake,
    reopen: async () => {},
  }
  await joinDemo(services)
  if (config.smtpUrl) services.mailer = openMailer(config.smtpUrl, () => 'ne-pas-repondre@localhost')
  return services
}

async function closeServices(services: Services): Promise<void> {
  services.mailer?.close()
  await services.demo?.stop()
  await services.storage.close()
}

/** Starts a hub and gives its address and how to stop it. */
export async function startHub(config: Config): Promise<{ url: string; stop: () => Promise<void> }> {
  const log = pino(
    {
      level: config.logLevel,
      redact: { paths: ['req', 'res', '*.password', '*.pin', '*.email', '*.address'], remove: true },
    },
    pino.destination(2),
  )
  let jobs: JobLoop | null = null
  const wake = () => jobs?.wake()
  let services = await openServices(config, log, wake)
  const withReopen = () => {
    services.reopen = async () => {
      await jobs?.stop()
      await closeServices(services)
      for (const name of [
        'echarpe.sqlite',
        'echarpe.sqlite-wal',
        'echarpe.sqlite-shm',
        'documents',
        'demonstration',
        'cles',
        'echanges',
      ])
        await rm(path.join(config.dataDir, name), { recursive: true, force: true })
      services = await openServices(config, log, wake)
      withReopen()
      jobs = startJobs(() => services, jobHandlers)
    }
  }
  withReopen()
  const app = await buildApp(() => services, handlers, log)
  jobs = startJobs(() => services, jobHandlers)
  const upkeep = startUpkeep(() => services)
  const url = await app.listen({ host: config.host, port: config.port })
  return {
    url,
    stop: async () => {
      await app.close()
      await upkeep.stop()
      await jobs?.stop()
      await closeServices(services)
    },
  }
}

async function main(): Promise<void> {
  const config = readConfig(process.argv.slice(2), process.env, root)
  const hub = await startHub(config)
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    void hub.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  console.log(JSON.stringify({ event: 'listening', url: hub.url }))
}

if (process.argv[1] && path.resolve(process.argv[1]) === import.meta.filename)
  main().catch((error: unknown) => {
    const known = error instanceof Refusal || (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
    console.error(
      known
        ? (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
          ? 'Ce port est déjà pris : un autre serveur Écharpe tourne sans doute. Arrêtez-le, ou choisissez un autre port avec --port.'
          : (error as Error).message
        : error,
    )
    process.exit(error instanceof Refusal && ['USAGE', 'CONFIG'].includes(error.code) ? 2 : 1)
  })
