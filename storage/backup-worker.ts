// Runs in a worker thread: SQLite works synchronously, and a copy of a large database would hold up the hub.
import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'

/** What the worker is asked. `vacuumInto` copies to `to`; `check` lists what is wrong in `file`. */
export type BackupTask = { kind: 'vacuumInto'; file: string; to: string } | { kind: 'check'; file: string }

const task: BackupTask = workerData
const db = new Sqlite(task.file, { readonly: true, fileMustExist: true, timeout: 10_000 })
try {
  if (task.kind === 'vacuumInto') {
    db.prepare('vacuum into ?').run(task.to)
    parentPort?.postMessage([])
  } else {
    const integrity = db.prepare<[], { integrity_check: string }>('pragma integrity_check').all()
    const orphans = db.prepare<[], { table: string }>('pragma foreign_key_check').all()
    parentPort?.postMessage([
      ...integrity.map((r) => r.integrity_check).filter((text) => text !== 'ok'),
      ...orphans.map((r) => `foreign key of ${r.table}`),
    ])
  }
} finally {
  db.close()
}
