import { fault, type Problem, warning } from '../../core/refusal.ts'
import { authorityTypes, natureOf } from './codes.ts'
import type { ActData, ActesContent, OurEnvelope } from './model.ts'
import { anomalyTarget, parseActIdentifier, parseDocumentName, parseEnvelopeName } from './names.ts'

/** Form of an internal number that every known platform takes (actes.md §7.1). */
export const INTERNAL_NUMBER = /^[A-Z0-9][A-Z0-9_]{0,13}[A-Z0-9]$/
/** E-mail as the schema allows it: no `+`, last label of 2 to 6 letters. */
export const SCHEMA_EMAIL =
  /^[_a-zA-Z0-9-]+(\.[_a-zA-Z0-9-]+)*@[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)*\.[a-zA-Z]{2,6}$/
export const DEPARTMENT = /^[09][0-9][AB0-9]$/
export const MAX_OBJECT = 499

/** True for a day that exists, written `AAAA-MM-JJ`. */
export function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const date = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value)
}

const dateProblem = (value: string, where: string): Problem[] =>
  isDay(value)
    ? []
    : [fault('ACTES_DATE', `La date « ${value} » n’existe pas ou n’est pas écrite AAAA-MM-JJ.`, where)]

const fileNames = (act: ActData): string[] => [
  ...(act.document ? [act.document.name] : []),
  ...act.annexes.map((a) => a.name),
]

function nameProblems(names: readonly string[], where: string): Problem[] {
  return names
    .filter((name) => parseDocumentName(name) === undefined)
    .map((name) =>
      warning(
        'ACTES_FILE_NAME',
        `Le nom de fichier « ${name} » ne suit pas la règle ACTES (département-SIREN-date-numéro-nature-message_rang).`,
        where,
      ),
    )
}

function actRules(act: ActData): Problem[] {
  const problems: Problem[] = [
    ...dateProblem(act.date, 'Date'),
    ...dateProblem(act.classificationDate, 'ClassificationDateVersion'),
  ]
  if (act.internalNumber === '')
    problems.push(fault('ACTES_NUMBER', 'Le numéro interne de l’acte est vide.', 'NumeroInterne'))
  else if (!INTERNAL_NUMBER.test(act.internalNumber)) {
    problems.push(
      warning(
        'ACTES_NUMBER',
        `Le numéro interne « ${act.internalNumber} » sera refusé par certaines plateformes : 2 à 15 capitales, chiffres ou « _ », sans « _ » au bord.`,
        'NumeroInterne',
      ),
    )
  }
  if (natureOf(act.nature) === undefined)
    problems.push(
      fault('ACTES_NATURE', `La nature d’acte ${act.nature} n’existe pas (1 à 6).`, 'CodeNatureActe'),
    )
  const levels = act.subjectLevels.map(({ level }) => level)
  if (!levels.includes(1) || !levels.includes(2))
    problems.push(
      fault(
        'ACTES_SUBJECT',
        'La matière doit avoir au moins deux niveaux (par exemple 7.1).',
        'CodeMatiere1',
      ),
    )
  if (act.object === '') problems.push(fault('ACTES_OBJECT', 'L’objet de l’acte est vide.', 'Objet'))
  else if (act.object.length > MAX_OBJECT || /[\r\n]/.test(act.object)) {
    problems.push(
      warning(
        'ACTES_OBJECT',
        `L’objet doit tenir en ${MAX_OBJECT} caractères sans retour à la ligne.`,
        'Objet',
      ),
    )
  }
  if (act.document === null || act.document.name === '')
    problems.push(fault('ACTES_DOCUMENT', 'Le document principal n’est pas nommé.', 'Document/NomFichier'))
  if (act.announcedAnnexes !== act.annexes.length) {
    problems.push(
      fault(
        'ACTES_ANNEX_COUNT',
        `Le nombre d’annexes annoncé (${act.announcedAnnexes ?? 'illisible'}) n’est pas celui des annexes présentes (${act.annexes.length}).`,
        'Annexes/@Nombre',
      ),
    )
  }
  if (act.precedingActId !== '' && parseActIdentifier(act.precedingActId) === undefined)
    problems.push(identifierProblem(act.precedingActId, 'PrecedentIdentifiantActe'))
  return [...problems, ...nameProblems(fileNames(act), 'NomFichier')]
}

