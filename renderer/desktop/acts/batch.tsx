import { FileSignature, Globe, type LucideIcon, Send } from 'lucide-react'
import { useState } from 'react'
import type { LineResult } from '../../../contracts/views.ts'
import type { Act } from '../../../core/act/model.ts'
import { useCommand } from '../../data/hub.ts'
import { actsText as words } from '../../text/acts.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Trouble } from '../trouble.tsx'
import type { BatchAction } from './steps.ts'

const icons: Record<BatchAction, LucideIcon> = { sendToSign: FileSignature, transmit: Send, publish: Globe }
const NAMED = 8

/** The three commands on acts, whichever the button. */
export function useActCommands(onDone: (lines: readonly LineResult[]) => void) {
  return {
    sendToSign: useCommand('actsSendToSign', onDone),
    transmit: useCommand('actsTransmit', onDone),
    publish: useCommand('actsPublish', onDone),
  }
}

interface ActButtonProps {
  action: BatchAction
  acts: readonly Act[]
  primary: boolean
  onDone: (lines: readonly LineResult[]) => void
}

/** One action on one act or several; what leaves for good is confirmed once. */
export function ActButton({ action, acts, primary, onDone }: ActButtonProps) {
  const [asking, setAsking] = useState(false)
  const done = (lines: readonly LineResult[]) => {
    setAsking(false)
    onDone(lines)
  }
  const command = useActCommands(done)[action]
  const go = () => command.mutate({ input: { body: { ids: acts.map((a) => a.id) } } })
  const label = words.act[action](acts.length)
  const confirmed = action === 'sendToSign' ? null : words.confirm[action]
  return (
    <>
      <Button
        kind={primary ? 'primary' : 'quiet'}
        icon={icons[action]}
        pending={command.isPending && !asking}
        onPress={() => (confirmed ? setAsking(true) : go())}
      >
        {label}
      </Button>
      {!confirmed && <Trouble error={command.error} />}
      {confirmed && (
        <ConfirmDialog
          isOpen={asking}
          onClose={() => setAsking(false)}
          onConfirm={go}
          title={confirmed.title(acts.length)}
          confirmLabel={label}
          pending={command.isPending}
        >
          <p>{confirmed.what}</p>
          <ul className="acts-named">
            {acts.slice(0, NAMED).map((a) => (
              <li key={a.id}>
                {a.number} – {a.title}
              </li>
            ))}
            {acts.length > NAMED && <li>{words.confirm.more(acts.length - NAMED)}</li>}
          </ul>
          <Trouble error={command.error} />
        </ConfirmDialog>
      )}
    </>
  )
}
