import { fault, type Problem, warning } from '../../core/refusal.ts'
import { inventory } from './inventory.ts'
import type { Attachment, AttachmentReference, PesFlow } from './model.ts'
import { whereIs } from './tree.ts'

/** Rules on supporting documents and on the references to them (pes.md §7). */
export function attachmentRules(flow: PesFlow): Problem[] {
  const { missing, orphans, references } = inventory(flow)
  const seen = new Set<string>()
  const carried = new Set(flow.attachments.map((a) => a.idUnique))
  return [
    ...flow.attachments.flatMap((attachment) => {
      const twice = seen.has(attachment.idUnique)
      seen.add(attachment.idUnique)
      return [
        ...(twice
          ? [
              fault(
                'PES_PJ_TWICE',
                `La pièce jointe « ${attachment.idUnique} » est présente deux fois dans le flux.`,
                whereIs(attachment),
              ),
            ]
          : []),
        ...one(attachment),
      ]
    }),
    ...references.flatMap((reference) => referenceRules(reference, carried)),
    // A document may travel in another flow: told, not refused.
    ...missing.map((r) =>
      warning(
        'PES_PJ_MISSING',
        `La pièce jointe « ${r.name || r.idUnique} » est citée mais n’est pas dans ce fichier.`,
        whereIs(r),
      ),
    ),
    ...orphans.map((a) =>
      warning(
        'PES_PJ_ORPHAN',
        `La pièce jointe « ${a.name || a.idUnique} » n’est rattachée à aucune pièce du flux.`,
        whereIs(a),
      ),
    ),
  ]
}

function one(attachment: Attachment): Problem[] {
  const where = whereIs(attachment)
  const problems: Problem[] = []
  const label = attachment.name || attachment.idUnique
  if (!/^[0-9A-Za-z]{1,50}$/.test(attachment.idUnique))
    problems.push(
      fault(
        'PES_PJ_ID',
        `L’identifiant unique « ${attachment.idUnique} » doit avoir 1 à 50 lettres ou chiffres, sans tiret ni accent.`,
        where,
      ),
    )
  if (attachment.name.length > 100 || !/\.[0-9A-Za-z]{2,4}$/.test(attachment.name))
    problems.push(
      fault(
        'PES_PJ_NAME',
        `Le nom de pièce jointe « ${attachment.name} » doit finir par une extension de 2 à 4 caractères (100 au plus).`,
        where,
      ),
    )
  if (attachment.content.state === 'empty')
    problems.push(fault('PES_PJ_EMPTY', `La pièce jointe « ${label} » est vide.`, where))
  if (attachment.content.state === 'unreadable')
    problems.push(
      fault(
        'PES_PJ_UNREADABLE',
        `La pièce jointe « ${label} » est illisible. ${attachment.content.reason}`,
        where,
      ),
    )
  if (
    attachment.content.state === 'readable' &&
    /\.pdf$/i.test(attachment.name) &&
    attachment.content.detectedType !== 'application/pdf'
  )
    problems.push(
      warning(
        'PES_PJ_TYPE',
        `La pièce jointe « ${label} » n’est pas un PDF malgré son nom (${attachment.content.detectedType}).`,
        where,
      ),
    )
  if ((attachment.type === '012' || attachment.type === '013') && attachment.linkedTo.length === 0)
    problems.push(
      warning(
        'PES_PJ_REFCOMPTA',
        `La pièce jointe « ${label} » (états du CFU) doit porter une référence comptable (RefCompta).`,
        where,
      ),
    )
  return problems
}

function referenceRules(reference: AttachmentReference, carried: ReadonlySet<string>): Problem[] {
  if (reference.support === '' || reference.idUnique === '')
    return [
      fault(
        'PES_PJREF',
        'Une référence de pièce jointe (PJRef) n’a pas de support ou d’identifiant : le flux serait rejeté.',
        whereIs(reference),
      ),
    ]
  if (reference.support !== '01' && carried.has(reference.idUnique))
    return [
      fault(
        'PES_PJ_SUPPORT',
        `La pièce jointe « ${reference.name || reference.idUnique} » est annoncée sur papier ou cédérom mais son contenu est dans le flux.`,
        whereIs(reference),
      ),
    ]
  return []
}
