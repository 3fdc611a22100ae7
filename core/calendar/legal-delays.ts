import type { Authority } from '../people/model.ts'
import { addDays, type CivilDate, daysBetween, frenchDate } from './civil-date.ts'

/** One legal date of a sitting, with the article it comes from and how it was computed (shown beside the sitting). */
export type LegalDate = {
  key: 'lastSendingDate' | 'urgentSendingDate' | 'budgetDocuments' | 'deliberationList' | 'minutes'
  label: string
  date: CivilDate
  article: string
  computation: string
}

/**
 * Last civil day on which a convocation may leave so that `clearDays` whole days lie between it and the sitting.
 * The day of sending and the day of the sitting do not count; week-ends and holidays do (CGCT art. L. 2121-11, L. 2121-12).
 */
export const lastLegalSendingDate = (sittingDate: CivilDate, clearDays: number): CivilDate =>
  addDays(sittingDate, -(clearDays + 1))

/** First civil day on which a sitting may be held when the convocation leaves on `sendingDate`. */
export const earliestSittingDate = (sendingDate: CivilDate, clearDays: number): CivilDate =>
  addDays(sendingDate, clearDays + 1)

/** Whole days strictly between sending and sitting; negative when sent on the day or after. */
export const clearDaysBetween = (sendingDate: CivilDate, sittingDate: CivilDate): number =>
  daysBetween(sendingDate, sittingDate) - 1

export type DelayRule = { clearDays: number; minimum: number; article: string; reason: string }

/**
 * The convocation delay of a municipal council, from the population frozen at the last general renewal.
 * Installation sitting: 3 clear days in every commune (L. 2121-7); second convocation without quorum: 3 (L. 2121-17).
 */
export function delayRule(
  authority: Pick<Authority, 'populationAtRenewal' | 'alsaceMoselle'>,
  kind: 'ordinary' | 'installation' | 'secondConvocation',
): DelayRule {
  if (kind === 'installation')
    return {
      clearDays: 3,
      minimum: 1,
      article: 'L. 2121-7',
      reason: 'séance d’installation : 3 jours francs dans toutes les communes',
    }
  if (kind === 'secondConvocation')
    return {
      clearDays: 3,
      minimum: 3,
      article: 'L. 2121-17',
      reason: 'seconde convocation après défaut de quorum',
    }
  const small = authority.populationAtRenewal < 3500
  const bas = small && authority.alsaceMoselle
  if (small)
    return {
      clearDays: 3,
      minimum: 1,
      article: bas ? 'L. 2541-2' : 'L. 2121-11',
      reason: bas
        ? 'Alsace-Moselle, moins de 3 500 habitants (nous gardons 3 jours francs)'
        : 'moins de 3 500 habitants',
    }
  return { clearDays: 5, minimum: 1, article: 'L. 2121-12', reason: '3 500 habitants et plus' }
}

const days = (n: number) => (n > 1 ? `${n} jours francs` : `${n} jour franc`)

/**
 * Every legal date that hangs on a sitting, earliest first. `hasPrimaryBudget`: an item adopts the budget (M57, 12 days:
 * CGCT art. L. 1612-26; we propose the safe reading, one day earlier).
 */
export function legalDates(
  authority: Pick<Authority, 'populationAtRenewal' | 'alsaceMoselle'>,
  sitting: { date: CivilDate; kind: 'ordinary' | 'installation' | 'secondConvocation' },
  hasPrimaryBudget = false,
): LegalDate[] {
  const rule = delayRule(authority, sitting.kind)
  const last = lastLegalSendingDate(sitting.date, rule.clearDays)
  const list: LegalDate[] = [
    {
      key: 'lastSendingDate',
      label: 'Envoi de la convocation au plus tard',
      date: last,
      article: `CGCT art. ${rule.article}`,
      computation: `${days(rule.clearDays)} entiers entre l’envoi et la séance, du ${frenchDate(addDays(last, 1))} au ${frenchDate(addDays(sitting.date, -1))} (${rule.reason}).`,
    },
    {
      key: 'deliberationList',
      label: 'Liste des délibérations affichée et mise en ligne au plus tard',
      date: addDays(sitting.date, 7),
      article: 'CGCT art. L. 2121-25',
      computation: 'Une semaine après la séance.',
    },
  ]
  if (rule.minimum < rule.clearDays)
    list.push({
      key: 'urgentSendingDate',
      label: 'En urgence motivée, au plus tard',
      date: lastLegalSendingDate(sitting.date, rule.minimum),
      article: `CGCT art. ${rule.article}`,
      computation: `${days(rule.minimum)} au moins ; le maire en rend compte à l’ouverture et le conseil se prononce sur l’urgence.`,
    })
  if (hasPrimaryBudget)
    list.push({
      key: 'budgetDocuments',
      label: 'Projet de budget et rapports communiqués au plus tard',
      date: addDays(sitting.date, -13),
      article: 'CGCT art. L. 1612-26',
      computation: `12 jours au moins avant la séance (${frenchDate(addDays(sitting.date, -12))}) ; nous proposons la lecture prudente, 12 jours francs.`,
    })
  return list.sort((a, b) => a.date.localeCompare(b.date))
}

/** Minutes are published within the week after the sitting that adopted them (CGCT art. L. 2121-15). */
export const minutesPublicationDeadline = (adoptedOn: CivilDate): CivilDate => addDays(adoptedOn, 7)

/** Individual decisions are transmitted within 15 days of signature (CGCT art. L. 2131-2). */
export const individualDecisionDeadline = (signedOn: CivilDate): CivilDate => addDays(signedOn, 15)

/** The window of the budget orientation debate before the vote, 10 weeks under M57 (CGCT art. L. 1612-26, L. 2312-1). */
export const budgetDebateNotBefore = (budgetDate: CivilDate): CivilDate => addDays(budgetDate, -70)
