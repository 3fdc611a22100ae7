import { sql } from 'kysely'
import type { Tx } from './schema.ts'

/**
 * Draws the next number of a numbering scheme (1 first) for a period (`2026`, or an empty text when it never restarts).
 * The number is lost if the transaction is undone together with everything else: no gap, no double.
 */
export async function nextNumber(
  tx: Tx,
  authorityId: string,
  scheme: string,
  period: string,
): Promise<number> {
  const { value } = await tx
    .insertInto('counter')
    .values({ authorityId, scheme, period, value: 1 })
    .onConflict((oc) =>
      oc.columns(['authorityId', 'scheme', 'period']).doUpdateSet({ value: sql`counter.value + 1` }),
    )
    .returning('value')
    .executeTakeFirstOrThrow()
  return value
}
