import type { LiveEvent } from '../contracts/views.ts'

type Listener = (event: LiveEvent) => void

/** Who listens to what changes, per authority. Live resource of one hub process. */
export type Live = {
  publish: (authorityId: string, events: readonly LiveEvent[]) => void
  subscribe: (authorityId: string, listener: Listener) => () => void
}

export function openLive(): Live {
  const rooms = new Map<string, Set<Listener>>()
  return {
    publish(authorityId, events) {
      for (const listener of rooms.get(authorityId) ?? []) for (const event of events) listener(event)
    },
    subscribe(authorityId, listener) {
      const room = rooms.get(authorityId) ?? new Set()
      rooms.set(authorityId, room.add(listener))
      return () => {
        room.delete(listener)
        if (room.size === 0) rooms.delete(authorityId)
      }
    },
  }
}
