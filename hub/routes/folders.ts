import { Refusal } from '../../core/refusal.ts'
import {
  completeStep,
  currentStep,
  demandStep,
  rejectFolder,
  type SigningFolder,
} from '../../core/signing-folder/model.ts'
import { signPdf } from '../../signing/pades/sign.ts'
import { type Signer, SigningError } from '../../signing/types.ts'
import { verifyPdf } from '../../signing/verify/pdf.ts'
import { signXades } from '../../signing/xades/prepare.ts'
import { verifyXades } from '../../signing/xades/verify.ts'
import type { Handlers } from '../bind.ts'
import { type Council, councilOf } from '../council.ts'
import { keepFile } from '../files.ts'
import { historyOf } from '../history.ts'
import { signatureField } from '../jobs/acts.ts'
import type { Services } from '../services.ts'
import { command, list, load, viewOf } from '../work.ts'

const ok = { ok: true } as const

type Signed = { bytes: Uint8Array; timestampAt: string | null }

async function signDelibration(
  services: Services,
  council: Council,
  folder: SigningFolder,
  bytes: Uint8Array,
  signer: Signer,
  now: string,
): Promise<Signed> {
  const step = currentStep(folder)
  if (!step || step.role === 'authorising')
    throw new Refusal('FOLDER_STEP', 'L’étape de ce dossier ne correspond pas à une délibération.', {
      family: 'impossible',
    })
  const timestamp = services.outside.timestamp
  const claimedAt = new Date(now)
  const { pdf } = await signPdf(bytes, signer, {
    fieldName: signatureField(
      step.role,
      folder.steps.filter((x) => x.role === step.role && x.position <= step.position).length,
    ),
    role: step.label,
    name: step.holderName,
    claimedAt,
    timeZone: council.authority.timeZone,
    location: council.authority.shortName,
    mentions: council.authority.demonstration ? ['Démonstration – sans valeur juridique'] : [],
    level: timestamp ? 'B-T' : 'B-B',
    ...(timestamp ? { timestamp } : {}),
  })
  // Nothing is kept before the result was read again by the verifier.
  const report = await verifyPdf(pdf, { roots: services.outside.roots, now: claimedAt })
  const faults = report.problems.filter((p) => p.level === 'error')
  if (faults[0])
    throw new Refusal(
      'SIGNATURE_NOT_SOUND',
      `La signature produite n’est pas valable : ${faults[0].message} Rien n’a été enregistré ; réessayez.`,
      { family: 'impossible' },
    )
  return { bytes: pdf, timestampAt: timestamp ? now : null }
}

async function signFlow(
  services: Services,
  council: Council,
  folder: SigningFolder,
  bytes: Uint8Array,
  signer: Signer,
  now: string,
): Promise<Signed> {
  const signed = await signXades(bytes, signer, {
    targets: 'bordereaux',
    signingTime: new Date(now),
    role: currentStep(folder)?.label ?? 'Ordonnateur',
    place: {
      city: council.authority.address.city,
      postalCode: council.authority.address.postalCode,
      country: 'France',
    },
  })
  const report = await verifyXades(signed, {
    roots: services.outside.roots,
    intermediates: signer.chain,
    now: new Date(now),
  })
  const faults = report.problems.filter((p) => p.level === 'error')
  if (faults[0])
    throw new Refusal(
      'SIGNATURE_NOT_SOUND',
      `La signature produite n’est pas valable : ${faults[0].message} Rien n’a été enregistré ; réessayez.`,
      { family: 'impossible' },
    )
  return { bytes: signed, timestampAt: null }
}

export const folderRoutes: Pick<
  Handlers,
  'folders' | 'folder' | 'signingKeys' | 'foldersSign' | 'folderReject'
