import { Tablet } from 'lucide-react'
import { Component, lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from 'react'
import { Route, Routes, useLocation } from 'react-router'
import type { Me } from '../../contracts/views.ts'
import type { Permission } from '../../core/people/rights.ts'
import { useCommand, useHub, useLive } from '../data/hub.ts'
import { frameText } from '../text/frame.ts'
import { Button } from '../ui/button.tsx'
import { usePaletteShortcut } from '../ui/command-palette.tsx'
import { EmptyState, Notice } from '../ui/notice.tsx'
import { DemoBanner } from './demo-banner.tsx'
import './frame.css'
import { Palette } from './palette.tsx'
import { SessionContext } from './session.tsx'
import { DesktopShell } from './shell.tsx'
import { desktopNav, type NavId } from './shell-nav.ts'

const pages: readonly [path: string, page: React.ComponentType][] = [
  ['/', lazy(() => import('./today/page.tsx'))],
  ['/seances', lazy(() => import('./sittings/list.tsx'))],
  ['/seances/:id', lazy(() => import('./sittings/page.tsx'))],
  ['/actes', lazy(() => import('./acts/list.tsx'))],
  ['/actes/:id', lazy(() => import('./acts/page.tsx'))],
  ['/parapheur/:id?', lazy(() => import('./parapheur/page.tsx'))],
  ['/finances', lazy(() => import('./finance/list.tsx'))],
  ['/finances/:id', lazy(() => import('./finance/page.tsx'))],
  ['/transmissions', lazy(() => import('./transmissions/list.tsx'))],
  ['/transmissions/:id', lazy(() => import('./transmissions/page.tsx'))],
  ['/publication', lazy(() => import('./publication/page.tsx'))],
  ['/collectivite', lazy(() => import('./authority/page.tsx'))],
  ['/journal', lazy(() => import('./journal/page.tsx'))],
]

const needed: Record<NavId, Permission | null> = {
  today: null,
  sittings: 'sitting.read',
  acts: 'act.read',
  signingBook: 'folder.read',
  finance: 'finance.read',
  transmissions: 'transmission.read',
  publication: 'act.read',
  authority: 'authority.read',
  journal: 'journal.read',
}

/** The signed-in window: the nine places a person may see, live events, search, and the page of the address. */
export function Frame({ me }: { me: Me }) {
  const { pathname } = useLocation()
  const [title, setTitle] = useState('')
  const [palette, setPalette] = usePaletteShortcut()
  const connection = useLive(true)
  const today = useHub('today')
  const signOut = useCommand('signOut', () => location.assign('/'))
  const session = useMemo(() => ({ me, setTitle }), [me])
  const onTablet = useTabletPerson(me)
  if (onTablet) return null

  // The parapheur goes from folder to folder within one page: what is selected stays, and so does the focus.
  const place = pathname.startsWith('/parapheur/') ? '/parapheur' : pathname

  const counts = today.data?.counts ?? {}
  const may = (p: Permission | null) => p === null || me.permissions.includes(p)
  const nav = desktopNav(
    { signingBook: counts['parapheur'] ?? 0, finance: counts['finances'] ?? 0, acts: counts['actes'] ?? 0 },
    (id) => may(needed[id]),
  )
  return (
    <SessionContext value={session}>
      <DesktopShell
        authorityName={me.authority.name}
        userName={me.label}
        userRole={me.roles.map((r) => frameText.roles[r]).join(', ')}
        nav={nav}
        path={place}
        title={title}
        sync={connection === 'offline' ? 'offline' : connection === 'connecting' ? 'working' : 'upToDate'}
        onSearch={() => setPalette(true)}
        onSignOut={() => signOut.mutate({})}
        userMenu={
          me.councillorId
            ? [{ id: 'tablet', label: frameText.openTablet, icon: Tablet, href: '/tablette' }]
            : []
        }
        banner={
          <>
            {me.demonstration && <DemoBanner me={me} />}
            {connection === 'offline' && <Notice kind="warning" title={frameText.offline} live />}
          </>
        }
      >
        <PageGuard key={place}>
          <Suspense fallback={<PageWait />}>
            <Routes>
              {pages.map(([path, Page]) => (
                <Route key={path} path={path} element={<Page />} />
              ))}
              <Route path="*" element={<NoSuchPage />} />
            </Routes>
          </Suspense>
        </PageGuard>
      </DesktopShell>
      <Palette isOpen={palette} onClose={() => setPalette(false)} nav={nav} />
    </SessionContext>
  )
}

/** A councillor without any office work, on a touch device, reads on the tablet. */
function useTabletPerson(me: Me): boolean {
  const onlyReads = me.roles.length === 1 && me.roles[0] === 'councillor'
  const goes = onlyReads && matchMedia('(pointer: coarse)').matches
  useEffect(() => {
    if (goes) location.replace('/tablette')
  }, [goes])
  return goes
}

function PageWait() {
  return (
    <div className="page" role="status">
      <p className="soft">{frameText.pageWait}</p>
    </div>
  )
}

function NoSuchPage() {
  return (
    <div className="page">
      <h1>{frameText.noPage}</h1>
      <EmptyState title={frameText.noPageWhat} />
    </div>
  )
}

/** A page that breaks leaves the frame standing and says what to do. */
class PageGuard extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }
  static getDerivedStateFromError() {
    return { broken: true }
  }
  override render() {
    if (!this.state.broken) return this.props.children
    return (
      <div className="page">
        <h1>{frameText.broken}</h1>
        <Notice
          kind="danger"
          title={frameText.brokenWhat}
          live
          actions={<Button onPress={() => location.reload()}>{frameText.reload}</Button>}
        />
      </div>
    )
  }
}