const identifierProblem = (id: string, where = 'IDActe'): Problem =>
  fault(
    'ACTES_ID',
    `L’identifiant d’acte « ${id} » n’a pas la forme attendue (département-SIREN-date-numéro-nature).`,
    where,
  )

function receivedActRules(actId: string, act: ActData): Problem[] {
  const problems = actRules(act)
  const id = parseActIdentifier(actId)
  if (id === undefined) return [...problems, identifierProblem(actId)]
  const nature = natureOf(act.nature)?.abbreviation
  if (id.date !== act.date || id.internalNumber !== act.internalNumber || id.nature !== nature) {
    problems.push(
      warning(
        'ACTES_ID_MISMATCH',
        `L’identifiant ${actId} ne correspond pas à l’acte décrit (${act.date}, ${act.internalNumber}, ${nature ?? act.nature}).`,
        'IDActe',
      ),
    )
  }
  return problems
}

function envelopeRules(envelope: OurEnvelope, strict: boolean): Problem[] {
  const tell = strict ? fault : warning
  const problems: Problem[] = []
  if (!/^\d{9}$/.test(envelope.siren))
    problems.push(
      tell('ACTES_SIREN', `Le SIREN « ${envelope.siren} » doit avoir neuf chiffres.`, 'IDCL/@SIREN'),
    )
  if (!DEPARTMENT.test(envelope.department))
    problems.push(
      tell(
        'ACTES_DEPARTMENT',
        `Le département « ${envelope.department} » doit s’écrire sur trois caractères (045, 02A, 974).`,
        'IDCL/@Departement',
      ),
    )
  if (!/^\d$/.test(envelope.arrondissement))
    problems.push(
      tell(
        'ACTES_ARRONDISSEMENT',
        `L’arrondissement « ${envelope.arrondissement} » doit être un chiffre.`,
        'IDCL/@Arrondissement',
      ),
    )
  if (!authorityTypes.some((type) => type.code === envelope.authorityType)) {
    problems.push(
      warning(
        'ACTES_AUTHORITY_TYPE',
        `Le type de collectivité « ${envelope.authorityType} » n’est pas dans la liste connue (31 pour une commune).`,
        'IDCL/@Nature',
      ),
    )
  }
  if (envelope.returnEmails.length === 0)
    problems.push(
      tell('ACTES_RETURN_EMAIL', 'L’enveloppe ne donne aucune adresse de retour.', 'AdressesRetour'),
    )
  const emails = [
    ...envelope.returnEmails,
    ...(envelope.contact && envelope.contact.email !== '' ? [envelope.contact.email] : []),
  ]
  for (const email of emails.filter((e) => !SCHEMA_EMAIL.test(e)))
    problems.push(tell('ACTES_EMAIL', emailMessage(email), 'Email'))
  if (envelope.forms.length === 0)
    problems.push(tell('ACTES_FORMS', 'L’enveloppe ne contient aucun formulaire.', 'FormulairesEnvoyes'))
  return [
    ...problems,
    ...nameProblems(
      envelope.forms.map((f) => f.name),
      'FormulairesEnvoyes',
    ),
  ]
}

/** Sentence for an e-mail address that the schema refuses. */
export const emailMessage = (email: string): string =>
  `L’adresse « ${email} » est refusée par le schéma ACTES : pas de « + » ni d’accent, et une terminaison de 2 à 6 lettres. Donnez une autre adresse.`

