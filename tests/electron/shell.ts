import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'

const root = path.resolve(import.meta.dirname, '../..')

export type Shell = { app: ElectronApplication; page: Page; pid: number; folder: string }

/**
 * Launches the real shell with its own profile, the hub under this Node. `env` may name another hub
 * (`ECHARPE_HUB_ENTRY`). What the shell hands to the person's browser is recorded, not opened: see `openedLinks`.
 */
export async function launchShell(env: Record<string, string> = {}): Promise<Shell> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'echarpe-shell-'))
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  const app = await _electron.launch({
    args: [`--user-data-dir=${folder}/profil`, path.join(root, 'dist/electron/main.cjs')],
    env: {
      ...Object.fromEntries(inherited),
      ECHARPE_HUB_NODE: process.execPath,
      ECHARPE_DATA: path.join(folder, 'donnees'),
      ...env,
    },
  })
  await app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = async (url) => void opened.push(url)
  })
  const page = await app.firstWindow({ timeout: 20_000 })
  page.setDefaultTimeout(10_000)
  return { app, page, pid: app.process().pid ?? 0, folder }
}

/** The addresses that the shell gave to the person's browser so far. */
export const openedLinks = (shell: Shell): Promise<string[]> =>
  shell.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)

export async function closeShell(shell: Shell): Promise<void> {
  await shell.app.close().catch(() => {}) // it may be gone already: that is what some tests are about
  rmSync(shell.folder, { recursive: true, force: true })
}

/** The processes started by `pid`, and theirs, as Linux lists them. */
export function descendants(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const file = `/proc/${name}/stat`
      try {
        const [, parent] = readFileSync(file, 'utf8').split(') ')[1]?.split(' ') ?? []
        return [{ pid: Number(name), parent: Number(parent) }]
      } catch {
        return [] // ended while we were reading
      }
    })
  const children = parents.filter((p) => p.parent === pid).map((p) => p.pid)
  return [...children, ...children.flatMap(descendants)]
}

export const commandLine = (pid: number): string =>
  existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') : ''

/** Living processes only: a zombie that nobody has collected yet is dead. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s*[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
