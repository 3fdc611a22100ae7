import { civilOf, frenchDate } from '../calendar/civil-date.ts'
import {
  clearDaysBetween,
  delayRule,
  earliestSittingDate,
  lastLegalSendingDate,
} from '../calendar/legal-delays.ts'
import { type Authority, type Body, type Councillor, membersInOffice } from '../people/model.ts'
import { demandReasons, type LegalWarning, type Reasons } from '../reasons.ts'
import { Refusal } from '../refusal.ts'
import type { SittingEvent } from './events.ts'
import { type Convocation, deliberating, type Sitting, sittingTransitions } from './model.ts'

export type ConvocationContext = {
  authority: Authority
  body: Body
  councillors: readonly Councillor[]
  now: string
  convenedBy: string
  capacity: string
  documents: Convocation['documents']
}

const BUDGET_FILE_DAYS = 12

/**
 * What the law has to say before the convocation leaves: delay (L. 2121-11, L. 2121-12), budget file (L. 1612-26),
 * explanatory note (L. 2121-12). Shown beside the sitting; each needs a typed reason to go on.
 */
export function convocationWarnings(
  s: Sitting,
  c: Pick<ConvocationContext, 'authority' | 'now'> & { body?: Pick<Body, 'kind'> },
): LegalWarning[] {
  // No legal delay for a committee: its own rules apply (L. 2121-22).
  if (c.body?.kind === 'committee') return []
  const today = civilOf(c.now, c.authority.timeZone).date
  const rule = delayRule(c.authority, s.kind)
  const days = clearDaysBetween(today, s.date)
  const article = `CGCT art. ${rule.article}`
  const lawful = `La première date licite pour un envoi aujourd’hui est le ${frenchDate(earliestSittingDate(today, rule.clearDays))} : déplacez la séance, ou indiquez le motif d’urgence.`
  const warnings: LegalWarning[] = []
  if (days < rule.minimum)
    warnings.push({
      code: 'DELAY_IRREGULAR',
      article,
      message: `Il ne reste ${days < 1 ? 'aucun jour franc' : 'que peu de jours'} avant la séance : même en urgence, ${rule.minimum} jour${rule.minimum > 1 ? 's' : ''} franc${rule.minimum > 1 ? 's sont exigés' : ' est exigé'}. Les délibérations seraient irrégulières.`,
      remedy: `La première date possible en urgence est le ${frenchDate(earliestSittingDate(today, rule.minimum))}. Déplacez la séance, ou indiquez pourquoi vous passez outre.`,
    })
  else if (days < rule.clearDays)
    warnings.push({
      code: 'DELAY_SHORT',
      article,
      message: `Le délai est de ${days} jour${days > 1 ? 's' : ''} franc${days > 1 ? 's' : ''} au lieu de ${rule.clearDays} (envoi au plus tard le ${frenchDate(lastLegalSendingDate(s.date, rule.clearDays))}).`,
      remedy: lawful,
    })
  if (s.items.some((i) => i.kind === 'budget') && days < BUDGET_FILE_DAYS)
    warnings.push({
      code: 'BUDGET_FILE_LATE',
      article: 'CGCT art. L. 1612-26',
      message: `Le projet de budget doit être communiqué ${BUDGET_FILE_DAYS} jours au moins avant la séance.`,
      remedy: 'Déplacez la séance ou le point, ou indiquez comment le projet a déjà été communiqué.',
    })
  const withoutNote = s.items.filter(
    (i) => deliberating.has(i.kind) && i.note.trim() === '' && i.text.length === 0,
  )
  if (c.authority.populationAtRenewal >= 3500 && withoutNote[0])
    warnings.push({
      code: 'NOTE_MISSING',
      article: 'CGCT art. L. 2121-12',
      message: `Il manque la note explicative de synthèse du point « ${withoutNote[0].title} »${withoutNote.length > 1 ? ` et de ${withoutNote.length - 1} autre${withoutNote.length > 2 ? 's' : ''}` : ''}.`,
      remedy: 'Rédigez-la ou joignez le projet, ou indiquez le motif.',
    })
  return warnings
}

/** The mayor's act convening the members: freezes the agenda and the list of documents with their hashes. */
export function convoke(s: Sitting, c: ConvocationContext, reasons: Reasons): SittingEvent[] {
  if (!(sittingTransitions[s.state] as readonly string[]).includes('convened') || s.state === 'convened')
    throw new Refusal(
      'ALREADY_CONVENED',
      'La séance est déjà convoquée. Consultez les envois, ou préparez une nouvelle version.',
      {
        family: 'conflict',
      },
    )
  if (s.items.length === 0)
    throw new Refusal(
      'AGENDA_EMPTY',
      'L’ordre du jour est vide : une convocation indique les questions portées à l’ordre du jour. Ajoutez au moins un point.',
      { family: 'impossible', where: 'CGCT art. L. 2121-10' },
    )
  const members = membersInOffice(c.body, c.councillors, s.date)
  if (members.length === 0)
    throw new Refusal(
      'NO_MEMBER',
      'Aucun membre en exercice dans cette instance. Complétez le tableau du conseil.',
      {
        family: 'impossible',
        where: 'Collectivité › Conseil',
      },
    )
  const typed = demandReasons(convocationWarnings(s, c), reasons)
  const today = civilOf(c.now, c.authority.timeZone).date
  const rule = delayRule(c.authority, s.kind)
  return [
    {
      type: 'sitting.convoked',
      convocation: {
        version: s.convocations.length + 1,
        state: 'dispatching',
        decidedAt: c.now,
        convenedBy: c.convenedBy,
        capacity: c.capacity,
        lastLegalDate: lastLegalSendingDate(s.date, rule.clearDays),
        clearDays: clearDaysBetween(today, s.date),
        clearDaysRequired: rule.clearDays,
        urgencyReason: typed.find((t) => t.code.startsWith('DELAY'))?.reason ?? null,
        reasons: typed,
        documents: c.documents,
        recipientIds: members.map((m) => m.id),
        sentAt: null,
      },
    },
  ]
}

/** The convocation in force, or null before the first. */
export const currentConvocation = (s: Sitting): Convocation | null =>
  s.convocations.findLast((c) => c.state !== 'superseded') ?? null
