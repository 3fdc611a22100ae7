import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { main } from '../../cli/main.ts'
import { writeBadFiles } from './bad-files.ts'
import { filesUnder, root } from './demo-output.ts'

// Hostile and broken files through the command line: refused with rule, place and remedy, and nothing written.

const hasQpdf = spawnSync('which', ['qpdf']).status === 0
if (!hasQpdf && process.env['CI']) throw new Error('Outil absent : qpdf')
if (!hasQpdf) console.warn('qpdf is absent: hostile files are NOT tried through the command line')

let dir: string
beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'echarpe-mauvais-'))
  if (!hasQpdf) return
  process.env['PIN'] = '1234'
  process.env['MAUVAIS_PIN'] = '0000'
  await writeBadFiles(dir)
  mkdirSync(path.join(dir, 'out'))
}, 60_000)
afterAll(() => rmSync(dir, { recursive: true, force: true }))

type Ran = { code: number | null; out: string; err: string }

const inDir = (line: string) =>
  line.split(' ').map((word) => (/[./]/.test(word) || word === 'out' ? path.join(dir, word) : word))

/** The command line inside this process: what `cli/main.ts` does with its arguments. */
async function echarpe(line: string): Promise<Ran> {
  const ran: Ran = { code: null, out: '', err: '' }
  ran.code = await main(inDir(line), {
    stdout: (text) => {
      ran.out += text
    },
    stderr: (text) => {
      ran.err += text
    },
  })
  return ran
}

/** The same in a process of its own. */
function echarpeAlone(line: string): Ran {
  const args = [path.join(root, 'cli/main.ts'), ...inDir(line)]
  const done = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 64 << 20 })
  return { code: done.status, out: done.stdout, err: done.stderr }
}

