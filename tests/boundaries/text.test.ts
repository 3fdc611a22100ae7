import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { root } from './directions.ts'

// What is committed must mean the same on every machine.

const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter(Boolean)

/** The tracked files that are text, with their content; a file being deleted right now is left out. */
const texts = tracked.flatMap((file) => {
  try {
    const bytes = readFileSync(path.join(root, file))
    return bytes.includes(0) ? [] : [{ file, text: bytes.toString('utf8') }]
  } catch {
    return []
  }
})

const linesWith = (pattern: RegExp) =>
  texts.flatMap(({ file, text }) =>
    text.split('\n').flatMap((line, i) => {
      const found = pattern.exec(line)
      return found ? [`${file}:${i + 1} ${found[0]}`] : []
    }),
  )

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

test('there is text to read', () => {
  expect(texts.length).toBeGreaterThan(20)
})

test('no path of somebody’s machine', () => {
  // written in two pieces so that this file passes its own check
  const homes = ['/ho' + 'me', '/Us' + 'ers', 'C:\\\\Us' + 'ers\\'].map((home) => `${home}[/\\\\][A-Za-z]`)
  const here = [root, path.dirname(root), os.homedir()].filter(
    (folder) => folder.split('/').length > 2 || folder === '/ro' + 'ot',
  )
  const paths = [...homes, ...here.map((folder) => `${literal(folder)}\\b`)]
  // not the tail of a relative path or of an address
  expect(linesWith(new RegExp(`(?<![\\w./-])(?:${paths.join('|')})`))).toEqual([])
})

test('no package registry', () => {
  const configured = literal(new URL(registry()).host)
  const usual = ['npmjs', 'yarnpkg'].map((owner) => `registry\\.${owner}\\.`)
  expect(linesWith(new RegExp([configured, ...usual].join('|')))).toEqual([])
})

function registry(): string {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const told = execFileSync(npm, ['config', 'get', 'registry'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  return told.trim()
}

test('the lock file names no host and pins every package by its hash', () => {
  const lock: { packages: Record<string, { resolved?: string; integrity?: string }> } = JSON.parse(
    readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
  )
  const packages = Object.entries(lock.packages).filter(([name]) => name !== '')
  expect(packages.filter(([, entry]) => entry.resolved !== undefined).map(([name]) => name)).toEqual([])
  expect(packages.filter(([, entry]) => entry.integrity === undefined).map(([name]) => name)).toEqual([])
})
