import { useState } from 'react'
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
import { type Answers, installBody, installProblems, noAnswers } from './install.ts'

/** Installs one's own commune: what prefecture, convocation and first account need, nothing more. */
export function InstallForm({ onBack, onDone }: { onBack: () => void; onDone: () => void }) {
  const [answers, setAnswers] = useState<Answers>(noAnswers)
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
      { input: { body: installBody(answers, alsaceMoselle) } },
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
