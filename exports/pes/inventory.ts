import type { Attachment, AttachmentReference, PesFlow } from './model.ts'

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
