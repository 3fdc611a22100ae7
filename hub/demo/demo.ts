import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { type DemoMailServer, startDemoMailServer } from '../../connectors/smtp/demo-server.ts'
import { startTsa, type TsaServer } from '../../connectors/tsa/server.ts'
import { Role } from '../../core/people/model.ts'
import { openP12 } from '../../signing/keys/p12.ts'
import { createTestAuthority } from '../../signing/keys/test-authority.ts'
import { createTimestampResponder } from '../../signing/tsp/responder.ts'
import type { Clock } from '../clock.ts'
import type { KeyRing } from '../keys.ts'

/** Shown on the sign-in page of a demonstration: these protect nothing but invented data. */
export const DEMO_PASSWORD = 'bienvenue-a-demoville'
export const DEMO_PIN = '1234'

const Account = z.object({ login: z.string(), label: z.string(), roles: z.array(Role) })
const Saved = z.object({
  offsetMs: z.number(),
  accounts: z.array(Account),
  root: z.string(),
  issuing: z.string(),
})
export type DemoAccount = z.infer<typeof Account>

/** What a demonstration adds: its own day, its time-stamping server, its mail server. Live resource. */
export type Demo = {
  accounts: DemoAccount[]
  /** DER of the demonstration's root. */
  root: Uint8Array
  issuing: Uint8Array
  tsa: TsaServer
  mail: DemoMailServer
  stop: () => Promise<void>
}

const fileOf = (dataDir: string) => path.join(dataDir, 'demonstration', 'etat.json')
const tsaOf = (dataDir: string) => path.join(dataDir, 'demonstration', 'horodatage.p12')

async function read(dataDir: string): Promise<z.infer<typeof Saved> | null> {
  return existsSync(fileOf(dataDir)) ? Saved.parse(JSON.parse(await readFile(fileOf(dataDir), 'utf8'))) : null
}

async function save(dataDir: string, saved: z.infer<typeof Saved>): Promise<void> {
  await mkdir(path.dirname(fileOf(dataDir)), { recursive: true, mode: 0o700 })
  await writeFile(`${fileOf(dataDir)}.tmp`, JSON.stringify(saved, null, 2), { mode: 0o600 })
  await rename(`${fileOf(dataDir)}.tmp`, fileOf(dataDir))
}

/** Shift of the demonstration's clock kept in a data folder; 0 when it holds no demonstration. */
export const savedOffset = async (dataDir: string): Promise<number> => (await read(dataDir))?.offsetMs ?? 0

/** Moves the demonstration to another day; the hub's clock follows at once, and after a restart. */
export async function saveOffset(dataDir: string, offsetMs: number): Promise<void> {
  const saved = await read(dataDir)
  if (saved) await save(dataDir, { ...saved, offsetMs })
}

/** Creates the demonstration's authority, its signatories' `.p12` and its time-stamping unit. */
export async function createDemoIdentity(
  dataDir: string,
  keys: KeyRing,
  clock: Clock,
  offsetMs: number,
  accounts: DemoAccount[],
  people: { id: string; councillorId: string; name: string; title: string }[],
): Promise<void> {
  const authority = await createTestAuthority({ clock: () => new Date(clock()), keyBits: 2048 })
  for (const person of people) {
    const identity = await authority.issuePerson({
      name: person.name,
      title: person.title,
      organization: 'Commune de Démoville',
      keyType: 'RSA',
    })
    await keys.add({
      id: person.id,
      councillorId: person.councillorId,
      p12: identity.p12(DEMO_PIN),
      certificate: identity.certificate,
      demonstration: true,
    })
  }
  const tsa = await authority.issueTsa()
  await mkdir(path.dirname(tsaOf(dataDir)), { recursive: true, mode: 0o700 })
  await writeFile(tsaOf(dataDir), tsa.p12(DEMO_PIN), { mode: 0o600 })
  const base64 = (b: Uint8Array) => Buffer.from(b).toString('base64')
  await save(dataDir, {
    offsetMs,
    accounts,
    root: base64(authority.root),
    issuing: base64(authority.issuing),
  })
}

/** Starts the servers of a demonstration kept in this folder; null when there is none. */
export async function openDemo(dataDir: string, clock: Clock): Promise<Demo | null> {
  const saved = await read(dataDir)
  if (!saved) return null
  const signer = await openP12(new Uint8Array(await readFile(tsaOf(dataDir))), DEMO_PIN)
  const tsa = await startTsa({
    respond: createTimestampResponder({ signer, clock: () => new Date(clock()) }),
  })
  const mail = await startDemoMailServer()
  return {
    accounts: saved.accounts,
    root: new Uint8Array(Buffer.from(saved.root, 'base64')),
    issuing: new Uint8Array(Buffer.from(saved.issuing, 'base64')),
    tsa,
    mail,
    stop: async () => {
      await tsa.stop()
      await mail.stop()
    },
  }
}
