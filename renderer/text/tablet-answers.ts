/** How the words agree with the person who reads them. */
export type Civility = 'M.' | 'Mme' | undefined

const e = (civility: Civility) => (civility === 'Mme' ? 'e' : '')

/** French words of the answers of a member: receipt, attendance, power. */
export const answersText = {
  title: 'Ma réponse',
  menu: 'Répondre',
  receiptGroup: 'Le dossier',
  attendanceGroup: 'Ma présence',
  acknowledge: 'J’ai bien reçu le dossier',
  acknowledged: (at: string) => `Vous avez accusé réception du dossier le ${at}.`,
  present: (c: Civility) => `Je serai présent${e(c)}`,
  absent: (c: Civility) => `Je serai absent${e(c)}`,
  give: 'Donner pouvoir',
  giveMenu: 'Donner pouvoir…',
  given: 'Pouvoir donné',
  revoke: (name: string) => `Révoquer le pouvoir donné à ${name}`,
  revokeShort: 'Révoquer ce pouvoir',
  state: {
    none: 'Vous n’avez pas encore répondu.',
    present: (c: Civility, at: string) => `Vous avez répondu présent${e(c)}, le ${at}.`,
    absent: (c: Civility, at: string) =>
      `Vous avez répondu absent${e(c)}, le ${at}. Vous pouvez donner pouvoir.`,
    proxy: (name: string, at: string) => `Pouvoir donné à ${name}, le ${at}.`,
    revoked: (c: Civility) => `Le pouvoir est révoqué. Dites si vous serez présent${e(c)}.`,
  },
  change: 'Vous pouvez changer votre réponse jusqu’à la séance.',
  held: (name: string, at: string) =>
    `${name} vous a donné pouvoir le ${at} : vous voterez aussi en son nom.`,
  heldThen: (name: string, at: string) => `${name} vous avait donné pouvoir le ${at}.`,
  closed: 'La séance est terminée : les réponses sont closes.',
  sending: 'Envoi à la mairie…',
  paused:
    'La tablette est hors ligne : votre réponse n’est pas encore partie. Elle partira au retour du réseau si vous gardez cette page ouverte.',
  refused: 'Votre réponse n’a pas été enregistrée.',
  unreachable: 'La mairie ne répond pas : votre réponse n’est pas partie.',
  unreachableWhat: 'Vérifiez le réseau, puis réessayez. Votre choix est gardé.',
  retry: 'Réessayer',
  dismiss: 'Fermer',
  proxy: {
    title: 'Donner pouvoir',
    lead: 'Choisissez le membre du conseil qui votera en votre nom. Chacun ne peut porter qu’un pouvoir.',
    filter: 'Chercher un nom',
    list: 'Membres du conseil',
    none: 'Aucun membre de ce nom. Effacez quelques lettres.',
    holds: 'porte déjà un pouvoir',
    gave: 'a donné pouvoir et sera absent',
    gaveShe: 'a donné pouvoir et sera absente',
    next: 'Continuer',
    chooseFirst: 'Choisissez d’abord un membre.',
    confirmTitle: (name: string) => `Donner pouvoir à ${name} ?`,
    confirm: (name: string) => `Donner pouvoir à ${name}`,
    means: (name: string, day: string) =>
      `${name} votera en votre nom à la séance du ${day}, sur tous les points où vous serez absent.`,
    meansShe: (name: string, day: string) =>
      `${name} votera en votre nom à la séance du ${day}, sur tous les points où vous serez absente.`,
    canRevoke:
      'Vous pouvez révoquer ce pouvoir à tout moment, et votre venue y met fin (CGCT, art. L. 2121-20).',
    alsoHolds: (name: string) =>
      `Vous portez le pouvoir de ${name} : il ne pourra pas être exercé en votre absence. Prévenez cette personne.`,
    other: 'Choisir une autre personne',
  },
  revokeTitle: (name: string) => `Révoquer le pouvoir donné à ${name} ?`,
  revokeWhat: (name: string) => `${name} ne votera plus en votre nom. Vous pourrez donner un autre pouvoir.`,
  revokeConfirm: 'Révoquer le pouvoir',
  presentTitle: 'Venir à la séance ?',
  presentWhat: (name: string) => `Votre venue met fin au pouvoir que vous avez donné à ${name}.`,
} as const
