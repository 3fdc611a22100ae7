import { describe, expect, it } from 'vitest'
import { checkPes } from './check.ts'
import { exampleFlow, packed } from './flow.fixture.ts'
import { groupProblems } from './group.ts'
import { hasLuhnKey, isIban, isNir, isSiret } from './keys.ts'

const noSchemas = { schemas: { folder: undefined } }
const told = (bytes: Uint8Array) =>
  checkPes(bytes, noSchemas)
    .problems.map((p) => `${p.level} ${p.code}`)
    .filter((c) => !c.includes('SCHEMA_ABSENT'))

describe('checking a flow without the official schema', () => {
  it('says that the verdict is missing, never that it is valid', () => {
    const check = checkPes(exampleFlow(), noSchemas)
    expect(check).toMatchObject({ kind: 'pes-aller', ok: true, xsd: 'absent' })
    expect(check.problems.map((p) => p.code)).toContain('SCHEMA_ABSENT')
  })

  it('summarises in plain JSON with exact amounts', () => {
    expect(JSON.parse(JSON.stringify(checkPes(exampleFlow(), noSchemas).summary))).toMatchObject({
      nomFic: 'FLUX_ESSAI_001',
      totals: { depense: { ht: '12345.60', tva: '0.20', ttc: '12345.80' }, recette: { ht: '45.50' } },
      attachments: { count: 1, missing: 0, orphans: 0, unreadable: 0 },
    })
  })

  // The example itself is announced dematerialised and is not signed yet.
  const usual = ['warning PES_UNSIGNED']
  it('finds nothing else wrong in the example', () => {
    expect(new Set(told(exampleFlow()))).toEqual(new Set(usual))
  })

  const rules: [finding: string, from: string, to: string][] = [
    ['error PES_ENCODING', 'encoding="ISO-8859-1"', 'encoding="windows-1252"'],
    ['warning PES_ENCODING_PLACE', 'encoding="ISO-8859-1"', 'encoding="iso-8859-1"'],
    ['error PES_NOMFIC', 'V="FLUX_ESSAI_001"', 'V=""'],
    ['error PES_CODCOL', '<CodCol V="101"/>', '<CodCol V="11"/>'],
    ['error PES_CODCOL', '<CodCol V="101"/>', '<CodCol V="000"/>'],
    ['error PES_IDCOLL', '<IdColl V="21990001000014"/>', '<IdColl V="219900010000123"/>'],
    ['warning PES_IDCOLL_KEY', '<IdColl V="21990001000014"/>', '<IdColl V="21990001000015"/>'],
    ['error PES_IDPOST', '<IdPost V="099001"/>', '<IdPost V="99001"/>'],
    ['error PES_CODBUD', '<CodBud V="00"/>', '<CodBud V="0"/>'],
    ['warning PES_IDVER', '<IdVer V="2"/>', '<IdVer V="1"/>'],
    ['error PES_PJ_IDVER', '<EnTetePES_PJ><IdVer V="1"/>', '<EnTetePES_PJ><IdVer V="2"/>'],
    ['warning PES_DEMATERIALISED_MIXED', '<InfoDematerialisee V="1"/></EnTeteRecette>', '</EnTeteRecette>'],
    ['error PES_ID_INVALID', 'Id="FLUX2026001"', 'Id="3f80"'],
    ['error PES_ID_TWICE', 'Id="BORDREC41"', 'Id="BORDDEP41"'],
    ['warning PES_ID_MISSING', ' Id="BORDREC41"', ''],
    ['error PES_CUMUL_MISSING', '<MtCumulAnnuel V="15354.60"/>', ''],
    ['warning PES_PIECE_COUNT', '<NbrPce V="2"/>', '<NbrPce V="3"/>'],
    ['warning PES_TOTAL_HT', '<MtBordHT V="12345.60"/>', '<MtBordHT V="12345.61"/>'],
    ['warning PES_TOTAL_TVA', '<MtBordTVA V="0.20"/>', '<MtBordTVA V="0.30"/>'],
    ['warning PES_TVA_BORDEREAU', '<MtBordTVA V="0.20"/>', ''],
    ['warning PES_TVA_LINES', '<MtTVA V="0.20"/>', ''],
    ['error PES_AMOUNT', '<MtBordHT V="12345.60"/>', '<MtBordHT V="12345,60"/>'],
    ['error PES_AMOUNT', '<MtHT V="12345.30"/>', '<MtHT V="-12345.30"/>'],
    ['error PES_AMOUNT_ZERO', '<MtHT V="45.50"/>', '<MtHT V="45.50"/><MtTVA V="0"/>'],
    ['error PES_PIECE_TWICE', '<IdPce V="102"/>', '<IdPce V="0101"/>'],
    ['error PES_LINE_TWICE', '<IdLigne V="2"/>', '<IdLigne V="1"/>'],
    ['warning PES_BANK_FORBIDDEN', '<ModRegl V="03"/>', '<ModRegl V="08"/>'],
    ['warning PES_BANK_MISSING', '<ModRegl V="08"/>', '<ModRegl V="03"/>'],
    [
      'warning PES_ORIGIN_MISSING',
      '<TypPce V="01"/><NatPce V="01"/></InfoPce>',
      '<TypPce V="02"/><NatPce V="09"/></InfoPce>',
    ],
    ['error PES_IBAN', 'FR7630006000011234567890189', 'fr7630006000011234567890189'],
    ['warning PES_IBAN_KEY', 'FR7630006000011234567890189', 'FR7730006000011234567890189'],
    ['error PES_BIC', 'V="AGRIFRPP"', 'V="agrifrpp"'],
    ['error PES_CP', '<CP V="99000"/>', '<CP V="9900"/>'],
    ['warning PES_PAYS', '<CodRes V="0"/>', '<CodRes V="1"/>'],
    ['warning PES_CIVILITE', '<Civilite V="MME"/>', '<Civilite V="Mademoiselle"/>'],
    ['warning PES_CIVILITE', '<Prenom V="AMÉLIE"/>', ''],
    ['warning PES_CIVILITE', '<Nom V="TRAVAUX"/>', '<Civilite V="M"/><Nom V="TRAVAUX"/>'],
    [
      'warning PES_IDTIERS',
      '<CatTiers V="50"/>',
      '<IdTiers V="12345678901234"/><NatIdTiers V="01"/><CatTiers V="50"/>',
    ],
    ['warning PES_SURCHARGE', '<Majo V="0"/>', '<Majo V="1"/>'],
    [
      'warning PES_PJ_MISSING',
      '<PJRef><Support V="01"/><IdUnique V="PJ0001"/>',
      '<PJRef><Support V="01"/><IdUnique V="PJ0009"/>',
    ],
    ['error PES_PJREF', '<Support V="02"/>', ''],
    ['error PES_PJ_SUPPORT', '<Support V="01"/>', '<Support V="03"/>'],
    [
      'error PES_PJ_NAME',
      '<NomPJ V="facture.pdf"/><TypePJ V="003"/><Description',
      '<NomPJ V="facture"/><Description',
    ],
    ['error PES_PJ_EMPTY', packed('%PDF-1.4 essai'), ''],
    ['error PES_PJ_UNREADABLE', packed('%PDF-1.4 essai'), 'H4sIAAAA'],
    ['warning PES_PJ_TYPE', packed('%PDF-1.4 essai'), packed('texte')],
  ]
  for (const [finding, from, to] of rules)
    it(`${finding}: ${from.slice(0, 50)} → ${to.slice(0, 50)}`, () => {
      const replacement = exampleFlow([Buffer.from(from, 'utf8').toString(), to])
      expect(told(replacement)).toContain(finding)
    })

  it('finds a document and a bordereau that come twice', () => {
    const text = Buffer.from(exampleFlow()).toString('latin1')
    const pj = /<PJ>[\s\S]*?<\/PJ>/.exec(text)![0]
    const bordereau = /<Bordereau Id="BORDREC41">[\s\S]*?<\/Bordereau>/.exec(text)![0]
    const twice = text
      .replace('</PES_PJ>', `${pj}</PES_PJ>`)
      .replace('</PES_RecetteAller>', `${bordereau.replace('BORDREC41', 'B2')}</PES_RecetteAller>`)
    expect(told(Buffer.from(twice, 'latin1'))).toEqual(
      expect.arrayContaining(['error PES_PJ_TWICE', 'error PES_BORDEREAU_TWICE']),
    )
  })

  it('locates the gap between declared and computed totals', () => {
    const problem = checkPes(
      exampleFlow(['<MtBordHT V="12345.60"/>', '<MtBordHT V="12345.61"/>']),
      noSchemas,
    ).problems.find((p) => p.code === 'PES_TOTAL_HT')
    expect(problem?.where).toBe('ligne 16')
    expect(problem?.message.replace(/[\u202f\u00a0]/g, ' ')).toContain(
      '12 345,61 € hors taxes alors que ses lignes font 12 345,60 € (écart 0,01 €)',
    )
  })

  it('refuses a flow with nothing to send, or too large', () => {
    const text = Buffer.from(exampleFlow()).toString('latin1')
    const bare = text.replace(/<PES_DepenseAller>[\s\S]*<\/PES_PJ>/, '')
    expect(told(Buffer.from(bare, 'latin1'))).toContain('error PES_EMPTY')
    expect(checkPes(exampleFlow(), { ...noSchemas, maxBytes: 100 }).problems.map((p) => p.code)).toContain(
      'PES_TOO_LARGE',
    )
  })

  it('joins the verdict of the signature engine on a signed flow only', () => {
    const verifySignatures = () => [{ code: 'x', message: 'faux', where: '', level: 'error' as const }]
    expect(checkPes(exampleFlow(), { ...noSchemas, verifySignatures }).ok).toBe(true)
    const signed = exampleFlow([
      '</Bordereau>',
      '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></Bordereau>',
    ])
    const check = checkPes(signed, { ...noSchemas, verifySignatures })
    expect(check.ok).toBe(false)
    expect(check.signatures).toEqual([{ target: 'BORDDEP41', line: 41 }])
  })
})

describe('small rules', () => {
  it('keys', () => {
    expect([
      hasLuhnKey('732829320'),
      isSiret('73282932000074'),
      isSiret('35600000000048'),
      isSiret('73282932000075'),
    ]).toEqual([true, true, true, false])
    expect([
      isIban('FR7630006000011234567890189'),
      isIban('FR7630006000011234567890188'),
      isIban('fr76'),
    ]).toEqual([true, false, false])
    expect([isNir('255081416802538'), isNir('255081416802539'), isNir('12')]).toEqual([true, false, false])
  })

  it('the same problem is told once, with its places', () => {
    const many = Array.from({ length: 8 }, (_, i) => ({
      code: 'A',
      message: 'm',
      where: `ligne ${i + 1}`,
      level: 'error' as const,
    }))
    expect(groupProblems(many)).toEqual([
      { code: 'A', message: 'm', where: 'lignes 1, 2, 3, 4, 5… (8 fois)', level: 'error' },
    ])
  })
})
