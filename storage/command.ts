import type { z } from 'zod'
import { Refusal } from '../core/refusal.ts'
import type { Storage } from './open.ts'
import type { Tx } from './schema.ts'

/** A command as a client sent it: `commandId` is drawn by the client and sent again unchanged when it retries. */
export type CommandEnvelope = {
  commandId: string
  userId: string
  name: string
  /** The hub's instant of arrival, ISO-8601 UTC. */
  at: string
  /** The commune concerned; null for the installation. */
  authorityId: string | null
}

/**
 * Runs a command once: its writes and its answer are kept in one transaction, and a repeated command gets the first
 * answer back without running. A refused command keeps nothing, and may be sent again. Two at the same time: the
 * second waits for the first. Refuses `command.reused` when the identifier was another person's or another command's.
 */
export async function writeOnce<R>(
  storage: Storage,
  command: CommandEnvelope,
  schema: z.ZodType<R>,
  fn: (tx: Tx) => Promise<R>,
): Promise<R> {
  return storage.write(command.authorityId, async (tx) => {
    const { commandId, userId, name, at } = command
    // Taking the key first makes a concurrent retry wait here, whatever the scope of its transaction.
    const taken = await tx
      .insertInto('commandReceipt')
      .values({ commandId, userId, name, at, response: '' })
      .onConflict((oc) => oc.column('commandId').doNothing())
      .executeTakeFirst()
    if (taken.numInsertedOrUpdatedRows !== 1n) {
      const first = await tx
        .selectFrom('commandReceipt')
        .selectAll()
        .where('commandId', '=', commandId)
        .executeTakeFirstOrThrow()
      if (first.userId !== userId || first.name !== name)
        throw new Refusal(
          'command.reused',
          'Cette demande porte le numéro d’une autre. Rechargez la page et recommencez.',
          {
            family: 'conflict',
            data: { commandId },
          },
        )
      return schema.parse(JSON.parse(first.response))
    }
    // An answer that is nothing (`void`) is stored as null, and both answers come back through the schema alike.
    const response = JSON.stringify((await fn(tx)) ?? null)
    const answer = schema.parse(JSON.parse(response))
    await tx.updateTable('commandReceipt').set({ response }).where('commandId', '=', commandId).execute()
    return answer
  })
}

/** Forgets receipts older than `before` (ISO-8601 UTC); clients stop retrying long before. Gives how many. */
export async function forgetReceipts(storage: Storage, before: string): Promise<number> {
  return storage.write(null, async (tx) => {
    const done = await tx.deleteFrom('commandReceipt').where('at', '<', before).executeTakeFirst()
    return Number(done.numDeletedRows)
  })
}
