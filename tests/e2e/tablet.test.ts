import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { convene } from '../../cli/chain/play.ts'
import type { Session } from '../../cli/chain/session.ts'
import type { SittingRow } from '../../contracts/views.ts'
import { instantOf } from '../../core/calendar/civil-date.ts'
import { aDemoHub, type DemoHub } from '../builders/hub.ts'
import { expectAccessible, launchChromium, screenshot, type Visit, visit } from './browser.ts'

// What the chain does not meet: a place that must be kept, an answer that comes too late, a session that ends.
const soon = { timeout: 15_000 }

describe('a councillor’s tablet', () => {
  let hub: DemoHub
  let browser: Browser
  let office: Session
  let other: Session
  let sitting: SittingRow
  let tablet: Visit

  beforeAll(async () => {
    ;[hub, browser] = await Promise.all([aDemoHub(), launchChromium()])
    office = await hub.as('assemblees')
    other = await hub.as('elu')
    const found = (await office.call('sittings')).find((s) => s.state === 'draft' || s.state === 'prepared')
    if (!found) throw new Error('the demonstration has no sitting to convoke')
    sitting = found
    const { mayor, secretary, finance } = {
      mayor: await hub.as('maire'),
      secretary: await hub.as('secretaire'),
      finance: await hub.as('finances'),
    }
    await convene({ office, mayor, secretary, finance, members: [other] }, sitting.id, () => {})
    tablet = await visit(browser, 'tablet')
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await hub?.stop()
  })

  const enter = () => tablet.page.getByRole('button', { name: /Solange Pérignon/ }).tap()
  const params = () => ({ id: sitting.id })

  test('a session that ends gives the sign-in page, then the same page of the same document', async () => {
    const { page } = tablet
    await page.goto(`${hub.url}/tablette`)
    await enter()
    await page.getByRole('link', { name: /Votre réponse est attendue/ }).tap()
    await page.getByRole('link', { name: /Ordre du jour et note/ }).tap()
    await page.getByRole('button', { name: 'Page suivante' }).tap()
    const number = page.getByRole('textbox', { name: 'Page' })
    await expect.poll(() => number.inputValue(), soon).toBe('2')
    const address = page.url()
    await page.evaluate(() => fetch('/api/session', { method: 'DELETE' }))
    await page.getByRole('button', { name: 'Répondre' }).tap()
    await page.getByRole('menuitem', { name: 'Je serai présente' }).tap()
    await page.getByText(/Votre dernière réponse n’est pas partie/).waitFor()
    await expectAccessible(page)
    await enter()
    await expect.poll(() => number.inputValue(), soon).toBe('2')
    expect(page.url()).toBe(address)
    expect((await office.call('sitting', { params: params() })).sitting.replies).toEqual([])
  })

  test('a holder taken meanwhile is refused in words, and is then shown as taken', async () => {
    const { page } = tablet
    const members = (await other.call('pack', { params: params() })).members
    const holder = members.find((m) => m.lastName === 'Abgrall')?.id ?? ''
    await page.getByRole('button', { name: 'Répondre' }).tap()
    await page.getByRole('menuitem', { name: 'Donner pouvoir…' }).tap()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Mme Judith Abgrall').tap()
    await dialog.getByRole('button', { name: 'Continuer' }).tap()
    // the other power is recorded between the press and its arrival at the hub
    await page.route('**/proxies', async (route) => {
      await other.call('proxyGive', { params: params(), body: { holderId: holder } })
      await route.continue()
    })
    await dialog.getByRole('button', { name: 'Donner pouvoir à Mme Judith Abgrall' }).tap()
    await dialog.getByText(/porte déjà un pouvoir pour cette séance/).waitFor()
    await expectAccessible(page)
    await page.unroute('**/proxies')
    await dialog.getByRole('button', { name: 'Choisir une autre personne' }).tap()
    await expect
      .poll(() => dialog.getByRole('radio', { name: /Abgrall.*porte déjà/ }).isDisabled())
      .toBe(true)
    await dialog.getByRole('button', { name: 'Annuler' }).tap()
    const { proxies } = (await office.call('sitting', { params: params() })).sitting
    expect(proxies.filter((p) => p.state === 'active').map((p) => p.holderId)).toEqual([holder])
  })

  test('a vote put aside leaves the place as it was, comes back, and tells its result', async () => {
    const { page } = tablet
    const { sitting: before, members } = await office.call('sitting', { params: params() })
    await office.call('demoClock', {
      body: { to: instantOf(sitting.date, sitting.time, 'Europe/Paris') },
    })
    const rank = (n: number) => members.find((m) => m.rank === n)?.id ?? ''
    const away = before.proxies.map((p) => p.grantorId)
    const presentIds = members.map((m) => m.id).filter((id) => !away.includes(id))
    await office.call('sittingOpen', {
      params: params(),
      body: { chairId: rank(1), secretaryIds: [rank(15)], presentIds, reasons: {} },
    })
    const item = before.items.find((i) => i.kind === 'deliberation')
    if (!item) throw new Error('no item to vote')
    const scroll = page.getByRole('region', { name: /^Document/ })
    const place = await scroll.evaluate((el) => el.scrollTop)
    expect(place).toBeGreaterThan(0)
    await office.call('itemStart', { params: { ...params(), itemId: item.id } })
    await page.getByRole('link', { name: /^Aller au point/ }).waitFor()
    const { id: ballotId } = await office.call('ballotOpen', {
      params: { ...params(), itemId: item.id },
      body: { kind: 'ordinary', requestedBy: 0 },
    })
    const sheet = page.getByRole('dialog')
    await sheet.getByText('Rien n’est encore enregistré.').waitFor()
    await sheet.getByRole('button', { name: 'Revenir au dossier' }).tap()
    expect(await scroll.evaluate((el) => el.scrollTop)).toBe(place)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Voter', exact: true }).tap()
    // the sheet ignores a finger that was already on its way
    await expect
      .poll(async () => {
        await sheet.getByRole('button', { name: 'Contre', exact: true }).tap()
        return sheet.getByText(/Enregistré.{1,3}contre/).count()
      }, soon)
      .toBe(1)
    await sheet.getByText('Vous pouvez changer votre vote').waitFor()
    await office.call('ballotClose', { params: { ...params(), ballotId }, body: { others: 'for' } })
    await sheet.getByText(/Adopté.*pour, 1.contre/).waitFor()
    await expectAccessible(page)
    await screenshot(page, 'tablet-result')
    await sheet.getByRole('button', { name: 'Revenir au dossier' }).tap()
    expect(await scroll.evaluate((el) => el.scrollTop)).toBe(place)
  })
})
