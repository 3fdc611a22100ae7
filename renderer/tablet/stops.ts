import type { PackDocument, PackItem, PackView } from '../../contracts/views.ts'
import { tabletText } from '../text/tablet.ts'
import { typeset } from '../ui/format.ts'
import { type Place, placePath } from './paths.ts'

/** One thing to read in a pack, in the order of reading. */
export interface Stop {
  place: Place
  title: string
  item: PackItem | null
  document: PackDocument | null
}

/** The whole pack as a reader goes through it: cover, documents of the sitting, then each item and its documents. */
export function stopsOf(pack: PackView): Stop[] {
  const documents = (item: PackItem | null, all: readonly PackDocument[]): Stop[] =>
    all.map((document) => ({
      place: { itemId: item?.id ?? null, sha256: document.file.sha256 },
      title: typeset(document.title),
      item,
      document,
    }))
  return [
    { place: { itemId: null, sha256: null }, title: tabletText.pack.cover, item: null, document: null },
    ...documents(null, pack.documents),
    ...pack.items.flatMap((item) => [
      { place: { itemId: item.id, sha256: null }, title: typeset(item.title), item, document: null },
      ...documents(item, item.documents),
    ]),
  ]
}

/** Rank of the stop that an address names, or -1. */
export const stopAt = (pack: PackView, stops: readonly Stop[], path: string): number =>
  stops.findIndex((s) => placePath(pack.id, s.place) === path)
