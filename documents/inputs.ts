import { z } from 'zod'
import { CivilDate, CivilTime, Instant } from '../core/calendar/civil-date.ts'
import { Civility } from '../core/people/model.ts'
import { BallotKind, CommitteeOpinion, RichBlock } from '../core/sitting/model.ts'

/** Text blocks of a délibération or of a note, as `core` defines them. */
export { RichBlock }

/** Coat of arms of the commune. SVG or PNG bytes, and the words that describe it for those who do not see it. */
export const CoatOfArms = z.object({
  mediaType: z.enum(['image/svg+xml', 'image/png']),
  bytes: z.instanceof(Uint8Array),
  alt: z.string().min(1),
})

/** Who writes: printed at the top of every document. */
export const Letterhead = z.object({
  /** « Ville de Démoville ». */
  name: z.string().min(2),
  /** « Département du Loiret · arrondissement d’Orléans ». */
  territory: z.string().optional(),
  addressLines: z.array(z.string()).default([]),
  phone: z.string().optional(),
  email: z.string().optional(),
  coatOfArms: CoatOfArms.optional(),
})
export type Letterhead = z.infer<typeof Letterhead>

/** What every input carries. `createdAt` is the date written in the file: the clock of the caller, never ours. */
const common = {
  letterhead: Letterhead,
  createdAt: Instant,
  /** Prints « document de démonstration, sans valeur juridique » at the foot of each page. */
  demonstration: z.boolean().default(false),
}

export const SittingFacts = z.object({
  /** « Conseil municipal ». */
  bodyName: z.string().min(1),
  date: CivilDate,
  time: CivilTime,
  place: z.string().min(1),
})
export type SittingFacts = z.infer<typeof SittingFacts>

export const NamedPerson = z.object({ civility: Civility, firstName: z.string(), lastName: z.string() })
export type NamedPerson = z.infer<typeof NamedPerson>
/** A person with the capacity in which he or she acts, « Maire », « 1re adjointe ». */
export const PersonInCapacity = NamedPerson.extend({ capacity: z.string() })
export type PersonInCapacity = z.infer<typeof PersonInCapacity>

export const AgendaLine = z.object({
  rank: z.number().int().positive(),
  title: z.string().min(1),
  topic: z.string().default(''),
  rapporteur: z.string().default(''),
})
export type AgendaLine = z.infer<typeof AgendaLine>

export const ConvocationInput = z.object({
  ...common,
  sitting: SittingFacts,
  kind: z.enum(['ordinary', 'installation', 'secondConvocation']).default('ordinary'),
  /** 1 for the first convocation; above, the letter says that it replaces the former. */
  version: z.number().int().positive().default(1),
  recipient: NamedPerson.extend({
    capacity: z.string().default(''),
    addressLines: z.array(z.string()).default([]),
    channel: z.enum(['electronic', 'paper']).default('electronic'),
  }),
  convenedBy: PersonInCapacity,
  /** Civil date of the letter and of its sending. */
  date: CivilDate,
  /** Rule applied, from `delayRule` of core: article and number of clear days asked. */
  delay: z.object({ article: z.string(), clearDays: z.number().int().nonnegative() }),
  urgencyReason: z.string().nullable().default(null),
  agenda: z
    .array(AgendaLine)
    .min(1, 'L’ordre du jour est vide : ajoutez au moins un point avant de convoquer.'),
  documents: z
    .array(z.object({ title: z.string(), pages: z.number().int().positive().optional() }))
    .default([]),
  /** Prints a blank pouvoir on a page of its own. */
  proxyForm: z.boolean().default(false),
})
export type ConvocationInput = z.input<typeof ConvocationInput>

export const AgendaInput = z.object({
  ...common,
  sitting: SittingFacts,
  /** « note » prints the text of each item (CGCT art. L. 2121-12); « agenda » is the poster of the agenda alone. */
  form: z.enum(['note', 'agenda']).default('note'),
  items: z
    .array(
      AgendaLine.extend({
        text: z.array(RichBlock).default([]),
        opinions: z.array(CommitteeOpinion).default([]),
        annexes: z.array(z.string()).default([]),
      }),
    )
    .min(1, 'L’ordre du jour est vide : ajoutez au moins un point.'),
  convenedBy: PersonInCapacity.optional(),
})
export type AgendaInput = z.input<typeof AgendaInput>

export const DeliberationListInput = z.object({
  ...common,
  sitting: SittingFacts,
  /** Délibérations examined, adopted or refused, in the order of the sitting (CGCT art. L. 2121-25). */
  items: z.array(
    z.object({
      rank: z.number().int().positive(),
      number: z.string(),
      title: z.string().min(1),
      outcome: z.enum(['adopted', 'refused', 'noted']),
    }),
  ),
  /** Civil date of posting and of putting online. */
  publishedOn: CivilDate,
  mayor: PersonInCapacity,
})
export type DeliberationListInput = z.input<typeof DeliberationListInput>

export const AttendanceSheetInput = z.object({
  ...common,
  sitting: SittingFacts,
  members: z
    .array(PersonInCapacity.extend({ proxyTo: z.string().default(''), reply: z.string().default('') }))
    .min(1),
  quorumRequired: z.number().int().positive(),
})
export type AttendanceSheetInput = z.input<typeof AttendanceSheetInput>

