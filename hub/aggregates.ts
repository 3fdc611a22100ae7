import { type ActEvent, evolveAct } from '../core/act/decide.ts'
import { Act } from '../core/act/model.ts'
import { evolveFinance, type FinanceEvent, FinanceFile } from '../core/finance/model.ts'
import { evolveFolder, type FolderEvent, SigningFolder } from '../core/signing-folder/model.ts'
import { type DispatchEvent, evolveDispatch } from '../core/sitting/dispatch.ts'
import type { SittingEvent } from '../core/sitting/events.ts'
import { evolveSitting } from '../core/sitting/evolve.ts'
import { ConvocationDispatch, Sitting } from '../core/sitting/model.ts'
import { evolveTransmission, Transmission, type TransmissionEvent } from '../core/transmission/model.ts'
import { type Columns, repository } from '../storage/aggregate.ts'
import type { AggregateTable } from '../storage/schema.ts'

/** What the hub writes through decisions: state, its events, and the typed columns of its table. */
export type Aggregates = {
  sitting: { state: Sitting; event: SittingEvent; table: 'sitting' }
  dispatch: { state: ConvocationDispatch; event: DispatchEvent; table: 'convocationDispatch' }
  act: { state: Act; event: ActEvent; table: 'act' }
  folder: { state: SigningFolder; event: FolderEvent; table: 'signingFolder' }
  finance: { state: FinanceFile; event: FinanceEvent; table: 'financeFile' }
  transmission: { state: Transmission; event: TransmissionEvent; table: 'transmission' }
}
export type Kind = keyof Aggregates
export type StateOf<K extends Kind> = Aggregates[K]['state']
export type EventOf<K extends Kind> = Aggregates[K]['event']
export type TableOf<K extends Kind> = Aggregates[K]['table']

type Definition<K extends Kind> = {
  repository: ReturnType<typeof repository<TableOf<K>, StateOf<K>>>
  evolve: (state: StateOf<K>, event: EventOf<K>) => StateOf<K>
  columns: (state: StateOf<K>, now: string) => Columns<TableOf<K> & AggregateTable>
}

export const aggregates: { [K in Kind]: Definition<K> } = {
  sitting: {
    repository: repository('sitting', Sitting),
    evolve: evolveSitting,
    columns: (s) => ({
      id: s.id,
      authorityId: s.authorityId,
      bodyId: s.bodyId,
      state: s.state,
      startsAt: `${s.date}T${s.time}`,
    }),
  },
  dispatch: {
    repository: repository('convocationDispatch', ConvocationDispatch),
    evolve: evolveDispatch,
    columns: (d, now) => ({
      id: d.id,
      authorityId: d.authorityId,
      sittingId: d.sittingId,
      convocationVersion: d.convocationVersion,
      recipientId: d.recipientId,
      channel: d.channel,
      state: d.state,
      updatedAt: now,
    }),
  },
  act: {
    repository: repository('act', Act),
    evolve: evolveAct,
    columns: (a) => ({
      id: a.id,
      authorityId: a.authorityId,
      sittingId: a.sittingId,
      itemId: a.itemId,
      number: a.number,
      nature: String(a.nature),
      decidedOn: a.decidedOn,
      signatureState: a.signatureState,
      stateTrack: a.stateTrack,
      publicityState: a.publicityState,
    }),
  },
  folder: {
    repository: repository('signingFolder', SigningFolder),
    evolve: evolveFolder,
    columns: (f) => ({
      id: f.id,
      authorityId: f.authorityId,
      actId: f.actId,
      financeFileId: f.financeFileId,
      state: f.state,
      dueOn: f.dueOn,
    }),
  },
  finance: {
    repository: repository('financeFile', FinanceFile),
    evolve: evolveFinance,
    columns: (f) => ({
      id: f.id,
      authorityId: f.authorityId,
      kind: f.kind,
      state: f.state,
      sha256: f.file.sha256,
    }),
  },
  transmission: {
    repository: repository('transmission', Transmission),
    evolve: evolveTransmission,
    columns: (t) => ({
      id: t.id,
      authorityId: t.authorityId,
      actId: t.actId,
      financeFileId: t.financeFileId,
      channel: t.channel,
      state: t.state,
      uniqueKey: t.uniqueKey,
    }),
  },
}
