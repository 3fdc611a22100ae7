import { count } from '../ui/format.ts'

const roles: Record<string, string> = {
  assemblyOffice: 'service des assemblées',
  councillor: 'membre du conseil',
  mayor: 'maire',
  secretary: 'secrétaire de séance',
  finance: 'service des finances',
  admin: 'administration',
}

/** French words of the parts that several pages share: waiting, results per line, histories. */
export const partsText = {
  yourTurn: 'à vous',
  /** "maire, membre du conseil" from the journal's list of roles. */
  capacity: (list: string) =>
    list
      .split(', ')
      .map((role) => roles[role] ?? role)
      .join(', '),
  /** Who acted; a capacity that only repeats the name is left out. */
  actor: (label: string, capacity: string) => {
    const words = capacity ? partsText.capacity(capacity) : ''
    return words && words.toLowerCase() !== label.toLowerCase() ? `${label}, ${words}` : label
  },
  results: {
    done: 'Fait',
    refused: 'Refusé',
    allDone: (n: number) => (n > 1 ? `Les ${n} demandes ont abouti.` : 'La demande a abouti.'),
    someRefused: (done: number, refused: number) =>
      done === 0
        ? `${count(refused, 'demande n’a pas abouti', 'demandes n’ont pas abouti')}.`
        : `${count(done, 'demande a abouti', 'demandes ont abouti')}, ${count(refused, 'n’a pas abouti', 'n’ont pas abouti')}.`,
    close: 'Fermer le compte rendu',
  },
  document: {
    choose: 'Documents',
    open: 'Télécharger',
    wait: 'Ouverture du document…',
  },
} as const
