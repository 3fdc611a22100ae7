import { useQueryClient } from '@tanstack/react-query'
import { Component, type ReactNode, useEffect, useRef, useState } from 'react'
import { Navigate, Route, Routes, useNavigate } from 'react-router'
import { HubError } from '../../contracts/client.ts'
import type { Me } from '../../contracts/views.ts'
import { troubleOf, useHub } from '../data/hub.ts'
import { tabletText } from '../text/tablet.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { FrontPage } from '../ui/front-page.tsx'
import { Notice } from '../ui/notice.tsx'
import { UiRoot } from '../ui/root.tsx'
import { PackPage } from './pack-page.tsx'
import { home } from './paths.ts'
import { SignIn } from './sign-in.tsx'
import { SittingsPage } from './sittings-page.tsx'
import { useNetwork } from './use-network.ts'

/** The tablet from its start: sign-in, my sittings, one pack. Other addresses of the hub are a real change of page. */
export function App() {
  const navigate = useNavigate()
  return (
    <UiRoot
      navigate={(href) => {
        if (href === home || href.startsWith(`${home}/`)) void navigate(href)
        else location.assign(href)
      }}
    >
      <PageGuard>
        <Boot />
      </PageGuard>
    </UiRoot>
  )
}

function Boot() {
  const status = useHub('status')
  const ready = status.data?.state === 'ready'
  const me = useHub('me', undefined, { enabled: ready })
  const wasSignedIn = useRef(false)
  const [lost, setLost] = useSessionWatch()
  useEffect(() => {
    if (!me.isSuccess) return
    wasSignedIn.current = true
    setLost(false)
  }, [me.isSuccess, setLost])
  if (status.isPending) return <Opening />
  if (!status.data)
    return <Unreachable message={troubleOf(status.error).message} onRetry={() => void status.refetch()} />
  if (!ready)
    return (
      <FrontPage title={tabletText.notReady}>
        <Notice actions={<ButtonLink href="/">{tabletText.toDesktop}</ButtonLink>}>
          {tabletText.notReadyWhat}
        </Notice>
      </FrontPage>
    )
  if (me.error instanceof HubError && me.error.status === 401)
    return <SignIn status={status.data} over={wasSignedIn.current} answerLost={lost} />
  if (me.data) return <Signed me={me.data} />
  if (me.isPending) return <Opening />
  return <Unreachable message={troubleOf(me.error).message} onRetry={() => void me.refetch()} />
}

function Signed({ me }: { me: Me }) {
  const network = useNetwork()
  return (
    <Routes>
      <Route path={home} element={<SittingsPage me={me} network={network} />} />
      <Route
        path={`${home}/seances/:id/:place?/:document?`}
        element={<PackPage me={me} network={network} />}
      />
      <Route path="*" element={<Navigate to={home} replace />} />
    </Routes>
  )
}

/**
 * A session that ends while reading brings the sign-in page back; what the address says is kept. Tells whether an answer
 * was refused because of it.
 */
function useSessionWatch() {
  const client = useQueryClient()
  const [lost, setLost] = useState(false)
  useEffect(() => {
    const ended = (error: unknown) => error instanceof HubError && error.status === 401
    const again = () => void client.invalidateQueries({ queryKey: ['me'] })
    const leaveQueries = client.getQueryCache().subscribe(({ type, query }) => {
      if (type === 'updated' && query.queryKey[0] !== 'me' && ended(query.state.error)) again()
    })
    const leaveCommands = client.getMutationCache().subscribe(({ mutation }) => {
      if (mutation?.state.status !== 'error' || !ended(mutation.state.error)) return
      setLost(true)
      again()
    })
    return () => {
      leaveQueries()
      leaveCommands()
    }
  }, [client])
  return [lost, setLost] as const
}

function Opening() {
  return (
    <FrontPage title={tabletText.opening}>
      <p className="soft" role="status">
        {tabletText.openingDetail}
      </p>
    </FrontPage>
  )
}

function Unreachable({ message, onRetry }: { message: string; onRetry: () => void }) {
  return (
    <FrontPage title={tabletText.unreachable}>
      <Notice
        kind="danger"
        title={message}
        live
        actions={<Button onPress={onRetry}>{tabletText.retry}</Button>}
      >
        {tabletText.unreachableWhat}
      </Notice>
    </FrontPage>
  )
}

/** A page that breaks says so and offers to reload, rather than a white screen in the middle of a sitting. */
class PageGuard extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }
  static getDerivedStateFromError() {
    return { broken: true }
  }
  override render() {
    if (!this.state.broken) return this.props.children
    return (
      <FrontPage title={tabletText.broken}>
        <Notice
          kind="danger"
          title={tabletText.brokenWhat}
          live
          actions={<Button onPress={() => location.reload()}>{tabletText.reload}</Button>}
        />
      </FrontPage>
    )
  }
}
