import { describe, expect, it } from 'vitest'
import { addSignatureFields, copyDict } from '../pades/fields.ts'
import { signPdf } from '../pades/sign.ts'
import { catalogOf, pageRefs } from '../pdf/document.ts'
import { openPdf } from '../pdf/reader.ts'
import { type Revision, startRevision, writeRevision } from '../pdf/revision.ts'
import { asText } from '../pdf/xref.ts'
import { localTimestamp, NOW, samplePdf, testAuthority } from '../testing.ts'
import { verifyPdf } from './pdf.ts'

const pki = await testAuthority()
const mayor = await pki.issuePerson({ name: 'Éloïse Lefèvre-Noël' })
const secretary = await pki.issuePerson({ name: 'Benoît Guéguen', keyType: 'EC' })
const base = { role: 'La maire', name: mayor.name, claimedAt: NOW }
const options = { roots: [pki.root], now: NOW }
const fields = [
  { name: 'maire', tooltip: 'Maire', page: 1, x: 300, y: 40, width: 200, height: 70 },
  { name: 'secretaire', tooltip: 'Secrétaire', page: 1, x: 60, y: 40, width: 200, height: 70 },
]
const signed = (
  await signPdf(addSignatureFields(await samplePdf(), fields), mayor.signer, {
    ...base,
    fieldName: 'maire',
    timestamp: await localTimestamp(),
  })
).pdf

const codes = async (bytes: Uint8Array, roots = options.roots): Promise<string[]> => {
  const report = await verifyPdf(bytes, { roots, now: NOW })
  return [...report.problems, ...report.signatures.flatMap((signature) => signature.problems)]
    .filter((problem) => problem.level === 'error')
    .map((problem) => problem.code)
}

/** Appends a revision, as a forger would. */
const forge = (change: (revision: Revision) => void): Uint8Array => {
  const revision = startRevision(openPdf(signed))
  change(revision)
  return writeRevision(revision).bytes
}

describe('sound documents', () => {
  it('a second signature in its own field leaves the first one sound', async () => {
    const second = await signPdf(signed, secretary.signer, {
      ...base,
      name: secretary.name,
      fieldName: 'secretaire',
    })
    const report = await verifyPdf(second.pdf, options)
    expect(report.ok).toBe(true)
    expect(report.signatures.map((s) => [s.field, s.coversWholeDocument])).toEqual([
      ['maire', false],
      ['secretaire', true],
    ])
    expect(report.signatures[0]?.changes).toEqual([
      { kind: 'signature', object: expect.any(String), message: 'champ « secretaire » signé' },
    ])
  })

  it('without trust anchors nothing is called trusted', async () => {
    const report = await verifyPdf(signed)
    expect(report.ok).toBe(true)
    expect(report.signatures[0]?.trusted).toBeUndefined()
    expect(report.signatures[0]?.problems.map((problem) => problem.code)).toContain('chaine-non-verifiee')
  })
})

