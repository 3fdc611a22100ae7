/** A DER writer and reader: what CMS, time-stamps and certificates need, and no more. */

export function tlv(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = concat(contents)
  return concat([Uint8Array.of(tag), lengthBytes(content.length), content])
}

export const sequence = (...items: readonly Uint8Array[]): Uint8Array => tlv(0x30, ...items)

/** DER SET OF: the encoded items are sorted bytewise. */
export const setOf = (items: readonly Uint8Array[], tag = 0x31): Uint8Array =>
  tlv(tag, ...[...items].sort(compareBytes))

export const octets = (bytes: Uint8Array): Uint8Array => tlv(0x04, bytes)

export const nullValue = Uint8Array.of(0x05, 0x00)

export const utf8String = (text: string): Uint8Array => tlv(0x0c, new TextEncoder().encode(text))

export const boolean = (value: boolean): Uint8Array => Uint8Array.of(0x01, 0x01, value ? 0xff : 0)

/** Context-specific tag [n], constructed unless said otherwise. */
export const context = (n: number, content: Uint8Array, constructed = true): Uint8Array =>
  tlv((constructed ? 0xa0 : 0x80) | n, content)

/** INTEGER from a small number, or from unsigned big-endian bytes. */
export function integer(value: number | Uint8Array): Uint8Array {
  let bytes: Uint8Array
  if (typeof value === 'number') {
    const out: number[] = []
    for (let rest = value; rest > 0 || out.length === 0; rest = Math.floor(rest / 256))
      out.unshift(rest % 256)
    bytes = Uint8Array.from(out)
  } else {
    let start = 0
    while (start < value.length - 1 && value[start] === 0) start++
    bytes = value.subarray(start)
  }
  return tlv(0x02, (bytes[0] ?? 0) >= 0x80 ? concat([Uint8Array.of(0), bytes]) : bytes)
}

export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes: number[] = []
  for (const arc of [first * 40 + second, ...rest]) {
    const groups = [arc % 128]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      groups.unshift((left % 128) | 0x80)
    bytes.push(...groups)
  }
  return tlv(0x06, Uint8Array.from(bytes))
}

/** GeneralizedTime to the second, UTC. */
export function generalizedTime(date: Date): Uint8Array {
  const text = `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`
  return tlv(0x18, new TextEncoder().encode(text))
}

function lengthBytes(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return Uint8Array.of(0x80 | bytes.length, ...bytes)
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && compareBytes(a, b) === 0

/** One DER element: `raw` is the whole of it, `content` what follows its length. */
export type DerNode = { readonly tag: number; readonly raw: Uint8Array; readonly content: Uint8Array }

/**
 * Reads the element at `offset` (what follows it is ignored). Indefinite lengths, which some signing libraries
 * write around DER parts, are followed. Throws RangeError on anything else.
 */
export function readDer(bytes: Uint8Array, offset = 0, depth = 0): DerNode {
  const tag = bytes[offset]
  let length = bytes[offset + 1]
  if (tag === undefined || length === undefined || (tag & 0x1f) === 0x1f || depth > 64)
    throw new RangeError('not DER')
  let start = offset + 2
  if (length === 0x80) {
    let at = start
    while (bytes[at] !== 0 || bytes[at + 1] !== 0) at += readDer(bytes, at, depth + 1).raw.length
    return { tag, raw: bytes.subarray(offset, at + 2), content: bytes.subarray(start, at) }
  }
  if (length > 0x80) {
    const count = length & 0x7f
    if (count > 4) throw new RangeError('not DER: length')
    length = 0
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[start + i] ?? 0)
    start += count
  }
  if (start + length > bytes.length) throw new RangeError('DER is truncated')
  return { tag, raw: bytes.subarray(offset, start + length), content: bytes.subarray(start, start + length) }
}

/** The elements inside a constructed element. Throws RangeError. */
export function childrenOf(node: DerNode): DerNode[] {
  const out: DerNode[] = []
  for (let at = 0; at < node.content.length; ) {
    const child = readDer(node.content, at)
    out.push(child)
    at += child.raw.length
  }
  return out
}

/** The child at a path of positions, e.g. `[0, 5]`. Throws RangeError when it is absent. */
export function childAt(node: DerNode, ...path: readonly number[]): DerNode {
  let current = node
  for (const position of path) {
    const child = childrenOf(current)[position]
    if (!child) throw new RangeError('DER element is absent')
    current = child
  }
  return current
}

/** The dotted form of an OBJECT IDENTIFIER. */
export function readOid(node: DerNode): string {
  const arcs: number[] = []
  let value = 0
  for (const byte of node.content) {
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) {
      arcs.push(value)
      value = 0
    }
  }
  const first = arcs[0] ?? 0
  const root = first < 80 ? Math.floor(first / 40) : 2
  return [root, first - root * 40, ...arcs.slice(1)].join('.')
}

/** Lower-case hexadecimal. */
export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
