import { XmlCData, XmlComment, type XmlDocument, XmlElement, XmlText, type XmlTreeNode } from 'libxml2-wasm'

/**
 * Writes a document the way the State's sealing component (DSC_COMMON, XOM Serializer: ISO-8859-1, indent 3) does before it
 * hashes: declaration, CRLF, one element a line, white space between elements made anew, runs of spaces collapsed.
 * Gives text whose every character is below U+0100: encode it as Latin-1. Comments are kept; other nodes do not occur.
 */
export function dscForm(document: XmlDocument): string {
  const out: string[] = ['<?xml version="1.0" encoding="ISO-8859-1"?>']
  write(document.root, 0, out)
  return `${out.join('')}\r\n`
}

const blank = /^[ \t\r\n]*$/

function write(element: XmlElement, depth: number, out: string[]): void {
  out.push(newLine(depth))
  writeInline(element, depth, out)
}

const newLine = (depth: number) => `\r\n${'   '.repeat(depth)}`

function writeInline(element: XmlElement, depth: number, out: string[]): void {
  const name = element.prefix ? `${element.prefix}:${element.name}` : element.name
  out.push('<', name)
  for (const attribute of element.attrs) {
    const qualified = attribute.prefix ? `${attribute.prefix}:${attribute.name}` : attribute.name
    out.push(' ', qualified, '="', escapeAttribute(attribute.value), '"')
  }
  for (const [prefix, uri] of Object.entries(element.nsDeclarations)) {
    out.push(prefix ? ` xmlns:${prefix}` : ' xmlns', '="', escapeAttribute(uri), '"')
  }
  const children = kept(element)
  if (children.length === 0) {
    out.push('/>')
    return
  }
  out.push('>')
  const mixed = children.some((child) => !(child instanceof XmlElement || child instanceof XmlComment))
  for (const child of children) {
    if (!mixed) out.push(newLine(depth + 1))
    if (child instanceof XmlElement) writeInline(child, depth + 1, out)
    else if (child instanceof XmlComment) out.push('<!--', child.content, '-->')
    else out.push(escapeText(child.content))
  }
  if (!mixed) out.push(newLine(depth))
  out.push('</', name, '>')
}

function kept(element: XmlElement): XmlTreeNode[] {
  const found: XmlTreeNode[] = []
  for (let node = element.firstChild; node; node = node.next) {
    const text = node instanceof XmlText || node instanceof XmlCData
    if (!text || !blank.test(node.content)) found.push(node)
  }
  return found
}

const collapse = (text: string) => text.replace(/[ \t\r\n]+/g, ' ')

const escapeText = (text: string) =>
  beyondLatin1(collapse(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'))

const escapeAttribute = (text: string) => escapeText(text).replaceAll('"', '&quot;')

function beyondLatin1(text: string): string {
  return text.replace(
    /[\u0100-\u{10ffff}]/gu,
    (c) => `&#x${(c.codePointAt(0) ?? 0).toString(16).toUpperCase()};`,
  )
}
