import { z } from 'zod'
import { CivilDate } from '../../core/calendar/civil-date.ts'
import { Authority, Role } from '../../core/people/model.ts'
import type { Route } from '../route.ts'
import { AuthorityView, JournalLine } from '../views.ts'
import { created, done, password } from './shared.ts'

/** The authority, its members and accounts; the journal. */
export const authorityRoutes = {
  authority: {
    method: 'GET',
    path: '/api/authority',
    rights: 'authority.read',
    summary: 'La collectivité et ses membres',
    answer: AuthorityView,
  },
  authorityChange: {
    method: 'PUT',
    path: '/api/authority',
    rights: 'authority.manage',
    summary: 'Modifier la collectivité',
    body: Authority.omit({ id: true, demonstration: true }),
    answer: done,
  },
  councillorAdd: {
    method: 'POST',
    path: '/api/councillors',
    rights: 'authority.manage',
    summary: 'Ajouter un conseiller',
    body: z.object({
      civility: z.enum(['M.', 'Mme']),
      firstName: z.string().min(1),
      lastName: z.string().min(1),
      office: z.enum(['mayor', 'deputy', 'delegate', 'councillor']),
      officeLabel: z.string(),
      birthDate: CivilDate,
      email: z.email(),
      group: z.string(),
    }),
    answer: created,
  },
  userAdd: {
    method: 'POST',
    path: '/api/users',
    rights: 'authority.manage',
    summary: 'Créer un compte',
    body: z.object({
      login: z.string().min(3),
      displayName: z.string().min(3),
      password,
      roles: z.array(Role).min(1),
      councillorId: z.string().nullable(),
    }),
    answer: created,
  },
  journal: {
    method: 'GET',
    path: '/api/journal',
    rights: 'journal.read',
    query: z.object({ before: z.coerce.number().optional(), subjectId: z.string().optional() }),
    summary: 'Le journal',
    answer: z.object({ lines: z.array(JournalLine), total: z.number(), head: z.string() }),
  },
  journalVerify: {
    method: 'POST',
    path: '/api/journal/verify',
    rights: 'journal.read',
    summary: 'Vérifier la chaîne du journal',
    answer: z.object({ ok: z.boolean(), lines: z.number(), message: z.string() }),
  },
  journalExport: {
    method: 'GET',
    path: '/api/journal/export',
    rights: 'journal.read',
    summary: 'Exporter le journal',
    answer: 'bytes',
  },
} as const satisfies Record<string, Route>
