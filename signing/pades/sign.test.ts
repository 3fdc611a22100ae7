import { describe, expect, it } from 'vitest'
import { readCms } from '../cms/read.ts'
import { OID } from '../cms/signed-data.ts'
import { formFields } from '../pdf/document.ts'
import { openPdf } from '../pdf/reader.ts'
import { asText } from '../pdf/xref.ts'
import { localTimestamp, NOW, samplePdf, testAuthority } from '../testing.ts'
import { verifyPdf } from '../verify/pdf.ts'
import { complete } from './complete.ts'
import { addSignatureFields } from './fields.ts'
import { prepare } from './prepare.ts'
import { signPdf } from './sign.ts'

const pki = await testAuthority()
const mayor = await pki.issuePerson({ name: 'Éloïse Lefèvre-Noël', title: 'Maire' })
const base = { fieldName: 'visa', role: 'La maire', name: mayor.name, claimedAt: NOW }
const box = { page: 1, x: 300, y: 40, width: 200, height: 70 }
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepté',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  )

describe('signing', () => {
  it('appends to the file and keeps every byte of it', async () => {
    const pdf = await samplePdf()
    const signed = (await signPdf(pdf, mayor.signer, { ...base, placement: box })).pdf
    expect(Buffer.from(signed.subarray(0, pdf.length)).equals(pdf)).toBe(true)
    const report = await verifyPdf(signed, { roots: [pki.root], now: NOW })
    expect(report).toMatchObject({ ok: true, problems: [] })
    expect(report.signatures[0]).toMatchObject({
      field: 'visa',
      signer: 'Éloïse Lefèvre-Noël',
      name: 'Éloïse Lefèvre-Noël',
      claimedAt: NOW,
      level: 'B-B',
      integrity: true,
      trusted: true,
      coversWholeDocument: true,
    })
  })

  it('signs exactly three attributes: no signing-time, which the baseline forbids', async () => {
    const signed = (await signPdf(await samplePdf(), mayor.signer, base)).pdf
    const contents = /\/Contents <([0-9a-f]+)>/.exec(asText(signed, 0, signed.length))?.[1] ?? ''
    const cms = readCms(Buffer.from(contents, 'hex'))
    expect([...cms.signed.keys()].sort()).toEqual(
      [OID.contentType, OID.messageDigest, OID.signingCertificateV2].sort(),
    )
  })

  it('dates with the zone of the commune, winter, summer and overseas', async () => {
    const date = async (claimedAt: Date, timeZone?: string) => {
      const person = await pki.issuePerson({
        name: 'A',
        keyType: 'EC',
        validFrom: new Date('2026-01-01'),
        validTo: new Date('2028-01-01'),
      })
      const options = { ...base, claimedAt, ...(timeZone ? { timeZone } : {}) }
      const { pdf } = await signPdf(await samplePdf(), person.signer, options)
      return /\/M \(([^)]*)\)/.exec(asText(pdf, 0, pdf.length))?.[1]
    }
    expect(await date(new Date('2026-11-24T07:30:00Z'))).toBe("D:20261124083000+01'00'")
    expect(await date(new Date('2026-07-14T07:30:00Z'))).toBe("D:20260714093000+02'00'")
    expect(await date(new Date('2026-07-14T07:30:00Z'), 'America/Martinique')).toBe("D:20260714033000-04'00'")
    expect(await codeOf(date(NOW, 'Europe/Nulle-Part'))).toBe('fuseau-inconnu')
  })

  it.each([0, 90, 180, 270])(
    'places a box on a page rotated by %d degrees inside the page',
    async (rotate) => {
      const signed = await signPdf(await samplePdf({ rotate }), mayor.signer, { ...base, placement: box })
      const reader = openPdf(signed.pdf)
      const [field] = formFields(reader)
      const rect = reader
        .array(field?.dict.get(reader.context.obj('Rect')))
        ?.asArray()
        .map((n) => reader.number(n))
      const expected: Record<number, number[]> = {
        0: [300, 40, 500, 110],
        90: [595 - 40 - 70, 300, 595 - 40, 500],
        180: [95, 732, 295, 802],
        270: [40, 842 - 500, 110, 842 - 300],
      }
      expect(rect).toEqual(expected[rotate])
    },
  )

  it('two steps: the value may come from elsewhere and later, and a wrong one is refused', async () => {
    const other = await pki.issuePerson({ name: 'Quelqu’un d’autre' })
    const request = {
      certificate: mayor.certificate,
      chain: mayor.chain,
      keyType: 'RSA',
      level: 'B-B',
    } as const
    const step = await prepare(await samplePdf(), { ...base, ...request })
    const stored = structuredClone(step.prepared)
    expect(await codeOf(other.signer.sign(step.bytesToSign).then((value) => complete(stored, value)))).toBe(
      'signature-incorrecte',
    )
    const value = await mayor.signer.sign(step.bytesToSign)
    const changed = structuredClone(step.prepared)
    changed.pdf[100] = (changed.pdf[100] ?? 0) ^ 1
    expect(await codeOf(complete(changed, value))).toBe('document-modifie')
    expect((await verifyPdf(await complete(stored, value))).ok).toBe(true)
  })

  it('level B-T needs a time-stamp and never falls back', async () => {
    const pdf = await samplePdf()
    expect(await codeOf(signPdf(pdf, mayor.signer, { ...base, level: 'B-T' }))).toBe('horodatage-requis')
    const lying = await localTimestamp({ lie: 'mauvaise-empreinte' })
    expect(await codeOf(signPdf(pdf, mayor.signer, { ...base, timestamp: lying }))).toBe(
      'horodatage-autre-empreinte',
    )
    const { pdf: signed } = await signPdf(pdf, mayor.signer, { ...base, timestamp: await localTimestamp() })
    const report = await verifyPdf(signed, { roots: [pki.root], now: NOW })
    expect(report.ok).toBe(true)
    expect(report.signatures[0]).toMatchObject({ level: 'B-T', timestampAt: NOW })
  })

  it('warns when the same person already signed', async () => {
    const once = await signPdf(await samplePdf(), mayor.signer, base)
    const twice = await signPdf(once.pdf, mayor.signer, { ...base, fieldName: 'visa-2' })
    expect(once.warnings).toEqual([])
    expect(twice.warnings.map((warning) => warning.code)).toEqual(['deja-signe-par-vous'])
  })
})

