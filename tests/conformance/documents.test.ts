import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  annex,
  convocation,
  deliberation,
  letterhead,
  list,
  note,
  proof,
  sheet,
  slip,
} from '../../documents/fixtures/demoville.ts'
import { bundlePdf, countPages } from '../../documents/pack.ts'
import * as render from '../../documents/render.ts'

// Our papers, judged by poppler and qpdf.

const missing = ['pdfinfo', 'pdffonts', 'pdftotext', 'qpdf'].filter(
  (t) => spawnSync('which', [t]).status !== 0,
)
if (missing.length > 0 && process.env['CI']) throw new Error(`Outils absents : ${missing.join(', ')}`)
if (missing.length > 0) process.stderr.write(`Documents non jugés, outils absents : ${missing.join(', ')}\n`)

const papers: Record<string, () => Promise<Uint8Array>> = {
  deliberation: async () => (await render.renderDeliberation(deliberation)).pdf,
  convocation: () => render.renderConvocation(convocation),
  note: () => render.renderAgenda(note),
  agenda: () => render.renderAgenda({ ...note, form: 'agenda' }),
  list: () => render.renderDeliberationList(list),
  sheet: () => render.renderAttendanceSheet(sheet),
  annex: () => render.renderAnnex(annex),
  proof: () => render.renderProof(proof),
  slip: () => render.renderSigningSlip(slip),
}

