import type { MemberView } from '../../../contracts/views.ts'
import { fullName } from '../../../core/people/model.ts'

/** « Mme Inès Quintard », or a dash for someone who left the tableau. */
export function memberName(members: readonly MemberView[], id: string | null): string {
  const member = members.find((m) => m.id === id)
  return member ? fullName(member) : '–'
}

/** « Quintard Inès »: the surname first, as a roll is called. */
export const rollName = (m: Pick<MemberView, 'firstName' | 'lastName'>): string =>
  `${m.lastName} ${m.firstName}`
