import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { rolldown } from 'rolldown'
import { build } from 'vite'

const root = path.resolve(import.meta.dirname, '..')

/** Builds the screens into dist/renderer unless they already come from the very same sources. True when it built. */
export async function buildRenderer(): Promise<boolean> {
  const stamp = path.join(root, 'dist/renderer/.sources')
  const want = hashOf(['renderer', 'contracts', 'core'], ['vite.config.ts', 'package-lock.json'])
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return false
  await build({ configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn' })
  writeFileSync(stamp, want)
  return true
}

const external = (id: string) => !/^[./]/.test(id) && !path.isAbsolute(id) && !id.startsWith('\0')

/** Bundles Electron's main process and preload (CommonJS, packages left outside) into dist/electron. */
export async function buildElectron(): Promise<void> {
  for (const name of ['main', 'preload']) {
    const bundle = await rolldown({
      input: path.join(root, `electron/${name}.ts`),
      external,
      platform: 'node',
    })
    await bundle.write({
      file: path.join(root, `dist/electron/${name}.cjs`),
      format: 'cjs',
      sourcemap: true,
      codeSplitting: false,
    })
    await bundle.close()
  }
}

function hashOf(folders: readonly string[], files: readonly string[]): string {
  const hash = createHash('sha256')
  const inFolders = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))),
  )
  for (const file of [...inFolders, ...files].sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}
