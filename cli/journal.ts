import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { fault, type Problem } from '../core/refusal.ts'
import { type JournalReport, verifyJournal } from '../storage/journal-verify.ts'
import type { CliIo } from './io.ts'

const usage = `Usage :
  echarpe journal verify FICHIER [--head EMPREINTE] [--json]

Vérifie un journal exporté (JSON Lines) : chaque empreinte est recalculée, chaque ligne rattachée à la précédente.
  --head EMPREINTE   empreinte SHA-256 notée auparavant (horodatage, papier, export précédent) : elle doit y figurer
`

/** `journal verify`. Gives the exit code: 0 sound, 1 altered, incomplete or unreadable (French reasons), 2 wrong usage. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const asked = parse(args)
  if (typeof asked === 'string') {
    io.stderr(asked)
    return 2
  }
  const json = io.json || asked.json
  const read = readBytes(asked.file)
  if (!(read instanceof Uint8Array)) {
    if (json) io.stdout(`${JSON.stringify({ kind: 'journal', ok: false, problems: [read] }, null, 2)}\n`)
    else io.stderr(`${read.message}\n`)
    return 1
  }
  const report = verifyJournal(read, asked.head === undefined ? {} : { head: asked.head })
  if (json) io.stdout(`${JSON.stringify(report, null, 2)}\n`)
  else tell(report, asked.head !== undefined, io)
  return report.ok ? 0 : 1
}

type Asked = { file: string; head: string | undefined; json: boolean }

function parse(args: string[]): Asked | string {
  let parsed: { values: { head?: string; json?: boolean }; positionals: string[] }
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: { head: { type: 'string' }, json: { type: 'boolean' } },
    })
  } catch {
    return usage
  }
  const [verb, file, ...rest] = parsed.positionals
  if (verb !== 'verify' || !file || rest.length > 0) return usage
  const { head, json = false } = parsed.values
  if (head !== undefined && !/^\s*[0-9a-f]{64}\s*$/i.test(head))
    return 'L’empreinte attendue doit avoir 64 chiffres hexadécimaux (SHA-256).\n'
  return { file, head, json }
}

function readBytes(file: string): Uint8Array | Problem {
  try {
    return readFileSync(file)
  } catch {
    return fault(
      'file-unreadable',
      `Le fichier « ${file} » est introuvable ou illisible. Vérifiez son chemin.`,
      file,
    )
  }
}

function tell(report: JournalReport, headGiven: boolean, io: CliIo): void {
  const { authority, lines, from, to, timestamps, head } = report
  if (authority) {
    io.stdout(`Journal de ${authority.name} (SIREN ${authority.siren})\n`)
    io.stdout(
      `${lines > 1 ? `${lines} lignes` : `${lines} ligne`}${from && to ? `, du ${day(from)} au ${day(to)}` : ''}\n`,
    )
    if (timestamps > 0)
      io.stdout(
        `${timestamps > 1 ? `${timestamps} horodatages rattachés` : '1 horodatage rattaché'} ; ` +
          'leur signature se vérifie avec « openssl ts -verify » (voir storage/README.md)\n',
      )
    io.stdout(`Dernière empreinte : ${head}\n`)
  }
  for (const problem of report.problems)
    io.stderr(`Erreur : ${problem.message}${problem.where ? ` [${problem.where}]` : ''}\n`)
  if (!report.ok) io.stderr('Ce journal ne peut pas servir de preuve en l’état.\n')
  else if (headGiven) io.stdout('Journal intact ; l’empreinte attendue y figure.\n')
  else
    io.stdout(
      'Journal intact. Comparez sa dernière empreinte à celle que vous avez notée, ou donnez-la par --head.\n',
    )
}

/** A UTC instant as a day, the way people write it: `05/03/2026`. */
function day(instant: string): string {
  const [year, month, date] = instant.slice(0, 10).split('-')
  return `${date}/${month}/${year}`
}
