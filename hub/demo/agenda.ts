import type { ItemKind, RichBlock } from '../../core/sitting/model.ts'

export type DemoAnnex = {
  title: string
  sections: { heading: string; paragraphs: string[]; table?: { header: string[]; rows: string[][] } }[]
}
export type DemoItem = {
  kind: ItemKind
  title: string
  topic: string
  subjectCode: string
  rapporteur: number
  note: string
  text: RichBlock[]
  opinion?: { committee: number; opinion: 'favourable' | 'unfavourable' | 'none'; comment: string }
  annexes: DemoAnnex[]
  budget?: true
}

export const visa = (text: string): RichBlock => ({ kind: 'visa', text: `Vu ${text} ;` })
export const considerant = (text: string): RichBlock => ({
  kind: 'considerant',
  text: `Considérant ${text} ;`,
})
export const article = (text: string): RichBlock => ({ kind: 'article', text })
export const cgct = (n: string) =>
  visa(`le code général des collectivités territoriales, et notamment son article ${n}`)

const subsidies = [
  'Les Amis de la lecture',
  'Union sportive de Démoville',
  'Chorale La Clé des champs',
  'Secours de proximité',
  'Jardins partagés du Vallon',
  'Cinéma rural itinérant',
  'Club des aînés ruraux',
  'École de musique',
]
const amounts = [1800, 14500, 2200, 6400, 1500, 3100, 2700, 21800]
const euros = (n: number) => `${n.toLocaleString('fr-FR').replace(/\s/g, '\u202f')} €`
const total = euros(amounts.reduce((a, b) => a + b, 0))

