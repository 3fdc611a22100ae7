import { Refusal } from './refusal.ts'

/** A legal risk: allowed once the person has typed why (design rule « the law advises, the mayor decides »). */
export type LegalWarning = { code: string; message: string; article: string; remedy: string }

/** Reasons typed by the person, one per warning code. */
export type Reasons = Readonly<Record<string, string>>

/**
 * Lets a command through when every warning has a typed reason of at least 10 characters; returns them for the journal.
 * Throws a `Refusal` of family `needsReason` that carries the warnings still without one.
 */
export function demandReasons(
  warnings: readonly LegalWarning[],
  reasons: Reasons,
): { code: string; reason: string }[] {
  const missing = warnings.filter((w) => (reasons[w.code] ?? '').trim().length < 10)
  const first = missing[0]
  if (first)
    throw new Refusal('REASON_NEEDED', `${first.message} ${first.remedy}`, {
      family: 'needsReason',
      where: first.article,
      data: { warnings: missing },
    })
  return warnings.map((w) => ({ code: w.code, reason: (reasons[w.code] ?? '').trim() }))
}