/** Blocks of an annex: those of a note, with headings and table captions. A `total` table sets its last row apart. */
export const AnnexBlock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), text: z.string().min(1) }),
  z.object({ kind: z.literal('paragraph'), text: z.string() }),
  z.object({ kind: z.literal('list'), items: z.array(z.string()).min(1) }),
  z.object({
    kind: z.literal('table'),
    header: z.array(z.string()).min(1),
    rows: z.array(z.array(z.string())),
    caption: z.string().default(''),
    total: z.boolean().default(false),
  }),
  z.object({ kind: z.literal('pageBreak') }),
])

export const AnnexInput = z.object({
  ...common,
  title: z.string().min(1),
  subtitle: z.string().default(''),
  /** « Annexe 2 – délibération D2026_0107 ». */
  reference: z.string().default(''),
  blocks: z.array(AnnexBlock).min(1, 'L’annexe est vide.'),
  orientation: z.enum(['portrait', 'landscape']).default('portrait'),
})
export type AnnexInput = z.input<typeof AnnexInput>

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What is known of one dispatch; only what leads to `handedOverAt` has a legal effect (legal rules C9). */
export const ProofInput = z.object({
  ...common,
  timeZone: z.string().default('Europe/Paris'),
  sitting: SittingFacts,
  recipient: NamedPerson.extend({ address: z.string() }),
  channel: z.enum(['electronic', 'paper']),
  handedOverAt: Instant,
  messageId: z.string().default(''),
  relayAnswer: z.string().default(''),
  clearDays: z.number().int(),
  clearDaysRequired: z.number().int(),
  documents: z
    .array(z.object({ title: z.string(), fileName: z.string(), sha256: Sha256, size: z.number().int() }))
    .min(1),
  manifestSha256: Sha256,
  timestamp: z.object({ at: Instant, authority: z.string(), serial: z.string() }).nullable(),
  firstOpenedAt: Instant.nullable().default(null),
  acknowledgedAt: Instant.nullable().default(null),
})
export type ProofInput = z.input<typeof ProofInput>

export const SigningSlipInput = z.object({
  ...common,
  timeZone: z.string().default('Europe/Paris'),
  folder: z.object({ title: z.string().min(1), number: z.string(), origin: z.string().default('') }),
  documents: z
    .array(z.object({ title: z.string(), fileName: z.string(), sha256: Sha256, size: z.number().int() }))
    .min(1),
  steps: z.array(
    z.object({
      action: z.enum(['visa', 'signature', 'seal', 'secondOpinion', 'external', 'transmission']),
      outcome: z.enum(['done', 'refused', 'skipped', 'delegated', 'pending']),
      actor: z.string(),
      capacity: z.string().default(''),
      at: Instant.nullable(),
      reason: z.string().default(''),
      certificate: z
        .object({ subject: z.string(), issuer: z.string(), serial: z.string(), level: z.string() })
        .optional(),
    }),
  ),
  final: z.boolean(),
})
export type SigningSlipInput = z.input<typeof SigningSlipInput>

/** Result of a ballot with, for a public one, the names on each side. */
export const BallotFacts = z.object({
  kind: BallotKind,
  for: z.number().int().nonnegative(),
  against: z.number().int().nonnegative(),
  abstain: z.number().int().nonnegative(),
  notVoting: z.number().int().nonnegative().default(0),
  castingVote: z.boolean().default(false),
  names: z
    .object({
      for: z.array(z.string()),
      against: z.array(z.string()),
      abstain: z.array(z.string()),
      notVoting: z.array(z.string()).default([]),
    })
    .optional(),
})
export type BallotFacts = z.infer<typeof BallotFacts>

export const DeliberationInput = z
  .object({
    ...common,
    number: z.string().min(1),
    title: z.string().min(1),
    topic: z.string().default(''),
    sitting: SittingFacts,
    /** Civil date on which the convocation really left (legal rules C4). */
    convocationDate: CivilDate,
    chair: PersonInCapacity,
    secretaries: z.array(NamedPerson).min(1, 'Désignez le secrétaire de séance avant de mettre en forme.'),
    assembly: z.object({
      inOffice: z.number().int().positive(),
      quorumRequired: z.number().int().positive(),
      quorumWaived: z.boolean().default(false),
      present: z.array(NamedPerson),
      represented: z.array(z.object({ grantor: NamedPerson, holder: NamedPerson })),
      excused: z.array(NamedPerson).default([]),
      absent: z.array(NamedPerson).default([]),
      recused: z.array(NamedPerson.extend({ reason: z.string() })).default([]),
    }),
    rapporteur: NamedPerson.optional(),
    opinions: z.array(CommitteeOpinion).default([]),
    report: z.array(RichBlock).default([]),
    blocks: z.array(RichBlock).min(1, 'Le texte de la délibération est vide.'),
    outcome: z.enum(['adopted', 'refused', 'noted']),
    ballot: BallotFacts.nullable(),
    /** Titles of the annexes, in order. */
    annexes: z.array(z.string()).default([]),
    /** Court named in the remedies notice, « tribunal administratif d’Orléans ». */
    court: z.object({ name: z.string().min(1), address: z.string().default('') }),
  })
  .refine((d) => d.outcome === 'noted' || d.ballot !== null, {
    message: 'Une délibération adoptée ou rejetée doit porter le résultat du vote.',
    path: ['ballot'],
  })
  .refine((d) => d.ballot?.kind !== 'secret' || d.ballot.names === undefined, {
    message: 'Un scrutin secret ne porte aucun nom : retirez la liste des votants.',
    path: ['ballot', 'names'],
  })
export type DeliberationInput = z.input<typeof DeliberationInput>
