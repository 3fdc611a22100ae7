import type { Transmission } from '../../core/transmission/model.ts'
import { count } from '../ui/format.ts'

/** French words of the transmissions pages. */
export const transmissionsText = {
  title: 'Transmissions',
  lead: 'Ce qui part à la préfecture (ACTES) et au Trésor (PES), et ce qui en revient.',
  list: 'Transmissions',
  noun: ['transmission', 'transmissions'] as const,
  empty: 'Rien n’a encore été transmis.',
  emptyWhat: 'Une délibération signée se transmet depuis les actes, un flux signé depuis les finances.',
  toActs: 'Voir les actes à transmettre',
  filter: 'Montrer les transmissions',
  filters: {
    all: 'Toutes',
    waiting: 'En attente de réponse',
    trouble: 'À reprendre',
    actes: 'Préfecture',
    pes: 'Trésor',
  },
  columns: { title: 'Objet', kind: 'Vers', state: 'État', sent: 'Parti le', last: 'Dernier message' },
  kind: { actes: 'Préfecture', pes: 'Trésor' } satisfies Record<Transmission['kind'], string>,
  state: {
    queued: 'Départ en cours',
    sent: 'Déposé, réponse attendue',
    unknown: 'Sans nouvelle',
    received: 'Reçu',
    anomaly: 'Anomalie',
    failed: 'Non abouti',
  } satisfies Record<Transmission['state'], string>,
  what: (t: Pick<Transmission, 'kind' | 'state'>): string =>
    ({
      queued: 'L’archive est en préparation ; elle part dès que le canal répond.',
      sent:
        t.kind === 'actes'
          ? 'L’archive est déposée. La préfecture répond par un accusé de réception (message 1-2) ou une anomalie.'
          : 'Le flux est déposé. Le Trésor répond par un acquittement.',
      unknown:
        'L’archive est partie, et aucune réponse ne dit si elle est arrivée. Relevez les réponses avant tout nouvel envoi.',
      received: 'La réception est prouvée par le message ci-dessous.',
      anomaly:
        'La préfecture a refusé l’envoi : lisez son motif, corrigez l’acte, puis rapprochez-vous d’elle.',
      failed: 'Rien n’est parti. Lisez la raison, levez l’obstacle, puis reprenez l’envoi.',
    })[t.state],
  notSent: 'pas encore parti',
  read: 'Relever les réponses',
  reading: 'Lecture du dossier d’arrivée…',
  readDone: (read: number, matched: number) =>
    read === 0
      ? 'Aucune nouvelle réponse.'
      : `${count(read, 'fichier lu', 'fichiers lus')}, ${count(matched, 'réponse rattachée', 'réponses rattachées')} à son envoi.`,
  readProblems: 'Des réponses n’ont pas trouvé leur envoi',
  demo: {
    menu: 'Faire répondre la préfecture',
    group: 'Démonstration',
    receipt: 'Par un accusé de réception',
    anomaly: 'Par une anomalie',
    done: (n: number) =>
      n === 0
        ? 'La préfecture de démonstration n’a rien à traiter : transmettez d’abord une délibération.'
        : `La préfecture de démonstration a répondu à ${count(n, 'envoi')}.`,
  },
  page: {
    title: 'Transmission',
    retry: 'Reprendre',
    again: 'Transmettre de nouveau',
    retryDone: 'L’envoi est repris.',
    error: 'L’envoi n’a pas abouti',
    anomaly: 'La préfecture a répondu par une anomalie',
    messages: 'Messages échangés',
    noMessage: 'Aucun message pour le moment.',
    message: 'Message',
    direction: { sent: 'envoyé', received: 'reçu' },
    at: 'Le',
    what: 'Contenu',
    file: 'Fichier',
    facts: 'L’envoi',
    act: 'Délibération',
    openAct: 'Ouvrir la délibération',
    flow: 'Flux ou budget',
    openFlow: 'Ouvrir le fichier financier',
    channel: 'Canal',
    channels: { folder: 'Dossier d’échange' } as Record<string, string>,
    envelope: 'Enveloppe',
    serial: 'Numéro du jour',
    built: 'Préparé le',
    sentAt: 'Parti le',
    archive: 'Archive transmise',
    hash: 'Empreinte de l’archive',
    unique: 'Envoi unique',
    uniqueWhat: 'un second envoi du même objet est refusé',
    history: 'Historique et preuves',
    codes: {
      '1-1': 'Transmission de l’acte',
      '1-2': 'Accusé de réception',
      '1-3': 'Anomalie sur l’acte',
      '1-4': 'Information du représentant de l’État',
      '1-5': 'Classification demandée',
      '1-6': 'Annulation',
      '2-1': 'Courrier simple',
      '3-1': 'Demande de pièces complémentaires',
      '4-1': 'Lettre d’observations',
      '5-1': 'Déféré au tribunal administratif',
      ANO: 'Anomalie sur l’enveloppe',
      PES: 'Flux PES',
    } as Record<string, string>,
  },
} as const