/** Items of the council still to come. */
export const comingItems: DemoItem[] = [
  {
    kind: 'minutesAdoption',
    title: 'Arrêt du procès-verbal de la séance précédente',
    topic: 'Assemblées',
    subjectCode: '5.2',
    rapporteur: 1,
    note: 'Le procès-verbal de la séance précédente, établi par le secrétaire de séance, est soumis aux remarques des membres du conseil.',
    text: [],
    annexes: [],
  },
  {
    kind: 'decisionsReport',
    title: 'Compte rendu des décisions prises par délégation du conseil',
    topic: 'Assemblées',
    subjectCode: '5.2',
    rapporteur: 1,
    note: 'Le maire rend compte des décisions prises depuis la dernière séance en vertu de la délégation accordée par le conseil municipal (article L. 2122-22).',
    text: [],
    annexes: [
      {
        title: 'Relevé des décisions du maire',
        sections: [
          {
            heading: 'Décisions prises depuis la dernière séance',
            paragraphs: ['Décisions prises par délégation, dans l’ordre de leur numéro.'],
            table: {
              header: ['Numéro', 'Objet', 'Montant'],
              rows: [
                ['DM 41', 'Marché de fournitures scolaires, lot 2', euros(8740)],
                ['DM 42', 'Location de la halle pour le salon du livre', euros(650)],
                ['DM 43', 'Contrat d’entretien des extincteurs', euros(1980)],
                ['DM 44', 'Don d’un fonds photographique, sans charge ni condition', 'néant'],
              ],
            },
          },
        ],
      },
    ],
  },
  {
    kind: 'budget',
    title: 'Budget principal : adoption du compte de l’exercice',
    topic: 'Finances',
    subjectCode: '7.1',
    rapporteur: 2,
    note: 'Le document budgétaire joint a été présenté à la commission des finances. Il est conforme au compte de gestion et ses sections sont examinées ci-après.',
    text: [
      cgct('L. 2121-29'),
      visa('l’avis favorable de la commission des finances'),
      considerant('que le document présenté retrace la totalité des opérations de l’exercice'),
      article('Le document budgétaire présenté est adopté.'),
      article('Les résultats sont constatés tels qu’ils figurent au document.'),
    ],
    opinion: { committee: 0, opinion: 'favourable', comment: 'Avis favorable à l’unanimité.' },
    annexes: [
      {
        title: 'Rapport de présentation',
        sections: [
          {
            heading: 'Un exercice maîtrisé',
            paragraphs: [
              'Les dépenses réelles de fonctionnement progressent de 1,9 %, moins vite que les recettes. L’épargne brute atteint 11,4 % des recettes réelles de fonctionnement et couvre largement le remboursement du capital de la dette.',
              'L’effort d’équipement se concentre sur la rénovation thermique du groupe scolaire et la réfection des trottoirs du bourg.',
            ],
            table: {
              header: ['Section', 'Dépenses', 'Recettes', 'Résultat'],
              rows: [
                ['Fonctionnement', euros(5412300), euros(6108450), euros(696150)],
                ['Investissement', euros(2204800), euros(1987600), `− ${euros(217200)}`],
              ],
            },
          },
          {
            heading: 'Principaux investissements',
            paragraphs: [
              'Les opérations suivantes représentent 78 % des dépenses d’équipement de l’exercice.',
            ],
            table: {
              header: ['Opération', 'Prévu', 'Réalisé'],
              rows: [
                ['Groupe scolaire Les Tilleuls', euros(980000), euros(871200)],
                ['Voirie du bourg', euros(420000), euros(398650)],
                ['Médiathèque', euros(150000), euros(96300)],
                ['Éclairage public', euros(110000), euros(108900)],
              ],
            },
          },
        ],
      },
    ],
    budget: true,
  },
  {
    kind: 'deliberation',
    title: 'Subventions aux associations pour l’année à venir',
    topic: 'Vie associative',
    subjectCode: '7.5',
    rapporteur: 3,
    note: `Huit associations ont déposé un dossier complet. La commission propose de leur attribuer ${total} au total, en tenant compte de leur activité au service des habitants.`,
    text: [
      cgct('L. 2311-7'),
      visa('les demandes présentées par les associations'),
      considerant('l’intérêt local de leur action'),
      article('Les subventions suivantes sont attribuées :'),
      {
        kind: 'table',
        header: ['Association', 'Montant'],
        rows: subsidies.map((s, i) => [s, euros(amounts[i] ?? 0)]),
      },
      article('La dépense est inscrite au budget, chapitre 65.'),
      article('Mme la maire est autorisée à signer les conventions nécessaires.'),
    ],
    opinion: {
      committee: 1,
      opinion: 'favourable',
      comment: 'La commission souhaite un bilan d’activité annuel.',
    },
    annexes: [
      {
        title: 'Tableau des demandes',
        sections: [
          {
            heading: 'Demandes reçues',
            paragraphs: ['Montants demandés et proposés.'],
            table: {
              header: ['Association', 'Demandé', 'Proposé'],
              rows: subsidies.map((s, i) => [
                s,
                euros(Math.round((amounts[i] ?? 0) * 1.2)),
                euros(amounts[i] ?? 0),
              ]),
            },
          },
        ],
      },
      {
        title: 'Bilan des actions soutenues',
        sections: [
          {
            heading: 'Ce que les subventions ont permis',
            paragraphs: [
              'Les associations soutenues ont réuni 2 140 adhérents et organisé 63 manifestations ouvertes à tous.',
              'L’école de musique a ouvert une classe de percussions et doublé le nombre de places aidées.',
              'Les jardins partagés accueillent désormais deux classes du groupe scolaire chaque semaine au printemps.',
            ],
          },
          {
            heading: 'Critères d’attribution',
            paragraphs: [
              'Nombre d’adhérents habitant la commune, ouverture au public, part des ressources propres, participation à la vie locale.',
            ],
          },
        ],
      },
    ],
  },
  {
    kind: 'deliberation',
    title: 'Rénovation thermique du groupe scolaire Les Tilleuls : demande de subvention',
    topic: 'Travaux',
    subjectCode: '7.5',
    rapporteur: 6,
    note: 'Le programme porte sur l’isolation des façades, le remplacement des menuiseries et une chaufferie à granulés. Le coût est estimé à 1 240 000 € hors taxes.',
    text: [
      cgct('L. 2334-32'),
      considerant('que l’opération réduit de 54 % la consommation d’énergie du bâtiment'),
      article('L’avant-projet et son plan de financement sont approuvés.'),
      article('Une subvention de 496 000 € est demandée à l’État.'),
    ],
    opinion: { committee: 0, opinion: 'favourable', comment: '' },
    annexes: [
      {
        title: 'Plan de financement',
        sections: [
          {
            heading: 'Dépenses et ressources',
            paragraphs: ['Montants hors taxes.'],
            table: {
              header: ['Ressource', 'Montant', 'Part'],
              rows: [
                ['État', euros(496000), '40 %'],
                ['Département', euros(248000), '20 %'],
                ['Autofinancement', euros(496000), '40 %'],
              ],
            },
          },
        ],
      },
    ],
  },
  {
    kind: 'deliberation',
    title: 'Acquisition de la parcelle AC 214 pour l’agrandissement du cimetière',
    topic: 'Patrimoine',
    subjectCode: '3.1',
    rapporteur: 4,
    note: 'La parcelle, de 1 870 m², jouxte le cimetière. Le propriétaire a accepté le prix de 12 000 €.',
    text: [
      cgct('L. 2241-1'),
      visa('l’accord écrit du propriétaire'),
      considerant('que le cimetière n’offre plus que quatorze emplacements'),
      article('La parcelle cadastrée section AC, numéro 214, est acquise au prix de 12 000 €.'),
      article('Les frais d’acte sont à la charge de la commune.'),
    ],
    annexes: [
      {
        title: 'Note de situation',
        sections: [
          {
            heading: 'Situation de la parcelle',
            paragraphs: [
              'La parcelle est classée en zone agricole au document d’urbanisme ; un emplacement réservé y est inscrit depuis 2014.',
              'Elle est libre de toute occupation.',
            ],
          },
        ],
      },
    ],
  },
  {
    kind: 'deliberation',
    title: 'Tarifs de la restauration scolaire',
    topic: 'École',
    subjectCode: '8.1',
    rapporteur: 5,
    note: 'La grille repose sur cinq tranches de quotient familial. Le prix de la première tranche est maintenu à un euro.',
    text: [
      cgct('L. 2121-29'),
      considerant('la hausse du coût des denrées de 4,2 % en un an'),
      article('Les tarifs suivants s’appliquent à compter de la prochaine rentrée :'),
      {
        kind: 'table',
        header: ['Quotient familial', 'Prix du repas'],
        rows: [
          ['moins de 450', '1,00 €'],
          ['450 à 749', '2,10 €'],
          ['750 à 1 049', '3,20 €'],
          ['1 050 à 1 449', '4,05 €'],
          ['1 450 et plus', '4,90 €'],
        ],
      },
    ],
    opinion: { committee: 1, opinion: 'favourable', comment: '' },
    annexes: [],
  },
  {
    kind: 'deliberation',
    title: 'Création d’un emploi permanent de responsable de la médiathèque',
    topic: 'Personnel',
    subjectCode: '4.1',
    rapporteur: 7,
    note: 'Le départ à la retraite de la titulaire conduit à créer un emploi d’assistant de conservation à temps complet.',
    text: [
      visa('le code général de la fonction publique, et notamment son article L. 313-1'),
      considerant('les besoins du service'),
      article('Un emploi permanent d’assistant de conservation du patrimoine à temps complet est créé.'),
      article('Le tableau des effectifs est modifié en conséquence.'),
    ],
    annexes: [],
  },
  {
    kind: 'deliberation',
    title: 'Motion pour le maintien de la gare de Démoville',
    topic: 'Mobilités',
    subjectCode: '9.4',
    rapporteur: 10,
    note: 'Le guichet de la gare doit fermer au printemps. La motion demande son maintien.',
    text: [
      considerant('que 640 voyageurs utilisent la gare chaque jour'),
      considerant('l’absence d’autre service de transport le soir'),
      article('Le conseil municipal demande le maintien du guichet et des arrêts du soir.'),
    ],
    annexes: [],
  },
  {
    kind: 'oralQuestion',
    title: 'Questions orales',
    topic: 'Assemblées',
    subjectCode: '5.2',
    rapporteur: 1,
    note: 'Questions déposées au titre du règlement intérieur.',
    text: [],
    annexes: [],
  },
]
