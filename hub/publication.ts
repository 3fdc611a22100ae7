import type { Act } from '../core/act/model.ts'
import type { FileRef } from '../core/sitting/model.ts'
import type { PublishedAct, PublishedFile, PublishingAuthority } from '../exports/publication/model.ts'
import type { Council } from './council.ts'

export const publishingAuthority = (council: Council): PublishingAuthority => ({
  name: council.authority.name,
  address: `${council.authority.address.street}, ${council.authority.address.postalCode} ${council.authority.address.city}`,
  timeZone: council.authority.timeZone,
})

const fileOf = (title: string, file: FileRef): PublishedFile => ({
  href: `../documents/${file.sha256}.pdf`,
  title,
  size: file.size,
  sha256: file.sha256,
})

/** A published act as the public pages show it. */
export function publishedAct(
  council: Council,
  act: Act,
  bodyName: string,
  signatories: { name: string; capacity: string }[],
  enforceableFrom: string | null,
): PublishedAct {
  const mayor = council.councillors.find((c) => c.office === 'mayor')
  if (!act.publication) throw new Error(`act ${act.number} is not published`)
  return {
    page: `public/actes/${act.number}`,
    number: act.number,
    title: act.title,
    kind: 'Délibération',
    body: bodyName,
    decidedOn: act.decidedOn,
    author: {
      firstName: mayor?.firstName ?? '',
      lastName: mayor?.lastName ?? '',
      capacity: mayor?.officeLabel ?? 'Maire',
    },
    signatories,
    publishedAt: act.publication.publishedAt,
    outcome: act.outcome,
    document: fileOf(`${act.number} – ${act.title}`, act.publication.file),
    annexes: act.annexes.filter((a) => a.toPublish && !a.confidential).map((a) => fileOf(a.title, a.file)),
    transmission: {
      transmissible: act.transmissible,
      sentAt: act.transmittedAt,
      receivedOn: act.receipt?.receivedOn ?? null,
      actId: act.receipt?.actId ?? null,
    },
    enforceableFrom,
    redacted: false,
  }
}
