import { buildElectron } from '../../scripts/build.ts'
import { ensureDisplay } from '../../scripts/display.ts'
import { electronForTests } from '../../scripts/gates.ts'

/** Bundles the shell and gives the tests an Electron and a display; `npm test` has often done both already. */
export default async function setup(): Promise<() => void> {
  const dist = electronForTests()
  if (!dist) throw new Error('Aucun Electron pour les tests : indiquez ELECTRON_OVERRIDE_DIST_PATH.')
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = dist
  await buildElectron()
  return ensureDisplay()
}
