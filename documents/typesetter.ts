import { Worker } from 'node:worker_threads'
import type { TypesetAnswer, TypesetJob } from './typeset-worker.ts'

/**
 * The compiler keeps every layout it made (about 2 MB a document, never given back), and WASM stops at 4 GB: the thread
 * is replaced after this many documents.
 */
const DOCUMENTS_PER_THREAD = 150
/** An idle compiler holds some 200 MB: it is let go after this long without a document. */
const IDLE_MS = 120_000

let thread: Worker | undefined
let made = 0
let idle: NodeJS.Timeout | undefined
let queue: Promise<unknown> = Promise.resolve()

/** Lays out one document in the compiler's thread, one at a time in order of arrival. Rejects when the thread dies. */
export function layOut(job: TypesetJob): Promise<TypesetAnswer> {
  const run = queue.then(() => ask(job))
  queue = run.catch(() => undefined)
  return run
}

async function ask(job: TypesetJob): Promise<TypesetAnswer> {
  clearTimeout(idle)
  if (made >= DOCUMENTS_PER_THREAD) await letGo()
  thread ??= new Worker(new URL('./typeset-worker.ts', import.meta.url), { execArgv: [] })
  made++
  try {
    return await answerOf(thread, job)
  } catch (error) {
    await letGo()
    throw error
  } finally {
    idle = setTimeout(() => void letGo(), IDLE_MS)
    idle.unref()
  }
}

function answerOf(worker: Worker, job: TypesetJob): Promise<TypesetAnswer> {
  // the process may end while the thread waits, not while it works
  worker.ref()
  return new Promise<TypesetAnswer>((resolve, reject) => {
    const settle = (done: () => void) => {
      worker.off('message', answered).off('error', failed).off('exit', ended).unref()
      done()
    }
    const answered = (answer: TypesetAnswer) => settle(() => resolve(answer))
    const failed = (error: unknown) => settle(() => reject(error))
    const ended = (code: number) => settle(() => reject(new Error(`typesetting thread ended with ${code}`)))
    worker.on('message', answered).on('error', failed).on('exit', ended)
    worker.postMessage(job)
  })
}

async function letGo(): Promise<void> {
  const worker = thread
  thread = undefined
  made = 0
  await worker?.terminate()
}
