import { useEffect, useState } from 'react'

export interface DisplayPreferences {
  theme: 'auto' | 'light' | 'dark'
  largeText: boolean
}

const key = 'echarpe.display'

/** Preferences kept on this device; anything unreadable gives the defaults. */
export function readPreferences(storage: Pick<Storage, 'getItem'>): DisplayPreferences {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '{}')
    const { theme, largeText } = kept as Partial<Record<keyof DisplayPreferences, unknown>>
    return { theme: theme === 'light' || theme === 'dark' ? theme : 'auto', largeText: largeText === true }
  } catch {
    return { theme: 'auto', largeText: false }
  }
}

/** Sets the attributes of `<html>` that the tokens read. */
export function applyPreferences(root: HTMLElement, wanted: DisplayPreferences): void {
  if (wanted.theme === 'auto') delete root.dataset['theme']
  else root.dataset['theme'] = wanted.theme
  if (wanted.largeText) root.dataset['text'] = 'large'
  else delete root.dataset['text']
}

/** The preferences of this device, applied to the page and kept when they change. */
export function usePreferences(): [DisplayPreferences, (next: DisplayPreferences) => void] {
  const [wanted, setWanted] = useState(() => readPreferences(localStorage))
  useEffect(() => applyPreferences(document.documentElement, wanted), [wanted])
  return [
    wanted,
    (next) => {
      setWanted(next)
      try {
        localStorage.setItem(key, JSON.stringify(next))
      } catch {
        // A full or forbidden storage only means that the choice lasts until the window closes.
      }
    },
  ]
}
