import { Fingerprint, Link2, Stamp } from 'lucide-react'
import type { ReactNode } from 'react'
import { uiText } from '../text/ui.ts'
import { integer } from './format.ts'
import { Hash } from './hash.tsx'
import { Link } from './link.tsx'
import type { Tone } from './state-badge.tsx'
import { DateText } from './values.tsx'

export interface Proof {
  /** SHA-256 of the frozen document. */
  hash?: string | undefined
  /** RFC 3161 token: who gave it, when, and where to read it. */
  token?: { authority: string; at: string; href?: string | undefined } | undefined
  journalLine?: number | undefined
}

export interface HistoryEvent {
  id: string
  /** ISO instant. */
  at: string
  /** "S. Agent, service des assemblées". */
  actor?: string | undefined
  /** "Convocation envoyée à 27 membres". */
  title: ReactNode
  detail?: ReactNode
  tone?: Tone | undefined
  proof?: Proof | undefined
}

interface TimelineProps {
  events: readonly HistoryEvent[]
  label?: string | undefined
  timeZone?: string | undefined
}

/** What happened to an object, in order, each line with its proofs. */
export function Timeline({ events, label = uiText.history.label, timeZone }: TimelineProps) {
  if (events.length === 0) return <p className="soft">{uiText.history.empty}</p>
  return (
    <ol className="timeline" aria-label={label}>
      {events.map((e) => (
        <li key={e.id} data-tone={e.tone ?? 'neutral'}>
          <p className="timeline-title">{e.title}</p>
          <p className="timeline-when">
            <DateText value={e.at} short timeZone={timeZone} />
            {e.actor && <> · {e.actor}</>}
          </p>
          {e.detail && <div className="timeline-detail">{e.detail}</div>}
          {e.proof && <Proofs proof={e.proof} timeZone={timeZone} />}
        </li>
      ))}
    </ol>
  )
}

/** Hash, timestamp token and journal line of one event. */
export function Proofs({ proof, timeZone }: { proof: Proof; timeZone?: string | undefined }) {
  const { token } = proof
  return (
    <ul className="proofs" aria-label={uiText.history.proofs}>
      {proof.hash && (
        <li>
          <Fingerprint className="icon" aria-hidden />
          <Hash value={proof.hash} />
        </li>
      )}
      {token && (
        <li>
          <Stamp className="icon" aria-hidden />
          <span>
            {token.href ? <Link href={token.href}>{uiText.history.token}</Link> : uiText.history.token}
            {' · '}
            {token.authority}, <DateText value={token.at} short timeZone={timeZone} />
          </span>
        </li>
      )}
      {proof.journalLine !== undefined && (
        <li>
          <Link2 className="icon" aria-hidden />
          <span>{uiText.history.journalLine(integer(proof.journalLine))}</span>
        </li>
      )}
    </ul>
  )
}
