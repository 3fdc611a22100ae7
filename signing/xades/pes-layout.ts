import { attribute, attributesOf, descend, isDs, localName, namespaceOf } from './attributes.ts'
import { refuse } from './refuse.ts'
import type { SourceElement, XmlSource } from './source.ts'

const PES_ALLER = 'http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller'

export type Domain = 'depense' | 'recette'

/** A Bordereau of the flow, with the signature(s) standing directly in it. */
export type LayoutBordereau = {
  domain: Domain
  /** Its position in the file: `Bordereau n° 42 (dépense)` or, without number, its rank. */
  label: string
  id: string | undefined
  element: SourceElement
  signatures: SourceElement[]
}

/** Where signatures may stand in a PES_Aller: at the end of each Bordereau, or at the end of the root. */
export type PesLayout = {
  root: SourceElement
  rootId: string | undefined
  rootSignatures: SourceElement[]
  bordereaux: LayoutBordereau[]
  /** ds:Signature found anywhere else (a trap, or a mistake). */
  misplaced: SourceElement[]
  /** InfoDematerialisee of each domain present (absent counts as 0). */
  dematerialised: Partial<Record<Domain, boolean>>
}

/** Reads the places of signature of a PES_Aller. Refuses (SigningError `pes-not-aller`) any other document. */
export function readLayout(source: XmlSource): PesLayout {
  const { root } = source
  if (localName(root) !== 'PES_Aller' || namespaceOf(source, root) !== PES_ALLER)
    throw refuse(
      'pes-not-aller',
      `Ce fichier n’est pas un flux PES aller : sa racine est « ${root.name} ».`,
      'racine du document',
    )
  const layout: PesLayout = {
    root,
    rootId: attribute(source, root, 'Id'),
    rootSignatures: root.children.filter((child) => isDs(source, child, 'Signature')),
    bordereaux: [],
    misplaced: [],
    dematerialised: {},
  }
  for (const child of root.children) {
    // Children of the root are unqualified (elementFormDefault): a namesake in another namespace is not the domain.
    const domain =
      child.name === 'PES_DepenseAller'
        ? 'depense'
        : child.name === 'PES_RecetteAller'
          ? 'recette'
          : undefined
    if (!domain || namespaceOf(source, child) !== '') continue
    const flag = descend(
      child,
      domain === 'depense' ? 'EnTeteDepense' : 'EnTeteRecette',
      'InfoDematerialisee',
    )
    layout.dematerialised[domain] = /^(1|true)$/.test(flag ? (attribute(source, flag, 'V') ?? '').trim() : '')
    for (const element of child.children)
      if (element.name === 'Bordereau')
        layout.bordereaux.push(readBordereau(source, domain, element, layout.bordereaux.length + 1))
  }
  const placed = new Set([...layout.rootSignatures, ...layout.bordereaux.flatMap((b) => b.signatures)])
  layout.misplaced = source.elements.filter(
    (e) => localName(e) === 'Signature' && !placed.has(e) && isDs(source, e, 'Signature'),
  )
  return layout
}

function readBordereau(
  source: XmlSource,
  domain: Domain,
  element: SourceElement,
  rank: number,
): LayoutBordereau {
  const number = descend(element, 'BlocBordereau', 'IdBord')
  const value = number ? attribute(source, number, 'V') : undefined
  const domainName = domain === 'depense' ? 'dépense' : 'recette'
  return {
    domain,
    label: value
      ? `bordereau de ${domainName} n° ${value.replace(/^0+(?=\d)/, '')}`
      : `${rank}e bordereau du fichier (${domainName})`,
    id: attributesOf(source, element).get('Id'),
    element,
    signatures: element.children.filter((child) => isDs(source, child, 'Signature')),
  }
}
