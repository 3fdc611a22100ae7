import { z } from 'zod'
import { CivilDate, CivilTime } from '../../core/calendar/civil-date.ts'
import { AgendaItem, CommitteeOpinion, ItemKind, RichBlock } from '../../core/sitting/model.ts'
import type { Route } from '../route.ts'
import { SittingRow, SittingView } from '../views.ts'
import { created, done, id, item, reasons } from './shared.ts'

export const ItemBody = z.object({
  kind: ItemKind,
  title: z
    .string()
    .trim()
    .min(3, 'Donnez un intitulé au point.')
    .max(499, 'L’intitulé compte 499 caractères au plus.'),
  topic: z.string().default(''),
  rapporteurId: z.string().nullable().default(null),
  subjectCode: AgendaItem.shape.subjectCode,
  note: z.string().default(''),
  text: z.array(RichBlock).default([]),
  opinions: z.array(CommitteeOpinion).optional(),
  budgetFileId: z.string().nullable().optional(),
})

const SittingDetails = z.object({
  title: z.string().trim().min(3, 'Donnez un titre à la séance.'),
  date: CivilDate,
  time: CivilTime,
  place: z.string().trim().min(2, 'Indiquez le lieu de la séance.'),
})

/** Sittings, agendas, annexes, convocations. */
export const sittingRoutes = {
  sittings: {
    method: 'GET',
    path: '/api/sittings',
    rights: 'sitting.read',
    summary: 'Les séances',
    answer: z.array(SittingRow),
  },
  sittingCreate: {
    method: 'POST',
    path: '/api/sittings',
    rights: 'sitting.prepare',
    summary: 'Créer une séance',
    body: SittingDetails.extend({
      bodyId: z.string(),
      kind: z.enum(['ordinary', 'installation', 'secondConvocation']).default('ordinary'),
    }),
    answer: created,
  },
  sitting: {
    method: 'GET',
    path: '/api/sittings/:id',
    rights: 'sitting.read',
    params: id,
    summary: 'Une séance',
    answer: SittingView,
  },
  sittingChange: {
    method: 'PUT',
    path: '/api/sittings/:id',
    rights: 'sitting.prepare',
    params: id,
    summary: 'Modifier une séance',
    body: SittingDetails,
    answer: done,
  },
  itemAdd: {
    method: 'POST',
    path: '/api/sittings/:id/items',
    rights: 'sitting.prepare',
    params: id,
    summary: 'Ajouter un point',
    body: ItemBody,
    answer: created,
  },
  itemChange: {
    method: 'PUT',
    path: '/api/sittings/:id/items/:itemId',
    rights: 'sitting.prepare',
    params: item,
    summary: 'Modifier un point',
    body: ItemBody,
    answer: done,
  },
  itemRemove: {
    method: 'DELETE',
    path: '/api/sittings/:id/items/:itemId',
    rights: 'sitting.prepare',
    params: item,
    summary: 'Retirer un point',
    answer: done,
  },
  itemMove: {
    method: 'POST',
    path: '/api/sittings/:id/items/:itemId/move',
    rights: 'sitting.prepare',
    params: item,
    summary: 'Déplacer un point',
    body: z.object({ position: z.number().int().nonnegative() }),
    answer: done,
  },
  annexAdd: {
    method: 'POST',
    path: '/api/sittings/:id/items/:itemId/annexes',
    rights: 'sitting.prepare',
    params: item,
    upload: true,
    summary: 'Joindre une annexe',
    body: z.object({
      title: z.string().trim().min(1, 'Donnez un titre à l’annexe.'),
      confidential: z.stringbool().default(false),
      toPublish: z.stringbool().default(true),
      pieceCode: z
        .string()
        .regex(/^[A-Z0-9_]{5}$/)
        .default('99_DE'),
    }),
    answer: created,
  },
  annexRemove: {
    method: 'DELETE',
    path: '/api/sittings/:id/items/:itemId/annexes/:annexId',
    rights: 'sitting.prepare',
    params: item.extend({ annexId: z.string() }),
    summary: 'Retirer une annexe',
    answer: done,
  },
  convoke: {
    method: 'POST',
    path: '/api/sittings/:id/convoke',
    rights: 'sitting.convoke',
    params: id,
    summary: 'Convoquer les membres',
    body: z.object({ reasons }),
    answer: done,
  },
  dispatchRetry: {
    method: 'POST',
    path: '/api/sittings/:id/dispatches/:dispatchId/retry',
    rights: 'sitting.convoke',
    params: z.object({ id: z.string(), dispatchId: z.string() }),
    summary: 'Renvoyer une convocation',
    answer: done,
  },
  dispatchOnPaper: {
    method: 'POST',
    path: '/api/sittings/:id/dispatches/:dispatchId/paper',
    rights: 'sitting.convoke',
    params: z.object({ id: z.string(), dispatchId: z.string() }),
    summary: 'Noter une remise sur papier',
    body: z.object({ bearer: z.string().min(3, 'Indiquez qui a remis le pli.') }),
    answer: done,
  },
} as const satisfies Record<string, Route>
