import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { convocation, proof } from '../../documents/fixtures/demoville.ts'
import { convocationManifest, proofArchive } from '../../documents/proof.ts'
import { renderConvocation, renderProof } from '../../documents/render.ts'

// The archive is checked as a judge's expert would: with the commands written in it, by openssl and coreutils.
// The time-stamping authority is made by openssl itself.

const missing = ['openssl', 'sha256sum', 'unzip'].filter((t) => spawnSync('which', [t]).status !== 0)
if (missing.length > 0 && process.env['CI']) throw new Error(`Outils absents : ${missing.join(', ')}`)
if (missing.length > 0) process.stderr.write(`Preuve non jugée, outils absents : ${missing.join(', ')}\n`)

let folder = ''
const inFolder = (...parts: string[]) => path.join(folder, ...parts)
const shell = (command: string, cwd = folder) => {
  const done = spawnSync('bash', ['-c', command], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  })
  return { code: done.status, out: done.stdout + done.stderr }
}
const must = (command: string) => {
  const { code, out } = shell(command)
  if (code !== 0) throw new Error(`${command}\n${out}`)
}
/** The indented command lines of `VERIFIER.txt`. */
const commandsOf = (dir: string) =>
  readFileSync(inFolder(dir, 'VERIFIER.txt'), 'utf8')
    .split('\n')
    .filter((line) => /^ {3}(sha256sum|grep|openssl) /.test(line))
    .map((line) => line.trim())

function makeAuthority() {
  writeFileSync(
    inFolder('tsa.cnf'),
    [
      '[tsa]',
      'default_tsa = t',
      '[t]',
      'serial = ./serial',
      'signer_cert = ./tsa.pem',
      'signer_key = ./tsa.key',
      'signer_digest = sha256',
      'default_policy = 1.2.3.4',
      'digests = sha256',
      'ess_cert_id_alg = sha256',
      '[req]',
      'distinguished_name = dn',
      '[dn]',
      '[ca]',
      'basicConstraints = critical,CA:true',
      'keyUsage = critical,keyCertSign,cRLSign',
      '[stamp]',
      'extendedKeyUsage = critical,timeStamping',
      'keyUsage = critical,digitalSignature',
    ].join('\n'),
  )
  writeFileSync(inFolder('serial'), '01\n')
  must(
    'openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 3650 -subj "/CN=AC essai" -config tsa.cnf -extensions ca',
  )
  must(
    'openssl req -new -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj "/CN=Horodatage essai" -config tsa.cnf',
  )
  must(
    'openssl x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out tsa.pem -days 3650 -extfile tsa.cnf -extensions stamp',
  )
}

describe.skipIf(missing.length > 0)('proof of a convocation', () => {
  const archives = { token: 'bare', response: 'whole' }
  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'proof-'))
    makeAuthority()
    const letter = await renderConvocation(convocation)
    const sha256 = createHash('sha256').update(letter).digest('hex')
    const manifest = convocationManifest({
      authority: { name: 'Ville de Démoville', siren: '999999999' },
      sitting: {
        id: 's1',
        title: 'Conseil municipal',
        date: '2026-12-10',
        time: '18:30',
        place: 'Hôtel de ville',
      },
      convocationVersion: 1,
      recipient: { name: 'M. Olivier Nœuvéglise', address: 'o.n@demoville.example', channel: 'electronic' },
      documents: [
        { title: 'Convocation', name: 'Convocation à Nœuvéglise.pdf', sha256, size: letter.byteLength },
      ],
    })
    writeFileSync(inFolder('manifest.json'), manifest)
    must('openssl ts -query -data manifest.json -sha256 -cert -out q.tsq')
    must('openssl ts -reply -config tsa.cnf -queryfile q.tsq -out r.tsr')
    must('openssl ts -reply -in r.tsr -token_out -out r.tst')
    const page = await renderProof(proof)
    for (const [dir, file] of [
      [archives.token, 'r.tst'],
      [archives.response, 'r.tsr'],
    ] as const) {
      const zip = await proofArchive({
        manifest,
        documents: [{ sha256, bytes: () => letter }],
        dispatch: { handedOverAt: '2026-12-04T09:02:07.000Z', messageId: '<1@x>', relayAnswer: '250 Ok' },
        token: new Uint8Array(readFileSync(inFolder(file))),
        certificates: readFileSync(inFolder('ca.pem'), 'utf8'),
        page,
        timeZone: 'Europe/Paris',
        createdAt: new Date(Date.now() + 60_000).toISOString(),
      })
      writeFileSync(inFolder(`${dir}.zip`), zip)
      must(`unzip -tq ${dir}.zip && unzip -q ${dir}.zip -d ${dir}`)
    }
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each(Object.values(archives))('%s token: each command of VERIFIER.txt says yes', (dir) => {
    const commands = commandsOf(dir)
    expect(commands).toHaveLength(5)
    for (const command of commands) {
      const { code, out } = shell(command, inFolder(dir))
      expect(`${command}\n${code} ${out}`).toMatch(/\n0 /)
      if (command.includes('-verify')) expect(out).toContain('Verification: OK')
      if (command.startsWith('sha256sum')) expect(out).toMatch(/: OK\n/)
    }
  })

  test('a document, a sum or a manifest that was touched is found out', () => {
    const [sums = '', binding = '', stamp = ''] = commandsOf(archives.token)
    const touched = (command: string, change: string) => {
      must(`rm -rf touched && cp -r ${archives.token} touched && cd touched && ${change}`)
      return shell(command, inFolder('touched')).code
    }
    expect(touched(sums, 'printf x >> documents/*.pdf')).not.toBe(0)
    expect(touched(binding, 'printf x >> SHA256SUMS')).not.toBe(0)
    expect(touched(stamp, "sed -i 's/18:30/19:30/' manifest.json")).not.toBe(0)
    expect(touched(stamp, 'true')).toBe(0)
  })

  test('the readable page names the same documents, without script', () => {
    const html = readFileSync(inFolder(archives.token, 'lisez-moi.html'), 'utf8')
    expect(html.replace(/\s/gu, ' ')).toContain('vendredi 4 décembre 2026 à 10 h 02')
    expect(html).not.toMatch(/<script|https?:/)
    const href = /href="(documents\/[^"]+)"/.exec(html)?.[1] ?? ''
    expect(readFileSync(inFolder(archives.token, decodeURI(href))).byteLength).toBeGreaterThan(1000)
  })
})
