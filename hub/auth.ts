import { createHash, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { z } from 'zod'
import { type Actor, Role } from '../core/people/model.ts'
import { Refusal } from '../core/refusal.ts'
import type { Storage } from '../storage/open.ts'

const SESSION_HOURS = 12
const HOUR_MS = 3_600_000

/** OWASP's argon2id setting: 19 MiB, 2 passes. */
const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, ARGON)

// Compared with when the login is unknown, so that the answer takes as long.
const decoy = hashPassword(randomBytes(16).toString('hex'))

const digest = (token: string): string => createHash('sha256').update(token).digest('hex')

export type SignedIn = { actor: Actor; authorityId: string }

const later = (now: string, hours: number): string =>
  new Date(Date.parse(now) + hours * HOUR_MS).toISOString()

/** Checks login and password and opens a session; gives the opaque token, which is stored only as its SHA-256. */
export async function signIn(
  storage: Storage,
  input: { login: string; password: string; userAgent: string },
  now: string,
): Promise<{ token: string; expiresAt: string }> {
  const login = input.login.trim().toLowerCase()
  const user = await storage.read
    .selectFrom('userAccount')
    .select(['id', 'passwordHash', 'disabled'])
    .where('login', '=', login)
    .executeTakeFirst()
  const good = await verify(user?.passwordHash ?? (await decoy), input.password)
  if (!user || !good || user.disabled)
    throw new Refusal(
      'SIGN_IN_REFUSED',
      'Identifiant ou mot de passe incorrect. Vérifiez la saisie, ou demandez un nouveau mot de passe à l’administrateur.',
      { family: 'forbidden' },
    )
  const token = randomBytes(32).toString('base64url')
  const expiresAt = later(now, SESSION_HOURS)
  await storage.write(null, async (tx) => {
    await tx.deleteFrom('webSession').where('expiresAt', '<', now).execute()
    await tx
      .insertInto('webSession')
      .values({
        idHash: digest(token),
        userId: user.id,
        createdAt: now,
        lastSeenAt: now,
        expiresAt,
        userAgent: input.userAgent.slice(0, 200),
      })
      .execute()
  })
  return { token, expiresAt }
}

/** The person behind a session token, or null when it is unknown or over. */
export async function whoIs(
  storage: Storage,
  token: string | undefined,
  now: string,
): Promise<SignedIn | null> {
  if (!token) return null
  const row = await storage.read
    .selectFrom('webSession')
    .innerJoin('userAccount', 'userAccount.id', 'webSession.userId')
    .select([
      'userAccount.id',
      'userAccount.authorityId',
      'userAccount.displayName',
      'userAccount.roles',
      'userAccount.councillorId',
      'userAccount.disabled',
      'webSession.expiresAt',
    ])
    .where('webSession.idHash', '=', digest(token))
    .executeTakeFirst()
  if (!row || row.disabled || row.expiresAt <= now) return null
  return {
    authorityId: row.authorityId,
    actor: {
      userId: row.id,
      label: row.displayName,
      roles: z.array(Role).parse(JSON.parse(row.roles)),
      councillorId: row.councillorId,
    },
  }
}

/** Ends a session at once, on every hub. */
export async function signOut(storage: Storage, token: string): Promise<void> {
  await storage.write(null, async (tx) => {
    await tx.deleteFrom('webSession').where('idHash', '=', digest(token)).execute()
  })
}
