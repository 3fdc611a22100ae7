// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import { ConfirmDialog } from './dialog.tsx'
import { ReasonDialog } from './reason-dialog.tsx'

afterEach(cleanup)

function Sample({ pending = false }: { pending?: boolean }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Signer…
      </button>
      <ConfirmDialog
        isOpen={open}
        onClose={() => setOpen(false)}
        onConfirm={() => setOpen(false)}
        title="Signer 12 documents ?"
        confirmLabel="Signer 12 documents"
        pending={pending}
      >
        Une signature ne se reprend pas.
      </ConfirmDialog>
    </>
  )
}

it('takes the focus to the way out, and gives it back on Escape', async () => {
  render(<Sample />)
  const opener = screen.getByText('Signer…')
  opener.focus()
  fireEvent.click(opener)
  const dialog = screen.getByRole('alertdialog', { name: 'Signer 12 documents ?' })
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Annuler' })))
  fireEvent.keyDown(dialog, { key: 'Escape' })
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
  await waitFor(() => expect(document.activeElement).toBe(opener))
})

it('does not close while the work is under way', async () => {
  render(<Sample pending />)
  fireEvent.click(screen.getByText('Signer…'))
  fireEvent.keyDown(screen.getByRole('alertdialog'), { key: 'Escape' })
  await act(async () => {})
  expect(screen.getByRole('alertdialog')).toBeTruthy()
})

it('asks for a real reason before passing over the law', () => {
  const onConfirm = vi.fn()
  const postpone = vi.fn()
  render(
    <ReasonDialog
      isOpen
      onClose={() => {}}
      onConfirm={onConfirm}
      title="Convoquer hors délai"
      warning="Il manque 2 jours."
      article={{ label: 'CGCT, art. L. 2121-12' }}
      lawfulWay={{ label: 'Reporter la séance', onPress: postpone }}
      confirmLabel="Convoquer en urgence"
    />,
  )
  const reason = screen.getByLabelText('Motif')
  const send = () => fireEvent.submit(reason.closest('form')!)
  fireEvent.change(reason, { target: { value: '   trop      ' } })
  send()
  expect(onConfirm).not.toHaveBeenCalled()
  expect(document.activeElement).toBe(screen.getByRole('alert'))
  fireEvent.change(reason, { target: { value: ' Digue rompue, travaux urgents. ' } })
  send()
  expect(onConfirm).toHaveBeenCalledWith('Digue rompue, travaux urgents.')
  const buttons = screen.getAllByRole('button').map((b) => b.textContent)
  expect(buttons.indexOf('Reporter la séance')).toBeLessThan(buttons.indexOf('Convoquer en urgence'))
})
