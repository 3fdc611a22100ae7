import { PDFDocument } from '@cantoo/pdf-lib'
import { beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '../core/refusal.ts'
import { annex, convocation, letterhead } from './fixtures/demoville.ts'
import { type BundleInput, bundlePdf, countPages, inspectPdf } from './pack.ts'
import { renderAnnex, renderConvocation } from './render.ts'

let letter: Uint8Array
let table: Uint8Array
beforeAll(async () => {
  letter = await renderConvocation(convocation)
  table = await renderAnnex(annex)
})

const refusal = async (work: Promise<unknown>): Promise<Refusal> => {
  const error = await work.then(
    () => null,
    (e: unknown) => e,
  )
  if (!(error instanceof Refusal)) throw new Error(`not refused: ${String(error)}`)
  return error
}

describe('inspectPdf', () => {
  test('tells the pages of our own documents', async () => {
    expect(await inspectPdf(letter)).toEqual({ pages: 2, signed: false, active: false })
    expect(await countPages(table)).toBe(2)
  })

  test('sees scripts, in a compressed object stream too', async () => {
    const d = await PDFDocument.create()
    d.addPage()
    d.addJavaScript('main', 'app.alert(1)')
    expect((await inspectPdf(await d.save({ useObjectStreams: true }))).active).toBe(true)
  })

  test('refuses what is not a PDF', async () => {
    const error = await refusal(inspectPdf(new TextEncoder().encode('<html>erreur</html>'), 'annexe.pdf'))
    expect(error).toMatchObject({ code: 'PDF_INVALID', where: 'annexe.pdf' })
    expect(error.message).toContain('« annexe.pdf » n’est pas un PDF')
    expect((await refusal(inspectPdf(new Uint8Array()))).code).toBe('PDF_INVALID')
  })

  test.each([0.2, 0.5, 0.9, 0.999])('refuses a PDF cut at %d of its length', async (part) => {
    const cut = letter.subarray(0, Math.floor(letter.byteLength * part))
    expect((await refusal(inspectPdf(cut))).code).toBe('PDF_TRUNCATED')
  })

  test('refuses an encrypted PDF, even with an empty password', async () => {
    const d = await PDFDocument.create()
    d.addPage()
    d.encrypt({ userPassword: '', ownerPassword: 'x' })
    const error = await refusal(inspectPdf(await d.save({ useObjectStreams: false }), 'budget.pdf'))
    expect(error.code).toBe('PDF_ENCRYPTED')
    expect(error.message).toContain('sans protection')
  })

  test('refuses a PDF whose inside is garbage', async () => {
    const bytes = new TextEncoder().encode('%PDF-1.7\nrien\nstartxref\n9\n%%EOF\n')
    expect((await refusal(inspectPdf(bytes))).code).toBe('PDF_INVALID')
  })
})

const input = (parts: BundleInput['parts']): BundleInput => ({
  letterhead,
  createdAt: '2026-12-04T09:00:00.000Z',
  title: 'Dossier de séance',
  subtitle: 'Conseil municipal du 10 décembre 2026',
  demonstration: true,
  parts,
})

describe('bundlePdf', () => {
  test('asks for each document only when its turn comes, and gives the same bytes each time', async () => {
    const asked: string[] = []
    const ask = (name: string, bytes: Uint8Array) => {
      asked.push(name)
      return bytes
    }
    const parts = [
      { title: 'Convocation', pages: 2, bytes: () => ask('c', letter) },
      { title: 'Annexe 1', pages: 2, bytes: async () => ask('a', table) },
    ]
    const first = await bundlePdf(input(parts))
    expect(asked).toEqual(['c', 'a'])
    expect(await countPages(first)).toBe(5)
    expect(Buffer.from(await bundlePdf(input(parts))).equals(first)).toBe(true)
  })

  test('a long list of documents has a contents of several pages, still numbered right', async () => {
    const parts = Array.from({ length: 60 }, (_, i) => ({
      title: `Annexe ${i + 1}`,
      pages: 2,
      bytes: () => table,
    }))
    expect(await countPages(await bundlePdf(input(parts)))).toBe(120 + 2)
  })

  test('refuses nothing to collate, a document that changed, a document that cannot be read', async () => {
    expect((await refusal(bundlePdf(input([])))).code).toBe('BUNDLE_EMPTY')
    const changed = await refusal(bundlePdf(input([{ title: 'Note', pages: 9, bytes: () => letter }])))
    expect(changed).toMatchObject({ code: 'BUNDLE_PAGES_DIFFER', family: 'conflict', where: 'Note' })
    const broken = await refusal(
      bundlePdf(input([{ title: 'Plan', pages: 1, bytes: () => letter.subarray(0, 900) }])),
    )
    expect(broken).toMatchObject({ code: 'PDF_TRUNCATED', where: 'Plan' })
  })
})
