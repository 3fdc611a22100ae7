import { count } from '../ui/format.ts'

/** French words of the journal. */
export const journalText = {
  title: 'Journal',
  lead: 'Chaque ligne porte l’empreinte de la précédente : une ligne changée, retirée ou déplacée se voit. La tête du journal est horodatée à chaque acte légal.',
  list: 'Lignes du journal',
  noun: ['ligne', 'lignes'],
  columns: { seq: 'N°', at: 'Date', who: 'Qui', what: 'Ce qui s’est passé', hash: 'Empreinte' },
  total: (n: number) => `${count(n, 'ligne')} en tout`,
  head: 'Empreinte de tête',
  headWhat:
    'Notez-la hors d’Écharpe, sur papier ou dans un courriel : elle prouvera plus tard que rien n’a changé jusqu’à aujourd’hui.',
  verify: 'Vérifier la chaîne',
  export: 'Exporter le journal',
  exportWhat:
    'Le fichier se vérifie sans Écharpe : son mode d’emploi est dans storage/README.md, et « echarpe journal verify » le fait pour vous.',
  older: 'Lignes plus anciennes',
  newer: 'Lignes les plus récentes',
} as const
