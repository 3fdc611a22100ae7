import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HubError } from '../../contracts/client.ts'
import { aDemoHub, type DemoHub } from '../builders/hub.ts'
import { writeBadFiles } from './bad-files.ts'
import { filesUnder, read } from './demo-output.ts'

// The same files dropped in the hub by its own people: refused in French, nothing in the journal, nothing kept.

const hasQpdf = spawnSync('which', ['qpdf']).status === 0
if (!hasQpdf && process.env['CI']) throw new Error('Outil absent : qpdf')
if (!hasQpdf) console.warn('qpdf is absent: hostile files are NOT dropped in the hub')

describe.skipIf(!hasQpdf)('files dropped in the hub', () => {
  let dir: string
  let hub: DemoHub
  let office: Awaited<ReturnType<DemoHub['as']>>
  let finance: typeof office
  let item: { id: string; itemId: string }

  beforeAll(async () => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'echarpe-depots-'))
    await writeBadFiles(dir)
    hub = await aDemoHub()
    office = await hub.as('assemblees')
    finance = await hub.as('finances')
    const rows = await office.call('sittings')
    const id = rows.find((s) => s.state === 'draft' && s.bodyName === 'Conseil municipal')?.id ?? ''
    const { sitting } = await office.call('sitting', { params: { id } })
    item = { id, itemId: sitting.items[3]?.id ?? '' }
  }, 120_000)
  afterAll(async () => {
    await hub?.stop()
    if (dir) rmSync(dir, { recursive: true, force: true })
  })

  const fileOf = (name: string) => ({ name, bytes: new Blob([new Uint8Array(read(dir, name))]) })
  const drop = (name: string) => finance.call('financeAdd', { body: {} }, { file: fileOf(name) })
  const annex = (name: string) =>
    office.call(
      'annexAdd',
      { params: item, body: { title: 'Annexe', confidential: false } as never },
      { file: fileOf(name) },
    )
  const kept = () => filesUnder(path.join(hub.dataDir, 'documents'))
  const state = async () => ({
    journal: (await office.call('journalVerify')).lines,
    finance: (await finance.call('finance')).length,
    annexes: (await office.call('sitting', { params: { id: item.id } })).sitting.items.flatMap(
      (i) => i.annexes,
    ).length,
    kept: kept(),
  })

  async function refusalOf(action: () => Promise<unknown>): Promise<HubError> {
    try {
      await action()
    } catch (error) {
      if (error instanceof HubError) return error
      throw error
    }
    throw new Error('accepted')
  }

  const entity = /DOCTYPE.*ligne 1.*Demandez un fichier sans DTD/
  const deep = /emboîtés sur plus de 100 niveaux.*Vérifiez l’origine/
  const refused: [string, (name: string) => Promise<unknown>, RegExp][] = [
    ['pes-dtd.xml', drop, entity],
    ['pes-rires.xml', drop, entity],
    ['budget-dtd.xml', drop, entity],
    ['budget-rires.xml', drop, entity],
    ['pes-profond.xml', drop, deep],
    ['budget-profond.xml', drop, deep],
    ['pes-coupe.xml', drop, /mal formé à la ligne 3/],
    ['actes-dtd.xml', drop, /ni un flux PES ni un document budgétaire.*Déposez/],
    ['sain.pdf', drop, /ni un flux PES ni un document budgétaire/],
    ['maire.p12', drop, /ni un flux PES ni un document budgétaire/],
    ['chiffre.pdf', annex, /« chiffre.pdf » est protégé.*Enregistrez-le sans protection/],
    ['tronque.pdf', annex, /« tronque.pdf » est incomplet.*ajoutez-le/],
    ['sain-pes.xml', annex, /« sain-pes.xml » n’est pas un PDF.*Exportez/],
    ['bombe.tar.gz', annex, /n’est pas un PDF/],
  ]
  test.each(refused)('%s is refused and leaves no trace', async (name, action, says) => {
    const before = await state()
    const { status, body } = await refusalOf(() => action(name))
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(body.message).toMatch(says)
    expect(JSON.stringify(body)).not.toMatch(/node:internal|\\n\s+at |support/)
    expect(await state()).toEqual(before)
  })

  test('the same flow twice is told, and the first one named', async () => {
    await drop('sain-pes.xml')
    const before = await state()
    const { status, body } = await refusalOf(() => drop('sain-pes.xml'))
    expect(status).toBe(409)
    expect(body.message).toMatch(/déjà là : « .+ ».*plutôt que de le déposer une seconde fois/)
    expect(await state()).toEqual(before)
  })

  test('a flow that fails its rules is shown with its faults, and can be neither signed nor sent', async () => {
    const { id } = await drop('faux-pes.xml')
    const { financeFile } = await finance.call('financeFile', { params: { id } })
    expect(financeFile.state).toBe('refused')
    expect(financeFile.problems.map((p) => `${p.where} ${p.message}`).join('\n')).toMatch(
      /ligne 7 .*CodCol.*Demandez-le/,
    )
    const before = await state()
    for (const route of ['financeSendToSign', 'financeTransmit'] as const) {
      const { status, body } = await refusalOf(() => finance.call(route, { params: { id } }))
      expect([status, body.message]).toEqual([422, expect.stringMatching(/n’est pas/)])
    }
    expect(await state()).toEqual(before)
  })

  test('a wrong PIN signs nothing, and says so', async () => {
    const mayor = await hub.as('maire')
    const waiting = (await mayor.call('folders')).filter((f) => f.mine)
    expect(waiting.length).toBeGreaterThan(0)
    const before = await state()
    const folders = waiting.map(({ folder }) => ({ id: folder.id, shownSha256: folder.document.sha256 }))
    const { status, body } = await refusalOf(() =>
      mayor.call('foldersSign', { body: { keyId: 'maire', pin: '0000', folders } }),
    )
    expect([status, body.message]).toEqual([422, expect.stringMatching(/mot de passe.*pas le bon/)])
    expect((await mayor.call('folders')).filter((f) => f.mine)).toHaveLength(waiting.length)
    expect(await state()).toEqual(before)
  })
})
