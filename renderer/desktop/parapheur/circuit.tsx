import type { CircuitStep } from '../../../core/signing-folder/model.ts'
import { parapheurText as words } from '../../text/parapheur.ts'
import { shortDateTime } from '../../ui/format.ts'
import { Hash } from '../../ui/hash.tsx'
import { StateBadge, type Tone } from '../../ui/state-badge.tsx'
import { useMe } from '../session.tsx'
import './circuit.css'

const tones: Record<CircuitStep['state'], Tone> = {
  pending: 'neutral',
  current: 'waiting',
  done: 'done',
  refused: 'danger',
}

/** The steps of a signing folder in order: who, in what capacity, when, with which certificate. */
export function Circuit({ steps }: { steps: readonly CircuitStep[] }) {
  const zone = useMe().authority.timeZone
  return (
    <ol className="circuit" aria-label={words.who}>
      {steps.map((s) => (
        <li key={s.position} data-state={s.state}>
          <p className="circuit-who">
            <strong>{s.holderName}</strong>
            <StateBadge tone={tones[s.state]}>{words.step[s.state]}</StateBadge>
          </p>
          <p className="soft">{s.label}</p>
          {s.at && (
            <p className="soft">
              {shortDateTime(s.at, zone)}
              {s.certificate && <> · {words.certificate(s.certificate)}</>}
              {s.timestampAt && <> · {words.timestamp(shortDateTime(s.timestampAt, zone))}</>}
            </p>
          )}
          {s.reason && <p>{words.reason(s.reason)}</p>}
          {s.resultSha256 && <Hash value={s.resultSha256} />}
        </li>
      ))}
    </ol>
  )
}
