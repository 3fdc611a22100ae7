import { createHash } from 'node:crypto'
import { z } from 'zod'
import { civilOf, frenchDate, frenchTime } from '../../core/calendar/civil-date.ts'
import { fullName } from '../../core/people/model.ts'
import { Refusal } from '../../core/refusal.ts'
import { currentConvocation } from '../../core/sitting/decide-convocation.ts'
import { isHandedOver } from '../../core/sitting/dispatch.ts'
import type { ConvocationDispatch, Sitting } from '../../core/sitting/model.ts'
import { countPages } from '../../documents/pack.ts'
import { convocationManifest } from '../../documents/proof.ts'
import { renderConvocation } from '../../documents/render.ts'
import { type Council, councilOf } from '../council.ts'
import { keepFile, safeName } from '../files.ts'
import { convocationInput } from '../papers.ts'
import { noteAllSent } from '../routes/convocations.ts'
import type { Services } from '../services.ts'
import { load, machine, transact, viewOf } from '../work.ts'
import type { JobHandler } from './runner.ts'

const Payload = z.object({ dispatchId: z.string() })

/** What binds, for one member, the hashes of every document sent. */
export function manifestOf(council: Council, s: Sitting, d: ConvocationDispatch): Uint8Array {
  const convocation = s.convocations.find((c) => c.version === d.convocationVersion)
  const recipient = council.councillor(d.recipientId)
  return convocationManifest({
    authority: { name: council.authority.name, siren: council.authority.siren },
    sitting: { id: s.id, title: s.title, date: s.date, time: s.time, place: s.place },
    convocationVersion: d.convocationVersion,
    recipient: { name: fullName(recipient), address: d.address, channel: d.channel },
    documents: [
      ...(d.convocationFile
        ? [
            {
              title: 'Convocation',
              name: d.convocationFile.name,
              sha256: d.convocationFile.sha256,
              size: d.convocationFile.size,
            },
          ]
        : []),
      ...(convocation?.documents ?? []).map((x) => ({
        title: x.title,
        name: x.file.name,
        sha256: x.file.sha256,
        size: x.file.size,
      })),
    ],
  })
}

export const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function mailText(council: Council, s: Sitting, recipient: string, documents: number): string {
  return [
    `${recipient},`,
    '',
    `Vous êtes convoqué(e) à la séance « ${s.title} » le ${frenchDate(s.date)} à ${frenchTime(s.time)}, ${s.place}.`,
    '',
    `Votre convocation est jointe. Les ${documents} documents de la séance vous attendent sur votre tablette, dans Écharpe.`,
    '',
    council.authority.name,
  ].join('\n')
}

async function prepare(
  services: Services,
  authorityId: string,
  council: Council,
  s: Sitting,
  d: ConvocationDispatch,
): Promise<ConvocationDispatch> {
  if (d.convocationFile && d.manifestSha256) return d
  const recipient = council.councillor(d.recipientId)
  const pdf = await renderConvocation(convocationInput(council, s, recipient, d.channel, services.clock()))
  const letter = await keepFile(
    services,
    safeName(`Convocation ${s.date} ${recipient.lastName}.pdf`),
    pdf,
    'application/pdf',
    await countPages(pdf),
  )
  const manifest = manifestOf(council, s, { ...d, convocationFile: letter.file })
  const kept = await keepFile(services, 'manifest.json', manifest, 'application/json')
  return transact(services, authorityId, machine, async (work) => {
    const fresh = await load(work, 'dispatch', d.id)
    await work.keep(letter.blob)
    await work.keep(kept.blob)
    return work.apply('dispatch', fresh, [
      { type: 'dispatch.prepared', convocationFile: letter.file, manifestSha256: kept.file.sha256 },
    ])
  })
}

/** Sends one convocation to one member. The message identifier is fixed, so that a resumed sending is the same message. */
export const dispatchJob: JobHandler = async (services, payload, job) => {
  const { dispatchId } = Payload.parse(payload)
  const view = viewOf(services, job.authorityId)
  const council = await councilOf(view)
  const found = await load(view, 'dispatch', dispatchId)
  if (isHandedOver(found)) return job.finish(async () => {})
  const s = await load(view, 'sitting', found.sittingId)
  const d = await prepare(services, job.authorityId, council, s, found)
  if (d.channel === 'paper')
    return job.finish(async (work) => {
      const fresh = await load(work, 'dispatch', d.id)
      await work.apply('dispatch', fresh, [
        {
          type: 'dispatch.failed',
          error: 'À remettre sur papier : imprimez la convocation et notez sa remise.',
          permanent: false,
        },
      ])
    })
  const mailer = services.mailer
  if (!mailer)
    throw new Refusal(
      'NO_MAIL_RELAY',
      'Aucun serveur de messagerie n’est réglé : la convocation attend. Réglez-le dans Collectivité.',
      { family: 'impossible' },
    )
  const recipient = council.councillor(d.recipientId)
  const letter = d.convocationFile
  if (!letter) throw new Error('prepared without letter')
  try {
    const receipt = await mailer.send({
      to: d.address,
      subject: `Convocation – ${s.title} du ${frenchDate(s.date)}`,
      text: mailText(council, s, fullName(recipient), currentConvocation(s)?.documents.length ?? 0),
      messageId: `<${d.id}.${d.convocationVersion}@${council.authority.siren}.echarpe>`,
      attachments: [
        {
          name: letter.name,
          bytes: await services.storage.blobs.read(letter.sha256),
          mediaType: letter.mediaType,
        },
      ],
    })
    await job.finish(async (work) => {
      const fresh = await load(work, 'dispatch', d.id)
      await work.apply('dispatch', fresh, [
        {
          type: 'dispatch.handedOver',
          at: work.now,
          relayAnswer: receipt.answer,
          messageId: receipt.messageId,
        },
      ])
      await work.enqueue('timestamp', `timestamp:${d.id}`, { dispatchId: d.id })
      await noteAllSent(work, s.id)
    })
  } catch (error) {
    if (!(error instanceof Refusal) || !error.code.startsWith('MAIL_')) throw error
    const permanent = error.data['permanent'] === true
    await transact(services, job.authorityId, machine, async (work) => {
      const fresh = await load(work, 'dispatch', d.id)
      await work.apply('dispatch', fresh, [{ type: 'dispatch.failed', error: error.message, permanent }])
    })
    throw error
  }
}

/** Asks the RFC 3161 token over the manifest; until it is had, the dispatch says « en attente ». */
export const timestampJob: JobHandler = async (services, payload, job) => {
  const { dispatchId } = Payload.parse(payload)
  const view = viewOf(services, job.authorityId)
  const d = await load(view, 'dispatch', dispatchId)
  if (d.timestampToken !== null || d.manifestSha256 === null) return job.finish(async () => {})
  const timestamp = services.outside.timestamp
  if (!timestamp)
    throw new Refusal('NO_TSA', 'Aucun service d’horodatage n’est réglé : la preuve attend son jeton.', {
      family: 'impossible',
    })
  const token = await timestamp(Buffer.from(d.manifestSha256, 'hex'))
  await job.finish(async (work) => {
    const fresh = await load(work, 'dispatch', d.id)
    await work.apply('dispatch', fresh, [
      { type: 'dispatch.timestamped', token: Buffer.from(token).toString('base64') },
    ])
    await work.enqueue('proof', `proof:${d.id}`, { dispatchId: d.id })
  })
}

/** Day of an instant in the commune, for proofs and names. */
export const dayOf = (council: Council, instant: string): string =>
  civilOf(instant, council.authority.timeZone).date
