import { QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Call, HubError, hubClient } from '../../contracts/client.ts'
import type { ErrorBody } from '../../contracts/errors.ts'
import type { RouteAnswer, RouteInput } from '../../contracts/route.ts'
import type { RouteName, Routes } from '../../contracts/routes.ts'
import { LiveEvent } from '../../contracts/views.ts'

/** Calls the hub that served this page. */
export const hub: Call = hubClient('')

/** One cache for the window; a refusal is never asked again by itself. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (count, error) => !(error instanceof HubError) && count < 2,
      staleTime: 5_000,
      refetchOnWindowFocus: true,
    },
  },
})

type AnyCall = (
  name: RouteName,
  input?: unknown,
  options?: { commandId?: string; file?: { name: string; bytes: Blob } },
) => Promise<unknown>
const anyCall = hub as unknown as AnyCall

/** Data of a read route, kept fresh by live events. `enabled: false` waits. */
export function useHub<N extends RouteName>(
  name: N,
  input?: RouteInput<Routes[N]>,
  options: { enabled?: boolean } = {},
) {
  return useQuery({
    queryKey: [name, input ?? null],
    queryFn: () => anyCall(name, input) as Promise<RouteAnswer<Routes[N]>>,
    enabled: options.enabled ?? true,
  })
}

export type Sent<N extends RouteName> = { input?: RouteInput<Routes[N]>; file?: File }

/**
 * A command as a mutation. Each press draws a command id, so that a repeated request is carried out once. On success
 * every list and page asks again. `error` is a `HubError` when the hub refused: show `error.body.message`.
 */
export function useCommand<N extends RouteName>(name: N, onDone?: (answer: RouteAnswer<Routes[N]>) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ input, file }: Sent<N>) =>
      anyCall(name, input, {
        commandId: crypto.randomUUID(),
        ...(file ? { file: { name: file.name, bytes: file } } : {}),
      }) as Promise<RouteAnswer<Routes[N]>>,
    onSuccess: async (answer) => {
      await client.invalidateQueries()
      onDone?.(answer)
    },
  })
}

/** What to tell a person about an error: the hub's own sentence, or that it can't be reached. */
export function troubleOf(error: unknown): ErrorBody {
  if (error instanceof HubError) return error.body
  return {
    code: 'UNREACHABLE',
    message:
      'Le serveur de la mairie ne répond pas. Vérifiez le réseau ; rien de ce que vous avez saisi n’est perdu.',
    where: '',
    warnings: [],
    problems: [],
  }
}

export type Connection = 'connected' | 'connecting' | 'offline'

const SILENCE_MS = 40_000
const RECONNECT_MS = 2_000

/**
 * Listens to the hub's live events and refreshes what is shown. A line that stays silent longer than its heartbeat is
 * closed and opened again, without a tap.
 */
export function useLive(enabled: boolean): Connection {
  const client = useQueryClient()
  const [state, setState] = useState<Connection>('connecting')
  useEffect(() => {
    if (!enabled) return
    let source: EventSource | null = null
    let silence: ReturnType<typeof setTimeout> | undefined
    let again: ReturnType<typeof setTimeout> | undefined
    let refresh: ReturnType<typeof setTimeout> | undefined
    const heard = () => {
      clearTimeout(silence)
      silence = setTimeout(reopen, SILENCE_MS)
    }
    const reopen = () => {
      source?.close()
      setState('offline')
      clearTimeout(again)
      again = setTimeout(open, RECONNECT_MS)
    }
    const open = () => {
      source = new EventSource('/api/events')
      source.onopen = () => {
        setState('connected')
        heard()
        void client.invalidateQueries()
      }
      source.onerror = reopen
      source.addEventListener('battement', heard)
      source.onmessage = (message) => {
        heard()
        if (!LiveEvent.safeParse(JSON.parse(String(message.data))).success) return
        // Many events of one command ask once.
        clearTimeout(refresh)
        refresh = setTimeout(() => void client.invalidateQueries(), 120)
      }
    }
    open()
    return () => {
      source?.close()
      for (const t of [silence, again, refresh]) clearTimeout(t)
    }
  }, [enabled, client])
  return state
}
