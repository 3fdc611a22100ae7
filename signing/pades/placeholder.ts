import { PDFObject } from '@cantoo/pdf-lib'
import { asText, damaged } from '../pdf/xref.ts'

/** Fixed-width room for the four numbers of /ByteRange, known only once everything is written. */
export const BYTE_RANGE_PLACEHOLDER = `[0 ${'0'.repeat(10)} ${'0'.repeat(10)} ${'0'.repeat(10)}]`

/** Bytes written as they are, for what must keep its width. */
export class RawText extends PDFObject {
  private readonly text: string

  constructor(text: string) {
    super()
    this.text = text
  }

  override toString(): string {
    return this.text
  }

  override sizeInBytes(): number {
    return this.text.length
  }

  override copyBytesInto(buffer: Uint8Array, offset: number): number {
    for (let i = 0; i < this.text.length; i++) buffer[offset + i] = this.text.charCodeAt(i)
    return this.text.length
  }
}

/**
 * Writes the real /ByteRange over its placeholder, in place. `start` is the offset of the signature's object and `room` the
 * number of hexadecimal digits reserved. Gives the range.
 */
export function fillByteRange(
  bytes: Uint8Array,
  start: number,
  room: number,
): [number, number, number, number] {
  const text = asText(bytes, start, room + 4096)
  const range = text.indexOf(BYTE_RANGE_PLACEHOLDER)
  const contents = text.indexOf('/Contents <')
  if (range < 0 || contents < 0) throw damaged('la signature n’a pas pu être placée')
  const open = start + contents + '/Contents '.length
  const close = open + room + 2
  const byteRange: [number, number, number, number] = [0, open, close, bytes.length - close]
  const filled = `[${byteRange.join(' ')}]`.padEnd(BYTE_RANGE_PLACEHOLDER.length, ' ')
  for (let i = 0; i < filled.length; i++) bytes[start + range + i] = filled.charCodeAt(i)
  return byteRange
}
