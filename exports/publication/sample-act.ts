import type { PublishedAct, PublishingAuthority } from './model.ts'

/** A fictional commune and act, for tests and previews. */
export const democity: PublishingAuthority = {
  name: 'Ville de Démoville',
  court: {
    name: 'tribunal administratif d’Orléans',
    address: '28 rue de la Bretonnerie, 45057 Orléans Cedex 1',
  },
  address: '1 place de la République, 45999 Démoville',
  timeZone: 'Europe/Paris',
}

export const aPublishedAct = (changes: Partial<PublishedAct> = {}): PublishedAct => ({
  page: '2026/D2026_0112.html',
  number: 'D2026_0112',
  title: 'Subventions aux associations pour l’année 2027',
  kind: 'Délibération',
  body: 'Conseil municipal',
  decidedOn: '2026-12-10',
  author: { firstName: 'Jeanne', lastName: 'Exemple', capacity: 'maire' },
  signatories: [
    { name: 'Paul Modèle', capacity: 'secrétaire de séance' },
    { name: 'Jeanne Exemple', capacity: 'maire' },
  ],
  publishedAt: '2026-12-14T08:30:00.000Z',
  outcome: 'adopted',
  document: { href: 'D2026_0112.pdf', title: 'Délibération', size: 412_345, sha256: 'a'.repeat(64) },
  annexes: [
    {
      href: 'D2026_0112-annexe-1.pdf',
      title: 'Tableau des subventions',
      size: 98_000,
      sha256: 'b'.repeat(64),
    },
  ],
  transmission: {
    transmissible: true,
    sentAt: '2026-12-11T15:02:10.000Z',
    receivedOn: '2026-12-11',
    actId: '045-214599999-20261210-D2026_0112-DE',
  },
  enforceableFrom: '2026-12-14T08:30:00.000Z',
  redacted: false,
  ...changes,
})
