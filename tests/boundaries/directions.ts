import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '../..')

/** What each top folder may import from the others (besides itself). The lint rules of biome.json say the same. */
export const mayImport = {
  core: [],
  contracts: ['core'],
  storage: ['core'],
  signing: [],
  documents: ['core'],
  exports: ['core'],
  connectors: ['core'],
  hub: ['core', 'contracts', 'storage', 'signing', 'documents', 'exports', 'connectors'],
  renderer: ['core', 'contracts'],
  electron: ['contracts', 'signing/keys'],
  cli: ['core', 'contracts', 'storage', 'signing', 'documents', 'exports', 'connectors'],
} as const satisfies Record<string, readonly string[]>

export type Folder = keyof typeof mayImport
export const folders = Object.keys(mayImport).filter((name): name is Folder => name in mayImport)

/** Folders whose code runs without Node's modules. */
export const withoutNode: readonly Folder[] = ['core', 'contracts', 'renderer']
/** Folders that may use no package but zod. */
export const zodOnly: readonly Folder[] = ['core', 'contracts']

/** Files below a top folder, relative to the project's root, with forward slashes. */
export function filesUnder(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((file) => !/(^|\/)(node_modules|dist)\//.test(file))
}

export const isCode = (file: string): boolean => /\.(ts|tsx|mjs|js)$/.test(file)
export const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file)

const importForms = [
  /\b(?:import|export)\s[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/g,
  /\bimport\s*['"]([^'"]+)['"]/g,
  /\b(?:import|require)\s*\(\s*['"]([^'"]+)['"]/g,
]

/** Every module name that a source text imports, re-exports, loads lazily or names in a type. */
export function importsOf(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  return importForms.flatMap((form) => [...code.matchAll(form)].map((match) => match[1] ?? ''))
}

/** French sentences for each import of one file that its folder may not make; empty when all is well. */
export function forbiddenImports(file: string, source: string): string[] {
  const from = folders.find((folder) => file.startsWith(`${folder}/`))
  if (!from) return []
  return importsOf(source).flatMap((name) => {
    const reason = name.startsWith('.') ? wrongFolder(from, file, name) : wrongPackage(from, name)
    return reason ? [`${file} importe ${name} : ${reason}`] : []
  })
}

function wrongFolder(from: Folder, file: string, name: string): string | undefined {
  const target = path.posix.join(path.posix.dirname(file), name)
  const allowed: readonly string[] = [from, ...mayImport[from]]
  if (allowed.some((folder) => target.startsWith(`${folder}/`))) return undefined
  if (!target.includes('/') && target.endsWith('package.json')) return undefined
  return `${from} n’importe que ${allowed.join(', ')}.`
}

function wrongPackage(from: Folder, name: string): string | undefined {
  if (zodOnly.includes(from)) return name === 'zod' ? undefined : `${from} n’importe que zod.`
  if (withoutNode.includes(from) && name.startsWith('node:')) return `${from} s’exécute sans Node.`
  if (from !== 'electron' && /^electron(\/|$)/.test(name)) return 'seul le dossier electron connaît Electron.'
  return undefined
}

export const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')
