import { createHash } from 'node:crypto'
import { type XmlDocument, XmlElement, XmlText } from 'libxml2-wasm'
import { fault, type Problem, warning } from '../../core/refusal.ts'
import { readXml } from '../xml/read.ts'
import { dscForm } from './dsc-form.ts'
import { budgetElement } from './read.ts'

export type SealVerdict = 'valid' | 'broken' | 'absent'
export type SealDigests = { md5: string; sha1: string }

/**
 * Verifies the seal (`Scellement`) of a budget document. A seal is not a signature: it shows that the flow was not altered
 * since the ordonnateur declared it final (TotEM V95, Class_Scellement). Both digests must match; case does not count.
 * Refuses what `readXml` and `readBudget` refuse.
 */
export function verifySeal(bytes: Uint8Array): SealVerdict {
  using xml = readXml(bytes)
  return verifySealOf(xml)
}

/** The same on a parsed document; takes the seal out of the tree. */
export function verifySealOf(document: XmlDocument): SealVerdict {
  const seals = sealElements(document)
  const [seal] = seals
  if (!seal) return 'absent'
  const md5 = (seal.attr('md5')?.value ?? '').toUpperCase()
  const sha1 = (seal.attr('sha1')?.value ?? '').toUpperCase()
  const agrees = (found: SealDigests) => seals.length === 1 && found.md5 === md5 && found.sha1 === sha1
  if (agrees(digestUnsealed(document))) return 'valid'
  // The sealing component hashes its own re-indented form: a file reformatted since is still the one that was sealed.
  // `digestUnsealed` has already taken the seal and its line out of this tree.
  using rewritten = readXml(Buffer.from(dscForm(document), 'latin1'))
  return agrees(digest(rewritten)) ? 'valid' : 'broken'
}

/** What a verdict means for the person: told when reading, blocking before a transmission (the relay refuses such files). */
export function sealProblems(seal: SealVerdict, sending: boolean): Problem[] {
  const level = sending ? fault : warning
  if (seal === 'broken') {
    const text =
      'Le scellement est rompu : le fichier a été modifié depuis que l’ordonnateur l’a scellé. Reprenez le fichier d’origine, ou faites-le sceller de nouveau dans TotEM.'
    return [level('budget-seal-broken', text, 'Scellement')]
  }
  if (seal === 'absent') {
    const text =
      'Le document n’est pas scellé : la préfecture refuse un budget sans scellement. Scellez-le avant de le transmettre.'
    return [level('budget-seal-absent', text, 'Scellement')]
  }
  return []
}

/** Scellement elements, children of DocumentBudgetaire. */
export function sealElements(document: XmlDocument): XmlElement[] {
  const found: XmlElement[] = []
  for (let node = budgetElement(document).firstChild; node; node = node.next) {
    if (node instanceof XmlElement && node.name === 'Scellement') found.push(node)
  }
  return found
}

/** Takes every seal, and the text that follows it, out of the tree. The indentation before it stays. */
export function removeSeals(document: XmlDocument): void {
  for (const seal of sealElements(document)) {
    const following = seal.next
    if (following instanceof XmlText) following.remove()
    seal.remove()
  }
}

/** Digests of the document without its seal; changes the tree given. */
export function digestUnsealed(document: XmlDocument): SealDigests {
  removeSeals(document)
  return digest(document)
}

/** MD5 and SHA-1 (upper-case hexadecimal) of the inclusive Canonical XML 1.0 without comments, whole document. */
export function digest(document: XmlDocument): SealDigests {
  const canonical = document.canonicalizeToString()
  const hash = (name: string) => createHash(name).update(canonical, 'utf8').digest('hex').toUpperCase()
  return { md5: hash('md5'), sha1: hash('sha1') }
}
