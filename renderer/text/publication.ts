import { count } from '../ui/format.ts'

/** French words of the publication page. */
export const publicationText = {
  title: 'Publication',
  lead: 'Ce que tout le monde peut lire sur le site de la commune : le texte intégral, son auteur, la date de mise en ligne, et de quoi vérifier le document (CGCT art. R. 2131-1).',
  public: 'Voir la page publique',
  waiting: 'À publier',
  publish: (n: number) => `Publier ${count(n, 'acte')}`,
  published: 'Actes en ligne',
  noun: ['acte', 'actes'],
  columns: {
    number: 'Numéro',
    title: 'Objet',
    since: 'En ligne depuis',
    until: 'Au moins jusqu’au',
    link: 'Page publique',
  },
  open: 'Ouvrir',
  none: 'Aucun acte n’est encore publié.',
  noneWhat:
    'Un acte signé se publie d’ici ou de la page Actes. Il devient exécutoire une fois publié et transmis.',
  allDone: 'Tout ce qui est signé est publié.',
} as const
