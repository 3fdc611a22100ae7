import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { samplePdf } from '../../signing/testing.ts'
import { aDemoHub, type DemoHub } from '../builders/hub.ts'
import { launchChromium, screenshot, type Visit } from './browser.ts'
import { dayFromNow, demandInterface, isDrawn, later, seen, signedIn, soon, tabTo } from './journey.ts'

// One sitting from its creation to the public page, by the hands of each of its people. The steps follow one another.

const items = { first: 'Achat de tentes pour le marché', second: 'Aide au club de voile' }

describe('a sitting, from its creation to the public page', () => {
  let hub: DemoHub
  let browser: Browser
  let office: Visit
  let councillor: Visit
  const open: Visit[] = []
  const as = async (login: string, place: string, screen: 'desktop' | 'tablet' = 'desktop') => {
    const v = await signedIn(browser, hub, login, place, screen)
    open.push(v)
    return v
  }

  beforeAll(async () => {
    demandInterface()
    ;[hub, browser] = await Promise.all([aDemoHub(), launchChromium()])
    office = await as('assemblees', '/')
  }, 120_000)
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    for (const [n, v] of open.entries()) {
      await screenshot(v.page, `chain-lost-${n}`)
      for (const error of v.errors.all) console.error(`chain-lost-${n}: ${error}`)
    }
  })
  afterAll(async () => {
    await browser?.close()
    await hub?.stop()
  })

  test('the assembly office creates it and writes its agenda from the keyboard', async () => {
    const { page } = office
    await page.getByRole('heading', { name: 'Aujourd’hui', level: 1 }).waitFor()
    await seen(page, 'chain-01-today')
    await page.getByRole('navigation').getByRole('link', { name: 'Séances' }).click()
    await page.getByRole('heading', { name: 'Séances', level: 1 }).waitFor()
    await page
      .getByRole('row', { name: /Conseil municipal/ })
      .first()
      .waitFor()
    await seen(page, 'chain-02-sittings')
    await page.getByRole('button', { name: 'Créer une séance' }).click()
    const dialog = page.getByRole('dialog', { name: 'Créer une séance' })
    await dialog.getByLabel(/^Date/).fill(await dayFromNow(hub, 3))
    await dialog.getByText(/L’envoi ne peut plus respecter le délai/).waitFor()
    await seen(page, 'chain-03-create')
    await dialog.getByRole('button', { name: 'Créer la séance' }).click()

    const title = page.getByLabel(/^Intitulé du nouveau point/)
    await tabTo(page, title)
    await page.keyboard.type(items.second)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: `Point 1 : ${items.second}` }).waitFor()
    await tabTo(page, page.getByRole('button', { name: 'Ajouter un point' }))
    await page.keyboard.press('Enter')
    await tabTo(page, title)
    await page.keyboard.type(items.first)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: `Point 2 : ${items.first}` }).waitFor()
    await tabTo(page, page.getByLabel('Note explicative de synthèse'))
    await page.keyboard.type('Trois tentes remplacent celles que la tempête a déchirées.')
    await page.keyboard.press('Control+s')
    await page.getByText('Point enregistré.').waitFor()
    await tabTo(page, page.getByRole('button', { name: new RegExp(items.first) }).first())
    await page.keyboard.press('Alt+ArrowUp')
    await page.getByRole('heading', { name: `Point 1 : ${items.first}` }).waitFor()
    await seen(page, 'chain-04-agenda')
  })

  test('an annex is joined to an item', async () => {
    const { page } = office
    await page
      .getByRole('list', { name: 'Ordre du jour' })
      .getByRole('button', { name: items.second })
      .click()
    await page.getByRole('tab', { name: /Annexes/ }).click()
    await page.locator('input[type=file]').setInputFiles({
      name: 'bilan_du_club.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(await samplePdf()),
    })
    await seen(page, 'chain-05-annex')
    await page.getByRole('button', { name: 'Joindre l’annexe' }).click()
    await page.getByRole('list', { name: 'Annexes du point' }).getByRole('listitem').first().waitFor()
    await seen(page, 'chain-06-annexed')
  })

  test('short of the legal delay, it is convoked with a typed reason, and each dispatch has its proof', async () => {
    const { page, errors } = office
    await page.getByRole('button', { name: 'Convoquer les 27 membres' }).click()
    const ask = page.getByRole('alertdialog', { name: /La loi demande un motif/ })
    await ask.waitFor()
    await ask
      .getByText(/L\. 2121-1[02]/)
      .first()
      .waitFor()
    await seen(page, 'chain-07-reason')
    await ask.getByLabel(/^Motif/).fill('court')
    await ask.getByRole('button', { name: 'Passer outre et convoquer' }).click()
    await ask
      .getByText(/au moins 10 caractères/)
      .first()
      .waitFor()
    await giveReasons(page, 'La tempête a détruit les tentes et le marché se tient samedi.')
    await page.getByText(/Tous les membres sont convoqués/).waitFor(later)
    await page.getByText('Convocation en urgence').first().waitFor()
    await expect.poll(() => page.getByRole('row', { name: /Envoyée/ }).count(), soon).toBe(27)
    await expect.poll(() => page.getByRole('link', { name: /^Preuve d’envoi : M/ }).count(), later).toBe(27)
    await seen(page, 'chain-08-dispatched')
    await page.getByRole('button', { name: /^Convocation : Mme Hélène Vasseur-Morin/ }).click()
    const letter = page.getByRole('dialog')
    await expect.poll(() => isDrawn(letter.locator('canvas').first()), soon).toBe(true)
    await seen(page, 'chain-08-letter')
    await letter.getByRole('button', { name: 'Fermer' }).click()
    expect(errors.all.filter((e) => !e.includes('428'))).toEqual([])
    errors.forget()
  })

  test('a councillor reads the pack on a tablet, acknowledges and answers', async () => {
    councillor = await as('elue', '/tablette', 'tablet')
    const { page } = councillor
    await page.getByRole('heading', { name: 'Mes séances' }).waitFor()
    await seen(page, 'chain-09-tablet-sittings')
    await page
      .getByRole('link', { name: /Votre réponse est attendue/ })
      .first()
      .tap()
    await page.getByRole('button', { name: 'J’ai bien reçu le dossier' }).tap()
    await page.getByText(/Vous avez accusé réception du dossier/).waitFor()
    await page.getByRole('button', { name: 'Je serai présente' }).tap()
    await page
      .getByText(/Vous avez répondu présente/)
      .first()
      .waitFor()
    await seen(page, 'chain-10-tablet-answered')
    const contents = page.getByRole('navigation', { name: 'Dossier de la séance' })
    await contents.getByRole('link', { name: new RegExp(items.second) }).tap()
    await page.getByText('Point 2 sur 2').first().waitFor()
    await seen(page, 'chain-11-tablet-item')
    await contents.getByRole('link', { name: /Bilan du club/i }).tap()
    const canvas = page.locator('canvas').first()
    await canvas.waitFor()
    await expect.poll(() => isDrawn(canvas), soon).toBe(true)
    await expect.poll(() => page.locator('.textLayer').first().textContent(), soon).toMatch(/\p{L}{3}/u)
    await seen(page, 'chain-12-tablet-document')
    expect(councillor.errors.all).toEqual([])
  })

  test('another gives a power', async () => {
    const { page, errors } = await as('elu', '/tablette', 'tablet')
    await page
      .getByRole('link', { name: /Votre réponse est attendue/ })
      .first()
      .tap()
    await page.getByRole('button', { name: 'Donner pouvoir', exact: true }).tap()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('searchbox').fill('lestr')
    await dialog.getByText(/Aurore Lestrange/).tap()
    await seen(page, 'chain-13-tablet-power')
    await dialog.getByRole('button', { name: 'Continuer' }).tap()
    await dialog.getByRole('button', { name: 'Donner pouvoir à Mme Aurore Lestrange' }).tap()
    await page
      .getByText(/Pouvoir donné à Mme Aurore Lestrange/)
      .first()
      .waitFor()
    await seen(page, 'chain-14-tablet-power-given')
    expect(errors.all).toEqual([])
  })

  test('on the day, the roll is called and the sitting opened', async () => {
    const { page } = office
    await page.getByRole('button', { name: 'Aller au jour de la séance' }).click()
    await page.getByRole('tab', { name: 'Séance', exact: true }).click()
    await page.getByRole('heading', { name: 'Appel' }).waitFor()
    await page
      .getByRole('button', { name: /Victor Hautecœur/ })
      .getByText(/Pouvoir à/)
      .waitFor()
    await page.getByRole('button', { name: /Odile Roscanvel/ }).click()
    await page.getByLabel(/^Secrétaire de séance/).selectOption({ label: 'Mme Clémence Sauvigny' })
    await page.getByLabel('Oui, l’urgence est reconnue').check()
    await seen(page, 'chain-15-roll')
    await page.getByRole('button', { name: 'Ouvrir la séance avec 25 présents' }).click()
    await page.getByRole('button', { name: 'Lever la séance' }).waitFor()
    await seen(page, 'chain-16-open')
  })

  test('an item is voted by show of hands', async () => {
    const { page } = office
    await page.getByRole('button', { name: 'Appeler ce point' }).click()
    await page.getByRole('button', { name: 'Vote à main levée' }).click()
    await page
      .getByRole('group', { name: /Noé Péronnel/ })
      .getByText('Contre', { exact: true })
      .last()
      .click({ force: true })
    await seen(page, 'chain-17-ordinary')
    await page.getByRole('button', { name: /^Les autres pour/ }).click()
    await page
      .getByText(/Adopté\s: 25\svoix pour, 1\scontre/)
      .first()
      .waitFor()
    await seen(page, 'chain-18-adopted')
  })

  test('another by public ballot, one councillor voting on her tablet', async () => {
    const { page } = office
    await page.getByRole('button', { name: 'Appeler le point 2' }).click()
    await page.getByRole('button', { name: 'Scrutin public' }).click()
    const ask = page
      .getByRole('alertdialog', { name: 'Scrutin public' })
      .or(page.getByRole('dialog', { name: 'Scrutin public' }))
    await ask.getByLabel(/^Membres qui le demandent/).fill('9')
    await ask.getByRole('button', { name: 'Ouvrir le scrutin public' }).click()
    const sheet = councillor.page.getByRole('dialog', { name: new RegExp(items.second) })
    await sheet.waitFor()
    await seen(councillor.page, 'chain-19-tablet-vote')
    // the sheet refuses a finger that was already on its way: insist as a person would
    await expect
      .poll(async () => {
        await sheet.getByRole('button', { name: 'Pour', exact: true }).tap()
        return sheet.getByText(/Enregistré\s: pour/).count()
      }, soon)
      .toBe(1)
    await page.getByText('depuis sa tablette').waitFor()
    await seen(page, 'chain-20-public')
    const done = page.getByRole('button', { name: 'Clore et compter' })
    await page
      .getByRole('group', { name: /Hélène Vasseur-Morin/ })
      .getByRole('radio')
      .first()
      .focus()
    for (let n = 0; n < 30 && (await done.count()) === 0; n++) await page.keyboard.press('p')
    await done.click()
    await page
      .getByText(/Adopté à l’unanimité\s: 26\svoix pour/)
      .first()
      .waitFor()
    await seen(page, 'chain-21-public-result')
    await sheet.getByText(/Adopté à l’unanimité/).waitFor()
    await seen(councillor.page, 'chain-22-tablet-result')
    expect(councillor.errors.all).toEqual([])
  })

  test('the sitting is closed and its délibérations go to the parapheur', async () => {
    const { page } = office
    await page.getByRole('button', { name: 'Lever la séance' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Lever la séance' }).click()
    await page.getByRole('button', { name: 'Envoyer 2 délibérations au parapheur' }).click(soon)
    await page.getByText('2 délibérations envoyées au parapheur.').waitFor()
    await seen(page, 'chain-23-acts')
    expect(office.errors.all).toEqual([])
  })

  test('the secretary of the sitting signs, then the mayor', async () => {
    for (const login of ['secretaire', 'maire']) {
      const { page, errors } = await as(login, '/parapheur')
      await page.getByRole('checkbox', { name: 'Tout sélectionner' }).check()
      await seen(page, `chain-24-parapheur-${login}`)
      await page.getByRole('button', { name: /^Signer \d+ documents/ }).click()
      const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'))
      await dialog.getByLabel(/^Code du certificat/).fill(hub.pin)
      await seen(page, `chain-25-signing-${login}`)
      await dialog.getByRole('button', { name: /^Signer \d+ documents/ }).click()
      await page.getByRole('heading', { name: /^\d+\sdocuments\ssignés/ }).waitFor(later)
      await seen(page, `chain-26-signed-${login}`)
      expect(errors.all).toEqual([])
    }
  })

  test('the acts are transmitted, the prefecture answers, they are published', async () => {
    const { page } = office
    // one of them was already signed in the demonstration, another awaited its publication
    await actOn(page, 'transmit', /^Transmettre 3 actes/)
    await page
      .getByRole('navigation')
      .getByRole('link', { name: /Transmissions/ })
      .click()
    await page.getByRole('heading', { name: 'Transmissions', level: 1 }).waitFor()
    await expect.poll(() => page.getByRole('row', { name: /Déposé, réponse attendue/ }).count(), soon).toBe(3)
    await seen(page, 'chain-27-transmissions')
    await page.getByRole('button', { name: 'Faire répondre la préfecture' }).click()
    await page.getByRole('menuitem', { name: 'Par un accusé de réception' }).click()
    await page.getByText(/a répondu à 3\senvois/).waitFor(soon)
    await expect.poll(() => page.getByRole('row', { name: /Déposé, réponse attendue/ }).count(), soon).toBe(0)
    await seen(page, 'chain-28-received')
    await actOn(page, 'publish', /^Publier 4 actes/)
    await page.goto(`${hub.url}/actes`)
    await page.getByRole('row', { name: new RegExp(items.first) }).click()
    await page
      .getByText(/Exécutoire depuis le/)
      .first()
      .waitFor()
    await seen(page, 'chain-29-act')
    expect(office.errors.all).toEqual([])
  })

  test('anyone reads the published act', async () => {
    const { page } = office
    const [popup] = await Promise.all([
      office.context.waitForEvent('page'),
      page.getByRole('link', { name: /Ouvrir la page publique/ }).click(),
    ])
    await popup.getByRole('heading', { level: 1 }).waitFor()
    expect(await popup.getByRole('heading', { level: 1 }).textContent()).toContain(items.first)
    await expect.poll(() => popup.getByText(/Hélène Vasseur-Morin/).count(), soon).toBeGreaterThan(0)
    await seen(popup, 'chain-30-public')
    const link = popup.locator('a[href*="/documents/"]').first()
    const href = new URL((await link.getAttribute('href')) ?? '', popup.url()).href
    const pdf = await (await fetch(href)).arrayBuffer()
    expect(Buffer.from(pdf).toString('latin1').split('/ETSI.CAdES.detached').length - 1).toBe(2)
    expect(office.errors.all).toEqual([])
  })

  /** One motive for each point of law that the sitting comes short of. */
  async function giveReasons(page: Page, reason: string): Promise<void> {
    const ask = page.getByRole('alertdialog', { name: /La loi demande un motif/ })
    const sending = page
      .getByText(/Envoi des convocations|Tous les membres sont convoqués|Mise en page et envoi/)
      .first()
    for (;;) {
      await ask.or(sending).first().waitFor()
      if ((await ask.count()) === 0) return
      const title = (await ask.getByRole('heading').first().textContent()) ?? ''
      await ask.getByLabel(/^Motif/).fill(reason)
      await ask.getByRole('button', { name: 'Passer outre et convoquer' }).click()
      await expect
        .poll(
          async () => ((await ask.count()) === 0 ? '' : await ask.getByRole('heading').first().textContent()),
          soon,
        )
        .not.toBe(title)
    }
  }

  async function actOn(page: Page, step: string, button: RegExp): Promise<void> {
    await page.goto(`${hub.url}/actes?etape=${step}`)
    await page.getByRole('checkbox', { name: 'Tout sélectionner' }).check()
    await seen(page, `chain-27-acts-${step}`)
    await page.getByRole('button', { name: button }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: button }).click()
    await page.getByRole('alertdialog').waitFor({ state: 'hidden' })
  }
})
