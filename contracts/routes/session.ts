import { z } from 'zod'
import { Instant } from '../../core/calendar/civil-date.ts'
import { Authority, Role } from '../../core/people/model.ts'
import type { Route } from '../route.ts'
import { Me, TodayEntry } from '../views.ts'
import { done, password } from './shared.ts'

/** Set-up, sessions, live events, the demonstration, what waits for me. */
export const sessionRoutes = {
  status: {
    method: 'GET',
    path: '/api/status',
    rights: 'public',
    summary: 'État du serveur',
    answer: z.object({
      state: z.enum(['empty', 'ready']),
      demonstration: z.boolean(),
      authorityName: z.string().nullable(),
      version: z.string(),
      now: Instant,
      demoAccounts: z.array(z.object({ login: z.string(), label: z.string() })),
    }),
  },
  setupDemo: {
    method: 'POST',
    path: '/api/setup/demo',
    rights: 'public',
    summary: 'Créer la commune de démonstration (serveur vide)',
    body: z.object({ startsAt: Instant.optional() }),
    answer: z.object({
      password: z.string(),
      pin: z.string(),
      accounts: z.array(z.object({ login: z.string(), label: z.string(), roles: z.array(Role) })),
    }),
  },
  setupInstall: {
    method: 'POST',
    path: '/api/setup/install',
    rights: 'public',
    summary: 'Installer la commune (serveur vide)',
    body: z.object({
      authority: Authority.omit({ id: true, demonstration: true }),
      admin: z.object({ login: z.string().min(3), displayName: z.string().min(3), password }),
    }),
    answer: done,
  },
  signIn: {
    method: 'POST',
    path: '/api/session',
    rights: 'public',
    summary: 'Se connecter',
    body: z.object({ login: z.string(), password: z.string() }),
    answer: Me,
  },
  me: { method: 'GET', path: '/api/session', rights: 'signedIn', summary: 'Qui suis-je', answer: Me },
  signOut: {
    method: 'DELETE',
    path: '/api/session',
    rights: 'signedIn',
    summary: 'Se déconnecter',
    answer: done,
  },
  events: {
    method: 'GET',
    path: '/api/events',
    rights: 'signedIn',
    summary: 'Ce qui change, en direct',
    answer: 'events',
  },
  demoClock: {
    method: 'POST',
    path: '/api/demo/clock',
    rights: 'signedIn',
    summary: 'Avancer le temps de la démonstration',
    body: z.object({ to: Instant }),
    answer: z.object({ now: Instant }),
  },
  demoReset: {
    method: 'POST',
    path: '/api/demo/reset',
    rights: 'signedIn',
    summary: 'Remettre la démonstration à neuf',
    answer: done,
  },
  demoPrefecture: {
    method: 'POST',
    path: '/api/demo/prefecture',
    rights: 'signedIn',
    summary: 'Faire répondre la préfecture de démonstration',
    body: z.object({ answer: z.enum(['receipt', 'anomaly']) }),
    answer: z.object({ answered: z.number() }),
  },
  today: {
    method: 'GET',
    path: '/api/today',
    rights: 'signedIn',
    summary: 'Ce qui m’attend',
    answer: z.object({ entries: z.array(TodayEntry), counts: z.record(z.string(), z.number()) }),
  },
} as const satisfies Record<string, Route>
