import { z } from 'zod'
import { CivilDate, CivilTime, Instant } from '../calendar/civil-date.ts'

export const SittingState = z.enum([
  'draft',
  'prepared',
  'convened',
  'postponed',
  'open',
  'suspended',
  'quorumFailed',
  'held',
  'listPublished',
  'minutesAdopted',
  'closed',
  'archived',
  'cancelled',
])
export type SittingState = z.infer<typeof SittingState>

export const ItemKind = z.enum([
  'deliberation',
  'information',
  'nomination',
  'accounts',
  'budget',
  'budgetDebate',
  'minutesAdoption',
  'decisionsReport',
  'oralQuestion',
])
export type ItemKind = z.infer<typeof ItemKind>

/** Kinds that end in a numbered délibération. */
export const deliberating = new Set<ItemKind>([
  'deliberation',
  'nomination',
  'accounts',
  'budget',
  'budgetDebate',
])

/** Structured text of a délibération; a closed set, so that numbering and paper follow from it. */
export const RichBlock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('visa'), text: z.string() }),
  z.object({ kind: z.literal('considerant'), text: z.string() }),
  z.object({ kind: z.literal('paragraph'), text: z.string() }),
  z.object({ kind: z.literal('article'), text: z.string() }),
  z.object({ kind: z.literal('list'), items: z.array(z.string()) }),
  z.object({ kind: z.literal('table'), header: z.array(z.string()), rows: z.array(z.array(z.string())) }),
])
export type RichBlock = z.infer<typeof RichBlock>

/** A file kept by its SHA-256 (lower-case hex). */
export const FileRef = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().min(1),
  mediaType: z.string(),
  size: z.number().int().nonnegative(),
  pages: z.number().int().nonnegative().optional(),
})
export type FileRef = z.infer<typeof FileRef>

export const Annex = z.object({
  id: z.string(),
  title: z.string().min(1),
  file: FileRef,
  confidential: z.boolean(),
  toPublish: z.boolean(),
  /** ACTES typology code of the piece, 5 characters. */
  pieceCode: z.string().regex(/^[A-Z0-9_]{5}$/),
})
export type Annex = z.infer<typeof Annex>

export const CommitteeOpinion = z.object({
  committee: z.string(),
  opinion: z.enum(['favourable', 'unfavourable', 'none']),
  comment: z.string(),
})

export const BallotKind = z.enum(['ordinary', 'public', 'secret'])
export const Choice = z.enum(['for', 'against', 'abstain', 'notVoting'])
export type Choice = z.infer<typeof Choice>

/** One voice: a member's own, or the one carried for a grantor. */
export const Voice = z.object({ memberId: z.string(), castBy: z.string() })
export const Vote = z.object({
  memberId: z.string(),
  castBy: z.string(),
  choice: Choice,
  at: Instant,
  enteredBy: z.enum(['member', 'operator']),
})
export const BallotResult = z.object({
  for: z.number().int(),
  against: z.number().int(),
  abstain: z.number().int(),
  notVoting: z.number().int(),
  votesCast: z.number().int(),
  castingVote: z.boolean(),
  unanimous: z.boolean(),
  adopted: z.boolean(),
})
export type BallotResult = z.infer<typeof BallotResult>
export const Ballot = z.object({
  id: z.string(),
  kind: BallotKind,
  state: z.enum(['open', 'recorded', 'cancelled']),
  openedAt: Instant,
  closedAt: Instant.optional(),
  chairId: z.string(),
  entitled: z.array(Voice),
  votes: z.array(Vote),
  result: BallotResult.optional(),
})
export type Ballot = z.infer<typeof Ballot>

/** Figures of the quorum at one item (CGCT art. L. 2121-17). */
export const QuorumSnapshot = z.object({
  inOffice: z.number().int(),
  required: z.number().int(),
  present: z.array(z.string()),
  represented: z.array(z.object({ grantorId: z.string(), holderId: z.string() })),
  excused: z.array(z.string()),
  absent: z.array(z.string()),
  reached: z.boolean(),
  waived: z.boolean(),
  at: Instant,
})
export type QuorumSnapshot = z.infer<typeof QuorumSnapshot>

export const Recusal = z.object({ councillorId: z.string(), ground: z.string(), leftRoom: z.boolean() })

export const AgendaItem = z.object({
  id: z.string(),
  kind: ItemKind,
  title: z.string().min(1).max(499),
  topic: z.string(),
  rapporteurId: z.string().nullable(),
  /** Ministry subject code, « 7.5 ». */
  subjectCode: z.string().regex(/^[1-9](\.\d{1,2}){1,4}$/),
  note: z.string(),
  text: z.array(RichBlock),
  annexes: z.array(Annex),
  opinions: z.array(CommitteeOpinion),
  budgetFileId: z.string().nullable(),
  status: z.enum(['planned', 'underDiscussion', 'adopted', 'refused', 'noted', 'withdrawn', 'deferred']),
  quorum: QuorumSnapshot.nullable(),
  recusals: z.array(Recusal),
  ballots: z.array(Ballot),
  actId: z.string().nullable(),
})
export type AgendaItem = z.infer<typeof AgendaItem>

