// Run as a process of its own by storage-crash.test.ts: `node storage-child.ts <options as JSON>`.

import { recordBlob } from '../../storage/blobs.ts'
import { nextNumber } from '../../storage/counter.ts'
import { appendJournal } from '../../storage/journal.ts'
import { openStorage, type StorageTarget } from '../../storage/open.ts'

export type ChildOptions = {
  target: StorageTarget
  blobDir: string
  name: string
  /** Transactions to make. */
  count: number
  /** Then begin one more, and stay inside it. */
  hang: boolean
}

const options: ChildOptions = JSON.parse(process.argv[2] ?? '')
const { name } = options
const storage = await openStorage(options.target, { blobDir: options.blobDir })

for (let n = 1; n <= options.count + (options.hang ? 1 : 0); n++) {
  const blob = await storage.blobs.put(Buffer.from(`${name} ${n} `.repeat(2000)), 'text/plain')
  await storage.write('commune', async (tx) => {
    await recordBlob(tx, blob, '2026-03-01T18:00:00.000Z')
    const number = await nextNumber(tx, 'commune', 'test', '')
    const entry = {
      authorityId: 'commune',
      at: '2026-03-01T18:00:00.000Z',
      actorId: name,
      actorLabel: name,
      capacity: 'agent',
      action: 'test.written',
      subjectKind: 'blob',
      subjectId: blob.sha256,
      data: { number },
    }
    await appendJournal(tx, [entry, { ...entry, action: 'test.again' }])
    if (n <= options.count) return
    console.log('inside')
    await new Promise((resolve) => setTimeout(resolve, 60_000))
  })
  console.log(`committed ${n}`)
}
await storage.close()
