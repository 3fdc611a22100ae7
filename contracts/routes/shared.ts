import { z } from 'zod'

export const id = z.object({ id: z.string() })
export const item = z.object({ id: z.string(), itemId: z.string() })
export const reasons = z.record(z.string(), z.string()).default({})
export const done = z.object({ ok: z.literal(true) })
export const created = z.object({ id: z.string() })
export const password = z.string().min(12, 'Le mot de passe compte 12 caractères au moins.')
