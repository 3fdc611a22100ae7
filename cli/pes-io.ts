import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Problem, Refusal } from '../core/refusal.ts'
import { formatAmount } from '../exports/budget/amount.ts'
import type { PesCheck } from '../exports/pes/check.ts'
import type { CliIo } from './io.ts'

const usage = `Usage :
  echarpe pes show FICHIER [--json]
      contenu lisible, totaux recalculés, pièces jointes, verdict du schéma ; lit aussi acquits et retours
  echarpe pes sign FICHIER --p12 CLE.p12 --pin-env VARIABLE [--scope bordereau|flow] [--role QUALITE]
      [--city VILLE --postal-code CODE] [--xades 1.1.1|1.2.2] [--prepare] [--out FICHIER] [--json]
      signe sans toucher aux autres octets ; --prepare met d’abord InfoDematerialisee à 1 et ajoute les Id manquants
  echarpe pes verify FICHIER [--roots AUTORITES.pem] [--json]
      rapport de signature, bordereau par bordereau
`

export const parse = (args: string[]) =>
  parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      p12: { type: 'string' },
      'pin-env': { type: 'string' },
      scope: { type: 'string', default: 'bordereau' },
      role: { type: 'string', default: 'Ordonnateur' },
      city: { type: 'string' },
      'postal-code': { type: 'string' },
      xades: { type: 'string', default: '1.1.1' },
      prepare: { type: 'boolean' },
      out: { type: 'string' },
      roots: { type: 'string' },
    },
  })

export type PesValues = ReturnType<typeof parse>['values']

export function misused(io: CliIo): number {
  io.stderr(usage)
  return 2
}

export function open(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch {
    throw new Refusal(
      'FILE_UNREADABLE',
      `Le fichier « ${file} » est introuvable ou illisible. Vérifiez son chemin.`,
      {
        family: 'notFound',
        where: file,
      },
    )
  }
}

// Amounts are exact integers of cents inside; machines get decimal strings.
export const json = (value: unknown): string =>
  `${JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? formatAmount(v) : v), 2)}\n`

export function refused(kind: string, problems: readonly Problem[], io: CliIo): number {
  if (io.json) io.stdout(json({ kind, ok: false, problems }))
  else tell(problems, io)
  return 1
}

export function tell(problems: readonly Problem[], io: CliIo): void {
  for (const p of problems)
    io.stderr(
      `${p.level === 'error' ? 'Erreur' : 'À savoir'} : ${p.message}${p.where ? ` [${p.where}]` : ''}\n`,
    )
}

export const notAFlow = (check: PesCheck) =>
  new Refusal(
    'PES_NOT_ALLER',
    `Ce fichier est un message de la DGFiP (${check.summary.message}) : seul un PES aller porte des signatures.`,
    {
      where: 'racine du document',
    },
  )
