import { PDFArray, PDFDict, type PDFObject, PDFRef } from '@cantoo/pdf-lib'
import { catalogOf, type FormField, pageRefs } from '../pdf/document.ts'
import { name, type PdfReader } from '../pdf/reader.ts'
import { type Problem, SigningError, warning } from '../types.ts'

/** Permission level of a certified document (DocMDP): 1 nothing, 2 forms and signatures, 3 annotations too. */
export function certificationLevel(reader: PdfReader): 1 | 2 | 3 | undefined {
  const permissions = reader.dict(catalogOf(reader).get(name('Perms')))
  const signature = reader.dict(permissions?.get(name('DocMDP')))
  if (!signature) return undefined
  for (const item of reader.array(signature.get(name('Reference')))?.asArray() ?? []) {
    const reference = reader.dict(item)
    if (reader.resolve(reference?.get(name('TransformMethod'))) !== name('DocMDP')) continue
    const level = reader.number(reader.dict(reference?.get(name('TransformParams')))?.get(name('P'))) ?? 2
    return level === 1 || level === 3 ? level : 2
  }
  return 2
}

/** Throws `document-certifie` when the document forbids any further change, `pdf-endommage` when it has no page. */
export function refuseUnlessSignable(reader: PdfReader): void {
  pageRefs(reader)
  if (certificationLevel(reader) === 1)
    throw new SigningError(
      'document-certifie',
      'Ce document est certifié « aucune modification autorisée » : y ajouter une signature romprait la certification. Demandez une version non certifiée.',
    )
}

/** Throws when a signature already made locks this field (SigFieldLock / FieldMDP) or, in a certified document, asks for a new field. */
export function refuseLocked(
  reader: PdfReader,
  fields: readonly FormField[],
  target: string,
  exists: boolean,
): void {
  for (const field of fields) {
    if (field.type !== 'Sig' || !field.value) continue
    const lock = reader.dict(field.dict.get(name('Lock')))
    if (lock && locks(reader, lock, target))
      throw new SigningError(
        'document-verrouille',
        `La signature « ${field.name} » a verrouillé le document : aucune autre signature ne peut y être ajoutée.`,
        field.name,
      )
  }
  if (certificationLevel(reader) !== undefined && !exists)
    throw new SigningError(
      'document-certifie',
      'Ce document est certifié : il n’accepte une signature que dans un champ prévu à cet effet, et il n’en a pas de libre.',
    )
}

function locks(reader: PdfReader, lock: PDFDict, target: string): boolean {
  const action = reader.resolve(lock.get(name('Action')))
  const listed = (reader.array(lock.get(name('Fields')))?.asArray() ?? []).map((item) => {
    const text = reader.resolve(item)
    return text && 'decodeText' in text && typeof text.decodeText === 'function'
      ? String(text.decodeText())
      : ''
  })
  if (action === name('All')) return true
  if (action === name('Include')) return listed.includes(target)
  return action === name('Exclude') && !listed.includes(target)
}

/** Behaviour that a reader of the document does not see: scripts, XFA, launch actions. Told, not refused. */
export function hiddenBehaviour(reader: PdfReader): Problem[] {
  const problems: Problem[] = []
  const form = reader.dict(catalogOf(reader).get(name('AcroForm')))
  if (form?.has(name('XFA')))
    problems.push(
      warning(
        'formulaire-xfa',
        'Ce PDF contient un formulaire XFA : son affichage peut changer d’un logiciel à l’autre.',
      ),
    )
  let script = false
  let launch = false
  const visit = (value: PDFObject | undefined, depth: number): void => {
    if (depth > 60 || value === undefined || value instanceof PDFRef) return
    if (value instanceof PDFArray) for (const item of value.asArray()) visit(item, depth + 1)
    if (!(value instanceof PDFDict)) return
    script ||= value.has(name('JS')) || value.get(name('S')) === name('JavaScript')
    launch ||= value.get(name('S')) === name('Launch')
    for (const item of value.values()) visit(item, depth + 1)
  }
  for (const [number, entry] of reader.entries)
    if (entry.kind !== 'free')
      visit(reader.resolve(PDFRef.of(number, entry.kind === 'offset' ? entry.generation : 0)), 0)
  if (script)
    problems.push(
      warning(
        'javascript',
        'Ce PDF contient du JavaScript : ce qu’il affiche peut changer après la signature.',
      ),
    )
  if (launch)
    problems.push(
      warning(
        'lancement',
        'Ce PDF demande à lancer un programme ou à ouvrir un fichier. N’acceptez pas cette demande.',
      ),
    )
  return problems
}
