import type { Transmission } from '../../../core/transmission/model.ts'
import type { Tone } from '../../ui/state-badge.tsx'

/** How each state of a transmission is shown; its words are in `transmissionsText.state`. */
export const transmissionTone: Record<Transmission['state'], Tone> = {
  queued: 'waiting',
  sent: 'waiting',
  unknown: 'warning',
  received: 'done',
  anomaly: 'danger',
  failed: 'danger',
}
