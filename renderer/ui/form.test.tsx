// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import { RadioGroup } from './choice-fields.tsx'
import type { FieldProblem } from './field.tsx'
import { Form } from './form.tsx'
import { LoginPage } from './login-page.tsx'
import { TextField } from './text-field.tsx'

afterEach(cleanup)

const problems: FieldProblem[] = [
  { field: 'title', message: 'Écrivez l’objet du point.' },
  { field: 'ballot', message: 'Choisissez un mode de scrutin.' },
  { message: 'La séance est déjà convoquée.' },
]

function Sample() {
  const [found, setFound] = useState<readonly FieldProblem[]>([])
  return (
    <Form onSubmit={() => setFound([...problems])} problems={found}>
      <TextField label="Objet" name="title" hint="Court." />
      <RadioGroup label="Scrutin" name="ballot" options={[{ value: 'public', label: 'Public' }]} />
      <button type="submit">Ajouter</button>
    </Form>
  )
}

it('moves the focus to the summary, at each try', () => {
  render(<Sample />)
  expect(screen.queryByRole('alert')).toBeNull()
  fireEvent.click(screen.getByText('Ajouter'))
  const summary = screen.getByRole('alert')
  expect(document.activeElement).toBe(summary)
  expect(summary.textContent).toContain('3 points sont à corriger')
  screen.getByText('Ajouter').focus()
  fireEvent.click(screen.getByText('Ajouter'))
  expect(document.activeElement).toBe(summary)
})

it('leads from the summary to each field, and ties error and hint to it', () => {
  render(<Sample />)
  const field = screen.getByLabelText('Objet')
  expect(field.getAttribute('aria-invalid')).toBeNull()
  fireEvent.click(screen.getByText('Ajouter'))
  expect(field.getAttribute('aria-invalid')).toBe('true')
  const said = field
    .getAttribute('aria-describedby')!
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent)
  expect(said).toEqual(['Erreur : Écrivez l’objet du point.', 'Court.'])
  fireEvent.click(screen.getByRole('link', { name: 'Écrivez l’objet du point.' }))
  expect(document.activeElement).toBe(field)
  fireEvent.click(screen.getByRole('link', { name: 'Choisissez un mode de scrutin.' }))
  expect(document.activeElement).toBe(screen.getByRole('radio'))
  expect(screen.queryByRole('link', { name: /déjà convoquée/ })).toBeNull()
})

it('does not send an empty sign-in', () => {
  const onSubmit = vi.fn()
  render(<LoginPage onSubmit={onSubmit} />)
  const submit = () => fireEvent.submit(screen.getByLabelText('Identifiant').closest('form')!)
  submit()
  expect(onSubmit).not.toHaveBeenCalled()
  expect(screen.getByRole('alert').textContent).toContain('Écrivez votre mot de passe.')
  fireEvent.change(screen.getByLabelText('Identifiant'), { target: { value: ' agent ' } })
  fireEvent.change(screen.getByLabelText('Mot de passe'), { target: { value: ' s ' } })
  submit()
  expect(onSubmit).toHaveBeenCalledWith('agent', ' s ')
})
