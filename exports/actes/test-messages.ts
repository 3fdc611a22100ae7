import { bundledClassification } from './classification.ts'
import type { ActesContent, LetterCode, NamedFile } from './model.ts'
import { sampleAct } from './test-act.ts'

const actId = '045-219999997-20261210-2026_042-DE'
const file = (message: string, rank = 1): NamedFile => ({
  name: `045-219999997-20261210-2026_042-DE-${message}_${rank}.pdf`,
  signature: '',
})
const letter = (code: LetterCode, documents: NamedFile[], reason = ''): ActesContent => ({
  code,
  actId,
  letterDate: '2027-01-05',
  reason,
  documents,
})
const envelope = {
  siren: '219999997',
  department: '045',
  arrondissement: '1',
  authorityType: '31',
  contact: { name: 'Secrétariat', phone: '', email: '' },
  returnEmails: ['actes@exemple.fr', 'mairie@exemple.fr'],
  forms: [{ name: '045-219999997-20261210-2026_042-DE-1-1_0.xml', signature: '' }],
}

/** One of each of the 21 messages, the envelopes of both directions, and an envelope anomaly. */
export const everyMessage: readonly ActesContent[] = [
  { code: '1-1', act: sampleAct },
  { code: '1-2', actId, receivedOn: '2026-12-11', act: sampleAct, classificationInForce: '2019-04-18' },
  {
    code: '1-3',
    date: '2026-12-11',
    anomaly: '002',
    detail: 'Classification',
    act: sampleAct,
    classificationInForce: '2027-01-01',
  },
  letter('2-1', [file('2-1')]),
  letter('2-2', [file('2-2')]),
  letter('3-1', [file('3-1')], 'Le plan annexé'),
  letter('3-2', []),
  letter('3-3', [file('3-3')]),
  letter('3-4', [file('3-4'), file('3-4', 2)]),
  { code: '3-5', actId, letterDate: '2027-01-05', receivedOn: '2027-01-12' },
  letter('4-1', [file('4-1')], 'Vice de procédure'),
  letter('4-2', []),
  letter('4-3', [file('4-3')]),
  letter('4-4', [file('4-4')]),
  { code: '4-5', actId, letterDate: '2027-01-05', receivedOn: '2027-01-12' },
  { code: '5-1', actId, filedOn: '2027-02-01', illegality: 'Incompétence', documents: [file('5-1')] },
  { code: '6-1', actId },
  { code: '6-2', actId, receivedOn: '2026-12-12' },
  { code: '7-1', heldDate: '2019-04-18' },
  { code: '7-2', classification: bundledClassification('2019-04-18') },
  { code: '7-3', date: '2019-04-18' },
  { code: 'ANO', date: '2026-12-11', anomaly: '005', detail: 'SIREN inconnu', envelope },
  { code: 'ENV', envelope },
  {
    code: 'ENV-ETAT',
    envelope: {
      sender: { kind: 'sousPrefecture', department: '045', arrondissement: '1' },
      contact: null,
      forms: [{ name: '045-219999997-20261210-2026_042-DE-1-2_0.xml', signature: '' }],
      siren: '219999997',
    },
  },
]
