import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useLive } from '../data/hub.ts'
import type { NetworkState } from './shell.tsx'

const PATIENCE_MS = 8_000

function watchLine(changed: () => void): () => void {
  addEventListener('online', changed)
  addEventListener('offline', changed)
  return () => {
    removeEventListener('online', changed)
    removeEventListener('offline', changed)
  }
}

/** The one honest word: connected, on its way back, or offline once the way back has been tried for a while. */
export function useNetwork(): NetworkState {
  const connection = useLive(true)
  const online = useSyncExternalStore(watchLine, () => navigator.onLine)
  const client = useQueryClient()
  const cut = connection !== 'connected'
  const [long, setLong] = useState(false)
  useEffect(() => {
    setLong(false)
    if (!cut) return
    // A cut line may also mean that the session is over: asking who we are tells which.
    const ask = setTimeout(() => void client.invalidateQueries({ queryKey: ['me'] }), 1_000)
    const wait = setTimeout(() => setLong(true), PATIENCE_MS)
    return () => {
      clearTimeout(ask)
      clearTimeout(wait)
    }
  }, [cut, client])
  if (!online) return 'offline'
  if (!cut) return 'allHere'
  return long ? 'offline' : 'reconnecting'
}
