import type { SourceElement, XmlSource } from './source.ts'

export const DSIG = 'http://www.w3.org/2000/09/xmldsig#'
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Attributes of a start tag as written (prefix included), values decoded and normalised as XML asks. */
export function attributesOf(source: XmlSource, element: SourceElement): Map<string, string> {
  const result = new Map<string, string>()
  const tag = source.text.slice(element.start + 1 + element.name.length, element.openEnd)
  for (const match of tag.matchAll(ATTRIBUTE)) {
    const raw = (match[2] ?? match[3] ?? '').replace(/\r\n/g, ' ').replace(/[\t\n\r]/g, ' ')
    result.set(match[1]!, decode(source, raw))
  }
  return result
}

/** Value of one attribute, or undefined. */
export const attribute = (source: XmlSource, element: SourceElement, name: string): string | undefined =>
  attributesOf(source, element).get(name)

/** Text of an element that has no child element (comments left out), decoded. */
export function textOf(source: XmlSource, element: SourceElement): string {
  const raw = source.text
    .slice(element.openEnd, element.closeStart)
    .replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, '')
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, data: string) => data.replace(/&/g, '&amp;'))
  return decode(source, raw.replace(/\r\n?/g, '\n'))
}

function decode(source: XmlSource, raw: string): string {
  const text =
    source.encoding === 'UTF-8' && /[\x80-\xff]/.test(raw) ? Buffer.from(raw, 'latin1').toString('utf8') : raw
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-z]+));/g,
    (whole, hex?: string, dec?: string, name?: string) => {
      if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
      if (dec) return String.fromCodePoint(Number.parseInt(dec, 10))
      return NAMED[name ?? ''] ?? whole
    },
  )
}

/** Namespaces in scope at an element, by prefix ('' is the default one). */
export function namespacesAt(source: XmlSource, element: SourceElement | undefined): Map<string, string> {
  const scope = element ? namespacesAt(source, element.parent) : new Map<string, string>()
  if (!element || !source.text.slice(element.start, element.openEnd).includes('xmlns')) return scope
  for (const [name, value] of attributesOf(source, element)) {
    if (name === 'xmlns') scope.set('', value)
    else if (name.startsWith('xmlns:')) scope.set(name.slice(6), value)
  }
  return scope
}

export const localName = (element: SourceElement): string => element.name.slice(element.name.indexOf(':') + 1)

/** Namespace of the element itself ('' when none). */
export function namespaceOf(source: XmlSource, element: SourceElement): string {
  const colon = element.name.indexOf(':')
  return namespacesAt(source, element).get(colon < 0 ? '' : element.name.slice(0, colon)) ?? ''
}

/** True when the element is ds:`local`, whatever its prefix. */
export const isDs = (source: XmlSource, element: SourceElement, local: string): boolean =>
  localName(element) === local && namespaceOf(source, element) === DSIG

/** Follows local names down from an element, first child of each name; undefined when one is missing. */
export function descend(element: SourceElement | undefined, ...path: string[]): SourceElement | undefined {
  let at = element
  for (const name of path) at = at?.children.find((child) => localName(child) === name)
  return at
}

/** Every element carrying an `Id`, by its value: an entry with several elements is a duplicated Id. */
export function elementsById(source: XmlSource): Map<string, SourceElement[]> {
  const byId = new Map<string, SourceElement[]>()
  let next = 0
  // One pass over the text for candidates, then the start tag that holds each; elements are in document order.
  for (const { index } of source.text.matchAll(/\sId\s*=/g)) {
    while (next < source.elements.length && source.elements[next]!.openEnd <= index) next++
    const element = source.elements[next]
    if (!element || index < element.start) continue
    const id = attribute(source, element, 'Id')
    if (id === undefined) continue
    const same = byId.get(id) ?? []
    if (!same.includes(element)) byId.set(id, [...same, element])
  }
  return byId
}
