import { expect, it } from 'vitest'
import { localTimestamp, NOW, samplePdf, testAuthority } from '../testing.ts'
import { verifyPdf } from '../verify/pdf.ts'
import { addDocumentTimestamp } from './document-timestamp.ts'
import { addSignatureFields } from './fields.ts'
import { signPdf } from './sign.ts'

const pki = await testAuthority()
const mayor = await pki.issuePerson({ name: 'Éloïse Lefèvre-Noël' })
const field = { name: 'maire', tooltip: 'Maire', page: 1, x: 300, y: 40, width: 200, height: 70, lock: true }
const request = { fieldName: 'maire', role: 'La maire', name: mayor.name, claimedAt: NOW }

it('a late document time-stamp proves the time of a B-B signature, even a locking one, without any key', async () => {
  const signed = await signPdf(addSignatureFields(await samplePdf(), [field]), mayor.signer, request)
  const stamped = await addDocumentTimestamp(signed.pdf, await localTimestamp())
  const again = await addDocumentTimestamp(stamped, await localTimestamp())
  expect(Buffer.from(again.subarray(0, signed.pdf.length)).equals(signed.pdf)).toBe(true)
  const report = await verifyPdf(again, { roots: [pki.root], now: new Date('2040-01-01') })
  expect(report.problems).toEqual([])
  expect(report.signatures.map((s) => [s.field, s.kind, s.level, s.integrity, s.trusted])).toEqual([
    ['maire', 'signature', 'B-T', true, true],
    ['horodatage-1', 'horodatage', 'autre', true, true],
    ['horodatage-2', 'horodatage', 'autre', true, true],
  ])
  expect(report.ok).toBe(true)
})

it('a time-stamp over other bytes does not prove anything', async () => {
  const signed = await signPdf(await samplePdf(), mayor.signer, request)
  const stamped = await addDocumentTimestamp(signed.pdf, await localTimestamp())
  const tampered = Uint8Array.from(stamped)
  const at = Buffer.from(stamped).indexOf('/MediaBox') + 1
  tampered[at] = 0x43
  const report = await verifyPdf(tampered, { roots: [pki.root], now: NOW })
  expect(report.ok).toBe(false)
  expect(report.signatures.map((s) => s.integrity)).toEqual([false, false])
})
