import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { main } from './main.ts'

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const code = await main(argv, {
    stdout(text) {
      out += text
    },
    stderr(text) {
      err += text
    },
  })
  return { code, out, err }
}

describe('the dispatcher', () => {
  test('help lists every command, on stdout with 0 when asked, on stderr with 2 when the line is empty', async () => {
    const asked = await run('aide')
    expect(asked).toMatchObject({ code: 0, err: '' })
    for (const name of [
      'demo',
      'check',
      'pes',
      'budget',
      'actes',
      'pdf',
      'journal',
      'hub',
      'verify',
      'backup',
      'restore',
    ]) {
      expect(asked.out).toContain(`  ${name} `)
    }
    const empty = await run()
    expect(empty.code).toBe(2)
    expect(empty.err).toContain('Usage : echarpe COMMANDE')
  })

  test('help of one command, by either way', async () => {
    for (const line of [
      ['aide', 'actes'],
      ['actes', '--help'],
    ]) {
      const { code, out } = await run(...line)
      expect(code).toBe(0)
      expect(out).toContain('actes build --acte')
    }
    expect((await run('aide', 'rien')).code).toBe(2)
  })

  test('an unknown command is a wrong usage, whatever its name', async () => {
    for (const name of ['truc', 'main', '__proto__', 'constructor', '../hub/main']) {
      const { code, err } = await run(name)
      expect(code).toBe(2)
      expect(err).toContain('n’est pas une commande')
    }
  })

  const absent = ['verify', 'backup', 'restore'].filter(
    (name) => !existsSync(path.join(import.meta.dirname, `${name}.ts`)),
  )
  test.each(absent)('« %s », announced but not there yet, says so', async (name) => {
    const { code, err } = await run(name)
    expect(code).toBe(2)
    expect(err).toContain('commande indisponible')
  })

  test('as a process: French on stderr, nothing on stdout, the exit code of the command', () => {
    const root = path.resolve(import.meta.dirname, '..')
    const ran = spawnSync(process.execPath, ['cli/main.ts', 'check', 'nulle-part.xml'], {
      cwd: root,
      encoding: 'utf8',
    })
    expect(ran.status).toBe(1)
    expect(ran.stderr).toContain('Ce fichier n’existe pas')
    const long = spawnSync(process.execPath, ['cli/main.ts', 'check', '--json', 'package.json'], {
      cwd: root,
      encoding: 'utf8',
    })
    expect(long.status).toBe(1)
    expect(JSON.parse(long.stdout)).toMatchObject({ kind: 'unknown', ok: false })
  })
})
