import { CircleAlert, CircleCheck, CloudOff, LogOut, Menu as MenuIcon, RefreshCw, Search } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { Link as AriaLink } from 'react-aria-components'
import { shellText } from '../text/shell.ts'
import { uiText } from '../text/ui.ts'
import { Button } from '../ui/button.tsx'
import { displayMenu } from '../ui/display-menu.ts'
import { integer } from '../ui/format.ts'
import { Mark } from '../ui/mark.tsx'
import { Menu, type MenuEntry } from '../ui/menu.tsx'
import { usePreferences } from '../ui/preferences.ts'
import { useRouteAnnouncement } from '../ui/route-announcer.ts'
import { currentPlace, type NavItem } from './shell-nav.ts'
import './shell.css'

export type SyncState = 'upToDate' | 'working' | 'offline' | 'problem'

interface DesktopShellProps {
  /** "Ville de Démoville". */
  authorityName: string
  /** "S. Agent". */
  userName: string
  /** "Service des assemblées". */
  userRole?: string | undefined
  nav: readonly NavItem[]
  /** Current path: marks the place and announces the page when it changes. */
  path: string
  /** Title of the current page, for the window and for screen readers. */
  title: string
  sync?: SyncState | undefined
  /** Words instead of the usual ones: "3 envois en cours". */
  syncDetail?: string | undefined
  onSearch: () => void
  onSignOut?: (() => void) | undefined
  userMenu?: readonly MenuEntry[] | undefined
  /** A line across the top of every page (demonstration commune, hub unreachable). */
  banner?: ReactNode
  children: ReactNode
}

const syncIcons = {
  upToDate: CircleCheck,
  working: RefreshCw,
  offline: CloudOff,
  problem: CircleAlert,
} as const

/** The desktop window: name and search above, the nine places on the left, the page. Fetches nothing. */
export function DesktopShell(props: DesktopShellProps) {
  const main = useRef<HTMLElement>(null)
  const [navOpen, setNavOpen] = useState(false)
  const [display, setDisplay] = usePreferences()
  useRouteAnnouncement(props.path, props.title, main)
  const here = currentPlace(props.nav, props.path)
  const sync = props.sync ?? 'upToDate'
  const SyncIcon = syncIcons[sync]
  const account: MenuEntry[] = [
    ...(props.userMenu ?? []),
    ...(props.onSignOut
      ? [{ id: 'sign-out', label: shellText.signOut, icon: LogOut, onPress: props.onSignOut }]
      : []),
  ]
  return (
    <div className="desktop-shell">
      <a className="skip-link" href="#contenu">
        {shellText.skip}
      </a>
      <header className="shell-head">
        <div className="shell-menu-button">
          <Button
            kind="bare"
            icon={MenuIcon}
            expanded={navOpen}
            controls="navigation"
            onPress={() => setNavOpen(!navOpen)}
          >
            {shellText.menu}
          </Button>
        </div>
        <p className="shell-brand">
          <Mark />
          <strong>{uiText.appName}</strong>
          <span className="shell-authority">{props.authorityName}</span>
        </p>
        <button type="button" className="shell-search" onClick={props.onSearch} aria-keyshortcuts="Control+K">
          <Search className="icon" aria-hidden />
          <span>{shellText.search}</span>
          <kbd>{shellText.searchKeys}</kbd>
        </button>
        <output className="shell-sync" data-state={sync} aria-label={shellText.sync.label}>
          <SyncIcon className="icon" aria-hidden />
          <span>{props.syncDetail ?? shellText.sync[sync]}</span>
        </output>
        <Menu
          kind="bare"
          label={props.userName}
          name={shellText.userMenu(props.userName)}
          groups={[
            displayMenu(display, setDisplay),
            ...(account.length > 0 ? [{ title: props.userRole, items: account }] : []),
          ]}
        />
      </header>
      <nav
        className="shell-nav"
        id="navigation"
        aria-label={shellText.mainNav}
        data-open={navOpen || undefined}
      >
        <ul>
          {props.nav.map((item) => (
            <li key={item.id}>
              <AriaLink
                className="nav-item"
                href={item.href}
                onPress={() => setNavOpen(false)}
                {...(item.id === here && { 'aria-current': 'page' as const })}
              >
                <item.icon className="icon" aria-hidden />
                <span className="nav-label">{item.label}</span>
                {item.count !== undefined && item.count > 0 && (
                  <span className="nav-count">
                    {integer(item.count)}
                    <span className="visually-hidden"> {shellText.waiting}</span>
                  </span>
                )}
              </AriaLink>
            </li>
          ))}
        </ul>
      </nav>
      <main className="shell-main" id="contenu" tabIndex={-1} ref={main}>
        {props.banner}
        {props.children}
      </main>
    </div>
  )
}
