import { z } from 'zod'
import type { RefusalFamily } from '../core/refusal.ts'

/** HTTP status of each family of refusal. */
export const statusOf = {
  invalid: 400,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  impossible: 422,
  needsReason: 428,
} as const satisfies Record<RefusalFamily, number>

export const LegalWarningView = z.object({
  code: z.string(),
  message: z.string(),
  article: z.string(),
  remedy: z.string(),
})

export const ProblemView = z.object({
  code: z.string(),
  message: z.string(),
  where: z.string(),
  level: z.enum(['error', 'warning']),
})
export type ProblemView = z.infer<typeof ProblemView>

/** Body of every answer that is not a success. `support` identifies an unexpected error in the hub's log. */
export const ErrorBody = z.object({
  code: z.string(),
  message: z.string(),
  where: z.string().default(''),
  warnings: z.array(LegalWarningView).default([]),
  problems: z.array(ProblemView).default([]),
  support: z.string().optional(),
})
export type ErrorBody = z.infer<typeof ErrorBody>
