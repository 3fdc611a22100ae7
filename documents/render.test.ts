import { PDFDocument } from '@cantoo/pdf-lib'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../core/refusal.ts'
import { annex, convocation, deliberation, letterhead } from './fixtures/demoville.ts'
import { countPages } from './pack.ts'
import { renderAnnex, renderConvocation, renderDeliberation } from './render.ts'

const refusal = async (work: Promise<unknown>): Promise<Refusal> => {
  const error = await work.then(
    () => null,
    (e: unknown) => e,
  )
  if (!(error instanceof Refusal)) throw new Error(`not refused: ${String(error)}`)
  return error
}

describe('délibération', () => {
  test('keeps one place for each signatory, on the page, apart from each other', async () => {
    const { pdf, signaturePlaces } = await renderDeliberation(deliberation)
    expect(signaturePlaces.map((p) => p.role)).toEqual(['chair', 'secretary'])
    const pages = (await PDFDocument.load(pdf)).getPages()
    for (const place of signaturePlaces) {
      const page = pages[place.page - 1]
      expect(page).toBeDefined()
      const { width = 0, height = 0 } = page?.getSize() ?? {}
      expect(place.x).toBeGreaterThan(30)
      expect(place.x + place.width).toBeLessThan(width - 30)
      expect(place.y).toBeGreaterThan(30)
      expect(place.y + place.height).toBeLessThan(height - 30)
    }
    const [a, b] = signaturePlaces
    expect((a?.x ?? 0) + (a?.width ?? 0)).toBeLessThanOrEqual(b?.x ?? 0)
  })

  test('two secretaries have two places that do not overlap', async () => {
    const secretaries = [
      ...deliberation.secretaries,
      { civility: 'M.' as const, firstName: 'Guy', lastName: 'Bis' },
    ]
    const { signaturePlaces } = await renderDeliberation({ ...deliberation, secretaries })
    expect(signaturePlaces.map((p) => p.role)).toEqual(['chair', 'secretary', 'secretary'])
    const keys = new Set(signaturePlaces.map((p) => `${p.page} ${p.x} ${p.y}`))
    expect(keys.size).toBe(3)
  })

  test('is refused without the result of the vote', async () => {
    const error = await refusal(renderDeliberation({ ...deliberation, ballot: null }))
    expect(error.code).toBe('DOCUMENT_INPUT_INVALID')
    expect(error.message).toContain('résultat du vote')
    expect(error.where).toBe('ballot')
  })

  test('is refused when a secret ballot carries names', async () => {
    const names = { for: ['Mme A'], against: [], abstain: [], notVoting: [] }
    const ballot = { kind: 'secret' as const, for: 1, against: 0, abstain: 0, names }
    expect((await refusal(renderDeliberation({ ...deliberation, ballot }))).where).toBe('ballot.names')
  })

  test('is refused without secretary', async () => {
    expect((await refusal(renderDeliberation({ ...deliberation, secretaries: [] }))).message).toContain(
      'secrétaire de séance',
    )
  })

  test('what is noted without vote has no table of the vote', async () => {
    const { pdf } = await renderDeliberation({ ...deliberation, outcome: 'noted', ballot: null })
    expect(pdf.byteLength).toBeGreaterThan(10_000)
  })
})

test('a convocation without agenda is refused', async () => {
  expect((await refusal(renderConvocation({ ...convocation, agenda: [] }))).message).toContain(
    'L’ordre du jour est vide',
  )
})

test('a damaged coat of arms is refused in French, and the next document is typeset', async () => {
  const coatOfArms = { mediaType: 'image/png' as const, bytes: new Uint8Array([1, 2, 3]), alt: 'Armoiries' }
  const error = await refusal(
    renderConvocation({ ...convocation, letterhead: { ...letterhead, coatOfArms } }),
  )
  expect(error.code).toBe('DOCUMENT_NOT_TYPESET')
  expect(error.message).not.toMatch(/at |error:/)
  expect((await renderConvocation(convocation)).byteLength).toBeGreaterThan(10_000)
})

test('documents asked for together come out as if asked for one by one', async () => {
  const alone = await renderAnnex(annex)
  const [a, , b] = await Promise.all([renderAnnex(annex), renderConvocation(convocation), renderAnnex(annex)])
  expect(Buffer.from(a).equals(alone)).toBe(true)
  expect(Buffer.from(b).equals(alone)).toBe(true)
})

test('a long annex has several pages, upright or lying', async () => {
  expect(await countPages(await renderAnnex(annex))).toBe(2)
  const lying = await PDFDocument.load(await renderAnnex({ ...annex, orientation: 'landscape' }))
  const { width, height } = lying.getPage(0).getSize()
  expect(width).toBeGreaterThan(height)
})
