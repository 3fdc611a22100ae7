import { z } from 'zod'
import { CivilDate } from '../calendar/civil-date.ts'

export const Role = z.enum(['assemblyOffice', 'councillor', 'mayor', 'secretary', 'finance', 'admin'])
export type Role = z.infer<typeof Role>

export const Civility = z.enum(['M.', 'Mme'])

/** The legal person using the product (glossary: `Authority`). */
export const Authority = z.object({
  id: z.string(),
  name: z.string().min(2),
  /** « Démoville », as it is said in « la commune de … ». */
  shortName: z.string().min(2),
  siren: z.string().regex(/^\d{9}$/),
  siret: z.string().regex(/^\d{14}$/),
  /** ACTES form: three characters, 045, 02A, 974. */
  department: z.string().regex(/^[09][0-9][AB0-9]$/),
  arrondissement: z.string().regex(/^\d$/),
  /** ACTES type of authority, 31 for a commune. */
  natureCode: z.string().regex(/^\d{2}$/),
  /** Municipal population authenticated at the last general renewal; frozen for the term (legal rules §0). */
  populationAtRenewal: z.number().int().positive(),
  timeZone: z.string(),
  alsaceMoselle: z.boolean(),
  publicationMode: z.enum(['electronic', 'posting', 'paper']),
  address: z.object({ street: z.string(), postalCode: z.string(), city: z.string() }),
  meetingPlace: z.string(),
  /** Where the ministry answers (ACTES `AdressesRetour`) and who mails come from. */
  email: z.email(),
  phone: z.string().optional(),
  /** Identifier of the relay given with its agreement, three characters. */
  relayPrefix: z.string().regex(/^[A-Za-z0-9]{3}$/),
  /** Date of the ministry classification in force at the prefecture. */
  classificationDate: CivilDate,
  demonstration: z.boolean(),
})
export type Authority = z.infer<typeof Authority>

export const Office = z.enum(['mayor', 'deputy', 'delegate', 'councillor'])

export const Councillor = z.object({
  id: z.string(),
  authorityId: z.string(),
  civility: Civility,
  firstName: z.string().min(1),
  lastName: z.string().min(1),
  /** Rank in the tableau, 1 for the mayor (CGCT art. L. 2121-1). */
  rank: z.number().int().positive(),
  office: Office,
  /** « 3e adjointe, déléguée aux finances ». */
  officeLabel: z.string(),
  birthDate: CivilDate,
  email: z.email(),
  group: z.string(),
  channel: z.enum(['electronic', 'paper']),
  paperRequestedOn: CivilDate.optional(),
  /** Civil date at which the seat became vacant; the person leaves the members in office that day. */
  seatVacantSince: CivilDate.optional(),
})
export type Councillor = z.infer<typeof Councillor>

export const Body = z.object({
  id: z.string(),
  authorityId: z.string(),
  kind: z.enum(['municipalCouncil', 'committee']),
  name: z.string(),
  legalSize: z.number().int().positive(),
  memberIds: z.array(z.string()),
})
export type Body = z.infer<typeof Body>

/** Number of seats of a municipal council by population (CGCT art. L. 2121-2). */
export function councilSize(population: number): number {
  const table: [number, number][] = [
    [100, 7],
    [500, 11],
    [1500, 15],
    [2500, 19],
    [3500, 23],
    [5000, 27],
    [10_000, 29],
    [20_000, 33],
    [30_000, 35],
    [40_000, 39],
    [50_000, 43],
    [60_000, 45],
    [80_000, 49],
    [100_000, 53],
    [150_000, 55],
    [200_000, 59],
    [250_000, 61],
    [300_000, 65],
  ]
  return table.find(([below]) => population < below)?.[1] ?? 69
}

/** Members whose seat is not vacant on that day: the base of the quorum (CGCT art. L. 2121-17). */
export const membersInOffice = (body: Body, councillors: readonly Councillor[], on: string): Councillor[] =>
  councillors
    .filter((c) => body.memberIds.includes(c.id) && !(c.seatVacantSince && c.seatVacantSince <= on))
    .sort((a, b) => a.rank - b.rank)

/** « Mme Claire Aubert ». */
export const fullName = (c: Pick<Councillor, 'civility' | 'firstName' | 'lastName'>): string =>
  `${c.civility} ${c.firstName} ${c.lastName}`

/** Who acts: a signed-in person, with the capacity shown in the journal. */
export type Actor = {
  userId: string
  label: string
  roles: readonly Role[]
  councillorId: string | null
}
