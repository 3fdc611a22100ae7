import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { HubError } from '../../contracts/client.ts'
import { troubleOf, useCommand, useHub } from '../data/hub.ts'
import { demoSecrets, frameText } from '../text/frame.ts'
import { Button } from '../ui/button.tsx'
import { FrontPage } from '../ui/front-page.tsx'
import { LoginPage } from '../ui/login-page.tsx'
import { Notice } from '../ui/notice.tsx'
import { UiRoot } from '../ui/root.tsx'
import { FirstRun } from './first-run.tsx'
import { Frame } from './frame.tsx'

/** Pages that other programs of the hub serve: leaving the desktop for them is a real change of page. */
const outside = /^\/(tablette|public|api)(\/|$)/

/** The window from its start: first run, sign-in, then the frame with its pages. */
export function App() {
  const navigate = useNavigate()
  return (
    <UiRoot
      navigate={(href) => {
        if (outside.test(href)) location.assign(href)
        else void navigate(href)
      }}
    >
      <Boot />
    </UiRoot>
  )
}

function Boot() {
  const status = useHub('status')
  const ready = status.data?.state === 'ready'
  // The first run goes on after the commune exists: it shows the accounts before it lets go.
  const [starting, setStarting] = useState(false)
  const me = useHub('me', undefined, { enabled: ready && !starting })
  useSessionWatch()
  if (status.isPending) return <Opening />
  if (!status.data)
    return <Unreachable message={troubleOf(status.error).message} onRetry={() => void status.refetch()} />
  if (!ready || starting)
    return <FirstRun onStart={() => setStarting(true)} onDone={() => setStarting(false)} />
  const refused = me.error instanceof HubError && me.error.status === 401
  if (refused) return <SignIn status={status.data} />
  if (me.data) return <Frame me={me.data} />
  if (me.isPending) return <Opening />
  return <Unreachable message={troubleOf(me.error).message} onRetry={() => void me.refetch()} />
}

/** A session that ends while working brings the sign-in page back; what the address says is kept. */
function useSessionWatch() {
  const client = useQueryClient()
  useEffect(() => {
    const ended = (error: unknown) => error instanceof HubError && error.status === 401
    const again = () => void client.invalidateQueries({ queryKey: ['me'] })
    const leaveQueries = client.getQueryCache().subscribe(({ type, query }) => {
      if (type === 'updated' && query.queryKey[0] !== 'me' && ended(query.state.error)) again()
    })
    const leaveCommands = client.getMutationCache().subscribe(({ mutation }) => {
      if (mutation?.state.status === 'error' && ended(mutation.state.error)) again()
    })
    return () => {
      leaveQueries()
      leaveCommands()
    }
  }, [client])
}

interface StatusShown {
  authorityName: string | null
  demonstration: boolean
  demoAccounts: readonly { login: string; label: string }[]
}

function SignIn({ status }: { status: StatusShown }) {
  const client = useQueryClient()
  const signIn = useCommand('signIn', (me) => client.setQueryData(['me', null], me))
  const enter = (login: string, password: string) => signIn.mutate({ input: { body: { login, password } } })
  useEffect(() => {
    document.title = frameText.signInTitle
  }, [])
  return (
    <LoginPage
      authorityName={status.authorityName ?? undefined}
      pending={signIn.isPending}
      onSubmit={enter}
      problems={signIn.error ? problemsOf(signIn.error) : undefined}
      people={status.demoAccounts.map((a) => ({
        id: a.login,
        name: a.label,
        role: frameText.demoRole(a.login),
      }))}
      onChoosePerson={(person) => enter(person.id, demoSecrets.password)}
    />
  )
}

// One array per refusal, so that drawing again doesn't steal the focus.
const kept = new WeakMap<Error, { message: string }[]>()
function problemsOf(error: Error): { message: string }[] {
  const found = kept.get(error) ?? [{ message: troubleOf(error).message }]
  kept.set(error, found)
  return found
}

function Opening() {
  return (
    <FrontPage title={frameText.opening}>
      <p className="soft" role="status">
        {frameText.openingDetail}
      </p>
    </FrontPage>
  )
}

function Unreachable({ message, onRetry }: { message: string; onRetry: () => void }) {
  return (
    <FrontPage title={frameText.unreachable}>
      <Notice
        kind="danger"
        title={message}
        live
        actions={<Button onPress={onRetry}>{frameText.retry}</Button>}
      >
        {frameText.unreachableWhat}
      </Notice>
    </FrontPage>
  )
}
