import { z } from 'zod'
import { CivilDate, Instant } from '../calendar/civil-date.ts'
import { FileRef } from '../sitting/model.ts'

export const TransmissionMessage = z.object({
  at: Instant,
  direction: z.enum(['sent', 'received']),
  /** `1-1`, `1-2`, `1-3`, `ANO`… or `PES`. */
  code: z.string(),
  label: z.string(),
  file: FileRef.nullable(),
})

/** One sending to the prefecture or the Trésor. `unknown`: it left, and no answer says whether it arrived. */
export const Transmission = z.object({
  id: z.string(),
  authorityId: z.string(),
  kind: z.enum(['actes', 'pes']),
  title: z.string(),
  actId: z.string().nullable(),
  financeFileId: z.string().nullable(),
  channel: z.string(),
  /** What makes a second sending impossible: kind and number or hash. */
  uniqueKey: z.string(),
  state: z.enum(['queued', 'sent', 'unknown', 'received', 'anomaly', 'failed']),
  archive: FileRef.nullable(),
  envelopeName: z.string().nullable(),
  serial: z.number().int(),
  builtOn: CivilDate,
  sentAt: Instant.nullable(),
  messages: z.array(TransmissionMessage),
  error: z.string().nullable(),
})
export type Transmission = z.infer<typeof Transmission>

export type TransmissionEvent =
  | { type: 'transmission.queued'; transmission: Transmission }
  | { type: 'transmission.sent'; archive: FileRef; envelopeName: string; at: string }
  | { type: 'transmission.failed'; error: string; at: string }
  | {
      type: 'transmission.answered'
      state: 'received' | 'anomaly'
      message: z.infer<typeof TransmissionMessage>
    }

/** Applies one event. */
export function evolveTransmission(t: Transmission, e: TransmissionEvent): Transmission {
  switch (e.type) {
    case 'transmission.queued':
      return e.transmission
    case 'transmission.sent':
      return {
        ...t,
        state: 'sent',
        archive: e.archive,
        envelopeName: e.envelopeName,
        sentAt: e.at,
        error: null,
        messages: [
          ...t.messages,
          {
            at: e.at,
            direction: 'sent',
            code: t.kind === 'actes' ? '1-1' : 'PES',
            label: e.archive.name,
            file: e.archive,
          },
        ],
      }
    case 'transmission.failed':
      return { ...t, state: 'failed', error: e.error }
    case 'transmission.answered':
      return { ...t, state: e.state, messages: [...t.messages, e.message] }
  }
}
