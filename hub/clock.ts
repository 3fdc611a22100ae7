/** The present instant, ISO 8601 UTC with milliseconds. */
export type Clock = () => string

/** The machine's clock, shifted by `offsetMs` (0 but in a demonstration, which may play another day). */
export const clockWithOffset =
  (offsetMs: () => number): Clock =>
  () =>
    new Date(Date.now() + offsetMs()).toISOString()
