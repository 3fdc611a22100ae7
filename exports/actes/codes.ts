import authorityTypeData from './data/authority-types.json' with { type: 'json' }
import natureData from './data/natures.json' with { type: 'json' }
import pieceTypeData from './data/piece-types.json' with { type: 'json' }
import subjectData from './data/subjects.json' with { type: 'json' }

/** Nature of an act as the prefecture numbers it (actes.md §6.1). */
export type ActNature = { code: number; abbreviation: string; label: string; defaultPieceCode: string }
/** Type of a joined document, allowed for one nature (actes.md §8). */
export type PieceType = { nature: number; code: string; label: string }

export const natures: readonly ActNature[] = natureData.natures

/** Types of authority (`IDCL/@Nature`), two digits and a French label. */
export const authorityTypes: readonly { code: string; label: string }[] = authorityTypeData.types

/** The two national levels of matières: `7` and `7.1`. Levels 3 to 5 belong to each prefecture's classification. */
export const nationalSubjects: readonly { code: string; label: string }[] = subjectData.subjects

/** Bundled typology of pieces, current edition, for when no classification of the prefecture is loaded yet. */
export const bundledPieceTypes: readonly PieceType[] = pieceTypeData.pieceTypes
  .filter((piece) => piece.editions.includes(pieceTypeData.currentEdition))
  .map(({ nature, code, label }) => ({ nature, code, label }))

/** The nature with this number, or undefined. */
export const natureOf = (code: number): ActNature | undefined =>
  natures.find((nature) => nature.code === code)

/** The nature with this abbreviation (`DE`), or undefined. */
export const natureByAbbreviation = (abbreviation: string): ActNature | undefined =>
  natures.find((nature) => nature.abbreviation === abbreviation)

/** The bundled label of a matière at level 1 or 2, or undefined. */
export const nationalSubject = (code: string): string | undefined =>
  nationalSubjects.find((subject) => subject.code === code)?.label

/**
 * Piece code to use when nobody chose: the `99_` code of the nature that is not the signature file, read in the
 * typology given (the prefecture's), else the bundled one.
 */
export function defaultPieceCode(
  nature: number,
  pieceTypes: readonly PieceType[] = bundledPieceTypes,
): string {
  const generic = pieceTypes.find(
    (p) => p.nature === nature && p.code.startsWith('99_') && p.code !== '99_SE',
  )
  return generic?.code ?? natureOf(nature)?.defaultPieceCode ?? '99_AU'
}
