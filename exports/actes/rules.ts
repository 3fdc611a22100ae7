import { fault, type Problem, warning } from '../../core/refusal.ts'
import { verifySeal } from '../budget/seal.ts'
import { withXml } from '../xml/read.ts'
import type { ActeArchiveInput, JoinedDocument } from './build.ts'
import { pieceTypesOf, subjectAt } from './classification.ts'
import { natureOf } from './codes.ts'
import { detectFormat, type FileFormat, formatProblems } from './file-format.ts'
import {
  DEPARTMENT,
  emailMessage,
  INTERNAL_NUMBER,
  isDay,
  MAX_OBJECT,
  SCHEMA_EMAIL,
} from './message-rules.ts'
import { parseActIdentifier } from './names.ts'
import { actesText } from './write-message.ts'

const BUDGET_NATURE = 5
const BUDGET_ROOTS = [
  ['http://www.minefi.gouv.fr/cp/demat/docbudgetaire', 'DocumentBudgetaire'],
  ['http://www.minefi.gouv.fr/cp/demat/doccfu', 'CompteFinancierUnique'],
] as const

/** Everything wrong with the sender's identity, that an envelope repeats in every sending. */
export function senderRules(sender: ActeArchiveInput['sender']): Problem[] {
  const problems: Problem[] = []
  if (!/^\d{9}$/.test(sender.siren))
    problems.push(
      fault(
        'ACTES_SIREN',
        `Le SIREN « ${sender.siren} » doit avoir neuf chiffres. Corrigez la fiche de la collectivité.`,
        'SIREN',
      ),
    )
  if (!DEPARTMENT.test(sender.department))
    problems.push(
      fault(
        'ACTES_DEPARTMENT',
        `Le département « ${sender.department} » doit s’écrire sur trois caractères (045, 02A, 974). Corrigez la fiche de la collectivité.`,
        'département',
      ),
    )
  if (!/^\d$/.test(sender.arrondissement))
    problems.push(
      fault(
        'ACTES_ARRONDISSEMENT',
        `L’arrondissement « ${sender.arrondissement} » doit être un seul chiffre.`,
        'arrondissement',
      ),
    )
  if (!/^\d{2}$/.test(sender.authorityType))
    problems.push(
      fault(
        'ACTES_AUTHORITY_TYPE',
        `Le type de collectivité « ${sender.authorityType} » doit avoir deux chiffres (31 pour une commune).`,
        'type de collectivité',
      ),
    )
  if (sender.returnEmails.length === 0)
    problems.push(
      fault(
        'ACTES_RETURN_EMAIL',
        'Aucune adresse de retour : la préfecture ne saurait où répondre. Donnez-en une dans les paramètres.',
        'adresse de retour',
      ),
    )
  const contactEmail = sender.contact?.email ?? ''
  for (const email of [...sender.returnEmails, ...(contactEmail === '' ? [] : [contactEmail])]) {
    if (!SCHEMA_EMAIL.test(email))
      problems.push(fault('ACTES_EMAIL', emailMessage(email), 'adresse électronique'))
  }
  return problems
}

function actFieldRules(input: ActeArchiveInput): Problem[] {
  const { act, builtOn, classification } = input
  const problems: Problem[] = []
  if (!INTERNAL_NUMBER.test(act.internalNumber)) {
    problems.push(
      fault(
        'ACTES_NUMBER',
        `Le numéro interne « ${act.internalNumber} » ne convient pas : 2 à 15 capitales, chiffres ou « _ », et pas de « _ » au début ni à la fin.`,
        'numéro interne',
      ),
    )
  }
  if (natureOf(act.nature) === undefined)
    problems.push(
      fault(
        'ACTES_NATURE',
        `La nature d’acte ${act.nature} n’existe pas : choisissez de 1 (délibération) à 6 (autre).`,
        'nature',
      ),
    )
  const object = actesText(act.object)
  if (object === '' || /[\r\n]/.test(object))
    problems.push(fault('ACTES_OBJECT', 'L’objet doit être rempli et tenir sur une seule ligne.', 'objet'))
  if (object.length > MAX_OBJECT)
    problems.push(
      fault(
        'ACTES_OBJECT',
        `L’objet fait ${object.length} caractères ; le maximum est ${MAX_OBJECT}. Raccourcissez-le.`,
        'objet',
      ),
    )
  if (!isDay(act.date))
    problems.push(
      fault(
        'ACTES_DATE',
        `La date de la décision « ${act.date} » n’existe pas ou n’est pas écrite AAAA-MM-JJ.`,
        'date',
      ),
    )
  else if (act.date > builtOn)
    problems.push(
      fault(
        'ACTES_DATE_FUTURE',
        `La date de la décision (${act.date}) est postérieure au jour de l’envoi (${builtOn}).`,
        'date',
      ),
    )
  if (!isDay(classification.date))
    problems.push(
      fault(
        'ACTES_CLASSIFICATION',
        'La classification de la préfecture n’est pas datée. Demandez-la (message 7-1) avant d’envoyer.',
        'classification',
      ),
    )
  if (act.precedingActId !== undefined && parseActIdentifier(act.precedingActId) === undefined) {
    problems.push(
      fault(
        'ACTES_ID',
        `L’identifiant de l’acte précédent « ${act.precedingActId} » n’a pas la forme attendue.`,
        'acte précédent',
      ),
    )
  }
  return [...problems, ...subjectRules(input)]
}

