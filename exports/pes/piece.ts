import { Refusal } from '../../core/refusal.ts'
import { withXml } from '../xml/read.ts'
import { decodeContent, detectType, MAX_DOCUMENT_BYTES } from './content.ts'
import { all, at, pesTree, valueAt } from './tree.ts'

/** A supporting document, decoded. `mediaType` is what its first bytes say, not what the flow declares. */
export type ExtractedPiece = { idUnique: string; name: string; mediaType: string; bytes: Uint8Array }

/**
 * Takes one supporting document out of a PES_Aller, decoded, to be shown. `limit` in bytes bounds the inflated size.
 * Refuses: `PES_PJ_UNKNOWN`, and those of `decodeContent` and `readXml`.
 */
export function extractPiece(
  bytes: Uint8Array,
  idUnique: string,
  limit = MAX_DOCUMENT_BYTES,
): ExtractedPiece {
  return withXml(bytes, (xml) => {
    const found = all(at(pesTree(xml), 'PES_PJ'), 'PJ').find((pj) => valueAt(pj, 'IdUnique') === idUnique)
    const file = at(found, 'Contenu', 'Fichier')
    if (!found || !file)
      throw new Refusal('PES_PJ_UNKNOWN', `La pièce jointe « ${idUnique} » n’est pas dans ce fichier.`, {
        family: 'notFound',
        where: idUnique,
      })
    const content = decodeContent(file.element.content, limit)
    return {
      idUnique,
      name: safeName(valueAt(found, 'NomPJ'), idUnique),
      mediaType: detectType(content.bytes),
      bytes: content.bytes,
    }
  })
}

// The name comes from outside and ends in a download: no folder, no control character.
const safeName = (name: string, idUnique: string): string =>
  name
    .replace(/^.*[\\/]/, '')
    .replace(/\p{C}/gu, '')
    .trim() || idUnique