export const ProxyMandate = z.object({
  id: z.string(),
  grantorId: z.string(),
  holderId: z.string(),
  state: z.enum(['active', 'revoked', 'refusedByChair', 'exhausted']),
  grantedAt: Instant,
  form: z.enum(['application', 'paper', 'email']),
  identityLevel: z.string(),
})
export type ProxyMandate = z.infer<typeof ProxyMandate>

export const AttendanceInterval = z.object({
  councillorId: z.string(),
  from: Instant,
  to: Instant.nullable(),
})
export const AttendanceReply = z.object({
  councillorId: z.string(),
  answer: z.enum(['present', 'absent', 'proxy']),
  at: Instant,
})

export const ConvocationDocument = z.object({
  title: z.string(),
  itemId: z.string().nullable(),
  file: FileRef,
  confidential: z.boolean(),
})

/** One convocation, version 1 or later: what was sent, under which rule, with which reasons. */
export const Convocation = z.object({
  version: z.number().int().positive(),
  state: z.enum(['dispatching', 'dispatched', 'superseded']),
  decidedAt: Instant,
  convenedBy: z.string(),
  capacity: z.string(),
  lastLegalDate: CivilDate,
  clearDays: z.number().int(),
  clearDaysRequired: z.number().int(),
  urgencyReason: z.string().nullable(),
  reasons: z.array(z.object({ code: z.string(), reason: z.string() })),
  documents: z.array(ConvocationDocument),
  recipientIds: z.array(z.string()),
  /** Instant of the last effective sending; the date that counts (legal rules §1, counting rule 5). */
  sentAt: Instant.nullable(),
})
export type Convocation = z.infer<typeof Convocation>

export const Sitting = z.object({
  id: z.string(),
  authorityId: z.string(),
  bodyId: z.string(),
  kind: z.enum(['ordinary', 'installation', 'secondConvocation']),
  title: z.string().min(1),
  date: CivilDate,
  time: CivilTime,
  place: z.string().min(1),
  state: SittingState,
  items: z.array(AgendaItem),
  convocations: z.array(Convocation),
  replies: z.array(AttendanceReply),
  acknowledgements: z.array(z.object({ councillorId: z.string(), at: Instant })),
  proxies: z.array(ProxyMandate),
  attendance: z.array(AttendanceInterval),
  chairId: z.string().nullable(),
  secretaryIds: z.array(z.string()),
  currentItemId: z.string().nullable(),
  openedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  urgencyApproved: z.boolean().nullable(),
})
export type Sitting = z.infer<typeof Sitting>

/** Life cycle of a sitting (glossary §6.1). */
export const sittingTransitions = {
  draft: ['prepared', 'convened'],
  prepared: ['draft', 'convened'],
  convened: ['open', 'postponed', 'cancelled', 'convened'],
  postponed: ['convened', 'cancelled'],
  open: ['suspended', 'held', 'quorumFailed'],
  suspended: ['open'],
  quorumFailed: ['held'],
  held: ['listPublished'],
  listPublished: ['minutesAdopted'],
  minutesAdopted: ['closed'],
  closed: ['archived'],
  archived: [],
  cancelled: [],
} as const satisfies Record<SittingState, readonly SittingState[]>

/** One dispatch to one member (glossary §6.3). Only `handedOver` and its paper equal have a legal effect. */
export const ConvocationDispatch = z.object({
  id: z.string(),
  authorityId: z.string(),
  sittingId: z.string(),
  convocationVersion: z.number().int(),
  recipientId: z.string(),
  channel: z.enum(['electronic', 'paper']),
  state: z.enum([
    'queued',
    'handedOver',
    'delivered',
    'opened',
    'acknowledged',
    'failed',
    'bounced',
    'paperFallback',
    'handedOverOnPaper',
  ]),
  address: z.string(),
  convocationFile: FileRef.nullable(),
  manifestSha256: z.string().nullable(),
  handedOverAt: Instant.nullable(),
  relayAnswer: z.string().nullable(),
  messageId: z.string().nullable(),
  /** RFC 3161 token over the manifest, base64; null while it is still asked for. */
  timestampToken: z.string().nullable(),
  timestampState: z.enum(['none', 'pending', 'obtained']),
  proofFile: FileRef.nullable(),
  firstOpenedAt: Instant.nullable(),
  acknowledgedAt: Instant.nullable(),
  error: z.string().nullable(),
  attempts: z.number().int(),
})
export type ConvocationDispatch = z.infer<typeof ConvocationDispatch>
