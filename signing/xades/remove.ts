import { readLayout } from './pes-layout.ts'
import { openSource } from './source.ts'

/**
 * Takes the signatures of a PES_Aller out (those of the bordereaux and of the root) and touches nothing else: for a
 * file signed here, the result is byte for byte the file before signing. Refuses (SigningError) what is not a PES_Aller.
 */
export function removeSignatures(bytes: Uint8Array): Uint8Array {
  const source = openSource(bytes)
  const layout = readLayout(source)
  const signatures = [...layout.rootSignatures, ...layout.bordereaux.flatMap((b) => b.signatures)]
  const parts: Uint8Array[] = []
  let from = 0
  for (const { start, end } of signatures.sort((a, b) => a.start - b.start)) {
    parts.push(bytes.subarray(from, start))
    from = end
  }
  parts.push(bytes.subarray(from))
  return Buffer.concat(parts)
}
