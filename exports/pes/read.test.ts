import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeContent, describeContent } from './content.ts'
import { exampleFlow, packed } from './flow.fixture.ts'
import { inventory } from './inventory.ts'
import { extractPiece } from './piece.ts'
import { domainTotals, readPes } from './read.ts'

describe('reading a flow', () => {
  const flow = readPes(exampleFlow())

  it('gives header, accents and places', () => {
    expect(flow.header).toMatchObject({
      nomFic: { text: 'FLUX_ESSAI_001', line: 4 },
      codCol: { text: '101' },
      libelleColBud: "Commune d'Été",
      emetteur: { sigle: 'ESSAI' },
    })
    expect(flow.encoding).toBe('ISO-8859-1')
    expect(flow.domains.map((d) => [d.domain, d.dematerialised])).toEqual([
      ['depense', true],
      ['recette', true],
    ])
  })

  it('keeps dépense and recette apart, numbers without leading zeros', () => {
    expect(flow.bordereaux.map((b) => [b.domain, b.number, b.id])).toEqual([
      ['depense', '41', 'BORDDEP41'],
      ['recette', '41', 'BORDREC41'],
    ])
    expect(flow.bordereaux[0]?.pieces[0]).toMatchObject({ number: '101', object: 'Réfection du préau' })
    expect(flow.bordereaux[1]?.pieces[0]).toMatchObject({ number: '12', object: 'Cantine' })
  })

  it('adds to the cent where binary floats would not', () => {
    // 0.10 + 0.20 + 12345.30: 12345.599999999999 in floating point.
    expect(domainTotals(flow, 'depense')).toEqual({ ht: 1234560n, tva: 20n, ttc: 1234580n })
    expect(domainTotals(flow, 'recette')).toEqual({ ht: 4550n, tva: 0n, ttc: 4550n })
  })

  it('reads third parties and their bank details', () => {
    expect(flow.bordereaux[0]?.pieces[0]?.lines[0]?.tiers[0]).toMatchObject({
      name: 'TRAVAUX',
      bank: { iban: 'FR7630006000011234567890189', holder: 'TRAVAUX' },
      address: { postalCode: '99000', abroad: false },
    })
  })

  it('keeps and mentions what it does not know', () => {
    const other = readPes(
      exampleFlow(
        ['<PES_PJ>', '<PES_Facture><Nouveau V="1"/></PES_Facture><PES_PJ>'],
        ['<TypPce V="01"/>', '<TypPce V="01"/><Inconnu V="x"/>'],
      ),
    )
    expect(other.unknown.map((u) => u.name).sort()).toEqual(['Inconnu', 'PES_Facture'])
  })

  it('refuses another document', () => {
    expect(() => readPes(Buffer.from('<a/>'))).toThrow(expect.objectContaining({ code: 'PES_ROOT' }))
    expect(() => readPes(exampleFlow(['pes_v2/Rev0/aller', 'pes_v2/Rev0/autre']))).toThrow(
      expect.objectContaining({ code: 'PES_ROOT' }),
    )
    expect(() => readPes(Buffer.from('<!DOCTYPE a><a/>'))).toThrow(
      expect.objectContaining({ code: 'XML_DOCTYPE' }),
    )
  })
})

describe('supporting documents', () => {
  it('are put side by side with what cites them', () => {
    const { references, missing, orphans } = inventory(readPes(exampleFlow()))
    expect([references.length, missing.length, orphans.length]).toEqual([2, 0, 0])
    const moved = inventory(
      readPes(
        exampleFlow([
          '<IdUnique V="PJ0001"/><NomPJ V="facture.pdf"/><TypePJ V="003"/><Description',
          '<IdUnique V="PJ0002"/><NomPJ V="facture.pdf"/><Description',
        ]),
      ),
    )
    expect(moved.missing.map((r) => r.idUnique)).toEqual(['PJ0001'])
    expect(moved.orphans.map((a) => a.idUnique)).toEqual(['PJ0002'])
  })

  it('are taken out, decoded, with a safe name', () => {
    const bytes = exampleFlow([
      '<NomPJ V="facture.pdf"/><TypePJ V="003"/><Description',
      '<NomPJ V="../../x\\facture.pdf"/><Description',
    ])
    const piece = extractPiece(bytes, 'PJ0001')
    expect(piece).toMatchObject({ name: 'facture.pdf', mediaType: 'application/pdf' })
    expect(Buffer.from(piece.bytes).toString()).toBe('%PDF-1.4 essai')
    expect(() => extractPiece(bytes, 'ABSENT')).toThrow(
      expect.objectContaining({ code: 'PES_PJ_UNKNOWN', family: 'notFound' }),
    )
  })

  it('may come without compression, on several lines', () => {
    expect(decodeContent('JVBE\r\n Ri0=')).toMatchObject({ compressed: false })
    expect(describeContent('JVBERi0=')).toMatchObject({
      state: 'readable',
      size: 5,
      detectedType: 'application/pdf',
    })
  })

  it('are refused when empty, damaged, or too large once inflated', () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000)).toString('base64')
    const refusals: [string, string][] = [
      ['PES_PJ_EMPTY', ' \n '],
      ['PES_PJ_BASE64', 'pas du base64 !'],
      ['PES_PJ_GZIP', packed('x').slice(0, 16)],
      ['PES_PJ_TOO_LARGE', bomb],
    ]
    for (const [code, text] of refusals)
      expect(() => decodeContent(text, 1_000_000)).toThrow(expect.objectContaining({ code }))
    expect(describeContent(packed(''))).toEqual({ state: 'empty' })
    expect(describeContent('!!')).toMatchObject({ state: 'unreadable' })
  })
})
