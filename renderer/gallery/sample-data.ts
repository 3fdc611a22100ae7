import type { DemoPerson } from '../ui/login-page.tsx'
import type { HistoryEvent } from '../ui/timeline.tsx'

export const people: DemoPerson[] = [
  { id: '1', name: 'Sylvie Agent', role: 'Service des assemblées' },
  { id: '2', name: 'Hélène Vasseur', role: 'Maire' },
  { id: '3', name: 'Marc Delcourt', role: 'Conseiller municipal' },
  { id: '4', name: 'Inès Roy', role: 'Finances' },
]

export interface SampleItem {
  id: string
  rank: number
  title: string
  rapporteur: string
  annexes: number
  state: 'ready' | 'missing' | 'review'
}

export const agenda: SampleItem[] = [
  ['Approbation du procès-verbal du 15 octobre 2026', 'Mme Vasseur', 1, 'ready'],
  ['Décisions du maire prises par délégation', 'Mme Vasseur', 1, 'ready'],
  ['Débat d’orientation budgétaire 2027', 'M. Lemaire', 3, 'review'],
  ['Décision modificative n° 3, budget de la ville', 'M. Lemaire', 1, 'ready'],
  ['Convention avec l’école de musique', 'Mme Haddad', 2, 'ready'],
  ['Création de deux emplois d’agent d’accueil', 'Mme Petit', 0, 'ready'],
  ['Subventions aux associations 2027', 'M. Delcourt', 2, 'missing'],
  ['Marché de restauration scolaire : attribution', 'Mme Haddad', 4, 'review'],
  ['Acquisition de la parcelle AB 214', 'M. Nguyen', 2, 'ready'],
  ['Vœu pour le maintien de la gare', 'M. Delcourt', 0, 'ready'],
].map(
  ([title, rapporteur, annexes, state], i) =>
    ({ id: String(i + 1), rank: i + 1, title, rapporteur, annexes, state }) as SampleItem,
)

const hash = '5f3a9c1e7b2d8406a1c4e9f07d35b82c6e1f90a4d7b3c2586f0e9a1d4c7b6352'

export const history: HistoryEvent[] = [
  {
    id: '1',
    at: '2026-12-03T09:12:00Z',
    actor: 'S. Agent, service des assemblées',
    title: 'Convocation envoyée aux 27 membres',
    detail: '27 messages acceptés par le serveur, 12 documents par membre.',
    tone: 'done',
    proof: {
      hash,
      token: { authority: 'Horodatage de démonstration', at: '2026-12-03T09:12:04Z', href: '#' },
      journalLine: 1482,
    },
  },
  {
    id: '2',
    at: '2026-12-02T15:40:00Z',
    actor: 'H. Vasseur, maire',
    title: 'Ordre du jour arrêté',
    tone: 'action',
    proof: { journalLine: 1466 },
  },
  {
    id: '3',
    at: '2026-12-01T08:05:00Z',
    actor: 'Commission finances',
    title: 'Avis défavorable sur le point 3',
    detail: '« Le tableau de la dette manque. »',
    tone: 'danger',
  },
]
