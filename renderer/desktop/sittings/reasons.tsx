import { useState } from 'react'
import type { z } from 'zod'
import type { LegalWarningView } from '../../../contracts/errors.ts'
import { sittingText } from '../../text/sittings.ts'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'

export type LegalWarning = z.infer<typeof LegalWarningView>
export type GivenReasons = Record<string, string>

interface ReasonsFlowProps {
  /** Warnings that need a typed reason; none closes the dialog. */
  warnings: readonly LegalWarning[]
  onDone: (reasons: GivenReasons) => void
  onCancel: () => void
  confirmLabel: string
  /** The way that needs no exception. */
  lawfulWay?: { label: string; onPress: () => void } | undefined
  pending?: boolean | undefined
}

/** Asks a reason for each legal warning, one after the other, then gives them all back. */
export function ReasonsFlow(props: ReasonsFlowProps) {
  const { warnings, lawfulWay } = props
  const [reasons, setReasons] = useState<GivenReasons>({})
  const words = sittingText.page
  const left = warnings.filter((w) => !(w.code in reasons))
  const now = left[0]
  const step = warnings.length - left.length + 1
  const close = () => {
    setReasons({})
    props.onCancel()
  }
  return (
    <ReasonDialog
      key={now?.code ?? 'none'}
      isOpen={now !== undefined}
      onClose={close}
      title={
        warnings.length > 1
          ? `${words.reasonTitle} – ${words.reasonStep(step, warnings.length)}`
          : words.reasonTitle
      }
      warning={now?.message}
      article={now ? { label: now.article } : undefined}
      lawfulWay={
        lawfulWay && now
          ? {
              label: lawfulWay.label,
              explanation: now.remedy,
              onPress: () => {
                close()
                lawfulWay.onPress()
              },
            }
          : undefined
      }
      reasonHint={lawfulWay ? undefined : now?.remedy}
      confirmLabel={props.confirmLabel}
      pending={props.pending}
      onConfirm={(reason) => {
        if (!now) return
        const all = { ...reasons, [now.code]: reason }
        if (left.length > 1) setReasons(all)
        else {
          setReasons({})
          props.onDone(all)
        }
      }}
    />
  )
}
