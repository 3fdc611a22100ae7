import { createHash } from 'node:crypto'
import { XmlC14NMode, XmlDocument } from 'libxml2-wasm'
import { namespacesAt } from './attributes.ts'
import { PARSE, type SourceElement, type XmlSource } from './source.ts'

export type C14nOptions = {
  /** `inclusive` is only for reading foreign signatures: the DGFiP refuses it. */
  mode?: 'exclusive' | 'inclusive'
  withComments?: boolean
  /** PrefixList of ec:InclusiveNamespaces. */
  inclusivePrefixes?: readonly string[]
}
type Namespaces = ReadonlyMap<string, string>
type Sink = (chunk: Uint8Array) => void

/**
 * Canonical form of one element, `without` being left out (the enveloped-signature transform).
 * The element is lifted out of the file with the namespaces in its scope, which gives the same canonical bytes as in
 * place and costs only its own size.
 */
export function canonicalElement(
  source: XmlSource,
  element: SourceElement,
  without?: SourceElement,
  options: C14nOptions = {},
): Uint8Array {
  const chunks: Uint8Array[] = []
  emit(lift(source, element, without), options, (chunk) => chunks.push(chunk))
  return Buffer.concat(chunks)
}

/** Digest of the canonical form of one element, streamed. `algorithm` is a node:crypto hash name. */
export function elementDigest(
  source: XmlSource,
  element: SourceElement,
  algorithm: string,
  without?: SourceElement,
  options: C14nOptions = {},
): Buffer {
  const hash = createHash(algorithm)
  emit(lift(source, element, without), options, (chunk) => hash.update(chunk))
  return hash.digest()
}

/** Digest of the whole file (reference with an empty URI), `without` being left out. */
export function documentDigest(
  source: XmlSource,
  algorithm: string,
  without?: SourceElement,
  options: C14nOptions = {},
): Buffer {
  const hash = createHash(algorithm)
  emit(cut(source, 0, source.bytes.length, without), options, (chunk) => hash.update(chunk))
  return hash.digest()
}

/** Exclusive canonical form of an ASCII fragment that we wrote, `namespaces` being those in scope where it will stand. */
export function canonicalFragment(xml: string, namespaces: Namespaces): Uint8Array {
  const nameEnd = xml.search(/[\s/>]/)
  const chunks: Uint8Array[] = []
  emit(
    Buffer.from(`${xml.slice(0, nameEnd)}${declarations(namespaces, '')}${xml.slice(nameEnd)}`, 'latin1'),
    {},
    (c) => chunks.push(c),
  )
  return Buffer.concat(chunks)
}

function lift(source: XmlSource, element: SourceElement, without?: SourceElement): Uint8Array {
  const nameEnd = element.start + 1 + element.name.length
  const own = source.text.slice(nameEnd, element.openEnd)
  const head = `<?xml version="1.0" encoding="${source.encoding}"?><${element.name}${declarations(namespacesAt(source, element.parent), own)}`
  return Buffer.concat([Buffer.from(head, 'latin1'), cut(source, nameEnd, element.end, without)])
}

function cut(source: XmlSource, from: number, to: number, without?: SourceElement): Uint8Array {
  const { bytes } = source
  if (!without) return bytes.subarray(from, to)
  return Buffer.concat([bytes.subarray(from, without.start), bytes.subarray(without.end, to)])
}

function declarations(namespaces: Namespaces, ownTag: string): string {
  let text = ''
  for (const [prefix, uri] of namespaces) {
    const name = prefix === '' ? 'xmlns' : `xmlns:${prefix}`
    if (new RegExp(`\\s${name}\\s*=`).test(ownTag) || (prefix === '' && uri === '')) continue
    // Latin-1 characters of the URI were decoded: written back as references, which any encoding carries.
    text += ` ${name}="${escapeAscii(uri)}"`
  }
  return text
}

/** Text as XML content or attribute value, in ASCII only: valid in a file of any encoding. */
export function escapeAscii(value: string): string {
  return [...value]
    .map((c) => {
      const code = c.codePointAt(0)!
      if (c === '&') return '&amp;'
      if (c === '<') return '&lt;'
      if (c === '>') return '&gt;'
      if (c === '"') return '&quot;'
      return code < 0x20 || code > 0x7e ? `&#${code};` : c
    })
    .join('')
}

function emit(xml: Uint8Array, options: C14nOptions, sink: Sink): void {
  const doc = XmlDocument.fromBuffer(xml, { option: PARSE })
  try {
    doc.canonicalize(
      {
        write: (chunk) => {
          sink(chunk.slice())
          return chunk.length
        },
        close: () => true,
      },
      {
        mode: options.mode === 'inclusive' ? XmlC14NMode.XML_C14N_1_0 : XmlC14NMode.XML_C14N_EXCLUSIVE_1_0,
        withComments: options.withComments ?? false,
        ...(options.inclusivePrefixes?.length
          ? { inclusiveNamespacePrefixes: [...options.inclusivePrefixes] }
          : {}),
      },
    )
  } finally {
    doc.dispose()
  }
}
