import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'
import { postgresBin } from './pg.ts'

export type Component =
  | 'chromium'
  | 'display'
  | 'electronLibraries'
  | 'postgresql'
  | 'xmlTools'
  | 'pdfTools'
  | 'certificates'

const firstExisting = (files: readonly string[]) => files.find((file) => existsSync(file))

/** The full path of a command on PATH, or undefined. */
export function which(command: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => path.join(folder, command)).find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The Chromium that end-to-end tests drive: `CHROMIUM_PATH`, else the system's. */
export function chromiumPath(): string | undefined {
  const given = process.env['CHROMIUM_PATH']
  if (given) return existsSync(given) ? given : undefined
  return (
    which('chromium') ?? which('chromium-browser') ?? which('google-chrome-stable') ?? which('google-chrome')
  )
}

const gtk = () =>
  firstExisting(
    ['x86_64-linux-gnu', 'aarch64-linux-gnu', '.'].map((arch) => `/usr/lib/${arch}/libgtk-3.so.0`),
  )

type Need = { component: Component; found: () => string | undefined; debian: string }

const needs: readonly Need[] = [
  { component: 'chromium', found: chromiumPath, debian: 'chromium' },
  { component: 'display', found: () => process.env['DISPLAY'] || which('Xvfb'), debian: 'xvfb' },
  { component: 'display', found: () => process.env['DISPLAY'] || which('xauth'), debian: 'xauth' },
  { component: 'electronLibraries', found: gtk, debian: 'libgtk-3-0' },
  { component: 'postgresql', found: postgresBin, debian: 'postgresql' },
  { component: 'xmlTools', found: () => which('xmllint'), debian: 'libxml2-utils' },
  { component: 'xmlTools', found: () => which('xmlsec1'), debian: 'xmlsec1' },
  { component: 'pdfTools', found: () => which('pdfsig') && which('pdftotext'), debian: 'poppler-utils' },
  { component: 'pdfTools', found: () => which('qpdf'), debian: 'qpdf' },
  { component: 'certificates', found: () => which('certutil'), debian: 'libnss3-tools' },
  { component: 'certificates', found: () => which('openssl'), debian: 'openssl' },
]

export type MissingComponents = { components: readonly Component[]; sentence: string } | undefined

/**
 * Makes sure that the wanted components are there, installing Debian packages when we are root and apt-get exists.
 * Gives undefined when all is there, else what is missing and one French sentence with the exact command.
 * Progress goes to standard error.
 */
export function ensureComponents(wanted: readonly Component[]): MissingComponents {
  const missing = () => needs.filter((need) => wanted.includes(need.component) && !need.found())
  const before = missing()
  if (before.length === 0) return undefined
  const packages = (list: readonly Need[]) => [...new Set(list.map((need) => need.debian))].join(' ')
  if (process.getuid?.() === 0 && which('apt-get')) {
    process.stderr.write(`Installation des paquets Debian dont les tests ont besoin : ${packages(before)}…\n`)
    aptInstall(packages(before).split(' '))
  }
  const after = missing()
  if (after.length === 0) return undefined
  const components = [...new Set(after.map((need) => need.component))]
  return {
    components,
    sentence: `Il manque des programmes pour les tests. Sur Debian ou Ubuntu, en administrateur : apt-get install --no-install-recommends ${packages(after)}`,
  }
}

function aptInstall(packages: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], { stdio: ['ignore', 2, 2], env })
      .status === 0
  // a mirror that is briefly away must not hide the packages that are already listed
  apt('update')
  apt('install', '-y', '--no-install-recommends', ...packages)
}
