import { createHash } from 'node:crypto'
import { Refusal } from '../../core/refusal.ts'
import { MAX_FLOW_BYTES } from './check.ts'
import { readPes } from './read.ts'

export type PackageOptions = {
  /** Day of sending, YYYY-MM-DD. */
  date: string
  /** Rank of the flow on that day, from 1. */
  counter: number
  /** `siren`: PESALR2_{SIREN}_{yymmdd}_{n}.xml (S²LOW); `siret`: PESALR2_{SIRET}_{yymmdd}_{nnn}.xml (Stela). */
  convention?: 'siren' | 'siret'
  /** SIRET of the sender when it is not the IdColl of the flow. */
  siret?: string
  maxBytes?: number
  /** The file as it was before signing and how to take the signatures out: proves that nothing else changed. */
  unsigned?: { original: Uint8Array; removeSignatures: (bytes: Uint8Array) => Uint8Array }
}

export type PesPackage = {
  name: string
  /** The very bytes given. */
  bytes: Uint8Array
  sha1: string
  sha256: string
  /** What the transmission operator and the DGFiP look at to find a duplicate; a corrected flow needs another NomFic. */
  duplicateKeys: { flow: string; sha1: string; bordereaux: string[]; attachments: string[] }
}

/**
 * Names a flow for its departure and gives what the duplicate controls look at. The bytes are never touched.
 * Refuses: `PES_EMPTY`, `PES_NOMFIC`, `PES_TOO_LARGE`, `PES_CHANGED` (more than signatures differs), `PES_PACKAGE_NAME`.
 */
export function packagePes(bytes: Uint8Array, options: PackageOptions): PesPackage {
  const flow = readPes(bytes)
  const limit = options.maxBytes ?? MAX_FLOW_BYTES
  if (bytes.length > limit)
    throw new Refusal(
      'PES_TOO_LARGE',
      `Le flux dépasse ${Math.floor(limit / 1024 / 1024)} Mio : répartissez les bordereaux en plusieurs flux.`,
    )
  if (flow.header.nomFic.text === '')
    throw new Refusal('PES_NOMFIC', 'Le nom du flux (NomFic) est vide : la télétransmission le refuserait.', {
      where: `ligne ${flow.header.nomFic.line}`,
    })
  if (flow.bordereaux.length === 0 && flow.attachments.length === 0 && flow.unknown.length === 0)
    throw new Refusal(
      'PES_EMPTY',
      'Le flux ne contient rien à transmettre : il ne recevrait jamais d’acquit.',
    )
  if (options.unsigned) {
    const { original, removeSignatures } = options.unsigned
    if (Buffer.compare(removeSignatures(bytes), original) !== 0)
      throw new Refusal(
        'PES_CHANGED',
        'Le flux signé diffère de l’original par autre chose que les signatures : il ne partira pas.',
        {
          family: 'conflict',
        },
      )
  }
  const sha1 = createHash('sha1').update(bytes).digest('hex')
  return {
    name: outgoingName(options, options.siret ?? flow.header.idColl.text),
    bytes,
    sha1,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    duplicateKeys: {
      flow: `${flow.header.nomFic.text}|${flow.header.codCol.text}`,
      sha1,
      bordereaux: flow.bordereaux.map(
        (b) => `${b.domain}|${b.exercice}|${b.type}|${flow.header.codBud.text}|${b.number}`,
      ),
      attachments: flow.attachments.map((a) => a.idUnique),
    },
  }
}

function outgoingName(options: PackageOptions, siret: string): string {
  const day = /^\d\d(\d\d)-(\d\d)-(\d\d)$/.exec(options.date)
  const { counter, convention = 'siren' } = options
  if (!day || !Number.isInteger(counter) || counter < 1 || !/^\d{9,14}$/.test(siret))
    throw new Refusal(
      'PES_PACKAGE_NAME',
      'Le nom d’envoi du flux demande un SIRET, une date (AAAA-MM-JJ) et un rang dans la journée.',
      { data: { date: options.date, counter, siret } },
    )
  const date = day.slice(1).join('')
  if (convention === 'siren') return `PESALR2_${siret.slice(0, 9)}_${date}_${counter}.xml`
  return `PESALR2_${siret}_${date}_${String(counter).padStart(3, '0')}.xml`
}
