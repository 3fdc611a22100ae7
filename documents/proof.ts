import { createHash } from 'node:crypto'
import { ZipFile } from 'yazl'
import { z } from 'zod'
import { CivilDate, CivilTime, Instant } from '../core/calendar/civil-date.ts'
import { Refusal } from '../core/refusal.ts'
import { readMe, verifyCommands } from './proof-texts.ts'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What binds, for one member, the hashes of every document sent (legal rules C9). */
export const ManifestInput = z.object({
  authority: z.object({ name: z.string(), siren: z.string() }),
  sitting: z.object({
    id: z.string(),
    title: z.string(),
    date: CivilDate,
    time: CivilTime,
    place: z.string(),
  }),
  convocationVersion: z.number().int().positive(),
  recipient: z.object({ name: z.string(), address: z.string(), channel: z.enum(['electronic', 'paper']) }),
  documents: z
    .array(
      z.object({ title: z.string(), name: z.string(), sha256: Sha256, size: z.number().int().nonnegative() }),
    )
    .min(1),
})
export type ManifestInput = z.infer<typeof ManifestInput>

/** The manifest as it is written: its documents with their path in the archive, and the hash of `SHA256SUMS`. */
export const Manifest = ManifestInput.extend({
  format: z.literal('echarpe-convocation-1'),
  documents: z
    .array(
      z.object({
        title: z.string(),
        name: z.string(),
        path: z.string().regex(/^documents\/[^/\\]+$/),
        sha256: Sha256,
        size: z.number().int().nonnegative(),
      }),
    )
    .min(1),
  sums: z.object({ file: z.literal('SHA256SUMS'), sha256: Sha256 }),
})
export type Manifest = z.infer<typeof Manifest>

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

/** Name of a document inside the archive: its rank keeps it unique, and nothing in it can mean another folder. */
const archivePath = (name: string, index: number): string => {
  const safe = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N} ._()’-]+/gu, '-')
    .replace(/^[. -]+/, '')
    .slice(-80)
  return `documents/${String(index + 1).padStart(2, '0')}-${safe || 'document.pdf'}`
}

const sumsOf = (documents: readonly { path: string; sha256: string }[]): string =>
  documents.map((d) => `${d.sha256}  ${d.path}\n`).join('')

/**
 * Bytes of the manifest of one dispatch, the same for the same input: what the time-stamp token covers.
 * Throws `Refusal` `PROOF_INCOMPLETE` when no document is declared.
 */
