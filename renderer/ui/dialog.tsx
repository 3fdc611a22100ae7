import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { uiText } from '../text/ui.ts'
import { Button } from './button.tsx'
import { FormActions } from './form.tsx'

interface DialogProps {
  isOpen: boolean
  onClose: () => void
  title: string
  children: ReactNode
  /** Buttons at the foot. */
  actions?: ReactNode
  /** `sheet` rises from the foot of the screen (a vote); `wide` for a form in two columns. */
  shape?: 'normal' | 'wide' | 'sheet' | undefined
  /** "alertdialog" when an answer is expected before anything else. */
  role?: 'dialog' | 'alertdialog' | undefined
  /** Refuses to close by Escape, the cross or a touch outside while work is under way. */
  locked?: boolean | undefined
}

/** One question at a time, above the page; focus stays inside and goes back where it was. Never open one from another. */
export function Dialog(props: DialogProps) {
  const {
    isOpen,
    onClose,
    title,
    children,
    actions,
    shape = 'normal',
    role = 'dialog',
    locked = false,
  } = props
  return (
    <ModalOverlay
      className="dialog-veil"
      data-shape={shape}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open && !locked) onClose()
      }}
      isDismissable={role === 'dialog' && !locked}
      isKeyboardDismissDisabled={locked}
    >
      <Modal className="dialog-frame" data-shape={shape}>
        <AriaDialog className="dialog" role={role}>
          <div className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <Button kind="bare" icon={X} iconOnly onPress={onClose} disabled={locked}>
              {uiText.close}
            </Button>
          </div>
          <div className="dialog-body">{children}</div>
          {actions && (
            <div className="dialog-foot">
              <FormActions>{actions}</FormActions>
            </div>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

interface ConfirmProps {
  isOpen: boolean
  onClose: () => void
  onConfirm: () => void
  title: string
  children: ReactNode
  /** A verb: "Signer 12 documents". */
  confirmLabel: string
  danger?: boolean | undefined
  pending?: boolean | undefined
}

/** Only for what cannot be undone. The button repeats the verb; the first focus is on the way out. */
export function ConfirmDialog(props: ConfirmProps) {
  const { confirmLabel, danger = false, pending = false, onConfirm, onClose, children, ...rest } = props
  return (
    <Dialog
      {...rest}
      onClose={onClose}
      role="alertdialog"
      locked={pending}
      actions={
        <>
          <Button kind={danger ? 'danger-primary' : 'primary'} onPress={onConfirm} pending={pending}>
            {confirmLabel}
          </Button>
          <Button onPress={onClose} disabled={pending} autoFocus>
            {uiText.cancel}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