describe('altered documents', () => {
  it('one flipped byte anywhere that matters is refused', async () => {
    const text = asText(signed, 0, signed.length)
    const contents = text.indexOf('/Contents <') + '/Contents <'.length
    const places = {
      content: text.indexOf('/MediaBox') + 2,
      certificate: contents + 1400,
      lastDigit: contents + 600,
      date: text.indexOf('/M (D:') + 8,
    }
    for (const [where, at] of Object.entries(places)) {
      const tampered = Uint8Array.from(signed)
      tampered[at] = tampered[at] === 0x31 ? 0x32 : 0x31
      expect(await codes(tampered), where).not.toEqual([])
    }
  })

  it('a signature whose value was replaced by another document’s', async () => {
    const other = (
      await signPdf(addSignatureFields(await samplePdf({ pages: 1 }), fields), mayor.signer, {
        ...base,
        fieldName: 'maire',
        timestamp: await localTimestamp(),
      })
    ).pdf
    const value = (bytes: Uint8Array) =>
      /\/Contents <([0-9a-f]+)>/.exec(asText(bytes, 0, bytes.length))?.[1] ?? ''
    const swapped = Buffer.from(
      asText(signed, 0, signed.length).replace(value(signed), value(other)),
      'latin1',
    )
    expect(await codes(swapped)).toContain('document-modifie')
  })

  it('a later revision that replaces a page’s content, resources or order', async () => {
    const replaced = forge((revision) => {
      const [ref] = pageRefs(revision.reader)
      const page = ref && revision.reader.dict(ref)
      if (!ref || !page) throw new Error('no page')
      const copy = copyDict(page, revision)
      copy.set(revision.reader.context.obj('Contents'), revision.add(revision.reader.context.stream('BT ET')))
      revision.put(ref, copy)
    })
    expect(await codes(replaced)).toEqual(['modifie-apres-signature', 'modifie-apres-signature'])
    const stream = forge((revision) => {
      const { reader } = revision
      const [ref] = pageRefs(reader)
      const contents = reader.dict(ref)?.get(reader.context.obj('Contents'))
      const target = reader.array(contents)?.get(0) ?? contents
      if (!target || !('objectNumber' in target)) throw new Error('no content')
      revision.put(target as Parameters<Revision['put']>[0], reader.context.stream('BT (autre texte) Tj ET'))
    })
    expect(await codes(stream)).toContain('modifie-apres-signature')
    const fewer = forge((revision) => {
      const { reader } = revision
      const pages = catalogOf(reader).get(reader.context.obj('Pages'))
      const dict = reader.dict(pages)
      if (!pages || !dict || !('objectNumber' in pages)) throw new Error('no pages')
      const copy = copyDict(dict, revision)
      copy.set(reader.context.obj('Kids'), reader.context.obj([pageRefs(reader)[0]]))
      revision.put(pages as Parameters<Revision['put']>[0], copy)
    })
    expect(await codes(fewer)).toContain('modifie-apres-signature')
  })

  it('a later revision that lays an annotation over the text, or opens a script', async () => {
    const note = forge((revision) => {
      const { reader } = revision
      const [ref] = pageRefs(reader)
      const page = ref && reader.dict(ref)
      if (!ref || !page) throw new Error('no page')
      const copy = copyDict(page, revision)
      const square = revision.add(
        reader.context.obj({ Type: 'Annot', Subtype: 'Square', Rect: [0, 0, 500, 800] }),
      )
      const known = reader.array(page.get(reader.context.obj('Annots')))?.asArray() ?? []
      copy.set(reader.context.obj('Annots'), reader.context.obj([...known, square]))
      revision.put(ref, copy)
    })
    expect(await codes(note)).toContain('modifie-apres-signature')
    const script = forge((revision) => {
      const { reader } = revision
      const root = reader.trailer.get(reader.context.obj('Root'))
      if (!root || !('objectNumber' in root)) throw new Error('no catalog')
      const copy = copyDict(catalogOf(reader), revision)
      copy.set(reader.context.obj('OpenAction'), reader.context.obj({ S: 'JavaScript' }))
      revision.put(root as Parameters<Revision['put']>[0], copy)
    })
    expect(await codes(script)).toContain('modifie-apres-signature')
  })

  it('shadow attack: the signed document refers to an object that only a later revision provides', async () => {
    const text = asText(await samplePdf(), 0, 1 << 20)
    const dangling = Buffer.from(text.replace(/\/Rotate 0/, '/Rotate 999 0 R'), 'latin1')
    expect(dangling.toString('latin1')).toContain('/Rotate 999 0 R')
    const shifted = rebuildTable(dangling)
    const prepared = (await signPdf(shifted, mayor.signer, { ...base, fieldName: 'maire' })).pdf
    expect(await codes(prepared)).toEqual([])
    const revision = startRevision(openPdf(prepared))
    const { PDFRef, PDFNumber } = await import('@cantoo/pdf-lib')
    revision.put(PDFRef.of(999, 0), PDFNumber.of(180))
    expect(await codes(writeRevision(revision).bytes)).toContain('modifie-apres-signature')
  })

  it('a signature removed from the form, or moved out of its field', async () => {
    const removed = forge((revision) => {
      const { reader } = revision
      const form = catalogOf(reader).get(reader.context.obj('AcroForm'))
      if (!form || !('objectNumber' in form)) throw new Error('no form')
      revision.put(form as Parameters<Revision['put']>[0], reader.context.obj({ Fields: [] }))
    })
    expect(await codes(removed)).toEqual(['signature-detachee', 'sans-signature'])
  })

  it('bytes added after the last signature', async () => {
    expect(
      await codes(
        Buffer.concat([
          signed,
          Buffer.from(
            '% un commentaire assez long pour ne pas être une fin de ligne, et qui dépasse soixante-quatre octets\n',
          ),
        ]),
      ),
    ).toContain('modifie-apres-signature')
    expect(await codes(Buffer.concat([signed, Buffer.from('\n')]))).toEqual([])
  })
})

