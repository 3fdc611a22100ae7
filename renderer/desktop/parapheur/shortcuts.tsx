import { Keyboard } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { parapheurText } from '../../text/parapheur.ts'
import { Button } from '../../ui/button.tsx'
import { CheckboxField } from '../../ui/choice-fields.tsx'
import { Dialog } from '../../ui/dialog.tsx'

const words = parapheurText.keys
const KEPT = 'echarpe.parapheur.touches'

const readActive = (): boolean => localStorage.getItem(KEPT) !== 'non'

/** Keys of the parapheur pressed alone: never while typing, never above a dialog, never once switched off. */
export function useShortcuts(actions: Readonly<Record<string, () => void>>, active: boolean): void {
  const latest = useRef(actions)
  latest.current = actions
  useEffect(() => {
    if (!active) return
    const onKey = (e: KeyboardEvent) => {
      const target = e.target instanceof Element ? e.target : null
      const typing = target?.closest(
        'input:not([type="checkbox"]), textarea, select, [role="dialog"], [role="alertdialog"]',
      )
      if (typing || e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented) return
      if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return
      const action = latest.current[e.key]
      if (!action) return
      e.preventDefault()
      action()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [active])
}

/** Whether single keys act, kept on this device. */
export function useShortcutsActive(): [boolean, (active: boolean) => void] {
  const [active, setActive] = useState(readActive)
  return [
    active,
    (next) => {
      localStorage.setItem(KEPT, next ? 'oui' : 'non')
      setActive(next)
    },
  ]
}

interface HelpProps {
  isOpen: boolean
  onOpen: (open: boolean) => void
  active: boolean
  onActive: (active: boolean) => void
}

/** The keys, said in a small sheet, where they can be switched off. */
export function ShortcutsHelp({ isOpen, onOpen, active, onActive }: HelpProps) {
  return (
    <>
      <Button kind="bare" icon={Keyboard} shortcut="?" onPress={() => onOpen(true)}>
        {words.button}
      </Button>
      <Dialog isOpen={isOpen} onClose={() => onOpen(false)} title={words.title}>
        <dl className="shortcuts">
          {words.list.map(([key, what]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <CheckboxField label={words.on} hint={words.onHint} checked={active} onChange={onActive} />
      </Dialog>
    </>
  )
}
