import { randomBytes } from 'node:crypto'

/** UUID version 7: sorts by creation (RFC 9562 §5.7). `nowMs` in milliseconds since 1970. */
export function uuidV7(nowMs: number, random: Uint8Array = randomBytes(10)): string {
  const time = nowMs.toString(16).padStart(12, '0')
  const tail = Buffer.from(random).toString('hex')
  const variant = ((Number.parseInt(tail.slice(3, 5), 16) & 0x3f) | 0x80).toString(16).padStart(2, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(0, 3)}-${variant}${tail.slice(5, 7)}-${tail.slice(7, 19).padEnd(12, '0')}`
}