describe('refusals before signing', () => {
  const sign = (pdf: Uint8Array, options: object = {}, signer = mayor.signer) =>
    codeOf(signPdf(pdf, signer, { ...base, ...options }))

  it('documents that cannot be signed safely', async () => {
    const pdf = await samplePdf()
    expect(await sign(Buffer.from('bonjour'))).toBe('pas-un-pdf')
    expect(await sign(pdf.subarray(0, pdf.length - 30))).toBe('pdf-endommage')
    expect(await sign(pdf.subarray(0, pdf.length >> 1))).toBe('pdf-endommage')
    expect(await sign(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\n'), pdf]))).toBe('pdf-endommage')
    expect(await sign(Buffer.concat([pdf.subarray(0, 60), Buffer.from('x'), pdf.subarray(60)]))).toBe(
      'pdf-endommage',
    )
    expect(await sign(Buffer.concat([pdf, Buffer.from('9 0 obj\n<< /Type')]))).toBe('pdf-endommage')
    expect(await sign(Buffer.concat([pdf, Buffer.from('\r\n\0\n')]))).toBe('accepté')
  })

  it('fields: signed, of another kind, badly named, out of the page, over another', async () => {
    const pdf = await samplePdf()
    const signed = (await signPdf(pdf, mayor.signer, { ...base, placement: box })).pdf
    expect(await sign(signed)).toBe('champ-deja-signe')
    expect(await sign(pdf, { fieldName: 'a.b' })).toBe('champ-invalide')
    expect(await sign(pdf, { placement: { ...box, x: 500 } })).toBe('signature-hors-page')
    expect(await sign(pdf, { placement: { ...box, page: 9 } })).toBe('signature-hors-page')
    expect(await sign(signed, { fieldName: 'b', placement: { ...box, x: 350 } })).toBe(
      'signatures-superposees',
    )
    const fields = () => addSignatureFields(signed, [{ ...box, name: 'tard', tooltip: 'Trop tard' }])
    expect(fields).toThrow(/porte déjà une signature/)
  })

  it('a field that locks the document: nothing can be signed after it', async () => {
    const prepared = addSignatureFields(await samplePdf(), [
      { ...box, name: 'maire', tooltip: 'Maire', lock: true },
      { ...box, x: 60, name: 'secretaire', tooltip: 'Secrétaire' },
    ])
    const locked = (await signPdf(prepared, mayor.signer, { ...base, fieldName: 'maire' })).pdf
    expect(await sign(locked, { fieldName: 'secretaire' })).toBe('document-verrouille')
  })

  it('a document certified « no changes » refuses, « forms » accepts its own field only', async () => {
    const certified = async (level: number) => {
      const text = asText(await samplePdf(), 0, 1 << 20)
      const perms = `/Type /Catalog /Perms << /DocMDP << /Type /Sig /Reference [ << /TransformMethod /DocMDP /TransformParams << /P ${level} >> >> ] >> >>`
      const catalog = /(\d+) 0 obj\s*<<\s*\/Type \/Catalog([\s\S]*?)endobj/.exec(text)
      const body = `${catalog?.[1]} 0 obj\n<< ${perms}${catalog?.[2]}endobj\n`
      const xref = `xref\n${catalog?.[1]} 1\n${String(text.length).padStart(10, '0')} 00000 n \n`
      const start = /startxref\s+(\d+)/.exec(text)?.[1]
      const root = `trailer\n<< /Size 30 /Root ${catalog?.[1]} 0 R /Prev ${start} >>\nstartxref\n${text.length + body.length}\n%%EOF\n`
      return Buffer.from(text + body + xref + root, 'latin1')
    }
    expect(await sign(await certified(1))).toBe('document-certifie')
    expect(await sign(await certified(2))).toBe('document-certifie')
  })

  it('certificates: expired, not yet valid, made for something else', async () => {
    const pdf = await samplePdf()
    const issue = (options: object) => pki.issuePerson({ name: 'Ancien Maire', keyType: 'EC', ...options })
    const expired = await issue({ validFrom: new Date('2020-01-01'), validTo: new Date('2023-01-01') })
    const future = await issue({ validFrom: new Date('2027-01-01'), validTo: new Date('2028-01-01') })
    const cipher = await issue({ keyUsage: 'encryption' })
    expect(await sign(pdf, {}, expired.signer)).toBe('certificat-expire')
    expect(await sign(pdf, {}, future.signer)).toBe('certificat-pas-encore-valide')
    expect(await sign(pdf, {}, cipher.signer)).toBe('certificat-non-signataire')
  })
})
