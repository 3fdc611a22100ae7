import { attribute, child, children, text, type XmlElement } from '../xml/read.ts'
import { bundledPieceTypes, nationalSubjects, natures, type PieceType } from './codes.ts'
import { ACTES_NAMESPACE, type Classification, type Subject } from './model.ts'

const att = (element: XmlElement, name: string): string =>
  (attribute(element, ACTES_NAMESPACE, name) ?? attribute(element, '', name) ?? '').trim()

// Codes of a level are often served in text order (1, 10, 2): actes.md §5.8.
const byNumber = (a: Subject, b: Subject): number =>
  Number(a.code.split('.').at(-1)) - Number(b.code.split('.').at(-1))

function subjects(parent: XmlElement | undefined, level: number, prefix: string): Subject[] {
  if (!parent || level > 5) return []
  return children(parent, ACTES_NAMESPACE, `Matiere${level}`)
    .map((element) => {
      const code = prefix === '' ? att(element, 'CodeMatiere') : `${prefix}.${att(element, 'CodeMatiere')}`
      return { code, label: att(element, 'Libelle'), children: subjects(element, level + 1, code) }
    })
    .sort(byNumber)
}

/** Classification of the prefecture from the root of a 7-2 message, of either generation. */
export function readClassification(root: XmlElement): Classification {
  const natureList = child(root, ACTES_NAMESPACE, 'NaturesActes')
  return {
    date: text(child(root, ACTES_NAMESPACE, 'DateClassification')).slice(0, 10),
    natures: (natureList ? children(natureList, ACTES_NAMESPACE, 'NatureActe') : [])
      .map((element) => ({
        code: Number.parseInt(att(element, 'CodeNatureActe'), 10) || 0,
        label: att(element, 'Libelle'),
        abbreviation: att(element, 'TypeAbrege'),
        pieceTypes: children(element, ACTES_NAMESPACE, 'TypePJNatureActe').map((piece) => ({
          code: att(piece, 'CodeTypePJ'),
          label: att(piece, 'Libelle'),
        })),
      }))
      .sort((a, b) => a.code - b.code),
    subjects: subjects(child(root, ACTES_NAMESPACE, 'Matieres'), 1, ''),
  }
}

/** Typology a classification carries, as a flat list; empty for the first generation. */
export const pieceTypesOf = (classification: Classification): PieceType[] =>
  classification.natures.flatMap((nature) =>
    nature.pieceTypes.map((piece) => ({ nature: nature.code, ...piece })),
  )

/** The branch with this path (`1.1.2`), or undefined. */
export function subjectAt(classification: Classification, path: string): Subject | undefined {
  let level = classification.subjects
  let found: Subject | undefined
  let prefix = ''
  for (const step of path.split('.')) {
    prefix = prefix === '' ? step : `${prefix}.${step}`
    found = level.find((subject) => subject.code === prefix)
    if (found === undefined) return undefined
    level = found.children
  }
  return found
}

/**
 * A classification made of the national levels and the bundled typology, for demonstration and tests. A real prefecture
 * refuses it: its own 7-2 must be loaded before sending (actes.md §9).
 */
export function bundledClassification(date: string): Classification {
  const top = nationalSubjects.filter((subject) => !subject.code.includes('.'))
  return {
    date,
    natures: natures.map(({ code, label, abbreviation }) => ({
      code,
      label,
      abbreviation,
      pieceTypes: bundledPieceTypes
        .filter((p) => p.nature === code)
        .map((p) => ({ code: p.code, label: p.label })),
    })),
    subjects: top.map((subject) => ({
      ...subject,
      children: nationalSubjects
        .filter((s) => s.code.startsWith(`${subject.code}.`))
        .map((s) => ({ ...s, children: [] })),
    })),
  }
}
