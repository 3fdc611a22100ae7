import { describe, expect, test } from 'vitest'
import { filesUnder, folders, forbiddenImports, importsOf, isCode, isTest, read } from './directions.ts'

describe('directions of imports', () => {
  test('no file imports what its folder may not', () => {
    const code = folders.flatMap(filesUnder).filter((file) => isCode(file) && !isTest(file))
    expect(code.length).toBeGreaterThan(folders.length) // a scan that sees nothing proves nothing
    expect(code.flatMap((file) => forbiddenImports(file, read(file)))).toEqual([])
  })

  test('every form of import is seen', () => {
    const source = `
      import a from './1.ts'
      import type { B } from './2.ts'
      import {
        c,
      } from './3.ts'
      export * from './4.ts'
      export { d } from "./5.ts"
      import './6.ts'
      const e = await import('./7.ts')
      type F = import('./8.ts').F
      // import g from './commented.ts'
    `
    expect(importsOf(source).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `./${n}.ts`))
  })

  test.each([
    ['core/sitting/x.ts', `import '../../hub/main.ts'`],
    ['core/x.ts', `import { readFileSync } from 'node:fs'`],
    ['core/x.ts', `import type { Foo } from 'kysely'`],
    ['core/x.ts', `type A = import('../storage/db.ts').A`],
    ['contracts/x.ts', `export * from '../core/../storage/db.ts'`],
    ['signing/pades/x.ts', `import { Refusal } from '../../core/refusal.ts'`],
    ['renderer/desktop/x.tsx', `import { join } from 'node:path'`],
    ['electron/x.ts', `import { sign } from '../signing/pades/sign.ts'`],
    ['hub/x.ts', `import { app } from 'electron'`],
    ['cli/x.ts', `import '../hub/app.ts'`],
    ['storage/x.ts', `import '../tests/builders/sitting.ts'`],
  ])('%s refuses %s', (file, source) => {
    expect(forbiddenImports(file, source)).toHaveLength(1)
  })

  test.each([
    ['core/sitting/x.ts', `import { z } from 'zod'\nimport { r } from '../refusal.ts'`],
    ['electron/x.ts', `import { app } from 'electron'\nimport type { P12 } from '../signing/keys/p12.ts'`],
    ['renderer/tablet/x.tsx', `import { route } from '../../contracts/routes.ts'\nimport react from 'react'`],
  ])('%s accepts what it may import', (file, source) => {
    expect(forbiddenImports(file, source)).toEqual([])
  })
})
