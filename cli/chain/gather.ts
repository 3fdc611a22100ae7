import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Act, enforceableFrom } from '../../core/act/model.ts'
import { frenchDate } from '../../core/calendar/civil-date.ts'
import type { FileRef } from '../../core/sitting/model.ts'
import type { PublishedAct, PublishedFile } from '../../exports/publication/model.ts'
import { renderActPage, renderPublicationIndex } from '../../exports/publication/render.ts'
import type { Cast } from './play.ts'
import type { Session } from './session.ts'

export type Gathered = { summary: string; report: Record<string, unknown> }

type Scope = 'sitting' | 'act' | 'finance' | 'transmission'

const plural = (n: number, one: string, many: string) => `${n} ${n > 1 ? many : one}`

/** Fetches everything the chain produced and writes it under `out`, each file checked against its hash. */
export async function collect(
  cast: Cast,
  sittingId: string,
  financeIds: string[],
  out: string,
): Promise<Gathered> {
  const fetchTo = async (
    session: Session,
    scope: Scope,
    id: string,
    file: FileRef,
    folder: string,
    name = file.name,
  ): Promise<string> => {
    const bytes = await session.bytes('file', { params: { scope, id, sha256: file.sha256 } })
    if (createHash('sha256').update(bytes).digest('hex') !== file.sha256)
      throw new Error(`empreinte inattendue : ${name}`)
    await mkdir(path.join(out, folder), { recursive: true })
    await writeFile(path.join(out, folder, name), bytes)
    return `${folder}/${name}`
  }
  const view = await cast.office.call('sitting', { params: { id: sittingId } })
  const convocations: string[] = []
  for (const d of view.dispatches)
    for (const file of [d.convocationFile, d.proofFile])
      if (file) convocations.push(await fetchTo(cast.office, 'sitting', sittingId, file, 'convocations'))
  const deliberations: string[] = []
  const actes: string[] = []
  for (const act of view.acts) {
    if (act.signedDocument)
      deliberations.push(
        await fetchTo(cast.office, 'act', act.id, act.signedDocument, 'deliberations', `${act.number}.pdf`),
      )
    const { transmission } = await cast.office.call('act', { params: { id: act.id } })
    if (transmission?.archive)
      actes.push(await fetchTo(cast.office, 'transmission', transmission.id, transmission.archive, 'actes'))
    if (act.receipt && transmission)
      actes.push(
        await fetchTo(cast.office, 'transmission', transmission.id, act.receipt.file, 'actes/retours'),
      )
  }
  const pes: string[] = []
  for (const id of financeIds) {
    const { financeFile, transmission } = await cast.finance.call('financeFile', { params: { id } })
    if (financeFile.kind === 'pes' && financeFile.signedFile)
      pes.push(
        await fetchTo(
          cast.finance,
          'finance',
          id,
          financeFile.signedFile,
          'pes',
          transmission?.envelopeName ?? financeFile.signedFile.name,
        ),
      )
  }
  const published = await publish(cast, view.acts, out, fetchTo)
  await writeFile(path.join(out, 'journal.jsonl'), await cast.office.bytes('journalExport', {}))
  const journal = await cast.office.call('journalVerify')
  const quorum = view.sitting.items.find((i) => i.quorum)?.quorum
  const report = {
    sitting: { title: view.sitting.title, date: view.sitting.date, items: view.sitting.items.length },
    convocations: {
      members: view.dispatches.length,
      clearDays: view.sitting.convocations[0]?.clearDays ?? null,
      files: convocations,
    },
    deliberations,
    actes,
    pes,
    publication: published,
    journal: { ok: journal.ok, lines: journal.lines },
  }
  const summary = [
    `${view.sitting.title} du ${frenchDate(view.sitting.date)}`,
    `  ${plural(view.dispatches.length, 'membre convoqué', 'membres convoqués')}, preuve horodatée pour chacun`,
    `  quorum : ${quorum?.present.length ?? 0} présents pour ${quorum?.required ?? 0} exigés`,
    `  ${plural(deliberations.length, 'délibération signée', 'délibérations signées')} par le secrétaire et le maire`,
    `  ${plural(view.acts.filter((a) => a.receipt).length, 'acte reçu', 'actes reçus')} en préfecture`,
    ...(pes.length
      ? [`  ${plural(pes.length, 'flux PES signé et transmis', 'flux PES signés et transmis')}`]
      : []),
    `  ${plural(published.length, 'acte publié', 'actes publiés')}`,
    `  journal : ${journal.message}`,
  ].join('\n')
  return { summary, report }
}

type FetchTo = (
  session: Session,
  scope: Scope,
  id: string,
  file: FileRef,
  folder: string,
  name?: string,
) => Promise<string>

/** The public pages, with relative links, readable from a folder. */
async function publish(cast: Cast, acts: Act[], out: string, fetchTo: FetchTo): Promise<string[]> {
  const { authority } = await cast.office.call('me')
  const view = {
    name: authority.name,
    address: `${authority.address.street}, ${authority.address.postalCode} ${authority.address.city}`,
    timeZone: authority.timeZone,
  }
  const shown: PublishedAct[] = []
  await mkdir(path.join(out, 'publication/actes'), { recursive: true })
  for (const act of acts) {
    if (!act.publication) continue
    const asFile = async (title: string, file: FileRef): Promise<PublishedFile> => {
      await fetchTo(cast.office, 'act', act.id, file, 'publication/documents', `${file.sha256}.pdf`)
      return { href: `../documents/${file.sha256}.pdf`, title, size: file.size, sha256: file.sha256 }
    }
    const { folder } = await cast.office.call('act', { params: { id: act.id } })
    const [firstName = '', ...rest] = act.publication.authorLine.split(',')[0]?.split(' ') ?? []
    const annexes = act.annexes.filter((a) => a.toPublish && !a.confidential)
    const one: PublishedAct = {
      page: `actes/${act.number}.html`,
      number: act.number,
      title: act.title,
      kind: 'Délibération',
      body: 'Conseil municipal',
      decidedOn: act.decidedOn,
      author: {
        firstName,
        lastName: rest.join(' '),
        capacity: act.publication.authorLine.split(',').slice(1).join(',').trim(),
      },
      signatories: (folder?.steps ?? []).map((s) => ({ name: s.holderName, capacity: s.label })),
      publishedAt: act.publication.publishedAt,
      outcome: act.outcome,
      document: await asFile(`${act.number} – ${act.title}`, act.publication.file),
      annexes: await Promise.all(annexes.map((a) => asFile(a.title, a.file))),
      transmission: {
        transmissible: act.transmissible,
        sentAt: act.transmittedAt,
        receivedOn: act.receipt?.receivedOn ?? null,
        actId: act.receipt?.actId ?? null,
      },
      enforceableFrom: enforceableFrom(act),
      redacted: false,
    }
    shown.push(one)
    await writeFile(path.join(out, 'publication', one.page), renderActPage({ authority: view, act: one }))
  }
  await writeFile(
    path.join(out, 'publication/index.html'),
    renderPublicationIndex({ authority: view, acts: shown }),
  )
  return shown.map((a) => `publication/${a.page}`)
}
