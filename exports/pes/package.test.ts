import { describe, expect, it } from 'vitest'
import { prepareForSignature } from './dematerialise.ts'
import { exampleFlow } from './flow.fixture.ts'
import { packagePes } from './package.ts'
import { readPes } from './read.ts'

const options = { date: '2026-03-10', counter: 3 }

describe('packaging a flow', () => {
  it('names it as the transmission operators do, and leaves its bytes alone', () => {
    const bytes = exampleFlow()
    const siret = readPes(bytes).header.idColl.text
    expect(packagePes(bytes, options).name).toBe(`PESALR2_${siret.slice(0, 9)}_260310_3.xml`)
    expect(packagePes(bytes, { ...options, convention: 'siret' }).name).toBe(
      `PESALR2_${siret}_260310_003.xml`,
    )
    expect(packagePes(bytes, options).bytes).toBe(bytes)
  })

  it('gives what the duplicate controls look at', () => {
    const { duplicateKeys, sha1, sha256 } = packagePes(exampleFlow(), options)
    expect(duplicateKeys).toEqual({
      flow: 'FLUX_ESSAI_001|101',
      sha1,
      bordereaux: ['depense|2026|01|00|41', 'recette|2026|01|00|41'],
      attachments: ['PJ0001'],
    })
    expect([sha1.length, sha256.length]).toEqual([40, 64])
  })

  it('refuses a flow that changed by more than its signatures', () => {
    const original = exampleFlow()
    const unsigned = (removeSignatures: (b: Uint8Array) => Uint8Array) => ({
      ...options,
      unsigned: { original, removeSignatures },
    })
    expect(
      packagePes(
        exampleFlow(),
        unsigned((b) => b),
      ).sha1,
    ).toBeTruthy()
    const changed = exampleFlow(['Réfection du préau', 'Réfection du mur'])
    expect(() =>
      packagePes(
        changed,
        unsigned((b) => b),
      ),
    ).toThrow(expect.objectContaining({ code: 'PES_CHANGED' }))
  })

  const refusals: [string, Uint8Array, object][] = [
    ['PES_NOMFIC', exampleFlow(['V="FLUX_ESSAI_001"', 'V=""']), {}],
    ['PES_TOO_LARGE', exampleFlow(), { maxBytes: 10 }],
    ['PES_PACKAGE_NAME', exampleFlow(), { date: '10/03/2026' }],
    ['PES_PACKAGE_NAME', exampleFlow(), { counter: 0 }],
    ['PES_ROOT', new Uint8Array(Buffer.from('<a/>')), {}],
  ]
  for (const [code, bytes, changed] of refusals)
    it(code, () =>
      expect(() => packagePes(bytes, { ...options, ...changed })).toThrow(expect.objectContaining({ code })),
    )
})

describe('preparing a flow for signature', () => {
  it('changes nothing when nothing is needed', () => {
    const { bytes, changes } = prepareForSignature(exampleFlow())
    expect(changes).toEqual([])
    expect(Buffer.compare(bytes, exampleFlow())).toBe(0)
  })

  it('sets InfoDematerialisee, adds it where it is missing, and gives Ids', () => {
    const before = exampleFlow(
      [
        '<InfoDematerialisee V="1"/></EnTeteDepense>',
        "<!-- <InfoDematerialisee V='9'/> --><InfoDematerialisee  V = '0' /></EnTeteDepense>",
      ],
      ['<InfoDematerialisee V="1"/></EnTeteRecette>', '</EnTeteRecette>'],
      [' Id="BORDREC41"', ''],
      [' Id="FLUX2026001"', ''],
    )
    const { bytes, changes } = prepareForSignature(before, { root: true })
    expect(changes).toHaveLength(4)
    const flow = readPes(bytes)
    expect(flow.domains.map((d) => d.dematerialised)).toEqual([true, true])
    expect(flow.bordereaux.map((b) => b.id)).toEqual(['BORDDEP41', 'BORDREC202600041'])
    expect(flow.root.id).toBe('PESFLUXESSAI001')
    expect(Buffer.from(bytes).toString('latin1')).toContain(
      "<!-- <InfoDematerialisee V='9'/> --><InfoDematerialisee  V = '1' />",
    )
  })

  it('refuses a signed flow, or one without the annual total that becomes mandatory', () => {
    const signed = exampleFlow([
      '</Bordereau>',
      '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></Bordereau>',
    ])
    expect(() => prepareForSignature(signed)).toThrow(expect.objectContaining({ code: 'PES_SIGNED' }))
    const lacking = exampleFlow(['<MtCumulAnnuel V="45.50"/>', ''])
    expect(() => prepareForSignature(lacking)).toThrow(expect.objectContaining({ code: 'PES_CUMUL_MISSING' }))
  })
})
