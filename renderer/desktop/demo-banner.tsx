import { useState } from 'react'
import type { Me } from '../../contracts/views.ts'
import { civilOf, instantOf } from '../../core/calendar/civil-date.ts'
import { hub, troubleOf, useCommand, useHub } from '../data/hub.ts'
import { demoSecrets, frameText } from '../text/frame.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog, Dialog } from '../ui/dialog.tsx'
import { FactList } from '../ui/fact-list.tsx'
import { longDateTime } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'

/** Line of the demonstration commune: its own day, the way to the next sitting, the accounts, a fresh start. */
export function DemoBanner({ me }: { me: Me }) {
  const [asking, setAsking] = useState<'reset' | 'accounts' | null>(null)
  const words = frameText.demo
  const sittings = useHub('sittings', undefined, { enabled: me.permissions.includes('sitting.read') })
  const move = useCommand('demoClock')
  const reset = useCommand('demoReset', () => location.assign('/?decouvrir'))
  const zone = me.authority.timeZone
  const today = civilOf(me.now, zone).date
  const next = (sittings.data ?? [])
    .filter((s) => s.state === 'convened' && s.date > today)
    .sort((a, b) => a.date.localeCompare(b.date))[0]
  const trouble = move.error ?? reset.error
  return (
    <>
      <aside className="demo-banner" aria-label={frameText.demo.accountsTitle}>
        <span>{words.banner(longDateTime(me.now, zone))}</span>
        <div className="demo-actions">
          {next && (
            <Button
              kind="bare"
              pending={move.isPending}
              pendingLabel={words.toSittingWait}
              onPress={() => move.mutate({ input: { body: { to: instantOf(next.date, next.time, zone) } } })}
            >
              {words.toSitting}
            </Button>
          )}
          <Button kind="bare" onPress={() => setAsking('accounts')}>
            {words.accounts}
          </Button>
          <Button kind="bare" onPress={() => setAsking('reset')}>
            {words.reset}
          </Button>
        </div>
      </aside>
      {trouble && <Notice kind="danger" title={troubleOf(trouble).message} live />}
      <ConfirmDialog
        isOpen={asking === 'reset'}
        onClose={() => setAsking(null)}
        onConfirm={() => reset.mutate({})}
        title={words.resetTitle}
        confirmLabel={words.resetConfirm}
        pending={reset.isPending || reset.isSuccess}
        danger
      >
        {words.resetWhat}
      </ConfirmDialog>
      <Dialog
        isOpen={asking === 'accounts'}
        onClose={() => setAsking(null)}
        title={words.accountsTitle}
        actions={<Button onPress={() => setAsking(null)}>{words.close}</Button>}
      >
        <DemoAccounts onEntered={() => location.assign('/')} />
      </Dialog>
    </>
  )
}

/** The demonstration's accounts, each one press away. */
export function DemoAccounts({ onEntered }: { onEntered: (login: string) => void }) {
  const status = useHub('status')
  const [trouble, setTrouble] = useState<string>()
  const [entering, setEntering] = useState<string>()
  const enter = async (login: string) => {
    setEntering(login)
    setTrouble(undefined)
    try {
      await hub('signIn', { body: { login, password: demoSecrets.password } })
      onEntered(login)
    } catch (error) {
      setTrouble(troubleOf(error).message)
      setEntering(undefined)
    }
  }
  return (
    <>
      <p className="soft">{frameText.demo.accountsLead}</p>
      {trouble && <Notice kind="danger" title={trouble} live />}
      <FactList
        facts={[
          { label: frameText.demo.password, value: <code>{demoSecrets.password}</code> },
          { label: frameText.demo.pin, value: <code>{demoSecrets.pin}</code> },
        ]}
      />
      <ul className="people-grid">
        {(status.data?.demoAccounts ?? []).map((a) => (
          <li key={a.login}>
            <p>
              <span>
                {a.label} <code className="soft">{a.login}</code>
              </span>
              <span className="soft">{frameText.demoRole(a.login)}</span>
            </p>
            <Button pending={entering === a.login} onPress={() => void enter(a.login)}>
              {frameText.demo.switchTo}
              <span className="visually-hidden"> : {a.label}</span>
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}
