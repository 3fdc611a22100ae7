import { z } from 'zod'
import { Act } from '../core/act/model.ts'
import { CivilDate, Instant } from '../core/calendar/civil-date.ts'
import { FinanceFile } from '../core/finance/model.ts'
import { Authority, Body, Councillor, Role } from '../core/people/model.ts'
import { SigningFolder } from '../core/signing-folder/model.ts'
import {
  BallotResult,
  Choice,
  ConvocationDispatch,
  FileRef,
  QuorumSnapshot,
  RichBlock,
  Sitting,
} from '../core/sitting/model.ts'
import { Transmission } from '../core/transmission/model.ts'
import { LegalWarningView } from './errors.ts'
import { FinanceContent } from './finance.ts'

export const Me = z.object({
  userId: z.string(),
  label: z.string(),
  roles: z.array(Role),
  permissions: z.array(z.string()),
  councillorId: z.string().nullable(),
  authority: Authority,
  demonstration: z.boolean(),
  now: Instant,
})
export type Me = z.infer<typeof Me>

export const LegalDateView = z.object({
  key: z.string(),
  label: z.string(),
  date: CivilDate,
  article: z.string(),
  computation: z.string(),
})

export const SittingRow = z.object({
  id: z.string(),
  title: z.string(),
  bodyName: z.string(),
  date: CivilDate,
  time: z.string(),
  place: z.string(),
  state: Sitting.shape.state,
  items: z.number(),
  members: z.number(),
  convened: z.number(),
})
export type SittingRow = z.infer<typeof SittingRow>

/** Names needed to show a sitting, in the order of the tableau. */
export const MemberView = Councillor.pick({
  id: true,
  civility: true,
  firstName: true,
  lastName: true,
  rank: true,
  office: true,
  officeLabel: true,
  group: true,
  channel: true,
})
export type MemberView = z.infer<typeof MemberView>

export const SittingView = z.object({
  sitting: Sitting,
  body: Body,
  members: z.array(MemberView),
  legalDates: z.array(LegalDateView),
  warnings: z.array(LegalWarningView),
  daysLeft: z.number().nullable(),
  quorum: QuorumSnapshot.nullable(),
  dispatches: z.array(ConvocationDispatch),
  acts: z.array(Act),
  now: Instant,
})
export type SittingView = z.infer<typeof SittingView>

export const PackDocument = z.object({ title: z.string(), file: FileRef, confidential: z.boolean() })
export type PackDocument = z.infer<typeof PackDocument>
export const PackItem = z.object({
  id: z.string(),
  position: z.number(),
  title: z.string(),
  kind: z.string(),
  topic: z.string(),
  rapporteur: z.string().nullable(),
  note: z.string(),
  text: z.array(RichBlock),
  opinions: z.array(z.object({ committee: z.string(), opinion: z.string(), comment: z.string() })),
  documents: z.array(PackDocument),
  status: z.string(),
  /** The last ballot that ended on this item; a cancelled one has no result. */
  vote: z.object({ ballotId: z.string(), result: BallotResult.nullable() }).nullable(),
})
export type PackItem = z.infer<typeof PackItem>

/** What a councillor reads and answers on the tablet. */
export const PackView = z.object({
  id: z.string(),
  title: z.string(),
  date: CivilDate,
  time: z.string(),
  place: z.string(),
  state: Sitting.shape.state,
  convenedOn: Instant.nullable(),
  pages: z.number(),
  documents: z.array(PackDocument),
  items: z.array(PackItem),
  members: z.array(MemberView),
  myReply: z.enum(['present', 'absent', 'proxy']).nullable(),
  repliedAt: Instant.nullable(),
  acknowledgedAt: Instant.nullable(),
  proxyGiven: z.object({ id: z.string(), holderId: z.string(), grantedAt: Instant }).nullable(),
  proxyHeld: z.object({ id: z.string(), grantorId: z.string(), grantedAt: Instant }).nullable(),
  /** Members who can't receive a power: they already carry one, or they gave theirs. */
  takenHolders: z.array(z.object({ memberId: z.string(), reason: z.enum(['holds', 'gave']) })),
  currentItemId: z.string().nullable(),
  ballot: z
    .object({
      id: z.string(),
      itemId: z.string(),
      title: z.string(),
      kind: z.enum(['ordinary', 'public', 'secret']),
      voices: z.array(
        z.object({
          memberId: z.string(),
          label: z.string(),
          choice: Choice.nullable(),
          at: Instant.nullable(),
        }),
      ),
    })
    .nullable(),
  now: Instant,
})
export type PackView = z.infer<typeof PackView>

export const JournalLine = z.object({
  seq: z.number(),
  at: Instant,
  actorLabel: z.string(),
  capacity: z.string(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  summary: z.string(),
  hash: z.string(),
})
export type JournalLine = z.infer<typeof JournalLine>

export const NextStep = z.object({ action: z.string(), label: z.string() }).nullable()

export const ActView = z.object({
  act: Act,
  sittingTitle: z.string(),
  enforceableFrom: Instant.nullable(),
  nextStep: NextStep,
  folder: SigningFolder.nullable(),
  transmission: Transmission.nullable(),
  history: z.array(JournalLine),
})
export type ActView = z.infer<typeof ActView>

export const ActRow = z.object({
  act: Act,
  sittingTitle: z.string(),
  enforceableFrom: Instant.nullable(),
  nextStep: NextStep,
})
export type ActRow = z.infer<typeof ActRow>

export const FolderView = z.object({
  folder: SigningFolder,
  mine: z.boolean(),
  history: z.array(JournalLine),
})
export type FolderView = z.infer<typeof FolderView>

export const SigningKeyView = z.object({
  id: z.string(),
  subject: z.string(),
  issuer: z.string(),
  validUntil: Instant,
  demonstration: z.boolean(),
})

export const FinanceView = z.object({
  financeFile: FinanceFile,
  content: FinanceContent,
  transmission: Transmission.nullable(),
  folder: SigningFolder.nullable(),
  history: z.array(JournalLine),
})
export type FinanceView = z.infer<typeof FinanceView>

export const TransmissionView = z.object({ transmission: Transmission, history: z.array(JournalLine) })
export type TransmissionView = z.infer<typeof TransmissionView>

export const UserView = z.object({
  id: z.string(),
  login: z.string(),
  displayName: z.string(),
  roles: z.array(Role),
  councillorId: z.string().nullable(),
})

export const AuthorityView = z.object({
  authority: Authority,
  bodies: z.array(Body),
  councillors: z.array(Councillor),
  users: z.array(UserView),
})
export type AuthorityView = z.infer<typeof AuthorityView>

/** One thing that waits for the person, with its one action. */
export const TodayEntry = z.object({
  key: z.string(),
  kind: z.enum([
    'convoke',
    'sitting',
    'sign',
    'transmit',
    'publish',
    'sendToSign',
    'finance',
    'anomaly',
    'answer',
  ]),
  title: z.string(),
  detail: z.string(),
  due: CivilDate.nullable(),
  article: z.string(),
  action: z.string(),
  link: z.string(),
})
export type TodayEntry = z.infer<typeof TodayEntry>

/** Line result of an action made on several objects at once. */
export const LineResult = z.object({ id: z.string(), ok: z.boolean(), message: z.string() })
export type LineResult = z.infer<typeof LineResult>

/** Pushed over `/api/events`: what changed, so that open screens ask again. */
export const LiveEvent = z.object({ subjectKind: z.string(), subjectId: z.string(), action: z.string() })
export type LiveEvent = z.infer<typeof LiveEvent>
