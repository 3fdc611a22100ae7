import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { troubleOf, useCommand } from '../data/hub.ts'
import { demoSecrets, frameText } from '../text/frame.ts'
import { tabletText } from '../text/tablet.ts'
import { LoginPage } from '../ui/login-page.tsx'
import { Notice } from '../ui/notice.tsx'

interface SignInProps {
  status: { authorityName: string | null; demoAccounts: readonly { login: string; label: string }[] }
  /** A session has just ended: says so, and that the place is kept. */
  over: boolean
  /** An answer given just then was refused with the session. */
  answerLost: boolean
}

/** Sign-in on the tablet; the address stays, so the reader comes back to the page that was open. */
export function SignIn({ status, over, answerLost }: SignInProps) {
  const client = useQueryClient()
  const signIn = useCommand('signIn', (me) => {
    // What the former person saw must not appear, even for an instant, to the next one.
    client.removeQueries({ predicate: (q) => q.queryKey[0] !== 'status' && q.queryKey[0] !== 'me' })
    client.setQueryData(['me', null], me)
  })
  const enter = (login: string, password: string) => signIn.mutate({ input: { body: { login, password } } })
  useEffect(() => {
    document.title = tabletText.signInTitle
  }, [])
  // Members first: this is their tablet.
  const readers = ['elue', 'elu', 'maire', 'secretaire', 'assemblees']
  const people = readers.flatMap((login) => status.demoAccounts.filter((a) => a.login === login))
  return (
    <LoginPage
      authorityName={status.authorityName ?? undefined}
      pending={signIn.isPending}
      onSubmit={enter}
      problems={signIn.error ? problemsOf(signIn.error) : undefined}
      notice={
        over && (
          <Notice title={tabletText.sessionOver} live>
            {answerLost && tabletText.answerLost}
          </Notice>
        )
      }
      people={people.map((a) => ({ id: a.login, name: a.label, role: frameText.demoRole(a.login) }))}
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
