import { compareFrench, folded } from './format.ts'

export type SortValue = string | number | bigint | null | undefined

export interface SortState {
  column: string
  descending: boolean
}

/** Order of two cell values: French text, numbers by value, nothing last whatever the direction. */
export function compareValues(a: SortValue, b: SortValue, descending: boolean): number {
  const noA = a === null || a === undefined || a === ''
  const noB = b === null || b === undefined || b === ''
  if (noA || noB) return noA === noB ? 0 : noA ? 1 : -1
  const order =
    typeof a === 'string' || typeof b === 'string'
      ? compareFrench(String(a), String(b))
      : a < b
        ? -1
        : a > b
          ? 1
          : 0
  return descending ? -order : order
}

/** Rows whose text holds every word typed, accents and case aside, then sorted (stable). */
export function arrangeRows<Row>(
  rows: readonly Row[],
  filter: string,
  textOf: (row: Row) => string,
  sort: SortState | undefined,
  cellValue: (row: Row, column: string) => SortValue,
): Row[] {
  const words = folded(filter).split(' ').filter(Boolean)
  const kept =
    words.length === 0
      ? [...rows]
      : rows.filter((r) => {
          const text = folded(textOf(r))
          return words.every((w) => text.includes(w))
        })
  if (!sort) return kept
  return kept.sort((a, b) =>
    compareValues(cellValue(a, sort.column), cellValue(b, sort.column), sort.descending),
  )
}
