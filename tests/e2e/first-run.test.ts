import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HubProcess, startHubProcess } from '../../cli/chain/hub.ts'
import { launchChromium, visit } from './browser.ts'
import { demandInterface, later, seen } from './journey.ts'

// A person in front of Écharpe for the first time.

let dir: string
let hub: HubProcess
let browser: Browser

beforeAll(async () => {
  demandInterface()
  dir = await mkdtemp(path.join(os.tmpdir(), 'echarpe-premier-'))
  ;[hub, browser] = await Promise.all([
    startHubProcess(['--port', '0', '--data', path.join(dir, 'donnees')]),
    launchChromium(),
  ])
})
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
  if (dir) await rm(dir, { recursive: true, force: true })
})

test('two ways in; the demonstration leads to its first day; one signs out and in again', async () => {
  const { page, errors } = await visit(browser, 'desktop')
  await page.goto(hub.url)
  const demo = page.getByRole('button', { name: 'Découvrir avec la commune de démonstration' })
  await demo.waitFor()
  await seen(page, 'first-01-choice')

  await page.getByRole('button', { name: 'Installer ma commune' }).click()
  await page.getByRole('heading', { name: 'Installer ma commune' }).waitFor()
  await page.getByRole('button', { name: 'Installer la commune' }).click()
  await page
    .getByText(/points sont à corriger/)
    .first()
    .waitFor()
  await seen(page, 'first-02-install-refused')
  await page.getByRole('button', { name: 'Revenir au choix' }).click()

  await demo.click()
  await page.getByRole('heading', { name: 'Création de la commune de démonstration' }).waitFor()
  await seen(page, 'first-03-creating')
  await page.getByRole('heading', { name: 'Démoville est prête' }).waitFor(later)
  await seen(page, 'first-04-ready')
  await page.getByRole('button', { name: 'Entrer : Service des assemblées' }).click()
  await page.getByRole('heading', { name: 'Aujourd’hui', level: 1 }).waitFor()
  await seen(page, 'first-05-today')
  expect(errors.all).toEqual([])

  await page.getByRole('button', { name: /^Compte de Service des assemblées/ }).click()
  // leaving loads the page anew, so that nothing of the former person stays in memory
  await Promise.all([
    page.waitForEvent('load'),
    page.getByRole('menuitem', { name: 'Se déconnecter' }).click(),
  ])
  await page.getByLabel(/^Identifiant/).waitFor()
  await seen(page, 'first-06-sign-in')
  errors.forget()
  await page.getByLabel(/^Identifiant/).fill('assemblees')
  await page.getByLabel('Mot de passe', { exact: true }).fill('autre chose')
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await page
    .getByText(/Identifiant ou mot de passe incorrect/)
    .first()
    .waitFor()
  await seen(page, 'first-07-refused')
  errors.forget() // the refusal that was just asked for
  await page.getByLabel('Mot de passe', { exact: true }).fill('bienvenue-a-demoville')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Aujourd’hui', level: 1 }).waitFor()
  expect(errors.all).toEqual([])
}, 120_000)
