/** The few sentences that the shell says itself; those of the screens are in the renderer. */
export const text = {
  title: 'Écharpe',
  hubStopped: 'Écharpe s’est interrompue',
  hubStoppedBody:
    'Le service qui garde vos documents ne répond plus. Rien de ce qui était enregistré n’est perdu. Relancez-le pour reprendre où vous en étiez.',
  hubNotStarted: 'Écharpe n’a pas pu démarrer',
  hubNotStartedBody:
    'Le service qui garde vos documents ne s’est pas lancé. Relancez-le ; si cela se répète, transmettez le détail ci-dessous à votre service informatique.',
  pageCrashed: 'L’affichage s’est interrompu',
  pageCrashedBody:
    'La page a cessé de répondre. Vos documents enregistrés sont intacts. Relancez pour les retrouver.',
  restart: 'Relancer',
  detail: 'Détail technique',
  noDetail: 'Aucun détail n’a été donné.',
  saveTitle: 'Enregistrer le document',
  hubExit: (how: string) => `Le service s’est arrêté (${how}).`,
  hubTooSlow: 'Le service n’a pas répondu dans la minute.',
} as const
