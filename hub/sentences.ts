type Data = Record<string, unknown>

const text = (d: Data, key: string): string => (typeof d[key] === 'string' ? d[key] : '')
const inner = (d: Data, key: string): Data =>
  typeof d[key] === 'object' && d[key] !== null ? (d[key] as Data) : {}

/** One French sentence per kind of journal line. */
const sentences: Record<string, string | ((d: Data) => string)> = {
  'authority.created': 'Commune créée',
  'authority.changed': 'Réglages de la commune modifiés',
  'user.created': (d) => `Compte créé pour ${text(d, 'displayName')}`,
  'councillor.created': (d) => `Membre ajouté au tableau : ${text(d, 'name')}`,
  'session.opened': 'Connexion',
  'journal.timestamped': 'Tête du journal horodatée (RFC 3161)',
  'demo.clock': (d) => `Démonstration : le temps avance au ${text(d, 'to').slice(0, 10)}`,
  'sitting.created': 'Séance créée',
  'sitting.detailsChanged': 'Date, lieu ou titre modifiés',
  'sitting.itemAdded': (d) => `Point ajouté : ${text(inner(d, 'item'), 'title')}`,
  'sitting.itemChanged': (d) => `Point modifié : ${text(inner(d, 'item'), 'title')}`,
  'sitting.itemRemoved': 'Point retiré de l’ordre du jour',
  'sitting.itemMoved': 'Ordre du jour réordonné',
  'sitting.annexAdded': (d) => `Annexe jointe : ${text(inner(d, 'annex'), 'title')}`,
  'sitting.annexRemoved': 'Annexe retirée',
  'sitting.convoked': (d) =>
    `Convocation décidée, version ${String(inner(d, 'convocation')['version'] ?? 1)}`,
  'sitting.convocationSent': 'Tous les membres sont convoqués',
  'sitting.cancelled': (d) => `Séance annulée : ${text(d, 'reason')}`,
  'sitting.replied': (d) =>
    ({ present: 'Réponse : présent', absent: 'Réponse : absent', proxy: 'Réponse : absent, pouvoir donné' })[
      text(d, 'answer')
    ] ?? 'Réponse',
  'sitting.acknowledged': 'Convocation : réception confirmée',
  'sitting.proxyGranted': 'Pouvoir donné',
  'sitting.proxyRevoked': 'Pouvoir révoqué',
  'sitting.opened': 'Séance ouverte',
  'sitting.quorumFailed': 'Quorum non atteint',
  'sitting.memberArrived': 'Arrivée d’un membre',
  'sitting.memberLeft': 'Départ d’un membre',
  'sitting.suspended': 'Séance suspendue',
  'sitting.resumed': 'Séance reprise',
  'sitting.itemStarted': 'Point mis en discussion',
  'sitting.recused': 'Déport d’un membre',
  'sitting.ballotOpened': 'Scrutin ouvert',
  'sitting.voteCast': 'Vote enregistré',
  'sitting.ballotClosed': (d) =>
    inner(d, 'result')['adopted'] === true ? 'Scrutin clos : adopté' : 'Scrutin clos : rejeté',
  'sitting.ballotCancelled': (d) => `Scrutin annulé : ${text(d, 'reason')}`,
  'sitting.itemEnded': (d) =>
    ({ noted: 'Le conseil prend acte', withdrawn: 'Point retiré', deferred: 'Point ajourné' })[
      text(d, 'outcome')
    ] ?? 'Point terminé',
  'sitting.closed': 'Séance levée',
  'sitting.actNumbered': 'Délibération numérotée',
  'sitting.listPublished': 'Liste des délibérations publiée',
  'dispatch.queued': 'Convocation à envoyer',
  'dispatch.prepared': 'Convocation mise en forme, manifeste figé',
  'dispatch.handedOver': 'Convocation remise au serveur de messagerie',
  'dispatch.failed': (d) => `Envoi non abouti : ${text(d, 'error')}`,
  'dispatch.requeued': 'Envoi repris',
  'dispatch.timestamped': 'Preuve horodatée (RFC 3161)',
  'dispatch.proven': 'Dossier de preuve constitué',
  'dispatch.opened': 'Dossier ouvert par l’élu',
  'dispatch.acknowledged': 'Réception confirmée par l’élu',
  'dispatch.onPaper': (d) => `Remise sur papier par ${text(d, 'bearer')}`,
  'act.numbered': (d) => `Délibération numérotée ${text(inner(d, 'act'), 'number')}`,
  'act.typeset': 'Délibération mise en forme et figée',
  'act.sentToSign': 'Envoyée au parapheur',
  'act.signed': (d) => (d['complete'] === true ? 'Signée par tous' : 'Première signature apposée'),
  'act.signingRejected': (d) => `Refusée au parapheur : ${text(d, 'reason')}`,
  'act.transmissionQueued': 'Transmission demandée',
  'act.transmitted': 'Transmise à la préfecture',
  'act.received': (d) => `Reçue en préfecture : ${text(inner(d, 'receipt'), 'actId')}`,
  'act.refusedByState': (d) => `Anomalie de la préfecture : ${text(d, 'detail')}`,
  'act.published': 'Publiée',
  'folder.sent': 'Dossier envoyé au parapheur',
  'folder.stepDone': (d) =>
    `Signé (étape ${String(d['position'] ?? '')})${text(d, 'certificate') ? ` avec le certificat de ${text(d, 'certificate')}` : ''}`,
  'folder.rejected': (d) => `Refusé : ${text(d, 'reason')}`,
  'finance.received': (d) => `Fichier reçu : ${text(inner(d, 'financeFile'), 'title')}`,
  'finance.sentToSign': 'Flux envoyé au parapheur',
  'finance.signed': 'Flux signé',
  'finance.signingRejected': (d) => `Flux refusé au parapheur : ${text(d, 'reason')}`,
  'finance.linkedToAct': 'Budget rattaché à sa délibération',
  'finance.queued': 'Transmission demandée',
  'finance.sent': 'Transmis',
  'transmission.queued': 'Transmission préparée',
  'transmission.sent': (d) => `Archive déposée : ${text(d, 'envelopeName')}`,
  'transmission.failed': (d) => `Dépôt non abouti : ${text(d, 'error')}`,
  'transmission.answered': (d) => `Réponse reçue : ${text(inner(d, 'message'), 'label')}`,
}

/** What happened, said in French; unknown kinds say their own name rather than nothing. */
export function sentenceOf(action: string, data: Data): string {
  const s = sentences[action]
  return s === undefined ? action : typeof s === 'string' ? s : s(data)
}
