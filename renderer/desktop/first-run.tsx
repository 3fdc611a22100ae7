import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { hub, troubleOf } from '../data/hub.ts'
import { frameText } from '../text/frame.ts'
import { Button } from '../ui/button.tsx'
import { FirstRunPage } from '../ui/first-run-page.tsx'
import { FrontPage } from '../ui/front-page.tsx'
import { Notice } from '../ui/notice.tsx'
import { Progress } from '../ui/progress.tsx'
import { DemoAccounts } from './demo-banner.tsx'
import { InstallForm } from './install-form.tsx'

const words = frameText.firstRun

/** An empty server: look with the demonstration commune, or install one's own. `?decouvrir` starts the first at once. */
export function FirstRun({ onStart, onDone }: { onStart: () => void; onDone: () => void }) {
  const client = useQueryClient()
  const [step, setStep] = useState<'choice' | 'creating' | 'ready' | 'install'>('choice')
  const [trouble, setTrouble] = useState<string>()
  const asked = useRef(false)
  const create = async () => {
    onStart()
    setStep('creating')
    setTrouble(undefined)
    try {
      await hub('setupDemo', { body: {} }, { commandId: crypto.randomUUID() })
      setStep('ready')
    } catch (error) {
      setTrouble(troubleOf(error).message)
      setStep('choice')
    }
  }
  const leave = () => {
    history.replaceState(null, '', '/')
    onDone()
    void client.invalidateQueries()
  }
  useEffect(() => {
    if (asked.current || !new URLSearchParams(location.search).has('decouvrir')) return
    asked.current = true
    void create()
  })
  if (step === 'creating') return <Creating />
  if (step === 'ready') return <Ready onLeave={leave} />
  if (step === 'install') return <InstallForm onBack={() => setStep('choice')} onDone={leave} />
  return (
    <FirstRunPage
      onDemo={() => void create()}
      onInstall={() => setStep('install')}
      notice={trouble && <Notice kind="danger" title={trouble} live />}
    />
  )
}

const USUAL_SECONDS = 60

/** The hub gives no percentage: the bar says how much of the usual minute has passed, and never claims the end. */
function Creating() {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((s) => s + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <FrontPage title={words.creating} lead={words.creatingLead}>
      <div className="front-sheet">
        <Progress
          label={words.creatingProgress}
          value={Math.min(seconds, USUAL_SECONDS * 0.95)}
          max={USUAL_SECONDS}
          detail={words.creatingDetail(seconds)}
        />
      </div>
    </FrontPage>
  )
}

function Ready({ onLeave }: { onLeave: () => void }) {
  const client = useQueryClient()
  useEffect(() => void client.refetchQueries({ queryKey: ['status'] }), [client])
  return (
    <FrontPage title={words.readyTitle} lead={words.readyLead}>
      <div className="front-sheet">
        <DemoAccounts onEntered={onLeave} />
        <Button onPress={onLeave}>{words.goSignIn}</Button>
      </div>
    </FrontPage>
  )
}
