import { acknowledge, type Received, receive } from '../connectors/folder/connector.ts'
import { Refusal } from '../core/refusal.ts'
import { matchAnswer, type SentAct } from '../exports/actes/answers.ts'
import type { ActesContent } from '../exports/actes/model.ts'
import { readActesArchive } from '../exports/actes/read-archive.ts'
import { readMessage } from '../exports/actes/read-message.ts'
import { councilOf } from './council.ts'
import { keepFile } from './files.ts'
import type { Services } from './services.ts'
import { list, load, machine, transact, viewOf } from './work.ts'

type Answer = { name: string; bytes: Uint8Array; content: ActesContent; siren: string }

const isEnvelope = (code: string): boolean => code === 'ENV' || code === 'ENV-ETAT'

/** The messages of one file: those of an archive, or a message that came loose. An envelope alone says nothing more. */
async function answersOf(file: Received): Promise<Answer[]> {
  if (/\.(tar\.gz|tgz)$/i.test(file.name)) {
    const archive = await readActesArchive(file.bytes, file.name)
    const siren = archive.envelope.direction === 'fromState' ? archive.envelope.data.siren : ''
    return archive.messages
      .filter((m) => !isEnvelope(m.content.code))
      .map((m) => ({ name: m.name, bytes: m.bytes, content: m.content, siren }))
  }
  const { content } = readMessage(file.bytes)
  return isEnvelope(content.code) ? [] : [{ name: file.name, bytes: file.bytes, content, siren: '' }]
}

const labelOf = (content: ActesContent): string => {
  if (content.code === '1-2') return `Accusé de réception ${content.actId}`
  if (content.code === '1-3') return `Anomalie : ${content.detail || content.anomaly}`
  if (content.code === 'ANO') return `Enveloppe refusée : ${content.detail || content.anomaly}`
  return `Message ${content.code}`
}

async function sentActs(
  services: Services,
  authorityId: string,
): Promise<(SentAct & { transmissionId: string })[]> {
  const view = viewOf(services, authorityId)
  const { authority } = await councilOf(view)
  const acts = new Map((await list(view, 'act', {})).map((a) => [a.id, a]))
  return (await list(view, 'transmission', {})).flatMap((t) => {
    const act = acts.get(t.actId ?? '')
    if (!act || t.envelopeName === null) return []
    return [
      {
        id: act.id,
        transmissionId: t.id,
        siren: authority.siren,
        department: authority.department,
        date: act.decidedOn,
        internalNumber: act.number,
        nature: act.nature,
        envelopeName: t.envelopeName,
        actId: act.receipt?.actId ?? '',
      },
    ]
  })
}

async function record(services: Services, authorityId: string, answer: Answer): Promise<boolean> {
  const match = matchAnswer(answer.content, await sentActs(services, authorityId), {
    siren: answer.siren,
    fileName: answer.name,
  })
  if (!match) return false
  const kept = await keepFile(services, answer.name, answer.bytes, 'application/xml')
  await transact(services, authorityId, machine, async (work) => {
    const t = await load(work, 'transmission', match.transmissionId)
    if (t.messages.some((m) => m.file?.sha256 === kept.file.sha256)) return
    await work.keep(kept.blob)
    const { content } = answer
    const bad = content.code === '1-3' || content.code === 'ANO'
    const state = bad ? ('anomaly' as const) : ('received' as const)
    await work.apply('transmission', t, [
      {
        type: 'transmission.answered',
        state,
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
        { type: 'act.refusedByState', nature: content.anomaly, detail: labelOf(content) },
      ])
  })
  return true
}

/**
 * Reads what came back in the exchange folder. A file is moved aside only once it is recorded; one that can't be read or
 * matched stays where it is and is told.
 */
export async function readAnswers(
  services: Services,
  authorityId: string,
): Promise<{ read: number; matched: number; problems: string[] }> {
  const result = { read: 0, matched: 0, problems: [] as string[] }
  const { actes } = services.outside.folders
  for (const file of await receive(actes)) {
    result.read++
    try {
      let known = true
      for (const answer of await answersOf(file)) {
        if (await record(services, authorityId, answer)) result.matched++
        else known = false
      }
      if (known) await acknowledge(actes, file)
      else
        result.problems.push(
          `« ${file.name} » ne répond à aucun de nos envois : il reste dans le dossier d’arrivée.`,
        )
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      result.problems.push(`« ${file.name} » : ${error.message}`)
    }
  }
  return result
}
