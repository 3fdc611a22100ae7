/** Subject codes of ACTES, first two levels, worded as the ministry's nomenclature with its accents. A prefecture may give deeper ones. */
export const subjectGroups: readonly { group: string; codes: readonly (readonly [string, string])[] }[] = [
  {
    group: '1 Commande publique',
    codes: [
      ['1.1', 'Marchés publics'],
      ['1.2', 'Délégation de service public'],
      ['1.3', 'Conventions de mandat'],
      ['1.4', 'Autres types de contrats'],
      ['1.5', 'Transactions, protocole d’accord transactionnel'],
      ['1.6', 'Actes relatifs à la maîtrise d’œuvre'],
      ['1.7', 'Actes spéciaux et divers'],
    ],
  },
  {
    group: '2 Urbanisme',
    codes: [
      ['2.1', 'Documents d’urbanisme'],
      ['2.2', 'Actes relatifs au droit d’occupation ou d’utilisation des sols'],
      ['2.3', 'Droit de préemption urbain'],
    ],
  },
  {
    group: '3 Domaine et patrimoine',
    codes: [
      ['3.1', 'Acquisitions'],
      ['3.2', 'Aliénations'],
      ['3.3', 'Locations'],
      ['3.4', 'Limites territoriales'],
      ['3.5', 'Autres actes de gestion du domaine public'],
      ['3.6', 'Autres actes de gestion du domaine privé'],
    ],
  },
  {
    group: '4 Fonction publique',
    codes: [
      ['4.1', 'Personnel titulaire et stagiaire'],
      ['4.2', 'Personnel contractuel'],
      ['4.4', 'Autres catégories de personnels'],
      ['4.5', 'Régime indemnitaire'],
    ],
  },
  {
    group: '5 Institutions et vie politique',
    codes: [
      ['5.1', 'Élection de l’exécutif'],
      ['5.2', 'Fonctionnement des assemblées'],
      ['5.3', 'Désignation de représentants'],
      ['5.4', 'Délégation de fonctions'],
      ['5.5', 'Délégation de signature'],
      ['5.6', 'Exercice des mandats locaux'],
      ['5.7', 'Intercommunalité'],
      ['5.8', 'Décision d’ester en justice'],
    ],
  },
  {
    group: '6 Libertés publiques et pouvoirs de police',
    codes: [
      ['6.1', 'Police municipale'],
      ['6.4', 'Autres actes réglementaires'],
      ['6.5', 'Actes pris au nom de l’État et soumis au contrôle hiérarchique'],
    ],
  },
  {
    group: '7 Finances locales',
    codes: [
      ['7.1', 'Décisions budgétaires'],
      ['7.2', 'Fiscalité'],
      ['7.3', 'Emprunts'],
      ['7.4', 'Interventions économiques'],
      ['7.5', 'Subventions'],
      ['7.6', 'Contributions budgétaires'],
      ['7.7', 'Avances'],
      ['7.8', 'Fonds de concours'],
      ['7.9', 'Prise de participation'],
      ['7.10', 'Divers'],
    ],
  },
  {
    group: '8 Domaines de compétences par thèmes',
    codes: [
      ['8.1', 'Enseignement'],
      ['8.2', 'Aide sociale'],
      ['8.3', 'Voirie'],
      ['8.4', 'Aménagement du territoire'],
      ['8.5', 'Politique de la ville, habitat, logement'],
      ['8.6', 'Emploi, formation professionnelle'],
      ['8.7', 'Transports'],
      ['8.8', 'Environnement'],
      ['8.9', 'Culture'],
    ],
  },
  {
    group: '9 Autres domaines de compétences',
    codes: [
      ['9.1', 'Autres domaines de compétences des communes'],
      ['9.4', 'Vœux et motions'],
    ],
  },
]