> = {
  async folders(services, _, call) {
    const seat = call.user.actor.councillorId
    const all = await list(viewOf(services, call.user.authorityId), 'folder', {})
    return all
      .map((folder) => ({ folder, mine: seat !== null && currentStep(folder)?.holderId === seat }))
      .sort(
        (a, b) =>
          Number(b.mine) - Number(a.mine) || (a.folder.dueOn ?? '9').localeCompare(b.folder.dueOn ?? '9'),
      )
  },

  async folder(services, { params }, call) {
    const view = viewOf(services, call.user.authorityId)
    const folder = await load(view, 'folder', params.id)
    const seat = call.user.actor.councillorId
    return {
      folder,
      mine: seat !== null && currentStep(folder)?.holderId === seat,
      history: await historyOf(view, 'folder', folder.id),
    }
  },

  async signingKeys(services, _, call) {
    return (await services.keys.of(call.user.actor.councillorId)).map(
      ({ id, subject, issuer, validUntil, demonstration }) => ({
        id,
        subject,
        issuer,
        validUntil,
        demonstration,
      }),
    )
  },

  async foldersSign(services, { body }, call) {
    const seat = call.user.actor.councillorId
    const { signer, entry } = await services.keys.open(body.keyId, seat, body.pin, services.clock())
    const view = viewOf(services, call.user.authorityId)
    const council = await councilOf(view)
    const lines: { id: string; ok: boolean; message: string }[] = []
    for (const asked of body.folders) {
      try {
        const folder = await load(view, 'folder', asked.id)
        demandStep(folder, seat, asked.shownSha256)
        const bytes = await services.storage.blobs.read(folder.document.sha256)
        const now = services.clock()
        const signed = await (folder.kind === 'act' ? signDelibration : signFlow)(
          services,
          council,
          folder,
          bytes,
          signer,
          now,
        )
        const kept = await keepFile(
          services,
          folder.document.name,
          signed.bytes,
          folder.document.mediaType,
          folder.document.pages,
        )
        const over = await command(
          services,
          { user: call.user, commandId: null },
          'foldersSign',
          async (work) => {
            const fresh = await load(work, 'folder', asked.id)
            await work.keep(kept.blob)
            const next = await work.apply(
              'folder',
              fresh,
              completeStep(
                fresh,
                seat,
                asked.shownSha256,
                { document: kept.file, certificate: entry.subject, timestampAt: signed.timestampAt },
                work.now,
              ),
            )
            const complete = next.state === 'completed'
            if (next.actId)
              await work.apply('act', await load(work, 'act', next.actId), [
                { type: 'act.signed', document: kept.file, complete, at: work.now },
              ])
            if (next.financeFileId && complete)
              await work.apply('finance', await load(work, 'finance', next.financeFileId), [
                { type: 'finance.signed', file: kept.file, at: work.now },
              ])
            if (complete) await work.enqueue('journalTimestamp', `journalTimestamp:folder:${next.id}`, {})
            return complete
          },
        )
        lines.push({ id: asked.id, ok: true, message: over ? 'Signé ; le dossier est complet.' : 'Signé.' })
      } catch (error) {
        if (!(error instanceof Refusal) && !(error instanceof SigningError)) throw error
        lines.push({ id: asked.id, ok: false, message: error.message })
      }
    }
    return lines
  },

  folderReject: (services, { params, body }, call) =>
    command(services, call, 'folderReject', async (work) => {
      const folder = await load(work, 'folder', params.id)
      const next = await work.apply(
        'folder',
        folder,
        rejectFolder(folder, call.user.actor.councillorId, body.reason, work.now),
      )
      const reason = body.reason.trim()
      if (next.actId) {
        await work.apply('act', await load(work, 'act', next.actId), [
          { type: 'act.signingRejected', reason },
        ])
        await work.enqueue('typeset', `typeset:${next.actId}:${next.id}`, { actId: next.actId })
      }
      if (next.financeFileId)
        await work.apply('finance', await load(work, 'finance', next.financeFileId), [
          { type: 'finance.signingRejected', reason },
        ])
      return ok
    }),
}
