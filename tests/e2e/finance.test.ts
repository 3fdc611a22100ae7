import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoInvoices, demoPes } from '../../hub/demo/pes-flow.ts'
import { aDemoHub, type DemoHub } from '../builders/hub.ts'
import { expectAccessible, launchChromium, screenshot, type Visit, visit } from './browser.ts'

const root = path.resolve(import.meta.dirname, '../..')
// The flow carries the bytes of its documents; what they show does not matter here.
const invoices = new Map(demoInvoices.map((i) => [i.id, Buffer.from('%PDF-1.7\n%%EOF\n')]))
let hub: DemoHub
let browser: Browser

beforeAll(async () => {
  expect(existsSync(path.join(root, 'dist/renderer/index.html')), 'build the interface first').toBe(true)
  ;[hub, browser] = await Promise.all([aDemoHub(), launchChromium()])
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
})

/** A page of the interface, signed in without clicking: the journey starts where the person's work does. */
async function signedIn(login: string, place: string): Promise<Visit> {
  const v = await visit(browser, 'desktop')
  const answer = await v.context.request.post(`${hub.url}/api/session`, {
    data: { login, password: hub.password },
  })
  expect(answer.ok()).toBe(true)
  await v.page.goto(hub.url + place)
  return v
}

async function seen(page: Page, name: string): Promise<void> {
  await expectAccessible(page)
  await screenshot(page, name)
}

test('finance drops a flow, has it signed by the mayor, and sends it to the Trésor', async () => {
  const finance = await signedIn('finances', '/finances')
  const { page } = finance
  await page.getByRole('heading', { name: 'Finances', level: 1 }).waitFor()
  await seen(page, 'finance-list-1440')

  // A file that is neither a flow nor a budget is refused, with what to do.
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'notes.xml', mimeType: 'application/xml', buffer: Buffer.from('<notes/>') })
  await page.getByText('n’est ni un flux PES ni un document budgétaire').first().waitFor()
  finance.errors.forget()

  const flow = Buffer.from(demoPes('2026-03-02', invoices))
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'PESALR2_mars.xml', mimeType: 'application/xml', buffer: flow })
  // One file dropped opens at once.
  await page.getByRole('button', { name: 'Faire signer' }).waitFor()
  await seen(page, 'finance-flow-1440')
  await page.getByRole('button', { name: 'Faire signer' }).click()
  await page.getByText(/Attend la signature de/).waitFor()

  const mayor = await signedIn('maire', '/parapheur')
  await mayor.page.getByRole('checkbox', { name: 'Tout sélectionner' }).check()
  await seen(mayor.page, 'parapheur-1440')
  await mayor.page.getByRole('button', { name: /^Signer 3 documents/ }).click()
  await mayor.page.getByLabel('Code du certificat').fill('0000')
  await mayor.page
    .getByRole('button', { name: /^Signer 3 documents/ })
    .last()
    .click()
  await mayor.page
    .getByText(/code|mot de passe/i)
    .first()
    .waitFor()
  await mayor.page.getByLabel('Code du certificat').fill(hub.pin)
  await mayor.page
    .getByRole('button', { name: /^Signer 3 documents/ })
    .last()
    .click()
  await mayor.page.getByText('3 documents signés').first().waitFor()
  await seen(mayor.page, 'parapheur-signed-1440')

  await page.getByRole('button', { name: 'Transmettre au Trésor' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Transmettre au Trésor' }).click()
  await page.getByText('Transmis', { exact: true }).first().waitFor()
  await seen(page, 'finance-sent-1440')
  expect(finance.errors.all).toEqual([])
  await finance.context.close()
  await mayor.context.close()
})

test('a budget shows its sections, its balance in words and its seal', async () => {
  const { page, context, errors } = await signedIn('finances', '/finances')
  await page
    .getByRole('row', { name: /Budget/ })
    .first()
    .click()
  await page
    .getByRole('heading', { name: /fonctionnement/i })
    .first()
    .waitFor()
  await page
    .getByText(/équilibr/i)
    .first()
    .waitFor()
  await page
    .getByText(/scellé|sceau/i)
    .first()
    .waitFor()
  await seen(page, 'budget-1440')
  expect(errors.all).toEqual([])
  await context.close()
})
