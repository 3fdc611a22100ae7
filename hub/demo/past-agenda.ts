import { article, cgct, considerant, type DemoItem, visa } from './agenda.ts'

/** Items of the council already held. */
export const pastItems: DemoItem[] = [
  {
    kind: 'minutesAdoption',
    title: 'Arrêt du procès-verbal de la séance précédente',
    topic: 'Assemblées',
    subjectCode: '5.2',
    rapporteur: 1,
    note: 'Procès-verbal soumis aux remarques du conseil.',
    text: [],
    annexes: [],
  },
  {
    kind: 'deliberation',
    title: 'Règlement intérieur de la halle couverte',
    topic: 'Vie locale',
    subjectCode: '9.1',
    rapporteur: 7,
    note: 'La halle rénovée peut être louée aux associations et aux commerçants. Le règlement fixe les conditions d’usage.',
    text: [
      cgct('L. 2144-3'),
      article('Le règlement intérieur de la halle couverte est adopté.'),
      article('Il s’applique à compter de sa publication.'),
    ],
    annexes: [
      {
        title: 'Règlement intérieur',
        sections: [
          {
            heading: 'Article 1 – Usage',
            paragraphs: [
              'La halle accueille le marché, les fêtes et les manifestations autorisées par la commune.',
            ],
          },
          {
            heading: 'Article 2 – Horaires',
            paragraphs: ['Elle ferme à vingt-trois heures, minuit la veille des jours fériés.'],
          },
          {
            heading: 'Article 3 – Propreté',
            paragraphs: ['L’occupant rend les lieux propres et trie ses déchets.'],
          },
        ],
      },
    ],
  },
  {
    kind: 'deliberation',
    title: 'Groupement de commandes pour l’achat d’électricité',
    topic: 'Commande publique',
    subjectCode: '1.7',
    rapporteur: 2,
    note: 'Le syndicat d’énergie propose de renouveler le groupement pour trois ans.',
    text: [
      visa('le code de la commande publique, et notamment ses articles L. 2113-6 et suivants'),
      considerant('l’intérêt d’un achat groupé'),
      article('La commune adhère au groupement de commandes.'),
      article('Mme la maire est autorisée à signer la convention constitutive.'),
    ],
    opinion: { committee: 0, opinion: 'favourable', comment: '' },
    annexes: [
      {
        title: 'Convention constitutive',
        sections: [
          {
            heading: 'Objet',
            paragraphs: [
              'Le groupement a pour objet l’achat d’électricité pour les bâtiments et l’éclairage public de ses membres.',
            ],
          },
          { heading: 'Durée', paragraphs: ['Trois ans, sans reconduction tacite.'] },
        ],
      },
    ],
  },
  {
    kind: 'deliberation',
    title: 'Dénomination de la place du nouveau quartier du Vallon',
    topic: 'Vie locale',
    subjectCode: '9.1',
    rapporteur: 9,
    note: 'Le conseil est invité à choisir le nom de « place des Lavandières ».',
    text: [
      cgct('L. 2121-29'),
      article('La place du quartier du Vallon prend le nom de « place des Lavandières ».'),
    ],
    annexes: [],
  },
]
