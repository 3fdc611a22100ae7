import { execFileSync } from 'node:child_process'
import { ftruncateSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createGzip, gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { sampleBudget } from '../../exports/budget/sample-budget.ts'
import { sealBudget, sealDate } from '../../exports/budget/write-seal.ts'
import { exampleFlow } from '../../exports/pes/flow.fixture.ts'
import { createTestAuthority } from '../../signing/keys/test-authority.ts'
import { samplePdf } from '../../signing/testing.ts'

const aller = 'xmlns:n="http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller"'
const budget = 'xmlns="http://www.minefi.gouv.fr/cp/demat/docbudgetaire"'
const actes = 'xmlns:actes="http://www.interieur.gouv.fr/ACTES#v1.1-20040216"'
export const DEPTH = 100_000

/** The three XML formats that people bring, each as the opening and the closing of its root. */
const roots = {
  pes: ['n:PES_Aller', aller],
  budget: ['DocumentBudgetaire', budget],
  actes: ['actes:Acte', actes],
} as const

const laughs = (): string => {
  const lines = ['<!ENTITY a0 "ah">']
  for (let n = 1; n < 10; n++) lines.push(`<!ENTITY a${n} "${`&a${n - 1};`.repeat(10)}">`)
  return lines.join('')
}

function xmlFiles(): Record<string, string> {
  const files: Record<string, string> = {}
  for (const [format, [name, namespace]] of Object.entries(roots)) {
    const open = `<${name} ${namespace}>`
    const close = `</${name}>`
    files[`${format}-dtd.xml`] = `<!DOCTYPE ${name} SYSTEM "http://127.0.0.1:9/x.dtd">${open}${close}`
    files[`${format}-rires.xml`] = `<!DOCTYPE ${name} [${laughs()}]>${open}<a>&a9;</a>${close}`
    files[`${format}-fichier.xml`] =
      `<!DOCTYPE ${name} [<!ENTITY secret SYSTEM "file:///etc/hostname">]>${open}<a>&secret;</a>${close}`
    files[`${format}-profond.xml`] = `${open}${'<a>'.repeat(DEPTH)}${'</a>'.repeat(DEPTH)}${close}`
    files[`${format}-coupe.xml`] = `${open}\n<Enveloppe>\n<a>`
  }
  return files
}

type Entry = { name: string; type?: 'file' | 'symlink' | 'link'; linkname?: string; content?: string }

async function archive(entries: readonly Entry[]): Promise<Buffer> {
  const tar = pack()
  for (const { content = '', ...header } of entries) tar.entry(header, content)
  tar.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of tar.pipe(createGzip())) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** A file of zeros in a tar, a thousand times smaller once packed. */
function bomb(): Buffer {
  const size = 400 << 20
  const header = Buffer.alloc(512)
  header.write('bombe.xml')
  header.write(`0000644\0${'0000000\0'.repeat(2)}${size.toString(8).padStart(11, '0')}\0`, 100)
  header.write('00000000000\0', 136)
  header.write('        0', 148)
  header.write('ustar\x0000', 257)
  let sum = 0
  for (const byte of header) sum += byte
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return gzipSync(Buffer.concat([header, Buffer.alloc(size)], 512 + size), { level: 1 })
}

/** Writes every hostile or broken file of these tests into `dir`, with the sound ones that they spoil. */
export async function writeBadFiles(dir: string): Promise<void> {
  const put = (name: string, content: string | Uint8Array) => writeFileSync(path.join(dir, name), content)
  mkdirSync(dir, { recursive: true })
  for (const [name, content] of Object.entries(xmlFiles())) put(name, content)
  const big = openSync(path.join(dir, 'pes-enorme.xml'), 'w')
  writeFileSync(big, `<?xml version="1.0"?><n:PES_Aller ${aller}>`)
  ftruncateSync(big, 301 << 20)

  put('parent.tar.gz', await archive([{ name: '../../evade.xml', content: '<x/>' }]))
  put('absolu.tar.gz', await archive([{ name: '/tmp/evade.xml', content: '<x/>' }]))
  put('lien.tar.gz', await archive([{ name: 'lien.xml', type: 'symlink', linkname: '/etc/passwd' }]))
  put('bombe.tar.gz', bomb())

  const pdf = await samplePdf()
  put('sain.pdf', pdf)
  put('tronque.pdf', pdf.subarray(0, Math.floor(pdf.length * 0.6)))
  const encrypt = ['--encrypt', 'lecture', 'proprietaire', '256', '--']
  execFileSync('qpdf', [path.join(dir, 'sain.pdf'), ...encrypt, path.join(dir, 'chiffre.pdf')])

  const flow = exampleFlow()
  put('sain-pes.xml', flow)
  put('faux-pes.xml', exampleFlow(['<CodCol V="101"/>', ''], ['<Exer V="2026"/>', '<Exer V="deux mille"/>']))
  const sealed = (bytes: Uint8Array) => sealBudget(bytes, { date: sealDate(new Date()) }).bytes
  const sound = Buffer.from(sealed(sampleBudget())).toString('latin1')
  put('sain-budget.xml', Buffer.from(sound, 'latin1'))
  put('faux-budget.xml', Buffer.from(sound.replace(/MtPrev V="600.00"/, 'MtPrev V="six cents"'), 'latin1'))

  const now = Date.now()
  const day = 86_400_000
  const authority = await createTestAuthority({ clock: () => new Date(now), keyBits: 2048 })
  put('maire.p12', (await authority.issuePerson({ name: 'Maire d’Essai' })).p12('1234'))
  const past = { validFrom: new Date(now - 800 * day), validTo: new Date(now - 30 * day) }
  put('expire.p12', (await authority.issuePerson({ name: 'Maire d’hier', ...past })).p12('1234'))
  put('racine.p12', 'ceci n’est pas un certificat')

  put(
    'acte.json',
    JSON.stringify({
      sender: {
        siren: '219999999',
        department: '099',
        arrondissement: '1',
        authorityType: '31',
        returnEmails: ['mairie@demoville.test'],
      },
      trigram: 'ECH',
      builtOn: '2026-11-24',
      serial: 1,
      classification: '2019-08-29',
      act: { date: '2026-11-23', internalNumber: 'D2026_0001', nature: 1, subject: '7.1', object: 'Essai' },
    }),
  )
}
