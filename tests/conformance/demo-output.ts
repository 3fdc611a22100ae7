import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '../..')
const shared = path.join(root, '../shared')
export const inputs = {
  pes: path.join(shared, 'samples/pes/synthetic/synthetic-unsigned.xml'),
  budget: path.join(shared, 'samples/docbudgetaire/montreuil-ca-2023-principal.xml'),
}
export const schemas = {
  actes: path.join(shared, 'schemas/actes/v2-typologie/actesv1_1.xsd'),
  pes: path.join(shared, 'schemas/pes/schemas_pes_v5.17/PES_V2/Rev0/PES_Aller.xsd'),
}
export const hasSamples = existsSync(inputs.pes) && existsSync(inputs.budget)
export const hasSchemas = existsSync(schemas.actes) && existsSync(schemas.pes)

/** The independent judges that this machine lacks. */
export const missingTools = [
  ...['xmllint', 'xmlsec1', 'pdfsig', 'pdfinfo', 'qpdf', 'certutil', 'openssl', 'unzip', 'sha256sum', 'tar'],
].filter((tool) => spawnSync('which', [tool]).status !== 0)

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Runs a program to its end; both streams together, since tools differ in where they say what they found. */
export function tool(command: string, args: string[], cwd?: string): { status: number | null; text: string } {
  const done = spawnSync(command, args, {
    ...(cwd ? { cwd } : {}),
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
    maxBuffer: 64 << 20,
  })
  if (done.error) throw done.error
  return { status: done.status, text: done.stdout + done.stderr }
}

/** Runs a command line of ours as a person does. */
export function echarpe(...args: string[]): { status: number | null; out: string; err: string } {
  const done = spawnSync(process.execPath, [path.join(root, 'cli/main.ts'), ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  })
  if (done.error) throw done.error
  return { status: done.status, out: done.stdout, err: done.stderr }
}

/** What xmllint says of a file against a schema: `valid`, else its complaints. */
export function judgedBySchema(schema: string, file: string): string {
  const { status, text } = tool('xmllint', ['--noout', '--huge', '--nonet', '--schema', schema, file])
  return status === 0 ? 'valid' : text
}

/** Every value that an XPath finds, read by xmllint (one value for each node). */
export function xpath(file: string, expression: string): string[] {
  const { status, text } = tool('xmllint', ['--nonet', '--huge', '--xpath', expression, file])
  if (status === 10) return [] // no node
  if (status !== 0) throw new Error(text)
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

/** The names in an archive in their order, after extraction into `to`; refuses anything but plain files at its root. */
export function unpack(archive: string, to: string): string[] {
  mkdirSync(to, { recursive: true })
  const listing = tool('tar', ['-tvzf', archive])
  if (listing.status !== 0) throw new Error(listing.text)
  for (const line of listing.text.trim().split('\n'))
    if (!line.startsWith('-')) throw new Error(`not a plain file: ${line}`)
  const names = tool('tar', ['-tzf', archive]).text.trim().split('\n')
  if (names.some((name) => name.includes('/'))) throw new Error(`a folder in ${archive}`)
  const done = tool('tar', ['-xzf', archive, '-C', to])
  if (done.status !== 0) throw new Error(done.text)
  return names
}

/** Paths of the files of a folder and of those below it, relative and sorted. */
export const filesUnder = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
        .sort()
    : []

/** A copy of some bytes with one bit changed at `offset`. */
export function flipped(bytes: Uint8Array, offset: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[offset] = (copy[offset] ?? 0) ^ 1
  return copy
}

/** The `ByteRange` of each signature of a PDF, in the order of the file. */
export const byteRanges = (pdf: Uint8Array): [number, number, number, number][] =>
  [
    ...Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/\/ByteRange ?\[ ?(\d+) (\d+) (\d+) (\d+)/g),
  ].map((m) => [Number(m[1]), Number(m[2]), Number(m[3]), Number(m[4])])

export const read = (...parts: string[]): Buffer => readFileSync(path.join(...parts))
