import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appendJournal, exportJournal } from '../../storage/journal.ts'
import { canonicalJson, hashOf } from '../../storage/journal-line.ts'
import { verifyJournal } from '../../storage/journal-verify.ts'
import { openStorage } from '../../storage/open.ts'

// The README's recipe for an outsider, in another language and with another JSON writer.
const outsider = `
import hashlib, json, sys
canonical = lambda o: json.dumps(o, sort_keys=True, separators=(',', ':'), ensure_ascii=False).encode()
sha = lambda b: hashlib.sha256(b).hexdigest()
lines = [json.loads(l) for l in open(sys.argv[1], encoding='utf-8').read().split('\\n')[:-1]]
for l in lines:
    claimed = l.pop('hash')
    assert sha(canonical(l)) == claimed, l
    l['hash'] = claimed
header, lines = lines[0], lines[1:]
previous = sha(('echarpe-journal:1:' + header['authority']['id']).encode())
for n, l in enumerate(lines, 1):
    assert l['seq'] == n and l['previousHash'] == previous and l['authorityId'] == header['authority']['id'], l
    previous = l['hash']
assert header['lines'] == len(lines) and header['head'] == previous
print(previous)
`

const has = (command: string, ...args: string[]) => spawnSync(command, args).status === 0
const hasPython = has('python3', '--version') || Boolean(process.env['CI'])
const hasOpenssl = has('openssl', 'version') || Boolean(process.env['CI'])
if (!hasPython || !hasOpenssl)
  console.warn('python3 or openssl is absent: the outsider’s check of the journal is NOT run')

let dir: string
let file: string
let head: string

beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'echarpe-journal-'))
  const storage = await openStorage(
    { kind: 'sqlite', file: path.join(dir, 'echarpe.db') },
    { blobDir: path.join(dir, 'documents') },
  )
  const entry = {
    ...{
      authorityId: 'a',
      at: '2026-03-01T18:00:00.000Z',
      actorId: 'u1',
      actorLabel: 'Zoé « d’Ô » \u2028 🖋',
    },
    ...{ capacity: 'secrétaire', action: 'act.signed', subjectKind: 'act' },
  }
  await storage.write('a', async (tx) => {
    const authority = { id: 'a', siren: '219900018', name: 'L’Haÿ-\\"les"-Œufs', data: '{}' }
    await tx.insertInto('authority').values(authority).execute()
    await appendJournal(
      tx,
      Array.from({ length: 50 }, (_, i) => ({
        ...entry,
        subjectId: `act-${i}`,
        data: { n: i, z: { é: [1, -2, 0.5, null, true], a: '\u0007\t\n/"\\\u007f' }, amount: '12,50' },
      })),
    )
  })
  const sound = await text(exportJournal(storage.read, 'a'))
  await storage.close()
  file = path.join(dir, 'journal.jsonl')
  writeFileSync(file, sound)
  head = verifyJournal(sound).head
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const askOutsider = (which: string) => spawnSync('python3', ['-c', outsider, which], { encoding: 'utf8' })

describe.skipIf(!hasPython)('an outsider with the README and a few lines of Python', () => {
  it('recomputes the same head', () => {
    const asked = askOutsider(file)
    expect(asked.stderr).toBe('')
    expect(asked.stdout.trim()).toBe(head)
  })

  it('refuses an altered copy', () => {
    const altered = path.join(dir, 'altered.jsonl')
    writeFileSync(altered, readFileSync(file, 'utf8').replace('act-17', 'act-18'))
    expect(askOutsider(altered).status).toBe(1)
    expect(verifyJournal(readFileSync(altered)).ok).toBe(false)
  })
})

describe.skipIf(!hasOpenssl)('a timestamp of the head', () => {
  const openssl = (...args: string[]) => {
    const done = spawnSync('openssl', args, { cwd: dir, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(done.stderr)
    return done.stdout
  }

  it('made by openssl is recognised in the journal, and openssl verifies it from the head alone', () => {
    writeFileSync(
      path.join(dir, 'tsa.cnf'),
      `[req]\ndistinguished_name = dn\nx509_extensions = ext\n[dn]\n[ext]\nextendedKeyUsage = critical,timeStamping
[tsa]\ndefault_tsa = t\n[t]\nserial = serial\ndefault_policy = 1.2.3.4\ndigests = sha256\nsigner_digest = sha256\ncrypto_device = builtin\n`,
    )
    writeFileSync(path.join(dir, 'serial'), '01')
    openssl(
      ...[
        'req',
        '-config',
        'tsa.cnf',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
      ],
      ...['-subj', '/CN=Test TSA', '-keyout', 'tsa.key', '-out', 'tsa.pem', '-days', '2'],
    )
    // -digest takes the hash as it is: the imprint is the head itself
    openssl('ts', '-query', '-digest', head, '-sha256', '-no_nonce', '-cert', '-out', 'query.tsq')
    openssl(
      ...[
        'ts',
        '-reply',
        '-config',
        'tsa.cnf',
        '-queryfile',
        'query.tsq',
        '-inkey',
        'tsa.key',
        '-signer',
        'tsa.pem',
      ],
      ...['-token_out', '-out', 'token.der'],
    )
    const token = readFileSync(path.join(dir, 'token.der')).toString('base64')
    const [first, ...lines] = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((l) => JSON.parse(l))
    const stamped = (over: string) => {
      const { hash: _, ...body } = {
        ...lines.at(-1),
        ...{
          seq: lines.length + 1,
          previousHash: head,
          action: 'journal.timestamped',
          data: { head: over, token },
        },
      }
      const line = { ...body, hash: hashOf(body) }
      const header = { ...first, lines: line.seq, head: line.hash }
      return [{ ...header, hash: hashOf(header) }, ...lines, line]
        .map((l) => `${canonicalJson(l)}\n`)
        .join('')
    }
    expect(verifyJournal(stamped(head))).toMatchObject({ problems: [], timestamps: 1 })
    expect(verifyJournal(stamped(lines[0].hash)).problems.map((p) => p.code)).toEqual(['journal.timestamp'])
    const verify = (digest: string) =>
      openssl('ts', '-verify', '-digest', digest, '-in', 'token.der', '-token_in', '-CAfile', 'tsa.pem')
    expect(verify(head)).toContain('OK')
    expect(() => verify(lines[0].hash)).toThrow()
  })
})
