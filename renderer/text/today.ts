/** French words of the page « Aujourd’hui ». */
export const todayText = {
  title: 'Aujourd’hui',
  groups: {
    late: 'En retard',
    today: 'Aujourd’hui même',
    week: 'Dans les sept jours',
    later: 'Plus tard',
    undated: 'Dès que possible',
  },
  noDue: 'sans échéance',
  sendBefore: 'convocation à envoyer avant cette date, ',
  nothing: 'Rien ne vous attend.',
  nothingWhat: 'Ce qui demandera votre main paraîtra ici, par ordre d’échéance.',
  openTablet: 'Ouvrir la tablette',
  seeSittings: 'Voir les séances',
} as const
