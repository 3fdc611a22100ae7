import { type ReactNode, useState } from 'react'
import { loginText } from '../text/shell.ts'
import { Button } from './button.tsx'
import type { FieldProblem } from './field.tsx'
import { Form } from './form.tsx'
import { FrontPage } from './front-page.tsx'
import { TextField } from './text-field.tsx'

export interface DemoPerson {
  id: string
  name: string
  /** "Maire", "Service des assemblées". */
  role: string
}

interface LoginPageProps {
  /** "Ville de Démoville". */
  authorityName?: string | undefined
  onSubmit: (identifier: string, password: string) => void
  /** The refusal of the hub, as a French sentence; a new array moves the focus to it. */
  problems?: readonly FieldProblem[] | undefined
  pending?: boolean | undefined
  /** Demonstration commune: one press per person. */
  people?: readonly DemoPerson[] | undefined
  onChoosePerson?: ((person: DemoPerson) => void) | undefined
  notice?: ReactNode
}

/** Sign-in: identifier and password, or one press as a person of the demonstration commune. */
export function LoginPage(props: LoginPageProps) {
  const { people = [], pending = false } = props
  const [identifier, setIdentifier] = useState('')
  const [password, setPassword] = useState('')
  const [visible, setVisible] = useState(false)
  const [missing, setMissing] = useState<readonly FieldProblem[]>([])
  const submit = () => {
    const found: FieldProblem[] = []
    if (identifier.trim() === '') found.push({ field: 'identifier', message: loginText.missingIdentifier })
    if (password === '') found.push({ field: 'password', message: loginText.missingPassword })
    setMissing(found)
    if (found.length === 0) props.onSubmit(identifier.trim(), password)
  }
  return (
    <FrontPage authorityName={props.authorityName} title={loginText.title} foot={loginText.forgotten}>
      <div className="front-sheet">
        {props.notice}
        <Form onSubmit={submit} problems={missing.length > 0 ? missing : props.problems}>
          <TextField
            label={loginText.identifier}
            name="identifier"
            hint={loginText.identifierHint}
            autoComplete="username"
            value={identifier}
            onChange={setIdentifier}
            required
          />
          <div className="field">
            <TextField
              label={loginText.password}
              name="password"
              type={visible ? 'text' : 'password'}
              autoComplete="current-password"
              value={password}
              onChange={setPassword}
              required
            />
            <Button kind="bare" onPress={() => setVisible(!visible)}>
              {visible ? loginText.hide : loginText.show}
            </Button>
          </div>
          <Button kind="primary" type="submit" pending={pending} pendingLabel={loginText.pending}>
            {loginText.submit}
          </Button>
        </Form>
        {people.length > 0 && (
          <section className="section">
            <h2>{loginText.demoTitle}</h2>
            <p className="soft">{loginText.demoLead}</p>
            <ul className="people-list">
              {people.map((p) => (
                <li key={p.id}>
                  <Button onPress={() => props.onChoosePerson?.(p)} disabled={pending}>
                    {p.name}
                    <span className="people-role">{p.role}</span>
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </FrontPage>
  )
}
