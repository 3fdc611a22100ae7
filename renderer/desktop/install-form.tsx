import { useState } from 'react'
import { routes } from '../../contracts/routes.ts'
import { councilSize } from '../../core/people/model.ts'
import { troubleOf, useCommand } from '../data/hub.ts'
import { installText as words } from '../text/frame-install.ts'
import { Button } from '../ui/button.tsx'
import { CheckboxField } from '../ui/choice-fields.tsx'
import type { FieldProblem } from '../ui/field.tsx'
import { Form, FormActions } from '../ui/form.tsx'
import { count } from '../ui/format.ts'
import { FrontPage } from '../ui/front-page.tsx'
import { TextField } from '../ui/text-field.tsx'

const empty = {
  name: '',
  shortName: '',
  siret: '',
  department: '',
  arrondissement: '',
  population: '',
  street: '',
  postalCode: '',
  city: '',
  meetingPlace: '',
  email: '',
  relayPrefix: '',
  adminName: '',
  adminLogin: '',
  password: '',
}
type Answers = typeof empty

/** Date of the ministry classification proposed to a new commune; changed later on the page « Collectivité ». */
const CLASSIFICATION_IN_FORCE = '2017-12-08'
/** A commune that has not been told its relay's identifier keeps this until it connects one. */
const NO_RELAY = 'XXX'

/** « 45 » and « 1 » are typed « 045 », « 001 » in ACTES; overseas (974) and Corsica (2A) keep their form. */
const threeCharacters = (department: string) => department.trim().toUpperCase().padStart(3, '0')

function bodyOf(a: Answers, alsaceMoselle: boolean) {
  const siret = a.siret.replace(/\s/g, '')
  return {
    authority: {
      name: a.name.trim(),
      shortName: a.shortName.trim() || a.city.trim(),
      siren: siret.slice(0, 9),
      siret,
      department: threeCharacters(a.department),
      arrondissement: a.arrondissement.trim(),
      natureCode: '31',
      populationAtRenewal: Number(a.population.replace(/\s/g, '')),
      timeZone: 'Europe/Paris',
      alsaceMoselle,
      publicationMode: 'electronic' as const,
      address: { street: a.street.trim(), postalCode: a.postalCode.trim(), city: a.city.trim() },
      meetingPlace: a.meetingPlace.trim(),
      email: a.email.trim(),
      relayPrefix: a.relayPrefix.trim() || NO_RELAY,
      classificationDate: CLASSIFICATION_IN_FORCE,
    },
    admin: { login: a.adminLogin.trim(), displayName: a.adminName.trim(), password: a.password },
  }
}

/** Luhn's check, as every SIRET passes it (the post office aside). */
function luhn(digits: string): boolean {
  let sum = 0
  for (const [i, c] of [...digits].reverse().entries()) {
    const d = Number(c) * (i % 2 === 1 ? 2 : 1)
    sum += d > 9 ? d - 9 : d
  }
  return sum % 10 === 0
}

const fieldOfPath: Record<string, keyof Answers> = {
  'authority.name': 'name',
  'authority.shortName': 'city',
  'authority.siren': 'siret',
  'authority.siret': 'siret',
  'authority.department': 'department',
  'authority.arrondissement': 'arrondissement',
  'authority.populationAtRenewal': 'population',
  'authority.email': 'email',
  'authority.relayPrefix': 'relayPrefix',
  'admin.login': 'adminLogin',
  'admin.displayName': 'adminName',
  'admin.password': 'password',
}

/** What is missing or not readable in the form; the contract's own schema judges, our words say it. */
export function installProblems(a: Answers, alsaceMoselle = false): FieldProblem[] {
  const found: FieldProblem[] = []
  const parsed = routes.setupInstall.body.safeParse(bodyOf(a, alsaceMoselle))
  for (const issue of parsed.error?.issues ?? []) {
    const field = fieldOfPath[issue.path.slice(0, 2).join('.')]
    if (field && !found.some((p) => p.field === field)) found.push({ field, message: words.problems[field] })
  }
  const siret = a.siret.replace(/\s/g, '')
  if (/^\d{14}$/.test(siret) && !luhn(siret)) found.push({ field: 'siret', message: words.siretWrong })
  for (const field of ['street', 'postalCode', 'city', 'meetingPlace'] as const)
    if (a[field].trim() === '' && !found.some((p) => p.field === field))
      found.push({ field, message: words.problems[field] })
  const order = Object.keys(empty)
  return found.sort((x, y) => order.indexOf(x.field ?? '') - order.indexOf(y.field ?? ''))
}

/** Installs one's own commune: what prefecture, convocation and first account need, nothing more. */
export function InstallForm({ onBack, onDone }: { onBack: () => void; onDone: () => void }) {
  const [answers, setAnswers] = useState(empty)
  const [alsaceMoselle, setAlsaceMoselle] = useState(false)
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const install = useCommand('setupInstall', onDone)
  const field = (name: keyof Answers) => ({
    name,
    label: words.labels[name],
    hint: words.hints[name],
    value: answers[name],
    onChange: (value: string) => setAnswers({ ...answers, [name]: value }),
  })
  const submit = () => {
    const found = installProblems(answers, alsaceMoselle)
    setProblems(found)
    if (found.length > 0) return
    install.mutate(
      { input: { body: bodyOf(answers, alsaceMoselle) } },
      { onError: (error) => setProblems([{ message: troubleOf(error).message }]) },
    )
  }
  const population = Number(answers.population.replace(/\s/g, ''))
  return (
    <FrontPage title={words.title} lead={words.lead} foot={words.foot}>
      <div className="front-sheet">
        <Form onSubmit={submit} problems={problems}>
          <h2>{words.commune}</h2>
          <TextField {...field('name')} required autoFocus />
          <TextField {...field('siret')} inputMode="numeric" narrow required />
          <div className="field-row">
            <TextField {...field('department')} narrow required />
            <TextField {...field('arrondissement')} inputMode="numeric" narrow required />
          </div>
          <TextField {...field('population')} inputMode="numeric" narrow required />
          {population > 0 && (
            <p className="field-echo">
              {words.seats(count(councilSize(population), 'siège'), population >= 3500)}
            </p>
          )}
          <CheckboxField label={words.alsaceMoselle} checked={alsaceMoselle} onChange={setAlsaceMoselle} />
          <h2>{words.place}</h2>
          <TextField {...field('street')} autoComplete="street-address" required />
          <div className="field-row">
            <TextField {...field('postalCode')} autoComplete="postal-code" narrow required />
            <TextField {...field('city')} autoComplete="address-level2" required />
          </div>
          <TextField {...field('meetingPlace')} required />
          <TextField {...field('email')} type="email" autoComplete="email" required />
          <TextField {...field('relayPrefix')} narrow optional />
          <h2>{words.account}</h2>
          <TextField {...field('adminName')} autoComplete="name" required />
          <TextField {...field('adminLogin')} autoComplete="username" required />
          <TextField {...field('password')} type="password" autoComplete="new-password" required />
          <FormActions>
            <Button type="submit" kind="primary" pending={install.isPending} pendingLabel={words.pending}>
              {words.submit}
            </Button>
            <Button onPress={onBack} disabled={install.isPending}>
              {words.back}
            </Button>
          </FormActions>
        </Form>
      </div>
    </FrontPage>
  )
}
