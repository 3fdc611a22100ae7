import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'

type Announce = (message: string) => void

const AnnounceContext = createContext<Announce>(() => undefined)

/** Gives a function that has a sentence read by screen readers, without showing anything. */
export function useAnnounce(): Announce {
  return useContext(AnnounceContext)
}

/** One polite live region for the whole window; UiRoot contains it. */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ text: '', turn: 0 })
  const announce = useCallback<Announce>((text) => setSaid((s) => ({ text, turn: s.turn + 1 })), [])
  // A non-breaking space on odd turns makes the same sentence heard twice.
  const text = useMemo(() => (said.turn % 2 ? `${said.text}\u00a0` : said.text), [said])
  return (
    <AnnounceContext value={announce}>
      {children}
      <div className="visually-hidden" aria-live="polite" aria-atomic="true" data-announcer>
        {text}
      </div>
    </AnnounceContext>
  )
}

/** A quiet line that is read when it changes: "Enregistré à 14 h 02". Keep it mounted, change its text. */
export function StatusLine({
  children,
  tone = 'neutral',
}: {
  children: ReactNode
  tone?: 'neutral' | 'done' | 'danger'
}) {
  return (
    <output className="status-line" data-tone={tone} aria-live="polite">
      {children}
    </output>
  )
}
