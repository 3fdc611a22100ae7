import type { Body, Councillor } from '../people/model.ts'
import { membersInOffice } from '../people/model.ts'
import type { AgendaItem, QuorumSnapshot, Sitting } from './model.ts'

/** Strictly more than half of the members in office, `floor(n/2)+1` (CGCT art. L. 2121-17). */
export const quorumRequired = (inOffice: number): number => Math.floor(inOffice / 2) + 1

/** Ids of the councillors in the room at an instant. */
export const inRoom = (sitting: Sitting, at: string): Set<string> =>
  new Set(
    sitting.attendance.filter((a) => a.from <= at && (a.to === null || a.to > at)).map((a) => a.councillorId),
  )

/**
 * Who counts for one item at an instant. Proxies never count for the quorum; a member recused for the item is not
 * counted present; one withdrawn as representative of the commune (L. 1111-6 II) leaves the members in office for
 * that item (L. 2131-11). The mayor is left out of the vote on the accounts (L. 2121-14).
 */
export function quorumAt(
  sitting: Sitting,
  body: Body,
  councillors: readonly Councillor[],
  item: AgendaItem | null,
  at: string,
): QuorumSnapshot {
  const recused = new Map((item?.recusals ?? []).map((r) => [r.councillorId, r]))
  const withdrawn = (id: string) => recused.get(id)?.ground === 'representative'
  const members = membersInOffice(body, councillors, sitting.date)
  const counted = members.filter((m) => !withdrawn(m.id))
  const room = inRoom(sitting, at)
  const mayorOut = item?.kind === 'accounts'
  const present = counted
    .filter((m) => room.has(m.id) && !recused.has(m.id) && !(mayorOut && m.office === 'mayor'))
    .map((m) => m.id)
  const isPresent = new Set(present)
  const represented = sitting.proxies
    .filter(
      (p) =>
        p.state === 'active' &&
        !room.has(p.grantorId) &&
        isPresent.has(p.holderId) &&
        !recused.has(p.grantorId),
    )
    .map((p) => ({ grantorId: p.grantorId, holderId: p.holderId }))
  const isRepresented = new Set(represented.map((r) => r.grantorId))
  const away = members.filter((m) => !room.has(m.id) && !isRepresented.has(m.id)).map((m) => m.id)
  const excusedIds = new Set(sitting.replies.filter((r) => r.answer !== 'present').map((r) => r.councillorId))
  const required = quorumRequired(counted.length)
  const waived = sitting.kind === 'secondConvocation'
  return {
    inOffice: counted.length,
    required,
    present,
    represented,
    excused: away.filter((id) => excusedIds.has(id)),
    absent: away.filter((id) => !excusedIds.has(id)),
    reached: waived || present.length >= required,
    waived,
    at,
  }
}
