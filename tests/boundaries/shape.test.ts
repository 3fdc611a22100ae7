import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { filesUnder, folders, isCode, isTest, read, root } from './directions.ts'

const all = [...folders, 'scripts', 'tests', 'docs']
  .filter((folder) => existsSync(`${root}/${folder}`))
  .flatMap(filesUnder)
/** Tables of reference data and tests may be long; a program file must be readable in one sitting. */
const isData = (file: string) => /(^|\/)(data|fixtures)\//.test(file) || /\.data\.ts$/.test(file)
const lineCount = (source: string) => source.split('\n').length - (source.endsWith('\n') ? 1 : 0)

describe('the shape of the project', () => {
  test('no folder is more than three levels below a top folder', () => {
    const deep = all.filter((file) => file.split('/').length - 2 > 3)
    expect(deep).toEqual([])
  })

  test('no program file is longer than 400 lines', () => {
    const programs = all.filter(
      (file) => isCode(file) && !isTest(file) && !file.startsWith('tests/') && !isData(file),
    )
    expect(programs.length).toBeGreaterThan(20)
    const long = programs
      .map((file) => `${file} : ${lineCount(read(file))} lignes`)
      .filter((line) => Number(/ (\d+) lignes$/.exec(line)?.[1]) > 400)
    expect(long).toEqual([])
  })

  test('names say what a file is about', () => {
    const names = all.filter(isCode).map((file) => file.split('/').at(-1) ?? '')
    expect(names.filter((name) => /^(utils?|helpers?|misc|common|manager)\./i.test(name))).toEqual([])
    // components keep the name of their component, as everyone who knows React expects
    const odd = all.filter(
      (file) =>
        file.endsWith('.ts') &&
        !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.ts$/.test(file.split('/').at(-1) ?? ''),
    )
    expect(odd).toEqual([])
  })

  test('each top folder explains itself', () => {
    const mute = [...folders, 'scripts', 'tests'].filter(
      (folder) => !existsSync(`${root}/${folder}/README.md`),
    )
    expect(mute).toEqual([])
  })
})
