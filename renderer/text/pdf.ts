/** French words of the document viewer. */
export const pdfText = {
  viewer: (title: string) => `Document : ${title}`,
  toolbar: 'Outils de lecture',
  zoomIn: 'Agrandir',
  zoomOut: 'Réduire',
  fitWidth: 'Ajuster à la largeur',
  zoom: (percent: string) => `Zoom ${percent}`,
  previous: 'Page précédente',
  next: 'Page suivante',
  page: 'Page',
  pageOf: (total: string) => `sur ${total}`,
  pageLabel: (n: string, total: string) => `Page ${n} sur ${total}`,
  thumbnails: 'Vignettes',
  goTo: (n: string) => `Aller à la page ${n}`,
  loading: 'Ouverture du document…',
  loadingPart: (percent: string) => `Ouverture du document… ${percent}`,
  keys: 'Flèches et Page précédente ou suivante pour avancer, plus et moins pour le zoom, Début et Fin pour la première et la dernière page.',
  retry: 'Réessayer',
  download: 'Enregistrer le fichier',
  problems: {
    missing: {
      title: 'Ce document n’est plus à son adresse.',
      what: 'Revenez à la liste et rouvrez-le ; s’il manque encore, demandez au service des assemblées de le joindre à nouveau.',
    },
    forbidden: {
      title: 'Vous n’avez pas accès à ce document.',
      what: 'Reconnectez-vous ; si le refus persiste, le service des assemblées peut vérifier vos droits.',
    },
    password: {
      title: 'Ce PDF est protégé par un mot de passe.',
      what: 'Un acte doit pouvoir être lu par tous : demandez un fichier sans mot de passe à son auteur.',
    },
    broken: {
      title: 'Ce fichier n’est pas un PDF lisible.',
      what: 'Il est peut-être tronqué. Demandez à son auteur de l’exporter à nouveau, puis remplacez-le.',
    },
    network: {
      title: 'Le document n’a pas pu être chargé.',
      what: 'Vérifiez la connexion, puis réessayez. Rien n’est perdu.',
    },
    page: {
      title: 'Cette page n’a pas pu être dessinée.',
      what: 'Les autres pages restent lisibles. Enregistrez le fichier pour l’ouvrir dans un autre lecteur.',
    },
  },
} as const
