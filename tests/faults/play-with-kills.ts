import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { type HubProcess, startHubProcess } from '../../cli/chain/hub.ts'
import { answer, type Cast, convene, hold, send, sign } from '../../cli/chain/play.ts'
import { openSession } from '../../cli/chain/session.ts'
import type { Route } from '../../contracts/route.ts'
import { routes } from '../../contracts/routes.ts'
import type { SittingView } from '../../contracts/views.ts'
import { verifyJournal } from '../../storage/journal-verify.ts'
import { openStorage } from '../../storage/open.ts'

// Commands that keep no receipt: several objects at once (each refuses a second time by its own state), or no write.
const WITHOUT_RECEIPT = new Set([
  'signIn',
  'setupDemo',
  'demoClock',
  'demoPrefecture',
  'inboxRead',
  'actsSendToSign',
  'actsTransmit',
  'actsPublish',
  'foldersSign',
  'journalVerify',
])

/** A small deterministic generator: the seed printed by a failing run replays its moments. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return address !== null && typeof address === 'object' ? address.port : 0
}

export type Trial = {
  kills: number
  accepted: number
  missing: string[]
  acts: SittingView['acts']
  dispatches: SittingView['dispatches']
  journal: ReturnType<typeof verifyJournal>
}

/** Plays the demonstration chain while the hub is killed (SIGKILL) at `kills` random moments and started again. */
export async function playWithKills(kills: number, seed: number): Promise<Trial> {
  const random = generator(seed)
  const dir = await mkdtemp(path.join(os.tmpdir(), 'echarpe-kills-'))
  const dataDir = path.join(dir, 'donnees')
  const port = await freePort()
  const start = () => startHubProcess(['--port', String(port), '--data', dataDir])
  let hub: HubProcess = await start()
  let done = 0
  let playing = true
  const accepted = new Set<string>()
  const options = {
    url: () => `http://127.0.0.1:${port}`,
    patienceMs: 60_000,
    onAccepted: (id: string, name: string) => {
      const route: Route = routes[name as keyof typeof routes]
      if (route.method !== 'GET' && !WITHOUT_RECEIPT.has(name)) accepted.add(id)
    },
  }
  try {
    const anyone = openSession(options)
    const { password, pin } = await anyone.call('setupDemo', {
      body: { startsAt: new Date(Date.now() - 18 * 86_400_000).toISOString() },
    })
    const as = async (login: string) => {
      const session = openSession(options)
      await session.signIn(login, password)
      return session
    }
    const cast: Cast = {
      office: await as('assemblees'),
      mayor: await as('maire'),
      secretary: await as('secretaire'),
      finance: await as('finances'),
      members: [await as('elue'), await as('elu')],
    }
    const killer = (async () => {
      while (playing && done < kills) {
        await new Promise((resolve) => setTimeout(resolve, 150 + random() * 1600))
        if (!playing) return
        const gone = new Promise((resolve) => hub.child.once('exit', resolve))
        hub.child.kill('SIGKILL')
        await gone
        done++
        hub = await start()
      }
    })()
    const council = (await cast.office.call('sittings')).find(
      (s) => s.state === 'draft' && s.bodyName === 'Conseil municipal',
    )
    if (!council) throw new Error('no council to come')
    const quiet = () => {}
    await convene(cast, council.id, quiet)
    await answer(cast, council.id, quiet)
    await hold(cast, council.id, quiet)
    await cast.office.call('demoClock', { body: { to: new Date().toISOString() } })
    await sign(cast, council.id, pin, quiet)
    await send(cast, council.id, [], quiet)
    playing = false
    await killer
    const view = await cast.office.call('sitting', { params: { id: council.id } })
    const journal = verifyJournal(await cast.office.bytes('journalExport', {}))
    await hub.stop()
    return {
      kills: done,
      accepted: accepted.size,
      missing: await missingReceipts(dataDir, accepted),
      acts: view.acts,
      dispatches: view.dispatches,
      journal,
    }
  } finally {
    playing = false
    hub.child.kill('SIGKILL')
    await rm(dir, { recursive: true, force: true })
  }
}

async function missingReceipts(dataDir: string, accepted: ReadonlySet<string>): Promise<string[]> {
  const storage = await openStorage(
    { kind: 'sqlite', file: path.join(dataDir, 'echarpe.sqlite') },
    { blobDir: path.join(dataDir, 'documents') },
  )
  try {
    const kept = new Set(
      (await storage.read.selectFrom('commandReceipt').select('commandId').execute()).map((r) => r.commandId),
    )
    return [...accepted].filter((id) => !kept.has(id))
  } finally {
    await storage.close()
  }
}
