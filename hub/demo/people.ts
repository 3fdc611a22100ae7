import type { Councillor } from '../../core/people/model.ts'

/** Every name here is invented. */
type Row = [
  civility: 'M.' | 'Mme',
  firstName: string,
  lastName: string,
  birth: string,
  officeLabel: string,
  group: string,
]

const majority = 'Démoville ensemble'
const green = 'Démoville en transition'
const other = 'Un autre regard'

const rows: Row[] = [
  ['Mme', 'Hélène', 'Vasseur-Morin', '1966-03-14', 'Maire', majority],
  ['M.', 'Bastien', 'Courtade', '1971-09-02', '1er adjoint, délégué aux finances', majority],
  ['Mme', 'Solange', 'Pérignon', '1958-11-23', '2e adjointe, déléguée aux affaires sociales', majority],
  ['M.', 'Yannick', 'Tréhorel', '1979-01-30', '3e adjoint, délégué à l’urbanisme', majority],
  ['Mme', 'Nadège', 'Bellamy', '1983-06-17', '4e adjointe, déléguée à l’école et à la jeunesse', majority],
  ['M.', 'Auguste', 'Lanvaux', '1955-04-08', '5e adjoint, délégué aux travaux', majority],
  ['Mme', 'Inès', 'Quintard', '1990-12-05', '6e adjointe, déléguée à la culture', majority],
  ['M.', 'Firmin', 'Delacourt', '1963-07-21', '7e adjoint, délégué aux sports', majority],
  ['Mme', 'Odile', 'Roscanvel', '1952-02-11', 'Conseillère déléguée au patrimoine', majority],
  ['M.', 'Célestin', 'Auberive', '1968-10-27', 'Conseiller délégué aux mobilités', majority],
  ['Mme', 'Maëlle', 'Kervadec', '1986-05-19', 'Conseillère municipale', majority],
  ['M.', 'Gaspard', 'Montléry', '1974-08-15', 'Conseiller municipal', majority],
  ['Mme', 'Rosalie', 'Estienne', '1961-01-03', 'Conseillère municipale', majority],
  ['M.', 'Théodore', 'Villemain', '1949-09-29', 'Conseiller municipal', majority],
  ['Mme', 'Clémence', 'Sauvigny', '1992-04-24', 'Conseillère municipale', majority],
  ['M.', 'Ludovic', 'Fontrevault', '1977-11-12', 'Conseiller municipal', majority],
  ['Mme', 'Brigitte', 'Marandière', '1957-06-06', 'Conseillère municipale', majority],
  ['M.', 'Étienne', 'Gouézec', '1981-03-18', 'Conseiller municipal', majority],
  ['Mme', 'Salomé', 'Thibaudeau', '1988-07-09', 'Conseillère municipale', majority],
  ['M.', 'Raymond', 'Castagnier', '1953-12-20', 'Conseiller municipal', majority],
  ['Mme', 'Aurore', 'Lestrange', '1984-10-01', 'Conseillère municipale', green],
  ['M.', 'Noé', 'Péronnel', '1991-02-26', 'Conseiller municipal', green],
  ['Mme', 'Judith', 'Abgrall', '1970-05-31', 'Conseillère municipale', green],
  ['M.', 'Victor', 'Hautecœur', '1965-08-04', 'Conseiller municipal', other],
  ['Mme', 'Paulette', 'Grandval', '1948-01-16', 'Conseillère municipale', other],
  ['M.', 'Samir', 'Belkheir', '1976-06-28', 'Conseiller municipal', other],
  ['Mme', 'Viviane', 'Tournemine', '1969-09-13', 'Conseillère municipale', other],
]

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace('œ', 'oe')
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')

/** The 27 members of the demonstration council, in the order of the tableau. */
export const demoCouncillors = (authorityId: string, newId: () => string): Councillor[] =>
  rows.map(([civility, firstName, lastName, birthDate, officeLabel, group], i) => ({
    id: newId(),
    authorityId,
    civility,
    firstName,
    lastName,
    rank: i + 1,
    office: i === 0 ? 'mayor' : i < 8 ? 'deputy' : i < 10 ? 'delegate' : 'councillor',
    officeLabel,
    birthDate,
    email: `${plain(firstName)}.${plain(lastName)}@demoville.test`,
    group,
    channel: 'electronic',
  }))

/** Ranks in the tableau of the members of the two committees. */
export const demoCommittees = [
  { name: 'Commission des finances', ranks: [1, 2, 6, 12, 14, 18, 21, 24] },
  { name: 'Commission vie sociale, école et culture', ranks: [1, 3, 5, 7, 13, 15, 22, 26] },
]
