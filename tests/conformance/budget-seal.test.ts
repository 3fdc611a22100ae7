import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { run } from '../../cli/budget.ts'
import { checkBudget } from '../../exports/budget/check.ts'
import { sampleBudget } from '../../exports/budget/sample-budget.ts'
import { verifySeal } from '../../exports/budget/seal.ts'
import { sealBudget } from '../../exports/budget/write-seal.ts'
import {
  bytesOf,
  files,
  hasSamples,
  hasSchemas,
  required,
  samples,
  schemas,
  sealOf,
} from './budget-samples.ts'

const hasXmllint = spawnSync('xmllint', ['--version']).status === 0

async function budget(...args: string[]) {
  const err: string[] = []
  const io = { stdout: () => {}, stderr: (text: string) => void err.push(text), json: false }
  const code = await run(args, io, new Date('2026-12-10T17:30:00Z'))
  return { code, err: err.join('') }
}

describe.skipIf(!hasSamples && !required)('real seals', () => {
  describe.each(files.filter(([, wanted]) => sealOf(wanted) === 'valid'))('%s', (file, wanted) => {
    test('one changed character breaks the seal', () => {
      const text = Buffer.from(bytesOf(file)).toString('latin1')
      const tampered = text.replace(/<MtPrev V="/, '$&1')
      expect(tampered).not.toBe(text)
      expect(verifySeal(Buffer.from(tampered, 'latin1'))).toBe('broken')
    })
    test('sealing the unsealed copy gives back the digests of the real sealing tool', () => {
      const original = Buffer.from(bytesOf(file)).toString('latin1')
      const unsealed = Buffer.from(original.replace(/<Scellement [^>]*>[^<]*/, ''), 'latin1')
      const sealed = sealBudget(unsealed, { date: wanted.seal.date ?? '' })
      const attributes = (text: string) =>
        [...(/<Scellement [^>]*>/.exec(text)?.[0] ?? '').matchAll(/\w+="[^"]*"/g)]
          .map((m) => m[0].toUpperCase())
          .sort()
      const result = Buffer.from(sealed.bytes).toString('latin1')
      expect(sealed.rewritten).toBe(false)
      expect(attributes(result)).toEqual(attributes(original))
      expect(result.replace(/<Scellement [^>]*>/, '')).toBe(original.replace(/<Scellement [^>]*>/, ''))
    })
  })

  test('an unsealed budget can be sealed; a broken seal only on demand', async () => {
    const out = path.join(mkdtempSync(path.join(os.tmpdir(), 'budget-')), 'out.xml')
    const unsealed = path.join(samples, 'm3m-ca-2020-transports-unsealed.xml')
    expect((await budget('seal', unsealed, '--out', out)).code).toBe(0)
    expect(checkBudget(new Uint8Array(readFileSync(out)), { purpose: 'send' }).ok).toBe(true)
    const broken = path.join(samples, 'montreuil-ca-2018-anonymised-brokenseal.xml')
    const refused = await budget('seal', broken, '--out', `${out}.2`)
    expect([refused.code, existsSync(`${out}.2`)]).toEqual([1, false])
    expect(refused.err).toContain('scellement rompu')
    expect((await budget('seal', broken, '--out', `${out}.2`, '--replace')).code).toBe(0)
  })
})

describe.skipIf(!hasXmllint && !required)('the seal by other tools', () => {
  test('xmllint canonicalises, Node hashes: same digests', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'budget-'))
    const { bytes, digests } = sealBudget(sampleBudget(), { date: '2026-12-10T18:30:00.000+01:00' })
    const without = Buffer.from(bytes)
      .toString('latin1')
      .replace(/<Scellement [^>]*>[^<]*/, '')
    const file = path.join(folder, 'budget.xml')
    writeFileSync(file, Buffer.from(without, 'latin1'))
    const canonical = execFileSync('xmllint', ['--c14n', file], { maxBuffer: 1 << 26 })
    const hash = (name: string) => createHash(name).update(canonical).digest('hex').toUpperCase()
    expect({ md5: hash('md5'), sha1: hash('sha1') }).toEqual(digests)
  })
  test.skipIf(!hasSchemas && !required)('a sealed budget is valid for xmllint against both schemas', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'budget-'))
    const file = path.join(folder, 'budget.xml')
    writeFileSync(file, sealBudget(sampleBudget(), { date: '2026-12-10T18:30:00.000+01:00' }).bytes)
    for (const set of ['helios-pes5.17', 'totem-v95']) {
      const schema = path.join(schemas, set, 'DocumentBudgetaire.xsd')
      expect(spawnSync('xmllint', ['--noout', '--schema', schema, file], { encoding: 'utf8' })).toMatchObject(
        { status: 0 },
      )
    }
  })
})
