import { PDFDocument } from '@cantoo/pdf-lib'
import { createTestAuthority, type TestAuthority } from './keys/test-authority.ts'
import { createTimestampClient } from './tsp/client.ts'
import { createTimestampResponder, type ResponderLie } from './tsp/responder.ts'
import type { Clock, TimestampClient } from './types.ts'

/** What tests of several folders share: a small PDF, a demonstration authority, a time-stamp client without network. */

export const NOW = new Date('2026-11-24T07:30:00Z')
export const clock: Clock = () => NOW

/** A two-page PDF with a line of text a page. */
export async function samplePdf(
  options: { objectStreams?: boolean; rotate?: number; pages?: number } = {},
): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false })
  for (let i = 0; i < (options.pages ?? 2); i++) {
    const page = document.addPage([595, 842])
    page.node.set(page.node.context.obj('Rotate'), page.node.context.obj(options.rotate ?? 0))
    page.drawText(`Deliberation du conseil municipal, page ${i + 1}`, { x: 60, y: 760, size: 12 })
  }
  return document.save({ useObjectStreams: options.objectStreams ?? false })
}

let authority: Promise<TestAuthority> | undefined

/** One demonstration authority for a test file (smaller keys than the demonstration's: tests wait for them). */
export const testAuthority = (): Promise<TestAuthority> => {
  authority ??= createTestAuthority({ clock, keyBits: 2048 })
  return authority
}

/** A client that asks a responder in the same process; `lie` makes the responder misbehave. */
export async function localTimestamp(
  options: { lie?: ResponderLie; clock?: Clock; roots?: Uint8Array[] } = {},
): Promise<TimestampClient> {
  const pki = await testAuthority()
  const tsa = await pki.issueTsa()
  const respond = createTimestampResponder({ signer: tsa.signer, clock: options.clock ?? clock })
  return createTimestampClient({
    urls: ['local'],
    clock,
    roots: options.roots ?? [pki.root],
    transport: (_url, request) => respond(request, options.lie),
  })
}
