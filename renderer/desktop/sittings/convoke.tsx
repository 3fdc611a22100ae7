import { Send } from 'lucide-react'
import { useState } from 'react'
import { HubError } from '../../../contracts/client.ts'
import type { SittingView } from '../../../contracts/views.ts'
import { civilOf } from '../../../core/calendar/civil-date.ts'
import { clearDaysBetween } from '../../../core/calendar/legal-delays.ts'
import { troubleOf, useCommand } from '../../data/hub.ts'
import { sittingText } from '../../text/sittings.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { count } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { useMe } from '../session.tsx'
import { type LegalWarning, ReasonsFlow } from './reasons.tsx'

const words = sittingText.page

/** The one action of a sitting in preparation: confirmed when lawful, with typed reasons when the law warns. */
export function Convoke({ view, onMove }: { view: SittingView; onMove: () => void }) {
  const { sitting, members } = view
  const me = useMe()
  const [confirming, setConfirming] = useState(false)
  const [asked, setAsked] = useState<readonly LegalWarning[]>([])
  const convoke = useCommand('convoke', () => setConfirming(false))
  const today = civilOf(me.now, me.authority.timeZone).date
  const documents = sitting.items.reduce((n, i) => n + i.annexes.length, 1)
  const send = (reasons: Record<string, string>) => {
    setAsked([])
    convoke.mutate(
      { input: { params: { id: sitting.id }, body: { reasons } } },
      {
        onError: (error) => {
          setConfirming(false)
          if (error instanceof HubError && error.status === 428) setAsked(error.body.warnings)
        },
      },
    )
  }
  const refused = convoke.error && !(convoke.error instanceof HubError && convoke.error.status === 428)
  return (
    <>
      <Button
        kind="primary"
        icon={Send}
        disabled={sitting.items.length === 0 || members.length === 0}
        pending={convoke.isPending}
        pendingLabel={words.convoking}
        onPress={() => (view.warnings.length > 0 ? setAsked(view.warnings) : setConfirming(true))}
      >
        {words.convoke(words.members(members.length))}
      </Button>
      {refused && (
        <Notice kind="danger" title={words.trouble} live>
          {troubleOf(convoke.error).message}
        </Notice>
      )}
      <ConfirmDialog
        isOpen={confirming}
        onClose={() => setConfirming(false)}
        onConfirm={() => send({})}
        title={words.convokeTitle(words.members(members.length))}
        confirmLabel={words.convoke(words.members(members.length))}
        pending={convoke.isPending}
      >
        <p>{words.convokeWhat(count(sitting.items.length, 'point'), count(documents, 'document'))}</p>
        <p>{words.convokeDelay(words.clearDays(clearDaysBetween(today, sitting.date)))}</p>
      </ConfirmDialog>
      <ReasonsFlow
        warnings={asked}
        onCancel={() => setAsked([])}
        onDone={send}
        confirmLabel={words.reasonConfirm}
        lawfulWay={{ label: words.moveDate, onPress: onMove }}
      />
    </>
  )
}
