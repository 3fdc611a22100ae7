import { PDFArray, PDFDict, type PDFName, PDFNull, type PDFObject, PDFRef, PDFStream } from '@cantoo/pdf-lib'
import { toHex } from '../cms/der.ts'
import { sha256 } from '../cms/signed-data.ts'
import { catalogOf, type FormField, formFields, pageAttribute, pageRefs } from '../pdf/document.ts'
import { name, type PdfReader } from '../pdf/reader.ts'
import { danglingNumbers } from '../pdf/revision.ts'
import type { XrefEntry } from '../pdf/xref.ts'

/**
 * One difference between a signed revision and the final document.
 * `signature`: another signature or its field. `extension`: validation data. `metadonnees`: title, dates.
 * `champ`, `annotation`: filled field, added comment. `interdit`: anything that can alter what is read.
 */
export type Change = {
  readonly kind: 'signature' | 'extension' | 'metadonnees' | 'champ' | 'annotation' | 'interdit'
  readonly object: string
  readonly message: string
}

type Comparison = {
  readonly before: PdfReader
  readonly after: PdfReader
  /** Signature fields of the final document, by object number of field+widget. */
  readonly fields: ReadonlyMap<number, FormField>
  readonly changed: ReadonlySet<number>
}

/**
 * Compares two revisions of a document object by object (not what a parser finds, what the cross-reference chain
 * designates) and classes each difference. Never throws on differences; `pdf-endommage` when a revision cannot be read.
 */
export function compareRevisions(before: PdfReader, after: PdfReader): Change[] {
  const changed = changedNumbers(before, after)
  const changes: Change[] = []
  const say = (kind: Change['kind'], number: number | string, message: string) =>
    changes.push({ kind, object: String(number), message })
  if (rootOf(before) !== rootOf(after))
    say('interdit', rootOf(after), 'le catalogue du document a été remplacé')
  const fields = new Map(formFields(after).map((field) => [field.ref.objectNumber, field]))
  const comparison: Comparison = { before, after, fields, changed }
  const dangling = danglingNumbers(before)
  const validation = validationObjects(after)
  const info = refNumber(after.trailer.get(name('Info')))
  const metadata = refNumber(catalogOf(after).get(name('Metadata')))
  const pagesBefore = pageRefs(before)
  const pagesAfter = pageRefs(after)
  if (pagesBefore.length !== pagesAfter.length || pagesBefore.some((page, i) => page !== pagesAfter[i]))
    say('interdit', '', 'des pages ont été ajoutées, retirées ou déplacées')
  for (const number of changed) {
    const old = objectAt(before, number)
    const now = objectAt(after, number)
    if (canonical(old) === canonical(now) || isStructure(now ?? old)) continue
    if (old === undefined) {
      if (dangling.has(number))
        say('interdit', number, 'un contenu jusque-là absent a été fourni après la signature')
      else if (validation.has(number)) say('extension', number, 'données de validation ajoutées')
      continue
    }
    if (now === undefined) say('interdit', number, 'un objet du document a été supprimé')
    else if (number === info || number === metadata)
      say('metadonnees', number, 'les métadonnées du document ont changé')
    else if (validation.has(number)) say('extension', number, 'données de validation complétées')
    else changes.push(...classify(comparison, number, old, now, pagesBefore))
  }
  return changes
}

function classify(
  c: Comparison,
  number: number,
  old: PDFObject,
  now: PDFObject,
  pages: readonly PDFRef[],
): Change[] {
  const object = String(number)
  const bad = (message: string): Change[] => [{ kind: 'interdit', object, message }]
  const catalog = catalogOf(c.before)
  const formRef = refNumber(catalog.get(name('AcroForm')))
  const form = c.before.dict(catalog.get(name('AcroForm')))
  if (number === refNumber(c.before.trailer.get(name('Root')))) return catalogChanges(c, object, old, now)
  if (number === formRef) return formChanges(c, object, old, now)
  if (number === refNumber(form?.get(name('Fields')))) return listChanges(c, object, old, now, 'form')
  const page = pages.findIndex((ref) => ref.objectNumber === number)
  if (page >= 0) {
    const keys = differingKeys(old, now)
    const other = keys.find((key) => key !== 'Annots')
    if (other) return bad(`le contenu de la page ${page + 1} a changé (${other})`)
    return listChanges(c, object, entryOf(c.before, old, 'Annots'), entryOf(c.after, now, 'Annots'), 'page')
  }
  if (pages.some((ref) => refNumber(c.before.dict(ref)?.get(name('Annots'))) === number))
    return listChanges(c, object, old, now, 'page')
  const field = c.fields.get(number)
  if (field && old instanceof PDFDict) return fieldChanges(c, object, field, old, now)
  return bad('un contenu du document (texte, image, police, action…) a été modifié après la signature')
}

