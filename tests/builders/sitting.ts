import type { Authority, Body, Councillor } from '../../core/people/model.ts'
import { addItem, createSitting } from '../../core/sitting/decide-preparation.ts'
import type { SittingEvent } from '../../core/sitting/events.ts'
import { evolveSittings } from '../../core/sitting/evolve.ts'
import type { ItemKind, Sitting } from '../../core/sitting/model.ts'

export const anAuthority = (change: Partial<Authority> = {}): Authority => ({
  id: 'authority-1',
  name: 'Commune d’Essai',
  shortName: 'Essai',
  siren: '210000000',
  siret: '21000000000015',
  department: '044',
  arrondissement: '1',
  natureCode: '31',
  populationAtRenewal: 5000,
  timeZone: 'Europe/Paris',
  alsaceMoselle: false,
  publicationMode: 'electronic',
  address: { street: '1 place de la Mairie', postalCode: '44000', city: 'Essai' },
  meetingPlace: 'Salle du conseil',
  email: 'mairie@essai.test',
  relayPrefix: 'ECH',
  classificationDate: '2017-12-08',
  demonstration: true,
  ...change,
})

/** `count` councillors, c1 the mayor. */
export const someCouncillors = (count: number): Councillor[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `c${i + 1}`,
    authorityId: 'authority-1',
    civility: i % 2 ? ('Mme' as const) : ('M.' as const),
    firstName: `Prénom${i + 1}`,
    lastName: `Nom${i + 1}`,
    rank: i + 1,
    office: i === 0 ? ('mayor' as const) : ('councillor' as const),
    officeLabel: i === 0 ? 'Maire' : 'Conseiller municipal',
    birthDate: '1970-01-01',
    email: `c${i + 1}@essai.test`,
    group: '',
    channel: 'electronic' as const,
  }))

export const aCouncil = (councillors: Councillor[]): Body => ({
  id: 'council',
  authorityId: 'authority-1',
  kind: 'municipalCouncil',
  name: 'Conseil municipal',
  legalSize: councillors.length,
  memberIds: councillors.map((c) => c.id),
})

/** A draft sitting on Thursday 10 December 2026 with one item per kind given. */
export function aSitting(kinds: ItemKind[] = ['deliberation'], change: Partial<Sitting> = {}): Sitting {
  let s = evolveSittings(
    {} as Sitting,
    createSitting('sitting-1', anAuthority(), {
      bodyId: 'council',
      kind: 'ordinary',
      title: 'Conseil municipal',
      date: '2026-12-10',
      time: '18:30',
      place: 'Salle du conseil',
    }),
  )
  kinds.forEach((kind, i) => {
    const events: SittingEvent[] = addItem(s, `item-${i + 1}`, {
      kind,
      title: `Point ${i + 1}`,
      topic: '',
      rapporteurId: null,
      subjectCode: '7.5',
      note: 'Note',
      text: [],
    })
    s = evolveSittings(s, events)
  })
  return { ...s, ...change }
}
