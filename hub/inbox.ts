import { readInbox, settleInbox } from '../connectors/folder/inbox.ts'
import { Refusal } from '../core/refusal.ts'
import { matchAnswer, type SentAct } from '../exports/actes/answers.ts'
import type { ActesContent } from '../exports/actes/model.ts'
import { readActesFiles } from '../exports/actes/read-archive.ts'
import { readMessage } from '../exports/actes/read-message.ts'
import { councilOf } from './council.ts'
import { keepFile } from './files.ts'
import type { Services } from './services.ts'
import { list, load, machine, transact, viewOf } from './work.ts'

type Answer = { name: string; bytes: Uint8Array; content: ActesContent; siren: string }

/** The messages of one delivery: an envelope with its forms, or a lone message. */
function answersOf(files: { name: string; bytes: Uint8Array }[]): Answer[] {
  try {
    const archive = readActesFiles(files)
    const siren = archive.envelope.direction === 'fromState' ? archive.envelope.data.siren : ''
    return archive.messages
      .filter((m) => m.content.code !== 'ENV' && m.content.code !== 'ENV-ETAT')
      .map((m) => ({ name: m.name, bytes: m.bytes, content: m.content, siren }))
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'ACTES_NO_ENVELOPE') throw error
    return files.map((f) => ({ ...f, content: readMessage(f.bytes).content, siren: '' }))
  }
}

const labelOf = (content: ActesContent): string =>
  content.code === '1-2'
    ? `Accusé de réception ${content.actId}`
    : content.code === '1-3'
      ? `Anomalie : ${content.detail || content.anomaly}`
      : content.code === 'ANO'
        ? 'Enveloppe refusée'
        : `Message ${content.code}`

async function record(services: Services, authorityId: string, answer: Answer): Promise<boolean> {
  const view = viewOf(services, authorityId)
  const { authority } = await councilOf(view)
  const transmissions = (await list(view, 'transmission', {})).filter(
    (t) => t.kind === 'actes' && t.envelopeName !== null,
  )
  const acts = new Map((await list(view, 'act', {})).map((a) => [a.id, a]))
  const sent = transmissions.flatMap((t): (SentAct & { transmissionId: string })[] => {
    const act = acts.get(t.actId ?? '')
    return act
      ? [
          {
            id: act.id,
            transmissionId: t.id,
            siren: authority.siren,
            department: authority.department,
            date: act.decidedOn,
            internalNumber: act.number,
            nature: act.nature,
            envelopeName: t.envelopeName ?? '',
            actId: act.receipt?.actId ?? '',
          },
        ]
      : []
  })
  const match = matchAnswer(answer.content, sent, { siren: answer.siren, fileName: answer.name })
  if (!match) return false
  const kept = await keepFile(services, answer.name, answer.bytes, 'application/xml')
  await transact(services, authorityId, machine, async (work) => {
    const t = await load(work, 'transmission', match.transmissionId)
    if (t.messages.some((m) => m.file?.sha256 === kept.file.sha256)) return
    await work.keep(kept.blob)
    const { content } = answer
    const bad = content.code === '1-3' || content.code === 'ANO'
    await work.apply('transmission', t, [
      {
        type: 'transmission.answered',
        state: bad ? 'anomaly' : 'received',
        message: {
          at: work.now,
          direction: 'received',
          code: content.code,
          label: labelOf(content),
          file: kept.file,
        },
      },
    ])
    const act = await load(work, 'act', match.id)
    if (content.code === '1-2')
      await work.apply('act', act, [
        {
          type: 'act.received',
          receipt: { actId: content.actId, receivedOn: content.receivedOn, file: kept.file },
        },
      ])
    if (bad)
      await work.apply('act', act, [
        {
          type: 'act.refusedByState',
          nature: 'anomaly' in content ? String(content.anomaly) : '',
          detail: labelOf(content),
        },
      ])
  })
  return true
}

/**
 * Reads what came back in the exchange folder. A delivery is moved aside only once it is recorded; one that can't be
 * read or matched stays where it is and is told.
 */
export async function readAnswers(
  services: Services,
  authorityId: string,
): Promise<{ read: number; matched: number; problems: string[] }> {
  const result = { read: 0, matched: 0, problems: [] as string[] }
  for (const delivery of await readInbox(services.outside.folders.actesIn)) {
    result.read++
    try {
      const answers = answersOf(delivery.files)
      let known = true
      for (const answer of answers) {
        if (await record(services, authorityId, answer)) result.matched++
        else {
          known = false
          result.problems.push(
            `« ${answer.name} » ne répond à aucun de nos envois : il reste dans le dossier d’arrivée.`,
          )
        }
      }
      if (known) await settleInbox(delivery)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      result.problems.push(`« ${delivery.name} » : ${error.message}`)
    }
  }
  return result
}