function catalogChanges(c: Comparison, object: string, old: PDFObject, now: PDFObject): Change[] {
  const changes: Change[] = []
  for (const key of differingKeys(old, now)) {
    if (key === 'DSS' || key === 'Extensions' || key === 'Version')
      changes.push({ kind: 'extension', object, message: 'données de validation ajoutées' })
    else if (key === 'Metadata')
      changes.push({ kind: 'metadonnees', object, message: 'les métadonnées ont changé' })
    else if (key === 'AcroForm') {
      const [a, b] = [entryOf(c.before, old, key), entryOf(c.after, now, key)]
      changes.push(...formChanges(c, object, a, b))
    } else changes.push({ kind: 'interdit', object, message: `le catalogue du document a changé (${key})` })
  }
  return changes
}

function formChanges(
  c: Comparison,
  object: string,
  old: PDFObject | undefined,
  now: PDFObject | undefined,
): Change[] {
  const changes: Change[] = []
  for (const key of differingKeys(old, now)) {
    if (key === 'Fields')
      changes.push(...listChanges(c, object, entryOf(c.before, old, key), entryOf(c.after, now, key), 'form'))
    else if (key === 'SigFlags' || key === 'DR' || key === 'DA')
      changes.push({ kind: 'extension', object, message: 'le formulaire annonce des signatures' })
    else changes.push({ kind: 'interdit', object, message: `le formulaire a changé (${key})` })
  }
  return changes
}

/** /Fields or /Annots: everything that was there remains, in order, and only signature fields are added. */
function listChanges(
  c: Comparison,
  object: string,
  old: PDFObject | undefined,
  now: PDFObject | undefined,
  where: 'form' | 'page',
): Change[] {
  const [a, b] = [old, now].map((list) => (list instanceof PDFArray ? list.asArray() : []))
  const rest = [...(b ?? [])]
  for (const item of a ?? []) {
    const found = rest.findIndex((other) => other.toString() === item.toString())
    if (found < 0) return [{ kind: 'interdit', object, message: 'un champ ou une annotation a été retiré' }]
    rest.splice(found, 1)
  }
  return rest.map((item): Change => {
    const field = item instanceof PDFRef ? c.fields.get(item.objectNumber) : undefined
    const isNew = item instanceof PDFRef && c.changed.has(item.objectNumber)
    if (field?.type === 'Sig' && isNew) {
      const wide = where === 'page' && coversMuch(c.after, field.dict)
      if (wide)
        return {
          kind: 'interdit',
          object,
          message: `la signature « ${field.name} » recouvre une grande partie de la page`,
        }
      if (c.after.resolve(field.value?.get(name('SubFilter'))) === name('ETSI.RFC3161'))
        return { kind: 'extension', object, message: `horodatage « ${field.name} » ajouté` }
      return { kind: 'signature', object, message: `champ de signature « ${field.name} » ajouté` }
    }
    return where === 'page'
      ? { kind: 'annotation', object, message: 'une annotation a été ajoutée sur une page' }
      : { kind: 'interdit', object, message: 'un champ de formulaire a été ajouté' }
  })
}

/** A widget larger than a third of its page can hide the text that was signed. */
function coversMuch(reader: PdfReader, widget: PDFDict): boolean {
  const size = (value: PDFObject | undefined) => {
    const [a = 0, b = 0, x = 0, y = 0] =
      reader
        .array(value)
        ?.asArray()
        .map((item) => reader.number(item) ?? 0) ?? []
    return Math.abs(x - a) * Math.abs(y - b)
  }
  const page = reader.dict(widget.get(name('P')))
  const area = page ? size(pageAttribute(reader, page, 'MediaBox')) : 0
  return size(widget.get(name('Rect'))) > (area || 595 * 842) / 3
}

