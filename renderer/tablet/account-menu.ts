import { LayoutDashboard, LogOut } from 'lucide-react'
import type { Me } from '../../contracts/views.ts'
import { useCommand } from '../data/hub.ts'
import { tabletText } from '../text/tablet.ts'
import { displayMenu } from '../ui/display-menu.ts'
import type { MenuGroup } from '../ui/menu.tsx'
import { usePreferences } from '../ui/preferences.ts'
import { home } from './paths.ts'

/** Display, the desktop for those who work there, and leaving: what stands behind the reader's name. */
export function useAccountMenu(me: Me): { name: string; groups: readonly MenuGroup[] } {
  const [preferences, setPreferences] = usePreferences()
  // A full reload empties the memory of what this person read.
  const signOut = useCommand('signOut', () => location.assign(home))
  const worksInOffice = me.roles.some((role) => role !== 'councillor')
  return {
    name: me.label,
    groups: [
      {
        title: me.label,
        items: [
          ...(worksInOffice
            ? [{ id: 'desktop', label: tabletText.toDesktop, icon: LayoutDashboard, href: '/' }]
            : []),
          { id: 'sign-out', label: tabletText.signOut, icon: LogOut, onPress: () => signOut.mutate({}) },
        ],
      },
      displayMenu(preferences, setPreferences),
    ],
  }
}