function contentRules(content: ActesContent): Problem[] {
  switch (content.code) {
    case '1-1':
      return actRules(content.act)
    case '1-2':
      return [
        ...dateProblem(content.receivedOn, 'DateReception'),
        ...receivedActRules(content.actId, content.act),
      ]
    case '1-3':
      return [
        ...dateProblem(content.date, 'Date'),
        // A one-digit number exists in real answers (actes.md §5.5).
        ...(/^\d{3}$/.test(content.anomaly)
          ? []
          : [
              warning(
                'ACTES_ANOMALY_NUMBER',
                `Le numéro d’anomalie « ${content.anomaly} » devrait avoir trois chiffres.`,
                'Nature',
              ),
            ]),
        ...actRules(content.act).map((problem) => ({ ...problem, level: 'warning' as const })),
      ]
    case 'ANO':
      return [
        ...(/^(00?[1-5]|[1-5]|100)$/.test(content.anomaly)
          ? []
          : [
              warning(
                'ACTES_ANOMALY_NUMBER',
                `Le numéro d’anomalie « ${content.anomaly} » n’est pas prévu par le schéma ; il existe pourtant dans des réponses réelles.`,
                'Nature',
              ),
            ]),
        ...envelopeRules(content.envelope, false),
      ]
    case 'ENV':
      return envelopeRules(content.envelope, true)
    case 'ENV-ETAT':
      return [
        ...(/^\d{9}$/.test(content.envelope.siren)
          ? []
          : [
              fault(
                'ACTES_SIREN',
                `Le SIREN destinataire « ${content.envelope.siren} » doit avoir neuf chiffres.`,
                'Destinataire',
              ),
            ]),
        ...(content.envelope.forms.length > 0
          ? []
          : [fault('ACTES_FORMS', 'L’enveloppe ne contient aucun formulaire.', 'FormulairesEnvoyes')]),
      ]
    case '7-1':
      return content.heldDate === '' ? [] : dateProblem(content.heldDate, 'DateClassification')
    case '7-2':
      return dateProblem(content.classification.date, 'DateClassification')
    case '7-3':
      return dateProblem(content.date, 'DateClassification')
    default:
      return parseActIdentifier(content.actId) === undefined ? [identifierProblem(content.actId)] : []
  }
}

/** Compares the file name with the content. Real files disagree sometimes, so these are warnings. */
function fileNameRules(content: ActesContent, name: string): Problem[] {
  const says = (what: string): Problem =>
    warning('ACTES_NAME_MISMATCH', `Le nom du fichier ne s’accorde pas avec son contenu : ${what}.`, name)
  if (content.code === 'ENV' || content.code === 'ENV-ETAT') {
    const parsed = parseEnvelopeName(name)
    return parsed !== undefined && parsed.siren !== content.envelope.siren
      ? [says(`SIREN ${parsed.siren} dans le nom, ${content.envelope.siren} dans l’enveloppe`)]
      : []
  }
  if (content.code === 'ANO')
    return anomalyTarget(name) === undefined && /^ANO/.test(name)
      ? [says('nom d’anomalie d’enveloppe inattendu')]
      : []
  const parsed = parseDocumentName(name)
  if (parsed === undefined) return []
  const problems: Problem[] = []
  if (parsed.message !== content.code)
    problems.push(says(`message ${parsed.message} dans le nom, ${content.code} dans le fichier`))
  const nature = 'act' in content ? natureOf(content.act.nature)?.abbreviation : undefined
  if ('act' in content && parsed.nature !== '' && parsed.nature !== nature)
    problems.push(says(`nature ${parsed.nature} dans le nom, ${nature ?? content.act.nature} dans l’acte`))
  if (
    'act' in content &&
    parsed.internalNumber !== '' &&
    parsed.internalNumber !== content.act.internalNumber
  )
    problems.push(
      says(`numéro ${parsed.internalNumber} dans le nom, ${content.act.internalNumber} dans l’acte`),
    )
  if ('actId' in content && parsed.date !== '' && content.actId !== '') {
    const id = parseActIdentifier(content.actId)
    if (id !== undefined && (id.siren !== parsed.siren || id.internalNumber !== parsed.internalNumber))
      problems.push(says(`il nomme l’acte ${parsed.internalNumber}, le message parle de ${content.actId}`))
  }
  return problems
}

/** Our own rules on one message, with or without schema. `name` is the file name, '' when unknown. */
export const messageRules = (content: ActesContent, name: string): Problem[] => [
  ...contentRules(content),
  ...(name === '' ? [] : fileNameRules(content, name)),
]