function fieldChanges(
  c: Comparison,
  object: string,
  field: FormField,
  old: PDFDict,
  now: PDFObject,
): Change[] {
  const keys = differingKeys(old, now)
  if (field.type !== 'Sig') {
    return [{ kind: 'champ', object, message: `le champ « ${field.name} » a été rempli après la signature` }]
  }
  if (c.before.dict(old.get(name('V'))))
    return [{ kind: 'interdit', object, message: `la signature « ${field.name} » a été modifiée` }]
  const other = keys.find((key) => !['V', 'AP', 'F', 'M', 'MK', 'AS'].includes(key))
  if (other)
    return [
      { kind: 'interdit', object, message: `le champ « ${field.name} » a été déplacé ou changé (${other})` },
    ]
  if (!field.value)
    return [{ kind: 'interdit', object, message: `l’apparence du champ vide « ${field.name} » a changé` }]
  return [{ kind: 'signature', object, message: `champ « ${field.name} » signé` }]
}

const rootOf = (reader: PdfReader): string => String(reader.trailer.get(name('Root')))

const refNumber = (value: PDFObject | undefined): number | undefined =>
  value instanceof PDFRef ? value.objectNumber : undefined

const entryOf = (reader: PdfReader, dict: PDFObject | undefined, key: string): PDFObject | undefined =>
  dict instanceof PDFDict ? reader.resolve(dict.get(name(key))) : undefined

function changedNumbers(before: PdfReader, after: PdfReader): Set<number> {
  const changed = new Set<number>()
  const same = (a: XrefEntry | undefined, b: XrefEntry | undefined): boolean => {
    if ((a?.kind ?? 'free') === 'free' && (b?.kind ?? 'free') === 'free') return true
    if (a?.kind === 'offset' && b?.kind === 'offset')
      return a.offset === b.offset && a.generation === b.generation
    if (a?.kind === 'stream' && b?.kind === 'stream')
      return (
        a.stream === b.stream &&
        a.index === b.index &&
        same(before.entries.get(a.stream), after.entries.get(b.stream))
      )
    return false
  }
  for (const number of new Set([...before.entries.keys(), ...after.entries.keys()]))
    if (number !== 0 && !same(before.entries.get(number), after.entries.get(number))) changed.add(number)
  return changed
}

function objectAt(reader: PdfReader, number: number): PDFObject | undefined {
  const entry = reader.entries.get(number)
  if (!entry || entry.kind === 'free') return undefined
  return reader.resolve(PDFRef.of(number, entry.kind === 'offset' ? entry.generation : 0))
}

/** Cross-reference and object streams are the container, not the content. */
function isStructure(object: PDFObject | undefined): boolean {
  if (!(object instanceof PDFStream)) return false
  const type = object.dict.get(name('Type'))
  return type === name('XRef') || type === name('ObjStm')
}

/** Object numbers that hang under the catalog's /DSS (certificates, OCSP answers, CRLs). */
function validationObjects(reader: PdfReader): Set<number> {
  const found = new Set<number>()
  const visit = (value: PDFObject | undefined, depth: number): void => {
    if (depth > 6) return
    if (value instanceof PDFRef) {
      if (found.has(value.objectNumber)) return
      found.add(value.objectNumber)
      visit(reader.resolve(value), depth + 1)
    } else if (value instanceof PDFArray) for (const item of value.asArray()) visit(item, depth + 1)
    else if (value instanceof PDFDict) for (const item of value.values()) visit(item, depth + 1)
  }
  visit(catalogOf(reader).get(name('DSS')), 0)
  return found
}

/** Keys of two dictionaries whose values differ. */
function differingKeys(old: PDFObject | undefined, now: PDFObject | undefined): string[] {
  const [a, b] = [old, now].map((value) => (value instanceof PDFDict ? value : undefined))
  const keys = new Set([...(a?.keys() ?? []), ...(b?.keys() ?? [])])
  return [...keys]
    .filter((key) => canonical(a?.get(key)) !== canonical(b?.get(key)))
    .map((key) => key.decodeText())
}

/** A text that is equal for equal objects, whatever the order of keys. */
function canonical(value: PDFObject | undefined): string {
  if (value === undefined || value === PDFNull) return ''
  if (value instanceof PDFArray) return `[${value.asArray().map(canonical).join(' ')}]`
  if (value instanceof PDFStream) return `${canonical(value.dict)}${toHex(sha256(value.getContents()))}`
  if (value instanceof PDFDict)
    return `<<${value
      .entries()
      .map(([key, item]: [PDFName, PDFObject]) => `${key.toString()} ${canonical(item)}`)
      .sort()
      .join(' ')}>>`
  return value.toString()
}
