import type { ActeArchiveInput } from './build.ts'
import { bundledClassification } from './classification.ts'
import type { ActData } from './model.ts'

/** A PDF small enough to read, whole by the look of it. */
export const smallPdf = (text = 'bonjour'): Uint8Array =>
  new TextEncoder().encode(`%PDF-1.7\n% ${text}\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n`)

export const smallPng = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
    'base64',
  ),
)

/** A délibération of a commune that does not exist, ready to send. */
export const sampleInput = (change: Partial<ActeArchiveInput> = {}): ActeArchiveInput => ({
  sender: {
    siren: '219999997',
    department: '045',
    arrondissement: '1',
    authorityType: '31',
    contact: { name: 'Secrétariat général', phone: '02 00 00 00 00', email: 'actes@exemple.fr' },
    returnEmails: ['actes@exemple.fr'],
  },
  trigram: 'SLO',
  application: 'TACT',
  builtOn: '2026-12-11',
  serial: 3,
  modified: new Date('2026-12-11T12:00:00Z'),
  classification: bundledClassification('2019-04-18'),
  act: {
    date: '2026-12-10',
    internalNumber: '2026_042',
    nature: 1,
    subject: '8.1',
    object: 'Tarifs de la cantine – année 2027 : « l’œuf » à 1 €',
  },
  document: { bytes: smallPdf() },
  annexes: [{ bytes: smallPdf('annexe') }, { bytes: smallPng }],
  ...change,
})

export const sampleAct: ActData = {
  date: '2026-12-10',
  internalNumber: '2026_042',
  nature: 1,
  subjectLevels: [
    { level: 1, code: '8' },
    { level: 2, code: '1' },
  ],
  subject: '8.1',
  object: 'Tarifs',
  precedingActId: '045-219999997-20261110-2026_030-DE',
  classificationDate: '2019-04-18',
  document: { name: '99_DE-045-219999997-20261210-2026_042-DE-1-1_1.pdf', signature: '' },
  annexes: [{ name: '99_DE-045-219999997-20261210-2026_042-DE-1-1_2.pdf', signature: 'MIIB' }],
  announcedAnnexes: 1,
  paper: true,
}
