/** Addresses of the tablet. They are whole paths, so that a link opened elsewhere leads to the same page. */
export const home = '/tablette'

/** Place in a pack: its cover, a document of the sitting, an item's text, a document of an item. */
export interface Place {
  /** Null: the sitting itself rather than one of its items. */
  itemId: string | null
  /** Null: the cover, or the item's own text. */
  sha256: string | null
}

// The start of a digest is enough to tell apart the documents of one pack.
const short = (sha256: string) => sha256.slice(0, 16)

export const packPath = (packId: string): string => `${home}/seances/${packId}`

/** Address of a place in a pack; the cover has its own, since the bare pack shows the list alone on a narrow screen. */
export function placePath(packId: string, place: Place): string {
  const base = `${packPath(packId)}/${place.itemId ?? 'seance'}`
  return place.sha256 ? `${base}/${short(place.sha256)}` : base
}

export const samePlace = (a: Place, b: Place): boolean => placePath('', a) === placePath('', b)
