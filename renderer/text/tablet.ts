import type { SittingState } from '../../core/sitting/model.ts'
import { count, plainDate } from '../ui/format.ts'

const opinions: Record<string, string> = {
  favourable: 'avis favorable',
  unfavourable: 'avis défavorable',
  none: 'sans avis',
}

const statuses: Record<string, string> = {
  adopted: 'adopté',
  refused: 'rejeté',
  noted: 'le conseil a pris acte',
  withdrawn: 'retiré',
  deferred: 'reporté',
}

const states: Partial<Record<SittingState, string>> = {
  convened: 'Convoquée',
  open: 'En séance',
  suspended: 'Suspendue',
  postponed: 'Reportée',
  quorumFailed: 'Quorum non atteint',
  cancelled: 'Annulée',
}

/** French words of the councillor's tablet: sittings, pack, reading. Answers and votes have their own modules. */
export const tabletText = {
  signInTitle: 'Se connecter · Écharpe',
  sessionOver: 'Votre session est terminée. Reconnectez-vous : vous reviendrez à la page que vous lisiez.',
  answerLost: 'Votre dernière réponse n’est pas partie : donnez-la de nouveau ensuite.',
  opening: 'Ouverture…',
  openingDetail: 'Écharpe retrouve vos séances.',
  openingPack: 'Ouverture du dossier…',
  unreachable: 'La mairie ne répond pas',
  unreachableWhat: 'Vérifiez que la tablette est reliée au réseau, puis réessayez. Rien n’est perdu.',
  retry: 'Réessayer',
  notReady: 'Cette commune n’est pas encore installée',
  notReadyWhat: 'Elle se prépare depuis l’ordinateur de la mairie.',
  toDesktop: 'Ouvrir le bureau',
  broken: 'Cette page s’est arrêtée',
  brokenWhat: 'Rien de ce que vous avez enregistré n’est perdu. Rechargez la page.',
  reload: 'Recharger la page',
  account: (name: string) => `Compte de ${name}`,
  signOut: 'Se déconnecter',
  network: { reconnecting: 'reconnexion…' },

  sittings: {
    title: 'Mes séances',
    coming: 'À venir',
    past: 'Passées',
    none: 'Aucune séance pour le moment.',
    noneWhat: 'Dès que vous serez convoqué, le dossier apparaîtra ici de lui-même.',
    noRight: 'Ce compte ne donne pas accès aux dossiers de séance.',
    noRightWhat:
      'Ils sont réservés aux membres du conseil et au service des assemblées. Reconnectez-vous avec un autre compte, ou ouvrez le bureau.',
    items: (n: number) => count(n, 'point'),
    awaited: 'Votre réponse est attendue',
    live: 'En séance maintenant',
    suspended: 'Séance suspendue',
    state: (state: SittingState) => states[state] ?? 'Terminée',
    at: (day: string, hour: string) => `${day} à ${hour}`,
  },

  pack: {
    back: 'Séances',
    contents: 'Dossier de la séance',
    title: (title: string, date: string) => (/\d/.test(title) ? title : `${title} du ${plainDate(date)}`),
    pages: (n: number) => count(n, 'page'),
    cover: 'La séance et ma réponse',
    coverAgent: 'La séance',
    own: 'Documents de la séance',
    agenda: 'Ordre du jour',
    item: (n: number) => `Point ${n}`,
    itemOf: (n: number, total: number) => `Point ${n} sur ${total}`,
    rapporteur: (name: string) => `Rapporteur : ${name}`,
    documents: (n: number) => count(n, 'document'),
    confidential: 'confidentiel',
    now: 'en ce moment',
    status: (status: string) => statuses[status] ?? '',
    opinion: (committee: string, opinion: string) => `${committee} : ${opinions[opinion] ?? opinion}`,
    resume: (title: string) => `Reprendre ma lecture : ${title}`,
    start: 'Commencer la lecture',
    missing: 'Ce document n’est plus dans le dossier.',
    missingWhat: 'Il a pu être remplacé par une nouvelle version. Choisissez-le dans la liste.',
    absent: 'Ce dossier n’est pas ouvert',
    facts: { when: 'Date', where: 'Lieu', convened: 'Convocation envoyée', size: 'Dossier' },
    size: (items: number, documents: number, pages: number) =>
      `${count(items, 'point')}, ${count(documents, 'document')}, ${count(pages, 'page')}`,
    agent:
      'Vous lisez ce dossier sans siège dans cette assemblée : les réponses et le vote sont réservés à ses membres.',
  },

  reading: {
    back: 'Ordre du jour',
    previous: (title: string) => `Précédent : ${title}`,
    next: (title: string) => `Suivant : ${title}`,
    noPrevious: 'Début du dossier',
    noNext: 'Fin du dossier',
    full: 'Plein écran',
    leaveFull: 'Quitter le plein écran',
    text: 'Texte du point',
    project: 'Projet de délibération',
    note: 'Note de synthèse',
    opinions: 'Avis des commissions',
    documents: 'Documents joints',
    nothing: 'Ce point ne comporte ni note ni projet de texte.',
    article: (n: number) => `Article ${n === 1 ? '1er' : n}`,
    topic: (topic: string) => `Thème : ${topic}`,
    pages: (n: number) => count(n, 'page'),
    tableLabel: (n: number) => `Tableau ${n}`,
  },

  live: {
    label: 'Séance en cours',
    now: (n: number, title: string) => `En ce moment : point ${n}, ${title}`,
    here: (n: number) => `En ce moment : point ${n}, celui que vous lisez.`,
    between: 'La séance est ouverte.',
    suspended: 'La séance est suspendue.',
    over: 'La séance est levée.',
    go: (n: number) => `Aller au point ${n}`,
  },
} as const
