import {
  ChevronLeft,
  CircleUserRound,
  Clock,
  Cloud,
  CloudDownload,
  CloudOff,
  RefreshCw,
  Search,
} from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { shellText } from '../text/shell.ts'
import { tabletText } from '../text/tablet.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Mark } from '../ui/mark.tsx'
import { Menu, type MenuGroup } from '../ui/menu.tsx'
import { useRouteAnnouncement } from '../ui/route-announcer.ts'
import './shell.css'

export type NetworkState = 'allHere' | 'fetching' | 'pending' | 'reconnecting' | 'offline'

interface TabletShellProps {
  /** "Conseil du 10 décembre": the h1 of the page; headings inside start at h2. */
  title: string
  path: string
  /** Where the arrow leads: "Séances". Absent on the first page, where the mark stands instead. */
  back?: { label: string; href: string } | undefined
  network: NetworkState
  /** Words after the state: "214 pages", "3 envois". */
  networkDetail?: string | undefined
  onSearch?: (() => void) | undefined
  /** "Répondre": présent, absent, pouvoir. */
  answer?: { label?: string | undefined; groups: readonly MenuGroup[] } | undefined
  /** Account and display, behind the councillor's name. */
  account?: { name: string; groups: readonly MenuGroup[] } | undefined
  banner?: ReactNode
  /** Hides the bar, to give its place to what is read. */
  bare?: boolean | undefined
  children: ReactNode
}

const networkIcons = {
  allHere: Cloud,
  fetching: CloudDownload,
  pending: Clock,
  reconnecting: RefreshCw,
  offline: CloudOff,
} as const
const networkWords = {
  allHere: shellText.tablet.allHere,
  fetching: shellText.tablet.fetching,
  pending: shellText.tablet.waiting,
  reconnecting: tabletText.network.reconnecting,
  offline: shellText.tablet.offline,
} as const

/** The councillor's tablet: one bar, one honest word about the network, the page. Fetches nothing. */
export function TabletShell(props: TabletShellProps) {
  const main = useRef<HTMLElement>(null)
  useRouteAnnouncement(props.path, props.title, main)
  useEffect(() => {
    const root = document.documentElement
    const before = root.dataset['shell']
    root.dataset['shell'] = 'tablet'
    return () => {
      if (before === undefined) delete root.dataset['shell']
    }
  }, [])
  const NetworkIcon = networkIcons[props.network]
  return (
    <div className="tablet-shell" data-bare={props.bare || undefined}>
      <a className="skip-link" href="#contenu">
        {shellText.skip}
      </a>
      <header className="tablet-head">
        <div className="tablet-start">
          {props.back ? (
            <ButtonLink kind="bare" icon={ChevronLeft} href={props.back.href}>
              {props.back.label}
            </ButtonLink>
          ) : (
            <Mark size={32} />
          )}
        </div>
        <h1 className="tablet-title">{props.title}</h1>
        <output className="tablet-network" data-state={props.network} aria-label={shellText.tablet.network}>
          <NetworkIcon className="icon" aria-hidden />
          <span>
            {networkWords[props.network]}
            {props.networkDetail && <span className="network-detail"> · {props.networkDetail}</span>}
          </span>
        </output>
        <div className="tablet-end">
          {props.onSearch && (
            <Button kind="bare" icon={Search} iconOnly onPress={props.onSearch}>
              {shellText.search}
            </Button>
          )}
          {props.answer && (
            <Menu label={props.answer.label ?? shellText.tablet.answer} groups={props.answer.groups} />
          )}
          {props.account && (
            <Menu
              kind="bare"
              icon={CircleUserRound}
              iconOnly
              label={props.account.name}
              name={shellText.userMenu(props.account.name)}
              groups={props.account.groups}
            />
          )}
        </div>
      </header>
      <main className="tablet-main" id="contenu" tabIndex={-1} ref={main}>
        {props.bare && <h1 className="visually-hidden">{props.title}</h1>}
        {props.banner}
        <div className="tablet-page">{props.children}</div>
      </main>
    </div>
  )
}
