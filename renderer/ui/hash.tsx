import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { uiText } from '../text/ui.ts'
import { useAnnounce } from './announce.tsx'
import { Button } from './button.tsx'
import { shortHash } from './format.ts'

interface HashProps {
  /** Hexadecimal digest. */
  value: string
  label?: string | undefined
  /** The whole digest, wrapped, instead of its first figures. */
  full?: boolean | undefined
}

/** A fingerprint: short to recognise, whole in the tooltip and in the copy. */
export function Hash({ value, label = uiText.hash.label, full = false }: HashProps) {
  const announce = useAnnounce()
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      setState('copied')
      announce(uiText.hash.copied)
      setTimeout(() => setState('idle'), 2500)
    } catch {
      // Clipboards are refused outside a secure context: show all of it so that it can be selected.
      setState('failed')
      announce(uiText.hash.copyFailed)
    }
  }
  const whole = full || state === 'failed'
  return (
    <span className="hash" data-full={whole || undefined}>
      <span className="visually-hidden">{label} : </span>
      <code title={value}>{whole ? value : shortHash(value)}</code>
      <Button kind="bare" icon={state === 'copied' ? Check : Copy} iconOnly onPress={() => void copy()}>
        {state === 'copied' ? uiText.hash.copied : uiText.hash.copy}
      </Button>
    </span>
  )
}
