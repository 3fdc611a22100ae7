import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { type HubProcess, startHubProcess } from '../../cli/chain/hub.ts'
import { openSession, type Session } from '../../cli/chain/session.ts'

export type DemoHub = {
  url: string
  dataDir: string
  password: string
  pin: string
  as: (login: string) => Promise<Session>
  anyone: Session
  stop: () => Promise<void>
}

/** A real hub process on a fresh data folder with the demonstration commune, as it stands at `startsAt`. */
export async function aDemoHub(options: { startsAt?: Date; args?: string[] } = {}): Promise<DemoHub> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'echarpe-hub-'))
  const dataDir = path.join(dir, 'donnees')
  const hub: HubProcess = await startHubProcess(['--port', '0', '--data', dataDir, ...(options.args ?? [])])
  const session = () => openSession({ url: () => hub.url, patienceMs: 0 })
  const anyone = session()
  const { password, pin } = await anyone.call('setupDemo', {
    body: options.startsAt ? { startsAt: options.startsAt.toISOString() } : {},
  })
  return {
    url: hub.url,
    dataDir,
    password,
    pin,
    anyone,
    as: async (login) => {
      const s = session()
      await s.signIn(login, password)
      return s
    },
    stop: async () => {
      await hub.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
