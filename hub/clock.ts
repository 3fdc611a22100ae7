/** The present instant, ISO 8601 UTC with milliseconds. */
export type Clock = () => string

/** The machine's clock, shifted by `offsetMs` (0 but in a demonstration, which may play another day). */
export const clockWithOffset =
  (offsetMs: () => number): Clock =>
  () =>
    new Date(Date.now() + offsetMs()).toISOString()

/** The machine's own clock: sessions, leases and back-off follow it, whatever day a demonstration plays. */
export const machineClock: Clock = clockWithOffset(() => 0)
