import type { Role } from '../../core/people/model.ts'

/** Shown on the screens of a demonstration: they protect nothing but invented data. */
export const demoSecrets = { password: 'bienvenue-a-demoville', pin: '1234' } as const

const demoRoles: Record<string, string> = {
  assemblees: 'Prépare les séances, transmet et publie',
  maire: 'Préside, signe, convoque',
  secretaire: 'Secrétaire de séance, signe',
  elue: 'Conseillère : lit, répond, vote',
  elu: 'Conseiller : lit, répond, vote',
  finances: 'Mandats, titres et budgets',
  admin: 'Comptes et réglages',
}

/** French words of the desktop window around its pages. */
export const frameText = {
  signInTitle: 'Se connecter · Écharpe',
  opening: 'Ouverture…',
  openingDetail: 'Écharpe retrouve votre commune.',
  unreachable: 'Le serveur ne répond pas',
  unreachableWhat: 'Vérifiez que l’ordinateur de la mairie est allumé et relié au réseau, puis réessayez.',
  retry: 'Réessayer',
  offline:
    'Le serveur de la mairie ne répond plus. Vous pouvez lire ce qui est affiché ; l’enregistrement reprendra dès son retour.',
  pageWait: 'Ouverture de la page…',
  noPage: 'Cette page n’existe pas',
  noPageWhat: 'L’adresse est incomplète ou la page a changé de place. Choisissez une rubrique à gauche.',
  broken: 'Cette page s’est arrêtée',
  brokenWhat:
    'Rien de ce qui était enregistré n’est perdu. Rechargez la page ; si cela se répète, prévenez votre informaticien.',
  reload: 'Recharger la page',
  openTablet: 'Ouvrir la tablette',
  roles: {
    assemblyOffice: 'Service des assemblées',
    councillor: 'Membre du conseil',
    mayor: 'Maire',
    secretary: 'Secrétaire de séance',
    finance: 'Service des finances',
    admin: 'Administration',
  } satisfies Record<Role, string>,
  demoRole: (login: string) => demoRoles[login] ?? '',
  palette: {
    place: 'Rubrique',
    sitting: 'Séance',
    item: 'Point',
    act: 'Délibération',
    folder: 'Parapheur',
    finance: 'Finances',
  },
  demo: {
    banner: (day: string) => `Commune de démonstration – nous sommes le ${day}`,
    toSitting: 'Aller au jour de la séance',
    toSittingWait: 'Le temps passe…',
    reset: 'Remettre à neuf',
    accounts: 'Comptes à essayer',
    resetTitle: 'Remettre la démonstration à neuf ?',
    resetWhat:
      'Tout ce que vous avez fait dans la commune de démonstration est effacé, puis la commune est recréée. Comptez une minute.',
    resetConfirm: 'Effacer et recommencer',
    accountsTitle: 'Comptes à essayer',
    accountsLead: 'Toutes les personnes sont inventées. Le mot de passe est le même pour tous.',
    password: 'Mot de passe',
    pin: 'Code du certificat',
    switchTo: 'Entrer',
    close: 'Fermer',
  },
  firstRun: {
    creating: 'Création de la commune de démonstration',
    creatingLead:
      'Écharpe invente une commune de 27 élus, sa dernière séance et la prochaine, puis met en page et signe ses documents.',
    creatingProgress: 'Préparation',
    creatingDetail: (seconds: number) =>
      seconds < 60 ? `${seconds} s, souvent moins d’une minute` : `${seconds} s, encore un instant`,
    readyTitle: 'Démoville est prête',
    readyLead: 'Choisissez par les yeux de qui regarder. Vous pourrez changer à tout moment.',
    enter: 'Entrer comme',
    goSignIn: 'Aller à la page de connexion',
  },
} as const
