import { useState } from 'react'
import type { AuthorityView } from '../../../contracts/views.ts'
import { type Authority, type Councillor, fullName, Role } from '../../../core/people/model.ts'
import { troubleOf, useCommand } from '../../data/hub.ts'
import { authorityText as words } from '../../text/authority.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/choice-fields.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Form, FormActions } from '../../ui/form.tsx'
import { TextField } from '../../ui/text-field.tsx'

type DialogProps = { isOpen: boolean; onClose: () => void }

/** What the hub refused, as problems of the form; the place is the field's name. */
function problemsOf(error: unknown) {
  if (!error) return []
  const body = troubleOf(error)
  return body.problems.length > 0
    ? body.problems.map((p) => ({ field: p.where, message: p.message }))
    : [{ message: body.message }]
}

type AuthorityFields = Pick<
  Authority,
  'name' | 'email' | 'meetingPlace' | 'phone' | 'classificationDate' | 'relayPrefix'
>

export function AuthorityDialog({ authority, isOpen, onClose }: DialogProps & { authority: Authority }) {
  const [fields, setFields] = useState<AuthorityFields>(authority)
  const save = useCommand('authorityChange', onClose)
  const set = (key: keyof AuthorityFields) => (value: string) => setFields((f) => ({ ...f, [key]: value }))
  const submit = () => {
    const { id: _, demonstration: __, ...rest } = authority
    save.mutate({ input: { body: { ...rest, ...fields } } })
  }
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={words.editTitle} shape="wide">
      <Form onSubmit={submit} problems={problemsOf(save.error)}>
        <TextField label={words.facts.name} name="name" value={fields.name} onChange={set('name')} required />
        <TextField
          label={words.facts.place}
          name="meetingPlace"
          value={fields.meetingPlace}
          onChange={set('meetingPlace')}
          required
        />
        <TextField
          label={words.facts.email}
          name="email"
          value={fields.email}
          onChange={set('email')}
          required
        />
        <TextField
          label={words.facts.phone}
          name="phone"
          value={fields.phone ?? ''}
          onChange={set('phone')}
          optional
        />
        <DateField
          label={words.facts.classification}
          name="classificationDate"
          value={fields.classificationDate}
          onChange={set('classificationDate')}
        />
        <TextField
          label={words.facts.relay}
          name="relayPrefix"
          value={fields.relayPrefix}
          onChange={set('relayPrefix')}
          narrow
        />
        <FormActions>
          <Button kind="primary" type="submit" pending={save.isPending}>
            {words.save}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}

type NewMember = Pick<
  Councillor,
  'civility' | 'firstName' | 'lastName' | 'office' | 'officeLabel' | 'birthDate' | 'email' | 'group'
>
const emptyMember: NewMember = {
  civility: 'Mme',
  firstName: '',
  lastName: '',
  office: 'councillor',
  officeLabel: '',
  birthDate: '',
  email: '',
  group: '',
}
const offices = ['mayor', 'deputy', 'delegate', 'councillor'] as const

export function MemberDialog({ isOpen, onClose }: DialogProps) {
  const [m, setMember] = useState(emptyMember)
  const add = useCommand('councillorAdd', onClose)
  const set = (key: keyof NewMember) => (value: string) =>
    setMember((before) => ({ ...before, [key]: value }))
  const text = (key: 'firstName' | 'lastName' | 'officeLabel' | 'email' | 'group') => (
    <TextField label={words.member[key]} name={key} value={m[key]} onChange={set(key)} />
  )
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={words.addMember} shape="wide">
      <Form onSubmit={() => add.mutate({ input: { body: m } })} problems={problemsOf(add.error)}>
        <SelectField
          label={words.member.civility}
          name="civility"
          value={m.civility}
          onChange={set('civility')}
          options={['Mme', 'M.'].map((value) => ({ value, label: value }))}
        />
        {text('firstName')}
        {text('lastName')}
        <SelectField
          label={words.member.office}
          name="office"
          value={m.office}
          onChange={set('office')}
          options={offices.map((value) => ({ value, label: words.offices[value] }))}
        />
        {text('officeLabel')}
        <DateField
          label={words.member.birthDate}
          name="birthDate"
          value={m.birthDate}
          onChange={set('birthDate')}
        />
        {text('email')}
        {text('group')}
        <FormActions>
          <Button kind="primary" type="submit" pending={add.isPending}>
            {words.addMember}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}

export function UserDialog({ view, isOpen, onClose }: DialogProps & { view: AuthorityView }) {
  const [login, setLogin] = useState('')
  const [displayName, setName] = useState('')
  const [password, setPassword] = useState('')
  const [role, setRole] = useState<Role>('assemblyOffice')
  const [seat, setSeat] = useState('')
  const add = useCommand('userAdd', onClose)
  const submit = () =>
    add.mutate({
      input: { body: { login, displayName, password, roles: [role], councillorId: seat || null } },
    })
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={words.addUser} shape="wide">
      <Form onSubmit={submit} problems={problemsOf(add.error)}>
        <TextField
          label={words.user.displayName}
          name="displayName"
          value={displayName}
          onChange={setName}
          required
        />
        <TextField label={words.user.login} name="login" value={login} onChange={setLogin} required />
        <TextField
          label={words.user.password}
          name="password"
          hint={words.user.passwordHint}
          value={password}
          onChange={setPassword}
          required
        />
        <SelectField
          label={words.user.role}
          name="roles"
          value={role}
          onChange={(value) => setRole(Role.parse(value))}
          options={Role.options.map((value) => ({ value, label: words.roles[value] }))}
        />
        <SelectField
          label={words.user.seat}
          name="councillorId"
          value={seat}
          onChange={setSeat}
          options={[
            { value: '', label: words.user.noSeat },
            ...view.councillors.map((c) => ({ value: c.id, label: fullName(c) })),
          ]}
        />
        <FormActions>
          <Button kind="primary" type="submit" pending={add.isPending}>
            {words.addUser}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