export function convocationManifest(input: ManifestInput): Uint8Array {
  if (input.documents.length === 0)
    throw new Refusal(
      'PROOF_INCOMPLETE',
      'La preuve ne peut pas être établie : aucun document n’a été envoyé.',
    )
  const m = ManifestInput.parse(input)
  const documents = m.documents.map(({ title, name, sha256, size }, i) => ({
    title,
    name,
    path: archivePath(name, i),
    sha256,
    size,
  }))
  const manifest: Manifest = {
    format: 'echarpe-convocation-1',
    authority: m.authority,
    sitting: m.sitting,
    convocationVersion: m.convocationVersion,
    recipient: m.recipient,
    documents,
    sums: { file: 'SHA256SUMS', sha256: sha256(sumsOf(documents)) },
  }
  return new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`)
}

/** How the dispatch went, as the relay (or the bearer, on paper) answered. */
export const DispatchFacts = z.object({
  handedOverAt: Instant,
  messageId: z.string().default(''),
  relayAnswer: z.string().default(''),
  firstOpenedAt: Instant.nullable().default(null),
  acknowledgedAt: Instant.nullable().default(null),
})
export type DispatchFacts = z.input<typeof DispatchFacts>

export type ProofArchiveInput = {
  /** Exact bytes of `convocationManifest`, those the token covers. */
  manifest: Uint8Array
  /** Bytes of each document of the manifest, in any order; asked for one at a time. */
  documents: readonly { sha256: string; bytes: () => Promise<Uint8Array> | Uint8Array }[]
  dispatch: DispatchFacts
  /** DER of a TimeStampToken or of a whole TimeStampResp (RFC 3161) over the manifest; null while it is awaited. */
  token: Uint8Array | null
  /** PEM certificates of the time-stamping authority's chain, root included. Empty when unknown. */
  certificates: string
  /** The readable page, from `renderProof`. */
  page: Uint8Array
  /** IANA zone of the commune, for the readable dates. */
  timeZone: string
  createdAt: string
}

const incomplete = (why: string, where: string) =>
  new Refusal('PROOF_INCOMPLETE', `La preuve ne peut pas être établie : ${why}`, {
    family: 'impossible',
    where,
  })

/**
 * Archive that proves one dispatch without our program: documents, manifest, sums, token, certificates, the answer of
 * the relay, a page to read and the commands to check it all. Same input, same bytes. Throws `Refusal`
 * `PROOF_INCOMPLETE` when a declared document is absent or is not the one that was declared.
 */
export async function proofArchive(input: ProofArchiveInput): Promise<Uint8Array> {
  const manifest = readManifest(input.manifest)
  const dispatch = DispatchFacts.parse(input.dispatch)
  const tokenFile: 'manifest.tsr' | 'manifest.tst' | null =
    input.token === null ? null : isResponse(input.token) ? 'manifest.tsr' : 'manifest.tst'
  const facts = {
    manifest,
    dispatch,
    tokenFile,
    hasCertificates: input.certificates !== '',
    timeZone: input.timeZone,
    createdAt: input.createdAt,
  }
  const zip = new ZipFile()
  const written = collect(zip.outputStream)
  const options = {
    mtime: fixedDate(input.createdAt),
    mode: 0o100644,
    compress: false,
    forceDosTimestamp: true,
  }
  const add = (name: string, content: Uint8Array | string) =>
    zip.addBuffer(Buffer.from(content), name, options)
  add('lisez-moi.html', readMe(facts))
  add('preuve.pdf', input.page)
  add('VERIFIER.txt', verifyCommands(facts))
  add('manifest.json', input.manifest)
  add('SHA256SUMS', sumsOf(manifest.documents))
  if (tokenFile && input.token) add(tokenFile, input.token)
  if (input.certificates !== '') add('horodatage-ca.pem', input.certificates)
  add('envoi.json', `${JSON.stringify({ ...dispatch, recipient: manifest.recipient }, null, 2)}\n`)
  const given = new Map(input.documents.map((d) => [d.sha256, d.bytes]))
  for (const document of manifest.documents) {
    const bytes = await given.get(document.sha256)?.()
    if (!bytes) throw incomplete(`le document « ${document.title} » manque.`, document.name)
    if (sha256(bytes) !== document.sha256 || bytes.byteLength !== document.size)
      throw incomplete(`« ${document.title} » n’est plus le document qui a été envoyé.`, document.name)
    add(document.path, bytes)
  }
  zip.end()
  return written
}

function readManifest(bytes: Uint8Array): Manifest {
  try {
    return Manifest.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch (cause) {
    throw new Refusal('PROOF_MANIFEST_INVALID', 'Le manifeste de l’envoi est illisible ou modifié.', {
      where: 'manifest.json',
      data: { cause: String(cause) },
    })
  }
}

/** A TimeStampResp opens with a sequence (its status), a bare token with the identifier of its content type. */
export function isResponse(der: Uint8Array): boolean {
  const lengthByte = der[1] ?? 0
  const header = lengthByte < 0x80 ? 2 : 2 + (lengthByte & 0x7f)
  return der[0] === 0x30 && der[header] === 0x30
}

/** A ZIP keeps local wall-clock times: noon of the day, which exists in every zone on every day. */
function fixedDate(instant: string): Date {
  const [year = 1980, month = 1, day = 1] = instant.slice(0, 10).split('-').map(Number)
  return new Date(year, month - 1, day, 12, 0, 0)
}

async function collect(stream: NodeJS.ReadableStream): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
  return new Uint8Array(Buffer.concat(chunks))
}
