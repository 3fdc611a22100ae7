import { XmlElement } from 'libxml2-wasm'
import type { XmlDocument } from '../xml/read.ts'

/** An element of a PES message. In a PES every leaf value is in the attribute `V`. */
export type PesNode = {
  name: string
  namespace: string
  line: number
  /** Attribute V, or undefined when the element has none. */
  value: string | undefined
  id: string | undefined
  children: PesNode[]
  element: XmlElement
}

const CLOSED = new Set(['Signature', 'Fichier'])

/** The elements of a document as plain data; the inside of signatures and of file contents is left to who needs it. */
export const pesTree = (document: XmlDocument): PesNode => toNode(document.root)

function toNode(element: XmlElement): PesNode {
  const children: PesNode[] = []
  if (!CLOSED.has(element.name))
    for (let child = element.firstChild; child; child = child.next)
      if (child instanceof XmlElement) children.push(toNode(child))
  return {
    name: element.name,
    namespace: element.namespaceUri,
    line: element.line,
    value: element.attr('V')?.value,
    id: element.attr('Id')?.value,
    children,
    element,
  }
}

/** First descendant along a path of names. */
export function at(node: PesNode | undefined, ...path: string[]): PesNode | undefined {
  let found = node
  for (const name of path) found = found?.children.find((child) => child.name === name)
  return found
}

/** Value of the first descendant along a path, '' when it is missing. */
export const valueAt = (node: PesNode | undefined, ...path: string[]): string =>
  at(node, ...path)?.value?.trim() ?? ''

/** All children of one name. */
export const all = (node: PesNode | undefined, name: string): PesNode[] =>
  node?.children.filter((child) => child.name === name) ?? []

/** `ligne N`, as a person looks for it in the file. */
export const whereIs = (node: { line: number } | undefined): string => (node ? `ligne ${node.line}` : '')

/** xs:boolean; anything else is false. */
export const isTrue = (value: string): boolean => value === '1' || value === 'true'
