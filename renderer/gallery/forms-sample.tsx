import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { CheckboxField, RadioGroup, SelectField } from '../ui/choice-fields.tsx'
import { DateTimeField } from '../ui/date-field.tsx'
import type { FieldProblem } from '../ui/field.tsx'
import { FileField } from '../ui/file-field.tsx'
import { Form, FormActions } from '../ui/form.tsx'
import { PageHeader } from '../ui/page.tsx'
import { TextArea, TextField } from '../ui/text-field.tsx'

const found: FieldProblem[] = [
  { field: 'title', message: 'Écrivez l’objet du point.' },
  { field: 'nature', message: 'Choisissez la nature de l’acte.' },
]

export function FormsSample() {
  const [problems, setProblems] = useState<readonly FieldProblem[]>(
    new URLSearchParams(location.search).get('open') === 'errors' ? found : [],
  )
  const [when, setWhen] = useState({ date: '2026-12-10', time: '18:30' })
  const [files, setFiles] = useState([{ name: 'Annexe 1 – Tableau des subventions.pdf', size: 1_234_567 }])
  return (
    <main className="page" style={{ background: 'var(--paper)', maxWidth: 900, margin: '0 auto' }}>
      <PageHeader title="Ajouter un point" parent={{ label: 'Conseil du 10 décembre', href: '#' }} />
      <Form onSubmit={() => setProblems([...found])} problems={problems}>
        <TextField label="Objet" name="title" hint="Tel qu’il paraîtra à l’ordre du jour." required />
        <SelectField
          label="Nature de l’acte"
          name="nature"
          required
          options={[
            { value: 'DE', label: 'Délibération' },
            { value: 'AR', label: 'Arrêté réglementaire' },
          ]}
        />
        <RadioGroup
          label="Mode de scrutin"
          name="ballot"
          defaultValue="ordinary"
          options={[
            { value: 'ordinary', label: 'Main levée' },
            {
              value: 'public',
              label: 'Scrutin public',
              hint: 'Le nom de chaque votant figure au procès-verbal.',
            },
            { value: 'secret', label: 'Scrutin secret' },
          ]}
        />
        <DateTimeField
          label="Date de la séance"
          name="when"
          date={when.date}
          time={when.time}
          onChange={(date, time) => setWhen({ date, time })}
        />
        <TextArea
          label="Projet de délibération"
          name="text"
          document
          optional
          defaultValue="Vu le code général des collectivités territoriales, notamment son article L. 2311-7 ;"
        />
        <FileField
          label="Annexes"
          name="annexes"
          hint="PDF, 150 Mo au plus."
          multiple
          accept="application/pdf"
          files={files}
          onFiles={(chosen) => setFiles([...files, ...chosen])}
          onRemove={(i) => setFiles(files.filter((_, at) => at !== i))}
        />
        <CheckboxField
          label="Annexes confidentielles"
          name="confidential"
          hint="Réservées aux membres, jamais publiées."
        />
        <TextField label="SIREN" name="siren" narrow disabled defaultValue="210 000 000" />
        <FormActions>
          <Button kind="primary" type="submit">
            Ajouter le point
          </Button>
          <Button>Annuler</Button>
        </FormActions>
      </Form>
    </main>
  )
}
