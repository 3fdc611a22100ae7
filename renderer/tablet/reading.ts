import { z } from 'zod'

const Reading = z.object({
  /** Address of the last place read. */
  last: z.string().nullable().default(null),
  /** Page reached in each document, by SHA-256. */
  pages: z.record(z.string(), z.number().int().positive()).default({}),
})
export type Reading = z.infer<typeof Reading>

type Store = Pick<Storage, 'getItem' | 'setItem'>

const keyOf = (userId: string, packId: string) => `echarpe.reading.${userId}.${packId}`

/** Where this person stopped reading this pack on this device; a fresh start when nothing readable is kept. */
export function readReading(store: Store, userId: string, packId: string): Reading {
  try {
    return Reading.parse(JSON.parse(store.getItem(keyOf(userId, packId)) ?? '{}'))
  } catch {
    return { last: null, pages: {} }
  }
}

/** Keeps a change of place. A full or forbidden storage only means that the next reading starts at the beginning. */
export function keepReading(
  store: Store,
  userId: string,
  packId: string,
  change: { last?: string; page?: { sha256: string; number: number } },
): void {
  const now = readReading(store, userId, packId)
  const next: Reading = {
    last: change.last ?? now.last,
    pages: change.page ? { ...now.pages, [change.page.sha256]: change.page.number } : now.pages,
  }
  try {
    store.setItem(keyOf(userId, packId), JSON.stringify(next))
  } catch {
    return
  }
}