describe('identity', () => {
  it('an unknown authority, an expired certificate, a time-stamp of an unknown authority', async () => {
    const { createTestAuthority } = await import('../keys/test-authority.ts')
    const stranger = await createTestAuthority({ clock: () => NOW, name: 'Inconnue', keyBits: 2048 })
    expect(await codes(signed, [stranger.root])).toEqual(['autorite-inconnue', 'autorite-inconnue'])
    const late = await verifyPdf(signed, { roots: [pki.root], now: new Date('2040-01-01') })
    expect(late.ok).toBe(true)
    const undated = await signPdf(await samplePdf(), mayor.signer, { ...base, fieldName: 'maire' })
    const old = await verifyPdf(undated.pdf, { roots: [pki.root], now: new Date('2040-01-01') })
    expect(old.ok).toBe(false)
    expect(old.signatures[0]).toMatchObject({ integrity: true, trusted: false })
  })

  it('files that are not signed PDFs give problems, not exceptions', async () => {
    expect(await codes(Buffer.from('PK'))).toEqual(['pas-un-pdf'])
    expect(await codes(signed.subarray(0, signed.length - 20))).toEqual(['pdf-endommage'])
    expect(await codes(signed.subarray(0, 900))).toEqual(['pdf-endommage'])
    expect(await codes(await samplePdf())).toEqual(['sans-signature'])
    for (let cut = 10; cut < signed.length; cut += 997)
      expect((await codes(signed.subarray(0, cut))).length, String(cut)).toBeGreaterThan(0)
  })
})

/** Rewrites the cross-reference table of a classical one-section file after an edit by hand. */
function rebuildTable(bytes: Buffer): Uint8Array {
  const text = bytes.toString('latin1')
  const body = text.slice(0, text.lastIndexOf('xref\n', text.lastIndexOf('trailer')))
  const offsets = new Map(
    [...body.matchAll(/(?:^|\n)(\d+) 0 obj/g)].map((m) => [
      Number(m[1]),
      m.index + (m[0].startsWith('\n') ? 1 : 0),
    ]),
  )
  const size = Math.max(...offsets.keys()) + 1
  let table = `xref\n0 ${size}\n0000000000 65535 f \n`
  for (let n = 1; n < size; n++) {
    const at = offsets.get(n)
    table += at === undefined ? '0000000000 00000 f \n' : `${String(at).padStart(10, '0')} 00000 n \n`
  }
  const trailer = /trailer\s*<<([\s\S]*?)>>/.exec(text)?.[1]
  return Buffer.from(`${body}${table}trailer\n<<${trailer}>>\nstartxref\n${body.length}\n%%EOF\n`, 'latin1')
}
