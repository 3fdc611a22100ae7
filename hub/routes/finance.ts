import { civilOf } from '../../core/calendar/civil-date.ts'
import { queueFinance, sendFinanceToSign } from '../../core/finance/model.ts'
import { fullName } from '../../core/people/model.ts'
import { Refusal } from '../../core/refusal.ts'
import { sendFolder } from '../../core/signing-folder/model.ts'
import { checkBudgetOrRefuse } from '../../exports/budget/check.ts'
import { checkPes } from '../../exports/pes/check.ts'
import { extractPiece } from '../../exports/pes/piece.ts'
import type { Handlers } from '../bind.ts'
import { councilOf } from '../council.ts'
import { keepFile } from '../files.ts'
import { financeContent, financeTitle } from '../finance-content.ts'
import { historyOf } from '../history.ts'
import { command, list, load, viewOf } from '../work.ts'

const ok = { ok: true } as const

export const financeRoutes: Pick<
  Handlers,
  'finance' | 'financeAdd' | 'financeFile' | 'financeSendToSign' | 'financeTransmit' | 'financePiece'
> = {
  async finance(services, _, call) {
    const all = await list(viewOf(services, call.user.authorityId), 'finance', {})
    return all.sort((a, b) => b.receivedAt.localeCompare(a.receivedAt))
  },

  async financeAdd(services, _, call) {
    const upload = call.upload
    if (!upload)
      throw new Refusal('FILE_MISSING', 'Aucun fichier n’a été reçu. Choisissez un fichier et recommencez.')
    const head = upload.bytes.subarray(0, 4096).toString('latin1')
    const isBudget = /DocumentBudgetaire|CompteFinancierUnique/.test(head)
    if (!isBudget && !/PES_(Aller|Retour|ACQUIT)/i.test(head))
      throw new Refusal(
        'FINANCE_UNKNOWN',
        `« ${upload.name} » n’est ni un flux PES ni un document budgétaire. Déposez le fichier XML produit par votre logiciel financier.`,
        { where: upload.name },
      )
    const report = isBudget
      ? checkBudgetOrRefuse(upload.bytes, { name: upload.name })
      : checkPes(upload.bytes)
    // What cannot even be read as safe XML is not kept: there would be nothing to show.
    const unreadable = report.problems.find((p) => p.code.startsWith('XML_'))
    if (unreadable)
      throw new Refusal(unreadable.code, unreadable.message, { where: unreadable.where || upload.name })
    const view = viewOf(services, call.user.authorityId)
    const kept = await keepFile(services, upload.name, upload.bytes, 'application/xml')
    const twin = (await list(view, 'finance', { sha256: kept.file.sha256 })).find(
      (f) => f.state !== 'refused',
    )
    if (twin)
      throw new Refusal(
        'FINANCE_TWICE',
        `Ce fichier est déjà là : « ${twin.title} ». Ouvrez-le plutôt que de le déposer une seconde fois.`,
        { family: 'conflict', where: upload.name, data: { id: twin.id } },
      )
    return command(services, call, 'financeAdd', async (work) => {
      const id = services.newId()
      await work.keep(kept.blob)
      await work.apply('finance', null, [
        {
          type: 'finance.received',
          financeFile: {
            id,
            authorityId: work.authorityId,
            kind: isBudget ? 'budget' : 'pes',
            title: financeTitle(isBudget ? 'budget' : 'pes', upload.bytes, upload.name),
            file: kept.file,
            state: report.ok ? 'checked' : 'refused',
            problems: report.problems
              .slice(0, 200)
              .map(({ code, message, where, level }) => ({ code, message, where, level })),
            signedFile: null,
            folderId: null,
            actId: null,
            receivedAt: work.now,
            receivedBy: work.actor.label,
          },
        },
      ])
      return { id }
    })
  },

  async financeFile(services, { params }, call) {
    const view = viewOf(services, call.user.authorityId)
    const financeFile = await load(view, 'finance', params.id)
    const bytes = await services.storage.blobs.read((financeFile.signedFile ?? financeFile.file).sha256)
    return {
      financeFile,
      content: financeContent(financeFile.kind, bytes),
      transmission: (await list(view, 'transmission', { financeFileId: financeFile.id })).at(-1) ?? null,
      folder: financeFile.folderId ? await load(view, 'folder', financeFile.folderId) : null,
      history: await historyOf(view, 'finance', financeFile.id),
    }
  },

  financeSendToSign: (services, { params }, call) =>
    command(services, call, 'financeSendToSign', async (work) => {
      const f = await load(work, 'finance', params.id)
      const council = await councilOf(work)
      const mayor = council.councillors.find((c) => c.office === 'mayor')
      if (!mayor)
        throw new Refusal(
          'NO_MAYOR',
          'Le tableau du conseil ne désigne pas de maire, ordonnateur de la commune. Complétez-le.',
          { family: 'impossible' },
        )
      const id = services.newId()
      await work.apply('finance', f, sendFinanceToSign(f, id))
      await work.apply(
        'folder',
        null,
        sendFolder({
          id,
          authorityId: work.authorityId,
          kind: 'pes',
          title: f.title,
          actId: null,
          financeFileId: f.id,
          steps: [
            {
              position: 1,
              kind: 'signature',
              label: 'Maire, ordonnateur',
              role: 'authorising',
              holderId: mayor.id,
              holderName: fullName(mayor),
              state: 'pending',
              at: null,
              resultSha256: null,
              certificate: null,
              timestampAt: null,
              reason: null,
            },
          ],
          document: f.file,
          dueOn: null,
          sentBy: work.actor.label,
          sentAt: work.now,
        }),
      )
      return { id }
    }),

  financeTransmit: (services, { params }, call) =>
    command(services, call, 'financeTransmit', async (work) => {
      const f = await load(work, 'finance', params.id)
      if (f.kind === 'budget')
        throw new Refusal(
          'BUDGET_WITH_ACT',
          'Un document budgétaire part à la préfecture avec la délibération qui l’adopte. Transmettez la délibération.',
          { family: 'impossible' },
        )
      const council = await councilOf(work)
      const today = civilOf(work.now, council.authority.timeZone).date
      await work.apply('finance', f, queueFinance(f))
      const transmission = {
        id: services.newId(),
        authorityId: work.authorityId,
        kind: 'pes' as const,
        title: f.title,
        actId: null,
        financeFileId: f.id,
        channel: 'folder',
        uniqueKey: `pes:${f.file.sha256}`,
        state: 'queued' as const,
        archive: null,
        envelopeName: null,
        serial: await work.draw('pes', today, 1),
        builtOn: today,
        sentAt: null,
        messages: [],
        error: null,
      }
      await work.apply('transmission', null, [{ type: 'transmission.queued', transmission }])
      await work.enqueue('transmit', `transmit:${transmission.id}`, { transmissionId: transmission.id })
      return ok
    }),

  async financePiece(services, { params }, call) {
    const f = await load(viewOf(services, call.user.authorityId), 'finance', params.id)
    const piece = extractPiece(await services.storage.blobs.read(f.file.sha256), params.pieceId)
    return { body: Buffer.from(piece.bytes), mediaType: piece.mediaType, name: piece.name, foreign: true }
  },
}
