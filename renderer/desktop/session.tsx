import { createContext, use, useEffect } from 'react'
import type { Me } from '../../contracts/views.ts'
import type { Permission } from '../../core/people/rights.ts'

interface Session {
  me: Me
  setTitle: (title: string) => void
}

export const SessionContext = createContext<Session | null>(null)

function useSession(): Session {
  const session = use(SessionContext)
  if (!session) throw new Error('page drawn outside the frame')
  return session
}

/** The signed-in person, their rights, the commune and the hub's own time. */
export const useMe = (): Me => useSession().me

/** Whether the signed-in person may do something; the hub checks again. */
export const useMay = (permission: Permission): boolean => useMe().permissions.includes(permission)

/** Names the page for the window's title and for screen readers. Call it once at the top of each page. */
export function usePageTitle(title: string): void {
  const { setTitle } = useSession()
  useEffect(() => {
    setTitle(title)
  }, [title, setTitle])
}