let folder = ''
const at = (name: string) => path.join(folder, `${name}.pdf`)
const run = (tool: string, ...args: string[]) =>
  execFileSync(tool, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
/** Runs of blanks of any kind, no-break ones included, as one space. */
const flat = (text: string) => text.replace(/\s+/gu, ' ')
const textOf = (name: string) => flat(run('pdftotext', '-layout', at(name), '-'))

describe.skipIf(missing.length > 0)('documents', () => {
  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'documents-'))
    for (const [name, make] of Object.entries(papers)) writeFileSync(at(name), await make())
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each(Object.keys(papers))('%s: sound, tagged, archivable, fonts embedded', (name) => {
    expect(run('qpdf', '--check', at(name))).toContain('No syntax or stream encoding errors')
    const info = run('pdfinfo', at(name))
    expect(info).toMatch(/^Tagged:\s+yes$/m)
    expect(info).toMatch(/^Page size:.*A4/m)
    expect(info).toMatch(/^Title:\s+\S/m)
    expect(info).toMatch(/^Author:\s+Ville de Démoville$/m)
    expect(info).toMatch(/^JavaScript:\s+no$/m)
    const metadata = run('pdfinfo', '-meta', at(name))
    expect(metadata).toMatch(/pdfaid:part>2</)
    expect(metadata).toMatch(/pdfaid:conformance>U</)
    const fonts = run('pdffonts', at(name)).trim().split('\n').slice(2)
    expect(fonts.length).toBeGreaterThan(0)
    // columns « emb sub uni »: embedded, subset, mapped to Unicode
    for (const font of fonts) expect(font).toMatch(/\+SourceSerif4-\S+\s.*\byes yes yes\b/)
  })

  test('the structure of a délibération is read in order, with its headings', () => {
    const tree = run('pdfinfo', '-struct-text', at('deliberation'))
    expect(tree).toMatch(/^ +H1 .*block/m)
    for (const heading of ['Rapport', 'Délibération', 'Résultat du vote', 'Annexes'])
      expect(tree).toMatch(new RegExp(`H2 [^\\n]*\\n +"${heading}"`))
    expect(tree).toMatch(/\bTH\b/)
    expect(tree).toMatch(/\bFigure\b/)
    const source = run('qpdf', '--qdf', at('deliberation'), '-')
    expect(source).toContain(
      `/Alt <feff${Buffer.from('Armoiries de Démoville', 'utf16le').swap16().toString('hex')}>`,
    )
    // some readers lose what follows a replaced character inside tagged text
    expect(source).not.toContain('/ActualText')
    expect(flat(tree.replaceAll(/"\s+"/g, ''))).toContain('Mme Béatrice Abgrall')
    const order = [
      'Subventions aux associations',
      'Présidence',
      'Rapport',
      'DÉCIDE',
      'Les subventions de fonctionnement',
      'Voies et délais',
    ]
    const places = order.map((words) => tree.indexOf(words))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places).not.toContain(-1)
  })

  test('a délibération says all that the register asks', () => {
    const text = textOf('deliberation')
    for (const words of [
      'D2026_0107',
      'vendredi 4 décembre 2026',
      'La présidente de séance,',
      'Mme Françoise d’Estienne',
      '27, dont 21 présents et 3 représentés',
      'M. William Vaçon, qui a donné pouvoir à Mme Claire Aubert',
      'Mme Zoé Yvars, M. Aurélien Zélande',
      'Mme Béatrice Abgrall',
      'M. Olivier Nœuvéglise',
      '21 membres présents pour 14 requis',
      'à l’unanimité des suffrages exprimés, par vingt-deux voix pour et deux abstentions',
      'Article 4',
      '48 500 €',
      'deux mois',
      'tribunal administratif d’Orléans',
      'page 2 / 2',
    ])
      expect(text).toContain(words)
  })

  test('a convocation says who convokes whom, when, where, for what, and how the delay was counted', () => {
    const text = textOf('convocation')
    for (const words of [
      'M. Olivier Nœuvéglise',
      'Jeudi 10 décembre 2026 à 18 h 30',
      'salle du conseil, hôtel de ville de Démoville',
      'Approbation du procès-verbal',
      'Questions orales',
      'La Maire,',
      'Mme Claire Aubert',
      'L. 2121-12',
      '5 jours francs entre les deux, du samedi 5 décembre 2026 au mercredi 9 décembre 2026',
      'Pouvoir',
    ])
      expect(text).toContain(words)
  })

  test('the signs of a markup language are printed as they are', async () => {
    const signs = '# $ * _ @ < > \\ " = - + / // [x] {y} #let x = 1 *gras* _it_ $x^2$ @ref <label> `code` ~'
    const text = `Signes ${signs} fin`
    const hostile = {
      ...deliberation,
      title: text,
      blocks: [
        { kind: 'paragraph' as const, text },
        { kind: 'article' as const, text },
      ],
      annexes: [text],
    }
    writeFileSync(at('signs'), (await render.renderDeliberation(hostile)).pdf)
    const printed = flat(run('pdftotext', '-raw', at('signs'), '-'))
    expect(printed.split(text).length - 1).toBeGreaterThanOrEqual(4)
  })

  test.each(Object.keys(papers))('%s: same input, same bytes', async (name) => {
    const again = await papers[name]?.()
    expect(Buffer.from(again ?? []).equals(readFileSync(at(name)))).toBe(true)
  })

  test('another date gives other bytes and is the date of the file', async () => {
    const later = { ...convocation, createdAt: '2027-01-02T03:04:05.000Z' }
    writeFileSync(at('later'), await render.renderConvocation(later))
    const info = execFileSync('pdfinfo', ['-isodates', at('later')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, TZ: 'UTC' },
    })
    expect(info).toMatch(/^CreationDate:\s+2027-01-02T03:04:05Z$/m)
    expect(run('pdfinfo', '-meta', at('later'))).toContain('2027-01-02T03:04:05')
  })

  test('a bundle is sound, with one bookmark a document', async () => {
    const parts = await Promise.all(
      ['convocation', 'note', 'annex'].map(async (name) => {
        const bytes = readFileSync(at(name))
        return { title: `Pièce « ${name} »`, pages: await countPages(bytes), bytes: () => bytes }
      }),
    )
    const { createdAt } = convocation
    const bundle = {
      letterhead,
      createdAt,
      title: 'Dossier de séance',
      subtitle: '',
      demonstration: true,
      parts,
    }
    writeFileSync(at('bundle'), await bundlePdf(bundle))
    expect(run('qpdf', '--check', at('bundle'))).toContain('No syntax or stream encoding errors')
    const outline: unknown = JSON.parse(run('qpdf', '--json=2', '--json-key=outlines', at('bundle')))
    expect(outline).toMatchObject({
      outlines: [
        { title: 'Sommaire', destpageposfrom1: 1 },
        { title: 'Pièce « convocation »', destpageposfrom1: 2 },
        { title: 'Pièce « note »', destpageposfrom1: 4 },
        { title: 'Pièce « annex »', destpageposfrom1: 6 },
      ],
    })
    expect(textOf('bundle')).toContain('Approbation du procès-verbal')
  })
})
