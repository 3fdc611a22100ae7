import { CANONICALISATIONS, DIGESTS, ENVELOPED } from './algorithms.ts'
import { type C14nOptions, documentDigest, elementDigest } from './canonical.ts'
import type { ReadReference, ReadSignature } from './read-signature.ts'
import type { Checklist } from './report.ts'
import type { SourceElement, XmlSource } from './source.ts'

type Context = { source: XmlSource; byId: ReadonlyMap<string, SourceElement[]>; list: Checklist }

/**
 * Checks the two references of a signature: the element it stands in, and its own signed properties (pes.md §8.6).
 * Resolving them from the parent, and not from the Id alone, is what defeats signature wrapping.
 */
export function checkReferences(
  context: Context,
  signature: ReadSignature,
  parent: SourceElement,
  parentId: string,
): void {
  const { list, byId, source } = context
  const isRoot = parent === source.root
  const pointsTo = (reference: ReadReference, id: string) => id !== '' && reference.uri === `#${id}`
  const toParent = signature.references.filter((r) => pointsTo(r, parentId) || (isRoot && r.uri === ''))
  const toProperties = signature.references.filter((r) => pointsTo(r, signature.propertiesId))
  const aimed =
    list.require(
      'xades-target',
      toParent.length === 1,
      'La signature ne porte pas sur l’élément où elle se trouve : elle ne protège pas ce qui est affiché.',
    ) &&
    list.require(
      'xades-target-unique',
      toParent[0]?.uri === '' || byId.get(parentId)?.length === 1,
      `L’identifiant « ${parentId} » apparaît plusieurs fois dans le fichier.`,
    )
  const covered =
    list.require(
      'xades-properties-covered',
      signature.properties !== undefined && toProperties.length === 1,
      'Les propriétés signées (date, rôle, certificat, politique) ne sont pas couvertes par la signature.',
    ) &&
    list.require(
      'xades-properties-unique',
      byId.get(signature.propertiesId)?.length === 1,
      `L’identifiant « ${signature.propertiesId} » apparaît plusieurs fois dans le fichier.`,
    )
  list.require(
    'xades-references',
    signature.references.length === 2 ||
      signature.references.length === toParent.length + toProperties.length,
    'La signature contient une référence inattendue.',
  )
  if (aimed) checkDigest(context, toParent[0]!, parent, signature.element)
  if (covered) checkDigest(context, toProperties[0]!, signature.properties!, undefined)
}

/** `enveloped`: the signature to leave out, for the reference that asks for it. */
function checkDigest(
  context: Context,
  reference: ReadReference,
  element: SourceElement,
  enveloped: SourceElement | undefined,
): void {
  const { list, source } = context
  const name = enveloped ? 'du contenu' : 'des propriétés signées'
  const rule = enveloped ? 'xades-content' : 'xades-properties'
  const hasEnveloped = reference.transforms.some((t) => t.algorithm === ENVELOPED)
  if (enveloped)
    list.require(
      `${rule}-enveloped`,
      hasEnveloped,
      'La transformation « enveloped-signature » manque : l’empreinte ne peut pas être juste.',
    )
  else
    list.advise(
      `${rule}-enveloped`,
      !hasEnveloped,
      'Transformation « enveloped-signature » posée à tort sur les propriétés signées (ancien outil DGFiP) : d’autres vérificateurs peuvent refuser cette signature.',
    )
  const others = reference.transforms.filter((t) => t.algorithm !== ENVELOPED)
  const known = others.every((t) => CANONICALISATIONS[t.algorithm] !== undefined)
  const c14n = others.length === 0 ? undefined : CANONICALISATIONS[others.at(-1)!.algorithm]
  list.require(
    `${rule}-transforms`,
    known && others.length <= 1,
    `La référence ${name} contient une transformation interdite.`,
  )
  list.require(
    'xades-c14n',
    !known || (c14n?.mode === 'exclusive' && !c14n.withComments),
    'La canonicalisation n’est pas exclusive : la DGFiP la refuse.',
  )
  const digest = DIGESTS[reference.digestMethod]
  if (
    !list.require(
      'xades-digest-method',
      digest !== undefined,
      `Algorithme d’empreinte inconnu : « ${reference.digestMethod} ».`,
    )
  )
    return
  list.advise('xades-obsolete', !digest!.obsolete, 'La signature utilise SHA-1, obsolète.')
  if (!known || others.length > 1) return
  const options: C14nOptions = {
    mode: c14n?.mode ?? 'inclusive',
    withComments: c14n?.withComments ?? false,
    inclusivePrefixes: others[0]?.prefixes ?? [],
  }
  const without = enveloped && hasEnveloped ? enveloped : undefined
  const computed =
    reference.uri === ''
      ? documentDigest(source, digest!.hash, without, options)
      : elementDigest(source, element, digest!.hash, without, options)
  list.require(
    `${rule}-digest`,
    computed.toString('base64') === reference.digestValue,
    enveloped
      ? 'Le contenu a été modifié après la signature.'
      : 'Les propriétés signées ont été modifiées après la signature.',
  )
}
