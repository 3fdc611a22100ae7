import { Refusal } from '../../core/refusal.ts'
import { withXml } from '../xml/read.ts'
import { decodeContent, detectType, MAX_DOCUMENT_BYTES } from './content.ts'
import type { Attachment, AttachmentReference, PesFlow } from './model.ts'
import { all, at, pesTree, valueAt } from './tree.ts'

export type Inventory = {
  references: AttachmentReference[]
  /** Electronic references whose content is not in this file. */
  missing: AttachmentReference[]
  /** Contents that nothing in this file points to and that do not say (RefCompta) what they belong to. */
  orphans: Attachment[]
}

/** Puts references and contents of the supporting documents side by side. */
export function inventory(flow: PesFlow): Inventory {
  const references = flow.bordereaux.flatMap((b) =>
    b.pieces.flatMap((p) => [...p.references, ...p.lines.flatMap((l) => l.references)]),
  )
  const carried = new Set(flow.attachments.map((a) => a.idUnique))
  const cited = new Set(references.map((r) => r.idUnique))
  return {
    references,
    missing: references.filter((r) => r.support === '01' && !carried.has(r.idUnique)),
    orphans: flow.attachments.filter((a) => !cited.has(a.idUnique) && a.linkedTo.length === 0),
  }
}

export type ExtractedPiece = { idUnique: string; name: string; type: string; bytes: Uint8Array }

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
    return { idUnique, name: valueAt(found, 'NomPJ'), type: detectType(content.bytes), bytes: content.bytes }
  })
}
