import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import frozen from './migrations/frozen.json' with { type: 'json' }
import { migrations } from './migrations.ts'

const folder = path.join(import.meta.dirname, 'migrations')
const files = readdirSync(folder)
  .filter((f) => f.endsWith('.ts'))
  .sort()
const source = (file: string) => readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n')

describe('migrations', () => {
  it('are numbered without gap, and all applied in that order', () => {
    expect(files.map((f) => Number(f.slice(0, 4)))).toEqual(files.map((_, i) => i + 1))
    expect(migrations.map((m) => `${m.name}.ts`)).toEqual(files)
  })

  // A database somewhere already went through it: to change the schema, add a migration and its line to frozen.json.
  it('never change once released', () => {
    const hashes = files.map((f) => [f, createHash('sha256').update(source(f)).digest('hex')])
    expect(Object.fromEntries(hashes)).toEqual(frozen)
  })

  it('import nothing from the program', () => {
    for (const file of files)
      expect([...source(file).matchAll(/from '([^']+)'/g)].map((m) => m[1])).toEqual(['kysely'])
  })
})
