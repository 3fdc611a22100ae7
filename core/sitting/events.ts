import type { Councillor } from '../people/model.ts'
import type {
  AgendaItem,
  Annex,
  Ballot,
  BallotResult,
  Choice,
  Convocation,
  ProxyMandate,
  QuorumSnapshot,
  Sitting,
} from './model.ts'

/** What happened to a sitting. Stored for ever in the journal: add kinds, never change one. */
export type SittingEvent =
  | { type: 'sitting.created'; sitting: Sitting }
  | { type: 'sitting.detailsChanged'; title: string; date: string; time: string; place: string }
  | { type: 'sitting.itemAdded'; item: AgendaItem; position: number }
  | { type: 'sitting.itemChanged'; item: AgendaItem }
  | { type: 'sitting.itemRemoved'; itemId: string }
  | { type: 'sitting.itemMoved'; itemId: string; position: number }
  | { type: 'sitting.annexAdded'; itemId: string; annex: Annex }
  | { type: 'sitting.annexRemoved'; itemId: string; annexId: string }
  | { type: 'sitting.convoked'; convocation: Convocation }
  | { type: 'sitting.convocationSent'; version: number; sentAt: string }
  | { type: 'sitting.cancelled'; reason: string }
  | { type: 'sitting.replied'; councillorId: string; answer: 'present' | 'absent' | 'proxy'; at: string }
  | { type: 'sitting.acknowledged'; councillorId: string; at: string }
  | { type: 'sitting.proxyGranted'; proxy: ProxyMandate }
  | { type: 'sitting.proxyRevoked'; proxyId: string; at: string }
  | {
      type: 'sitting.opened'
      at: string
      chairId: string
      secretaryIds: string[]
      presentIds: string[]
      quorum: QuorumSnapshot
      urgencyApproved: boolean | null
      reasons: { code: string; reason: string }[]
    }
  | { type: 'sitting.quorumFailed'; at: string; quorum: QuorumSnapshot }
  | { type: 'sitting.memberArrived'; councillorId: string; at: string }
  | { type: 'sitting.memberLeft'; councillorId: string; at: string }
  | { type: 'sitting.suspended'; at: string }
  | { type: 'sitting.resumed'; at: string }
  | { type: 'sitting.itemStarted'; itemId: string; quorum: QuorumSnapshot }
  | {
      type: 'sitting.recused'
      itemId: string
      councillorId: string
      ground: string
      leftRoom: boolean
      quorum: QuorumSnapshot
    }
  | { type: 'sitting.ballotOpened'; itemId: string; ballot: Ballot }
  | {
      type: 'sitting.voteCast'
      itemId: string
      ballotId: string
      memberId: string
      castBy: string
      choice: Choice
      at: string
      enteredBy: 'member' | 'operator'
    }
  | { type: 'sitting.ballotClosed'; itemId: string; ballotId: string; at: string; result: BallotResult }
  | { type: 'sitting.ballotCancelled'; itemId: string; ballotId: string; at: string; reason: string }
  | {
      type: 'sitting.itemEnded'
      itemId: string
      outcome: 'noted' | 'withdrawn' | 'deferred'
      reason: string
      at: string
    }
  | { type: 'sitting.closed'; at: string }
  | { type: 'sitting.actNumbered'; itemId: string; actId: string }
  | { type: 'sitting.listPublished'; at: string }

export type People = { councillors: readonly Councillor[] }
