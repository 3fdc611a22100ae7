import type { CivilDate, Instant } from '../../core/calendar/civil-date.ts'

/** A file offered to the public beside its page. `href` is relative to that page; `sha256` is lower-case hexadecimal. */
export type PublishedFile = {
  href: string
  title: string
  /** Size in bytes. */
  size: number
  sha256: string
}

export type PublishingAuthority = {
  /** "Ville de Démoville". */
  name: string
  /** Where a third party may challenge an act: "tribunal administratif d’Orléans", with its address in one line; the competent
   * court without a name when absent. */
  court?: { name: string; address: string }
  /** Where an amicable appeal is sent. */
  address?: string
  /** IANA zone of the dates shown; Europe/Paris when not given. */
  timeZone?: string
}

/** An act as the public reads it (CGCT art. R. 2131-1 I): the published rendition only, personal data already occulted. */
export type PublishedAct = {
  /** Page of the act relative to the index: "2026/D2026_0112.html". */
  page: string
  number: string
  title: string
  /** "Délibération", "Arrêté", "Décision". */
  kind: string
  /** "Conseil municipal". */
  body: string
  decidedOn: CivilDate
  /** Who answers for the act: first name, surname and capacity are legally shown. */
  author: { firstName: string; lastName: string; capacity: string }
  /** Signatories of the PDF, for the reader who checks it. */
  signatories: readonly { name: string; capacity: string }[]
  publishedAt: Instant
  outcome: 'adopted' | 'refused' | 'noted'
  document: PublishedFile
  annexes: readonly PublishedFile[]
  /** What the prefecture answered, when the act is transmissible. */
  transmission: {
    transmissible: boolean
    sentAt: Instant | null
    receivedOn: CivilDate | null
    actId: string | null
  }
  /** Instant from which the act is enforceable (CGCT art. L. 2131-1), null while a formality is missing. */
  enforceableFrom: Instant | null
  /** True when the published rendition hides personal data (CRPA art. L. 312-1-2). */
  redacted: boolean
}
