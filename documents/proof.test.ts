import { createHash } from 'node:crypto'
import { text as readText } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { type Entry, fromBuffer, type ZipFile } from 'yauzl'
import { Refusal } from '../core/refusal.ts'
import {
  convocationManifest,
  isResponse,
  type ManifestInput,
  type ProofArchiveInput,
  proofArchive,
} from './proof.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const letter = bytesOf('convocation')
const plan = bytesOf('plan')

const declared: ManifestInput = {
  authority: { name: 'Ville de Démoville', siren: '999999999' },
  sitting: {
    id: 's1',
    title: 'Conseil municipal',
    date: '2026-12-10',
    time: '18:30',
    place: 'Hôtel de ville',
  },
  convocationVersion: 1,
  recipient: { name: 'M. Olivier Nœuvéglise', address: 'o.n@demoville.example', channel: 'electronic' },
  documents: [
    { title: 'Convocation', name: 'convocation.pdf', sha256: sha(letter), size: letter.byteLength },
    { title: 'Plan', name: '../../etc/plan\n.pdf', sha256: sha(plan), size: plan.byteLength },
  ],
}

const archive = (more: Partial<ProofArchiveInput> = {}): ProofArchiveInput => ({
  manifest: convocationManifest(declared),
  documents: [
    { sha256: sha(plan), bytes: () => plan },
    { sha256: sha(letter), bytes: async () => letter },
  ],
  dispatch: { handedOverAt: '2026-12-04T09:02:07.000Z', messageId: '<1@x>', relayAnswer: '250 <b>Ok</b>' },
  token: null,
  certificates: '',
  page: bytesOf('%PDF'),
  timeZone: 'Europe/Paris',
  createdAt: '2026-12-04T09:02:09.000Z',
  ...more,
})

const opened = (zip: Uint8Array) =>
  new Promise<ZipFile>((resolve, reject) =>
    fromBuffer(Buffer.from(zip), { lazyEntries: true }, (error, file) =>
      error ? reject(error) : resolve(file),
    ),
  )
const contentOf = (file: ZipFile, entry: Entry) =>
  new Promise<string>((resolve, reject) =>
    file.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(readText(stream)))),
  )

async function entries(zip: Uint8Array): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const file = await opened(zip)
  await new Promise<void>((resolve, reject) => {
    file.on('entry', (entry: Entry) => {
      contentOf(file, entry).then((content) => {
        found.set(entry.fileName, content)
        file.readEntry()
      }, reject)
    })
    file.on('end', resolve)
    file.on('error', reject)
    file.readEntry()
  })
  return found
}

const refusal = async (work: Promise<unknown>): Promise<Refusal> => {
  const error = await work.then(
    () => null,
    (e: unknown) => e,
  )
  if (!(error instanceof Refusal)) throw new Error(`not refused: ${String(error)}`)
  return error
}

describe('manifest', () => {
  test('same input, same bytes; a document that changes changes it', () => {
    const bytes = convocationManifest(declared)
    expect(Buffer.from(convocationManifest(structuredClone(declared))).equals(bytes)).toBe(true)
    const other = {
      ...declared,
      documents: declared.documents.map((d) => ({ ...d, sha256: sha(bytesOf('x')) })),
    }
    expect(Buffer.from(convocationManifest(other)).equals(bytes)).toBe(false)
  })

  test('a name can mean no other folder', () => {
    const { documents } = JSON.parse(new TextDecoder().decode(convocationManifest(declared)))
    expect(documents.map((d: { path: string }) => d.path)).toEqual([
      'documents/01-convocation.pdf',
      'documents/02-etc-plan-.pdf',
    ])
  })

  test('needs a document', () => {
    expect(() => convocationManifest({ ...declared, documents: [] })).toThrow(Refusal)
  })
})

describe('archive', () => {
  test('holds everything, each under its name', async () => {
    const files = await entries(
      await proofArchive(archive({ token: bytesOf('0\u0003\u0006\u0001\u0001'), certificates: 'PEM' })),
    )
    expect([...files.keys()]).toEqual([
      'lisez-moi.html',
      'preuve.pdf',
      'VERIFIER.txt',
      'manifest.json',
      'SHA256SUMS',
      'manifest.tst',
      'horodatage-ca.pem',
      'envoi.json',
      'documents/01-convocation.pdf',
      'documents/02-etc-plan-.pdf',
    ])
    expect(files.get('lisez-moi.html')).toContain('250 &lt;b&gt;Ok&lt;/b&gt;')
    expect(files.get('VERIFIER.txt')).toContain('-token_in')
  })

  test('says that the token is awaited when there is none', async () => {
    const files = await entries(await proofArchive(archive()))
    expect(files.has('manifest.tst')).toBe(false)
    expect(files.get('VERIFIER.txt')).toContain('n’avait pas encore été obtenu')
  })

  test('same input, same bytes, whatever the time zone of the machine', async () => {
    const before = process.env['TZ']
    try {
      process.env['TZ'] = 'Pacific/Auckland'
      const there = await proofArchive(archive())
      process.env['TZ'] = 'America/Martinique'
      expect(Buffer.from(await proofArchive(archive())).equals(there)).toBe(true)
    } finally {
      if (before === undefined) delete process.env['TZ']
      else process.env['TZ'] = before
    }
  })

  test('is refused when a declared document is absent or was replaced', async () => {
    const absent = await refusal(
      proofArchive(archive({ documents: [{ sha256: sha(letter), bytes: () => letter }] })),
    )
    expect(absent).toMatchObject({ code: 'PROOF_INCOMPLETE' })
    expect(absent.message).toContain('« Plan » manque')
    const replaced = await refusal(
      proofArchive(
        archive({
          documents: [
            { sha256: sha(letter), bytes: () => letter },
            { sha256: sha(plan), bytes: () => letter },
          ],
        }),
      ),
    )
    expect(replaced.message).toContain('n’est plus le document')
  })

  test('is refused when the manifest is not one', async () => {
    expect((await refusal(proofArchive(archive({ manifest: bytesOf('{}') })))).code).toBe(
      'PROOF_MANIFEST_INVALID',
    )
  })
})

test('a response and a bare token are told apart', () => {
  expect(isResponse(Uint8Array.of(0x30, 0x82, 0x01, 0x00, 0x30, 0x03))).toBe(true)
  expect(isResponse(Uint8Array.of(0x30, 0x82, 0x01, 0x00, 0x06, 0x09))).toBe(false)
})
