import type { BallotResult, Choice } from '../../core/sitting/model.ts'
import { integer } from '../ui/format.ts'

const recorded: Record<Choice, string> = {
  for: 'pour',
  against: 'contre',
  abstain: 'abstention',
  notVoting: 'ne prend pas part au vote',
}

const figure = (n: number, word: string) => (n > 0 ? `${integer(n)}\u00a0${word}` : '')

/** French words of a vote on the tablet. */
export const voteText = {
  sheet: (n: number, title: string) => `Point ${n} : ${title}`,
  kinds: {
    ordinary: 'Scrutin ordinaire. Dites votre vote :',
    public: 'Scrutin public : votre nom et votre vote figureront au procès-verbal.',
    secret: 'Scrutin secret : personne ne saura ce que vous votez.',
  },
  choices: {
    for: 'Pour',
    against: 'Contre',
    abstain: 'Abstention',
    notVoting: 'Ne prend pas part au vote',
  } satisfies Record<Choice, string>,
  mine: 'Mon vote',
  waiting: 'Rien n’est encore enregistré.',
  recorded: (choice: Choice, at: string) => `Enregistré : ${recorded[choice]}${at ? `, à ${at}` : ''}.`,
  canChange: 'Vous pouvez changer votre vote tant que le scrutin est ouvert.',
  sending: 'Envoi à la mairie…',
  paused: 'Hors ligne : ce vote n’est pas encore parti. Dites-le à voix haute si le réseau ne revient pas.',
  unreachable:
    'La mairie ne répond pas : ce vote n’est pas parti. Réessayez, ou dites votre vote à voix haute.',
  aside: 'Revenir au dossier',
  open: (n: number) => `Un scrutin est ouvert sur le point ${n}.`,
  openVoted: (n: number) => `Scrutin ouvert sur le point ${n} : votre vote est enregistré.`,
  vote: 'Voter',
  review: 'Revoir mon vote',
  ended: 'Le scrutin est clos',
  cancelled: 'Le scrutin est annulé. Aucun vote n’est retenu.',
  counting: 'Décompte en cours…',
  close: 'Fermer',
} as const

/** The result of a ballot as one would say it: "Adopté à l’unanimité : 24 pour." */
export function resultInWords(r: BallotResult): string {
  const figures = [
    figure(r.for, 'pour'),
    figure(r.against, 'contre'),
    figure(r.abstain, r.abstain > 1 ? 'abstentions' : 'abstention'),
    figure(r.notVoting, r.notVoting > 1 ? 'ne prennent pas part au vote' : 'ne prend pas part au vote'),
  ].filter(Boolean)
  const unanimous =
    r.votesCast < r.for + r.against + r.abstain + r.notVoting
      ? 'Adopté à l’unanimité des suffrages exprimés'
      : 'Adopté à l’unanimité'
  const head = r.adopted ? (r.unanimous ? unanimous : 'Adopté') : 'Rejeté'
  const casting = r.castingVote ? ', par la voix prépondérante de la présidence' : ''
  return `${head}${casting}${figures.length > 0 ? ` : ${figures.join(', ')}` : ''}.`
}
