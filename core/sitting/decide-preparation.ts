import type { Authority } from '../people/model.ts'
import { Refusal } from '../refusal.ts'
import type { SittingEvent } from './events.ts'
import type { AgendaItem, Annex, Sitting } from './model.ts'

const EDITABLE = new Set<Sitting['state']>(['draft', 'prepared'])

/** The agenda is frozen at sending: afterwards a new convocation version is needed (legal rules C12). */
export function demandEditable(s: Sitting): void {
  if (!EDITABLE.has(s.state))
    throw new Refusal(
      'AGENDA_FROZEN',
      'La convocation est déjà partie : l’ordre du jour est figé. Pour ajouter ou remplacer une pièce, préparez une nouvelle version de la convocation.',
      { family: 'impossible', where: 'CGCT art. L. 2121-10' },
    )
}

/** The item, or a refusal that says it is no longer there. */
export function itemOf(s: Sitting, itemId: string): AgendaItem {
  const item = s.items.find((i) => i.id === itemId)
  if (!item)
    throw new Refusal('ITEM_NOT_FOUND', 'Ce point n’est plus à l’ordre du jour. Rechargez la séance.', {
      family: 'notFound',
    })
  return item
}

export type NewSitting = Pick<Sitting, 'bodyId' | 'kind' | 'title' | 'date' | 'time' | 'place'>

export function createSitting(id: string, authority: Authority, input: NewSitting): SittingEvent[] {
  return [
    {
      type: 'sitting.created',
      sitting: {
        ...input,
        id,
        authorityId: authority.id,
        state: 'draft',
        items: [],
        convocations: [],
        replies: [],
        acknowledgements: [],
        proxies: [],
        attendance: [],
        chairId: null,
        secretaryIds: [],
        currentItemId: null,
        openedAt: null,
        closedAt: null,
        urgencyApproved: null,
      },
    },
  ]
}

export type ItemInput = Pick<
  AgendaItem,
  'kind' | 'title' | 'topic' | 'rapporteurId' | 'subjectCode' | 'note' | 'text'
> &
  Partial<Pick<AgendaItem, 'opinions' | 'budgetFileId'>>

const oneLine = (title: string): string => title.replace(/\s+/g, ' ').trim()

export function addItem(s: Sitting, id: string, input: ItemInput, position = s.items.length): SittingEvent[] {
  demandEditable(s)
  const item: AgendaItem = {
    ...input,
    title: oneLine(input.title),
    id,
    annexes: [],
    opinions: input.opinions ?? [],
    budgetFileId: input.budgetFileId ?? null,
    status: 'planned',
    quorum: null,
    recusals: [],
    ballots: [],
    actId: null,
  }
  return [{ type: 'sitting.itemAdded', item, position: Math.max(0, Math.min(position, s.items.length)) }]
}

export function changeItem(s: Sitting, itemId: string, input: ItemInput): SittingEvent[] {
  demandEditable(s)
  const before = itemOf(s, itemId)
  const item: AgendaItem = {
    ...before,
    ...input,
    title: oneLine(input.title),
    opinions: input.opinions ?? before.opinions,
    budgetFileId: input.budgetFileId ?? before.budgetFileId,
  }
  return [{ type: 'sitting.itemChanged', item }]
}

export function moveItem(s: Sitting, itemId: string, position: number): SittingEvent[] {
  demandEditable(s)
  itemOf(s, itemId)
  return [
    { type: 'sitting.itemMoved', itemId, position: Math.max(0, Math.min(position, s.items.length - 1)) },
  ]
}

export function removeItem(s: Sitting, itemId: string): SittingEvent[] {
  demandEditable(s)
  itemOf(s, itemId)
  return [{ type: 'sitting.itemRemoved', itemId }]
}

export function addAnnex(s: Sitting, itemId: string, annex: Annex): SittingEvent[] {
  demandEditable(s)
  const item = itemOf(s, itemId)
  if (item.annexes.some((a) => a.file.sha256 === annex.file.sha256))
    throw new Refusal(
      'ANNEX_TWICE',
      `Le fichier « ${annex.file.name} » est déjà joint à ce point. Retirez l’autre exemplaire ou choisissez un autre fichier.`,
      { family: 'conflict', where: annex.file.name },
    )
  return [{ type: 'sitting.annexAdded', itemId, annex }]
}

export function removeAnnex(s: Sitting, itemId: string, annexId: string): SittingEvent[] {
  demandEditable(s)
  if (!itemOf(s, itemId).annexes.some((a) => a.id === annexId))
    throw new Refusal('ANNEX_NOT_FOUND', 'Cette annexe a déjà été retirée.', { family: 'notFound' })
  return [{ type: 'sitting.annexRemoved', itemId, annexId }]
}

export function changeDetails(
  s: Sitting,
  input: Pick<Sitting, 'title' | 'date' | 'time' | 'place'>,
): SittingEvent[] {
  demandEditable(s)
  return [{ type: 'sitting.detailsChanged', ...input }]
}
