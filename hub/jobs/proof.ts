import { z } from 'zod'
import { fullName } from '../../core/people/model.ts'
import { proofArchive } from '../../documents/proof.ts'
import { renderProof } from '../../documents/render.ts'
import { describeCertificate, toPem } from '../../signing/keys/certificate.ts'
import { parseTimestampToken } from '../../signing/tsp/token.ts'
import { councilOf } from '../council.ts'
import { keepFile, safeName } from '../files.ts'
import { letterheadOf } from '../papers.ts'
import { load, viewOf } from '../work.ts'
import { manifestOf } from './convocation.ts'
import type { JobHandler } from './runner.ts'

/** Builds the archive that proves one dispatch without our software. */
export const proofJob: JobHandler = async (services, payload, job) => {
  const { dispatchId } = z.object({ dispatchId: z.string() }).parse(payload)
  const view = viewOf(services, job.authorityId)
  const d = await load(view, 'dispatch', dispatchId)
  if (d.proofFile !== null || d.timestampToken === null || d.handedOverAt === null)
    return job.finish(async () => {})
  const council = await councilOf(view)
  const s = await load(view, 'sitting', d.sittingId)
  const convocation = s.convocations.find((c) => c.version === d.convocationVersion)
  if (!convocation || !d.convocationFile || d.manifestSha256 === null)
    throw new Error('dispatch without its documents')
  const recipient = council.councillor(d.recipientId)
  const token = new Uint8Array(Buffer.from(d.timestampToken, 'base64'))
  const stamp = parseTimestampToken(token)
  const chain = [...stamp.cms.certificates, ...services.outside.roots]
  const files = [{ title: 'Convocation', file: d.convocationFile }, ...convocation.documents]
  const page = await renderProof({
    ...letterheadOf(council.authority),
    createdAt: stamp.genTime.toISOString(),
    timeZone: council.authority.timeZone,
    sitting: { bodyName: council.body(s.bodyId).name, date: s.date, time: s.time, place: s.place },
    recipient: {
      civility: recipient.civility,
      firstName: recipient.firstName,
      lastName: recipient.lastName,
      address: d.address,
    },
    channel: d.channel,
    handedOverAt: d.handedOverAt,
    messageId: d.messageId ?? '',
    relayAnswer: d.relayAnswer ?? '',
    clearDays: convocation.clearDays,
    clearDaysRequired: convocation.clearDaysRequired,
    documents: files.map((f) => ({
      title: f.title,
      fileName: f.file.name,
      sha256: f.file.sha256,
      size: f.file.size,
    })),
    manifestSha256: d.manifestSha256,
    timestamp: {
      at: stamp.genTime.toISOString(),
      authority: stamp.cms.certificates[0] ? describeCertificate(stamp.cms.certificates[0]).subject : '',
      serial: stamp.serial,
    },
  })
  const bytes = await proofArchive({
    manifest: manifestOf(council, s, d),
    documents: files.map((f) => ({
      sha256: f.file.sha256,
      bytes: () => services.storage.blobs.read(f.file.sha256),
    })),
    dispatch: {
      handedOverAt: d.handedOverAt,
      messageId: d.messageId ?? '',
      relayAnswer: d.relayAnswer ?? '',
      firstOpenedAt: null,
      acknowledgedAt: null,
    },
    token,
    certificates: chain.map(toPem).join(''),
    page,
    timeZone: council.authority.timeZone,
    createdAt: stamp.genTime.toISOString(),
  })
  const kept = await keepFile(
    services,
    safeName(`Preuve ${s.date} ${fullName(recipient)}.zip`),
    bytes,
    'application/zip',
  )
  await job.finish(async (work) => {
    const fresh = await load(work, 'dispatch', d.id)
    await work.keep(kept.blob)
    await work.apply('dispatch', fresh, [{ type: 'dispatch.proven', proofFile: kept.file }])
  })
}