function subjectRules({ act, classification }: ActeArchiveInput): Problem[] {
  if (!/^\d+(\.\d+){1,4}$/.test(act.subject))
    return [
      fault(
        'ACTES_SUBJECT',
        `La matière « ${act.subject} » doit avoir de deux à cinq niveaux (par exemple 7.1).`,
        'matière',
      ),
    ]
  const found = subjectAt(classification, act.subject)
  if (found === undefined)
    return [
      fault(
        'ACTES_SUBJECT',
        `La matière ${act.subject} n’est pas dans la classification du ${classification.date}. Choisissez-la dans la liste de la préfecture.`,
        'matière',
      ),
    ]
  if (found.children.length > 0)
    return [
      warning(
        'ACTES_SUBJECT_SHALLOW',
        `La classification détaille la matière ${act.subject} : choisissez le niveau le plus précis.`,
        'matière',
      ),
    ]
  return []
}

const label = (index: number): string => (index === 0 ? 'document principal' : `annexe ${index}`)

function pieceRules(document: JoinedDocument, index: number, input: ActeArchiveInput): Problem[] {
  const code = document.pieceCode
  if (code === undefined) return []
  if (!/^[A-Z0-9_]{5}$/.test(code))
    return [
      fault(
        'ACTES_PIECE',
        `Le type de pièce « ${code} » doit avoir cinq caractères (par exemple 99_DE).`,
        label(index),
      ),
    ]
  const allowed = pieceTypesOf(input.classification).filter((piece) => piece.nature === input.act.nature)
  if (allowed.length > 0 && !allowed.some((piece) => piece.code === code)) {
    return [
      fault(
        'ACTES_PIECE',
        `Le type de pièce ${code} n’est pas permis pour cette nature d’acte. Choisissez parmi : ${allowed.map((p) => p.code).join(', ')}.`,
        label(index),
      ),
    ]
  }
  return []
}

function fileRules(input: ActeArchiveInput): Problem[] {
  const all = [input.document, ...input.annexes]
  const formats = all.map((document) => detectFormat(document.bytes))
  const problems = all.flatMap((document, index) => {
    const format = formats[index]
    if (format === undefined)
      return [
        fault(
          'ACTES_FORMAT',
          `Le format du fichier (${label(index)}) n’est pas admis : PDF, ou JPEG, PNG et XML en annexe. Convertissez-le en PDF.`,
          label(index),
        ),
      ]
    return [...formatProblems(document.bytes, format, label(index)), ...pieceRules(document, index, input)]
  })
  const [main, ...annexes] = formats
  if (main === undefined) return problems
  if (main !== 'pdf' && !(main === 'xml' && input.act.nature === BUDGET_NATURE)) {
    problems.push(
      fault(
        'ACTES_FORMAT',
        `Le document principal doit être un PDF (${main} reçu) ; le XML est réservé aux documents budgétaires.`,
        label(0),
      ),
    )
  }
  if (main === 'xml') problems.push(...annexesOfXml(annexes), ...budgetRules(input))
  return problems
}

const annexesOfXml = (annexes: readonly (FileFormat | undefined)[]): Problem[] =>
  annexes.flatMap((format, index) =>
    format === 'pdf' || format === undefined
      ? []
      : [
          fault(
            'ACTES_FORMAT',
            'Quand le document principal est un XML, les annexes doivent être en PDF.',
            label(index + 1),
          ),
        ],
  )

/** A budget document travels untouched, sealed, in matière 7.1, with its délibération (actes.md §11). */
function budgetRules(input: ActeArchiveInput): Problem[] {
  const problems: Problem[] = []
  const { act } = input
  if (act.nature !== BUDGET_NATURE) return problems
  if (act.subject !== '7.1' && !act.subject.startsWith('7.1.'))
    problems.push(
      fault(
        'ACTES_BUDGET_SUBJECT',
        `Un document budgétaire en XML relève de la matière 7.1 (${act.subject} reçu).`,
        'matière',
      ),
    )
  if (input.annexes.length === 0)
    problems.push(
      warning(
        'ACTES_BUDGET_ALONE',
        'Le budget part sans sa délibération : certaines plateformes l’exigent en annexe (PDF).',
        'annexes',
      ),
    )
  if (
    problems.some((problem) => problem.level === 'error') ||
    formatProblems(input.document.bytes, 'xml', label(0)).length > 0
  )
    return problems
  const known = withXml(input.document.bytes, ({ root }) =>
    BUDGET_ROOTS.find(([space, name]) => root.namespaceUri === space && root.name === name),
  )
  if (known === undefined)
    return [
      ...problems,
      fault(
        'ACTES_BUDGET_ROOT',
        'Le XML joint n’est pas un document budgétaire (DocumentBudgetaire ou CompteFinancierUnique).',
        label(0),
      ),
    ]
  if (known[1] !== 'DocumentBudgetaire') return problems
  const seal = verifySeal(input.document.bytes)
  if (seal === 'absent')
    problems.push(
      fault(
        'ACTES_BUDGET_SEAL',
        'Le document budgétaire n’est pas scellé. Scellez-le (TotEM ou « budget seal ») puis joignez le fichier scellé.',
        label(0),
      ),
    )
  if (seal === 'broken')
    problems.push(
      fault(
        'ACTES_BUDGET_SEAL',
        'Le sceau du document budgétaire ne correspond plus à son contenu : il a été modifié après scellement. Scellez-le de nouveau.',
        label(0),
      ),
    )
  return problems
}

/** Every rule on an act to send, with the official schema or without it. Errors block; warnings are to be shown. */
export const acteRules = (input: ActeArchiveInput): Problem[] => [
  ...senderRules(input.sender),
  ...actFieldRules(input),
  ...fileRules(input),
]
