import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { Refusal } from '../core/refusal.ts'
import { describeCertificate } from '../signing/keys/certificate.ts'
import { openP12, requireUsable } from '../signing/keys/p12.ts'
import { type Signer, SigningError } from '../signing/types.ts'

const Entry = z.object({
  id: z.string(),
  councillorId: z.string(),
  file: z.string(),
  subject: z.string(),
  issuer: z.string(),
  validUntil: z.string(),
  demonstration: z.boolean(),
})
type Entry = z.infer<typeof Entry>

/**
 * Certificates kept beside the data as `.p12` files, each tied to one councillor. The PIN is asked at each batch, used,
 * and forgotten; it is never stored nor logged.
 */
export type KeyRing = {
  of: (councillorId: string | null) => Promise<Entry[]>
  /** Opens a key for one batch. Refuses another person's key, a wrong PIN, an expired certificate. */
  open: (
    id: string,
    councillorId: string | null,
    pin: string,
    now: string,
  ) => Promise<{ signer: Signer; entry: Entry }>
  add: (input: {
    id: string
    councillorId: string
    p12: Uint8Array
    certificate: Uint8Array
    demonstration: boolean
  }) => Promise<void>
}

export function openKeyRing(dir: string): KeyRing {
  const index = path.join(dir, 'index.json')
  const read = async (): Promise<Entry[]> =>
    existsSync(index) ? z.array(Entry).parse(JSON.parse(await readFile(index, 'utf8'))) : []
  return {
    of: async (councillorId) =>
      (await read()).filter((e) => councillorId !== null && e.councillorId === councillorId),
    async open(id, councillorId, pin, now) {
      const entry = (await read()).find((e) => e.id === id && e.councillorId === councillorId)
      if (!entry)
        throw new Refusal(
          'KEY_NOT_YOURS',
          'Ce certificat n’est pas le vôtre, ou il a été retiré. Choisissez un autre certificat.',
          { family: 'forbidden' },
        )
      try {
        const signer = await openP12(new Uint8Array(await readFile(path.join(dir, entry.file))), pin)
        requireUsable(signer, new Date(now))
        return { signer, entry }
      } catch (error) {
        if (error instanceof SigningError)
          throw new Refusal(error.code, error.message, { family: 'impossible', where: entry.subject })
        throw error
      }
    },
    async add({ id, councillorId, p12, certificate, demonstration }) {
      await mkdir(dir, { recursive: true, mode: 0o700 })
      const seen = describeCertificate(certificate)
      const file = `${id}.p12`
      await writeFile(path.join(dir, file), p12, { mode: 0o600 })
      const entry: Entry = {
        id,
        councillorId,
        file,
        subject: seen.subject,
        issuer: seen.issuer,
        validUntil: seen.validTo.toISOString(),
        demonstration,
      }
      const draft = `${index}.tmp`
      await writeFile(draft, JSON.stringify([...(await read()).filter((e) => e.id !== id), entry], null, 2), {
        mode: 0o600,
      })
      await rename(draft, index)
    },
  }
}
