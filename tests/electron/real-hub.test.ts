import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems, collectErrors, screenshot } from '../e2e/browser.ts'
import { closeShell, commandLine, descendants, isAlive, launchShell, type Shell } from './shell.ts'

// The whole thing, as a person starts it: the real shell, the real hub on an empty folder, the real screens.

let shell: Shell
beforeAll(async () => {
  shell = await launchShell()
})
afterAll(async () => {
  if (shell) await closeShell(shell)
})

test('opens on the first-run choices, with nothing wrong, and leaves no process behind', async () => {
  const errors = collectErrors(shell.page)
  await shell.page.getByText('Découvrir avec la commune de démonstration').first().waitFor()
  await shell.page.getByText('Installer ma commune').first().waitFor()
  expect(await shell.page.title()).toContain('Écharpe')
  expect(await accessibilityProblems(shell.page)).toEqual([])
  await screenshot(shell.page, 'electron-premier-lancement')
  expect(errors.all).toEqual([])

  const all = [shell.pid, ...descendants(shell.pid)]
  expect(all.some((pid) => commandLine(pid).includes('hub/main.ts'))).toBe(true)
  await shell.app.close()
  await expect.poll(() => all.filter(isAlive), { timeout: 15_000 }).toEqual([])
})
