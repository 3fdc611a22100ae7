import { z } from 'zod'
import { drop } from '../../connectors/folder/connector.ts'
import type { Act } from '../../core/act/model.ts'
import { Refusal } from '../../core/refusal.ts'
import type { Transmission } from '../../core/transmission/model.ts'
import { type BuiltArchive, buildActeArchive } from '../../exports/actes/build.ts'
import { bundledClassification } from '../../exports/actes/classification.ts'
import { packagePes } from '../../exports/pes/package.ts'
import { removeSignatures } from '../../signing/xades/remove.ts'
import { type Council, councilOf } from '../council.ts'
import { keepFile } from '../files.ts'
import type { Services } from '../services.ts'
import { load, machine, transact, type View, viewOf } from '../work.ts'
import type { JobHandler } from './runner.ts'

const Payload = z.object({ transmissionId: z.string() })

type Package = { name: string; envelopeName: string; bytes: Uint8Array; mediaType: string }

/** The 1-1 of a signed act: the délibération and its annexes, or for a budget the untouched XML with its délibération. */
async function actePackage(
  services: Services,
  council: Council,
  act: Act,
  budget: Uint8Array | null,
  t: Transmission,
): Promise<BuiltArchive> {
  const { authority } = council
  const read = (sha256: string) => services.storage.blobs.read(sha256)
  if (!act.signedDocument)
    throw new Refusal('ACT_NOT_SIGNED', `La délibération ${act.number} n’est pas signée.`, {
      family: 'impossible',
      data: { permanent: true },
    })
  const signed = await read(act.signedDocument.sha256)
  const own = await Promise.all(
    act.annexes.map(async (a) => ({ bytes: await read(a.file.sha256), pieceCode: a.pieceCode })),
  )
  return buildActeArchive({
    sender: {
      siren: authority.siren,
      department: authority.department,
      arrondissement: authority.arrondissement,
      authorityType: authority.natureCode,
      contact: { name: authority.name, phone: authority.phone ?? '', email: authority.email },
      returnEmails: [authority.email],
    },
    trigram: authority.relayPrefix,
    application: services.outside.application,
    builtOn: t.builtOn,
    serial: t.serial,
    modified: new Date(`${t.builtOn}T00:00:00Z`),
    classification: bundledClassification(authority.classificationDate),
    act: {
      date: act.decidedOn,
      internalNumber: act.number,
      nature: act.nature,
      subject: act.subjectCode,
      object: act.title,
    },
    document: budget ? { bytes: budget } : { bytes: signed },
    annexes: budget ? [{ bytes: signed, pieceCode: '70_DE' }] : own,
  })
}

async function build(services: Services, view: View, council: Council, t: Transmission): Promise<Package> {
  if (t.kind === 'actes') {
    const act = await load(view, 'act', t.actId ?? '')
    const budget = act.budgetFileId ? await load(view, 'finance', act.budgetFileId) : null
    const built = await actePackage(
      services,
      council,
      act,
      budget ? await services.storage.blobs.read(budget.file.sha256) : null,
      t,
    )
    return {
      name: built.archiveName,
      envelopeName: built.envelopeName,
      bytes: built.bytes,
      mediaType: 'application/gzip',
    }
  }
  const flow = await load(view, 'finance', t.financeFileId ?? '')
  if (!flow.signedFile)
    throw new Refusal('PES_NOT_SIGNED', `Le flux « ${flow.title} » n’est pas signé.`, {
      family: 'impossible',
      data: { permanent: true },
    })
  const original = await services.storage.blobs.read(flow.file.sha256)
  const { name, bytes } = packagePes(await services.storage.blobs.read(flow.signedFile.sha256), {
    date: t.builtOn,
    counter: t.serial,
    unsigned: { original, removeSignatures },
  })
  return { name, envelopeName: name, bytes, mediaType: 'application/xml' }
}

/**
 * Builds what leaves, keeps it, and drops it. Dropping is idempotent by name and hash, so a job cut in the middle drops
 * the same bytes under the same name: never twice, never something else.
 */
export const transmitJob: JobHandler = async (services, payload, job) => {
  const { transmissionId } = Payload.parse(payload)
  const view = viewOf(services, job.authorityId)
  const t = await load(view, 'transmission', transmissionId)
  if (t.state !== 'queued' && t.state !== 'failed') return job.finish(async () => {})
  const council = await councilOf(view)
  try {
    const built = await build(services, view, council, t)
    const kept = await keepFile(services, built.name, built.bytes, built.mediaType)
    await drop(services.outside.folders[t.kind], built.name, built.bytes)
    await job.finish(async (work) => {
      const fresh = await load(work, 'transmission', t.id)
      await work.keep(kept.blob)
      await work.apply('transmission', fresh, [
        { type: 'transmission.sent', archive: kept.file, envelopeName: built.envelopeName, at: work.now },
      ])
      if (t.actId)
        await work.apply('act', await load(work, 'act', t.actId), [{ type: 'act.transmitted', at: work.now }])
      if (t.financeFileId)
        await work.apply('finance', await load(work, 'finance', t.financeFileId), [
          { type: 'finance.sent', at: work.now },
        ])
      await work.enqueue('journalTimestamp', `journalTimestamp:transmission:${t.id}`, {})
    })
  } catch (error) {
    if (error instanceof Refusal)
      await transact(services, job.authorityId, machine, async (work) => {
        const fresh = await load(work, 'transmission', t.id)
        await work.apply('transmission', fresh, [
          { type: 'transmission.failed', error: error.message, at: work.now },
        ])
      })
    throw error
  }
}