const noTrace = /\n\s+at |node:internal|Error:|\bundefined\b|\[object/
const entity = /DOCTYPE.*ligne 1.*refusée par sécurité.*Demandez un fichier sans DTD/s
const deep = /emboîtés sur plus de 100 niveaux.*ligne 1.*Vérifiez l’origine/s
const big = /pèse 301 Mio ; la limite est de 150 Mio.*Scindez/s
const cut = /mal formé à la ligne 3.*s’arrête avant la fin.*demandez-en un nouvel export/s
const protectedPdf = /protégé.*(Retirez la protection|Enregistrez-le sans protection)/s
const truncated =
  /(fin du fichier manque|fin de fichier absente).*(Demandez à nouveau|Exportez-le de nouveau)/s

const pes = (file: string, p12 = 'maire.p12', pin = 'PIN') =>
  `pes sign ${file} --p12 ${p12} --pin-env ${pin} --out out/signe.xml`
const pdf = (file: string, p12 = 'maire.p12', pin = 'PIN') =>
  `pdf sign ${file} --p12 ${p12} --pin-env ${pin} --out out/signe.pdf`
const build = (acte: string, annexe: string) =>
  `actes build --acte ${acte} --annexe ${annexe} --meta acte.json --out out`

const refused: [line: string, says: RegExp][] = [
  ...['dtd', 'rires', 'fichier'].flatMap((kind): [string, RegExp][] => [
    [`check pes-${kind}.xml`, entity],
    [`check budget-${kind}.xml`, entity],
    [`actes show actes-${kind}.xml`, entity],
    [pes(`pes-${kind}.xml`), entity],
    [`budget seal budget-${kind}.xml --out out/scelle.xml`, entity],
    [`budget scdl budget-${kind}.xml --out out/scdl.csv`, entity],
  ]),
  ['check pes-profond.xml', deep],
  [pes('pes-profond.xml'), deep],
  ['pes verify pes-profond.xml', deep],
  ['budget show budget-profond.xml', deep],
  ['actes show actes-profond.xml', deep],
  ['check pes-enorme.xml', /dépasse 300 Mio/],
  [pes('pes-enorme.xml'), big],
  ['budget show pes-enorme.xml', big],
  ['actes show pes-enorme.xml', big],
  [pes('pes-coupe.xml'), cut],
  ['budget seal budget-coupe.xml --out out/scelle.xml', cut],

  [
    'actes show parent.tar.gz',
    /« ..\/..\/evade.xml » est refusé.*sans dossier ni chemin.*Refaites l’archive/s,
  ],
  ['actes show absolu.tar.gz', /« \/tmp\/evade.xml » est refusé.*Refaites l’archive/s],
  ['actes show lien.tar.gz', /« lien.xml ».*lien symbolique.*Refaites l’archive/s],
  ['actes show bombe.tar.gz', /démesuré.*arrêtée par sécurité.*Vérifiez l’origine/s],
  ['check bombe.tar.gz', /démesuré.*arrêtée par sécurité/s],

  [pdf('tronque.pdf'), truncated],
  ['pdf verify tronque.pdf', truncated],
  [build('tronque.pdf', 'sain.pdf'), truncated],
  [build('sain.pdf', 'tronque.pdf'), truncated],
  [pdf('chiffre.pdf'), protectedPdf],
  ['pdf verify chiffre.pdf', protectedPdf],
  [build('chiffre.pdf', 'sain.pdf'), protectedPdf],
  [build('sain.pdf', 'chiffre.pdf'), protectedPdf],

  [pdf('sain.pdf', 'maire.p12', 'MAUVAIS_PIN'), /mot de passe du certificat n’est pas le bon.*recommencez/s],
  [pes('sain-pes.xml', 'maire.p12', 'MAUVAIS_PIN'), /mot de passe du certificat n’est pas le bon/],
  [pdf('sain.pdf', 'expire.p12'), /Maire d’hier a expiré le .*renouveler/s],
  [pes('sain-pes.xml', 'expire.p12'), /Maire d’hier a expiré le .*renouveler/s],
  [pes('sain-pes.xml', 'racine.p12'), /n’est pas un fichier .p12.*Exportez-le/s],
  [pdf('sain.pdf', 'absent.p12'), /absent.p12 » est introuvable/],

  [pes('faux-pes.xml'), /CodCol.*trois chiffres.*Demandez-le au comptable.*ligne 7/s],
  [pes('sain-budget.xml'), /n’est pas un message PES : sa racine est <DocumentBudgetaire>/],
  ['budget scdl faux-budget.xml --out out/scdl.csv', /« six cents » de MtPrev.*écrivez-le comme 1234.50/s],
  ['budget seal faux-budget.xml --out out/scelle.xml', /scellement rompu.*modifié après avoir été scellé/s],
  ['demo --out out/demo --pes faux-pes.xml', /ligne 7 : Le code collectivité.*Demandez-le/s],
  ['demo --out out/demo --pes pes-dtd.xml', entity],
  ['demo --out out/demo --pes sain-budget.xml', /n’est pas un message PES/],
  ['demo --out out/demo --pes absent.xml', /absent.xml » ne peut pas être lu.*Vérifiez/s],
  [
    'demo --out out/demo --budget faux-budget.xml',
    /ligne 37 : Le montant « six cents » de MtPrev.*scellement est rompu/s,
  ],
  ['demo --out out/demo --budget budget-rires.xml', entity],
  ['demo --out out/demo --budget sain-pes.xml', /n’est pas un document budgétaire.*Exportez le budget/s],
]

describe.skipIf(!hasQpdf)('refused, in French, with nothing written', () => {
  test.each(refused)('%s', async (line, says) => {
    const before = filesUnder(path.join(dir, 'out'))
    const ran = await echarpe(line)
    const machine = await echarpe(`${line} --json`)
    expect(ran.code).toBe(1)
    expect(ran.err).toMatch(says)
    expect(`${ran.out}${ran.err}${machine.err}`).not.toMatch(noTrace)
    expect(machine.code).toBe(1)
    const said = JSON.parse(machine.out)
    expect(said).toMatchObject({ kind: expect.any(String), ok: false, problems: expect.any(Array) })
    expect(said.problems.map((p: { message: string }) => p.message).join('\n')).not.toBe('')
    for (const problem of said.problems)
      expect(problem).toMatchObject({
        code: expect.stringMatching(/./),
        message: expect.stringMatching(/./),
        level: expect.stringMatching(/^(error|warning)$/),
      })
    expect(
      said.problems.filter((p: { where: string; level: string }) => p.level === 'error' && !p.where),
    ).toEqual([])
    expect(filesUnder(path.join(dir, 'out'))).toEqual(before)
  })

  test('the same in a process of its own: nothing dies, nothing is left behind', () => {
    const hostile = filesUnder(dir).filter((name) =>
      /-(dtd|rires|profond|enorme)\.xml$|\.tar\.gz$/.test(name),
    )
    const checked = echarpeAlone(`check ${hostile.join(' ')} --json`)
    expect(checked.code).toBe(1)
    const reports = JSON.parse(checked.out)
    expect(reports).toHaveLength(hostile.length)
    for (const report of reports) expect([report.file, report.ok]).toEqual([report.file, false])
    const signed = echarpeAlone(pes('pes-profond.xml'))
    expect([signed.code, signed.out]).toEqual([1, ''])
    expect(signed.err).toMatch(deep)
    expect(filesUnder(path.join(dir, 'out'))).toEqual([])
  })

  test('the sound files that these spoil are accepted', async () => {
    for (const line of [
      'check sain-pes.xml sain.pdf sain-budget.xml',
      `pes sign sain-pes.xml --p12 maire.p12 --pin-env PIN --out sain.signe.xml`,
      `pdf sign sain.pdf --p12 maire.p12 --pin-env PIN --out sain.signe.pdf`,
      `actes build --acte sain.pdf --annexe sain.pdf --meta acte.json --out sain`,
    ]) {
      const ran = await echarpe(line)
      expect([line, ran.code, ran.err]).toEqual([line, 0, ran.code === 0 ? ran.err : ''])
    }
  })
})

describe('wrong usage is told apart, in French', () => {
  test.each([
    'demo',
    'demo --sortie x',
    'demo --out x surplus',
    'check',
    'pes',
    'pes sign',
    'pes signer x.xml',
    'pdf',
    'pdf sign x.pdf',
    'pdf sign x.pdf --certificat y',
    'budget show',
    'actes build',
    'journal verify',
    'inconnue',
  ])('%s', async (line) => {
    told(await echarpe(line))
  })

  test.each(['hub --port abc', 'hub --porte 80'])('%s', (line) => told(echarpeAlone(line)))

  function told({ code, out, err }: Ran) {
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/Usage|Options/)
    expect(err).not.toMatch(noTrace)
    expect(err).not.toMatch(/Unknown option|Invalid input|Unexpected/)
  }
})
