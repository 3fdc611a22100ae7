import type { TestProject } from 'vitest/node'
import { postgresBin, startPostgres } from '../scripts/pg.ts'

declare module 'vitest' {
  interface ProvidedContext {
    pgUrl: string
  }
}

/** One PostgreSQL for the whole run; each test file makes its own database in it. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!postgresBin()) return undefined // the tests that need it then say so themselves
  const server = await startPostgres()
  project.provide('pgUrl', server.url)
  return server.stop
}
