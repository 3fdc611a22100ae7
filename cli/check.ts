import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { fault, type Problem } from '../core/refusal.ts'
import { type CheckReport, checkFile } from './check-report.ts'
import { type CliIo, json } from './io.ts'

const USAGE = 'Usage :\n  echarpe check FICHIER… [--json]\n'
const MAX_BYTES = 300 * 1024 * 1024

/** `check FILE…`: what each file is and everything wrong with it. Exit code: 0 all sound, 1 one is refused or unknown, 2 wrong usage. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const asJson = io.json || args.includes('--json')
  const files = args.filter((argument) => argument !== '--json')
  if (files.length === 0 || files.some((file) => file.startsWith('--'))) {
    io.stderr(USAGE)
    return 2
  }
  const reports: (CheckReport & { file: string })[] = []
  for (const file of files) {
    const report = { ...(await reportOn(file)), file }
    reports.push(report)
    if (!asJson) tell(report, io)
  }
  const [only] = reports
  if (asJson) io.stdout(json(reports.length === 1 ? only : reports))
  return reports.every((report) => report.ok) ? 0 : 1
}

async function reportOn(file: string): Promise<CheckReport> {
  const bytes = await read(file)
  if (bytes instanceof Uint8Array) return checkFile(bytes, path.basename(file))
  return { kind: 'unknown', ok: false, problems: [bytes], title: 'Fichier illisible' }
}

async function read(file: string): Promise<Uint8Array | Problem> {
  try {
    const { size } = await stat(file)
    if (size > MAX_BYTES)
      return fault(
        'FILE_TOO_BIG',
        'Le fichier dépasse 300 Mio : aucun format vérifié n’est aussi lourd.',
        file,
      )
    return await readFile(file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    const reason =
      code === 'ENOENT'
        ? 'Ce fichier n’existe pas'
        : code === 'EISDIR'
          ? 'C’est un dossier, pas un fichier'
          : 'Ce fichier ne peut pas être lu'
    return fault('FILE_UNREADABLE', `${reason} : vérifiez le chemin « ${file} ».`, file)
  }
}

const xsdSentence = {
  valid: 'conforme',
  invalid: 'non conforme',
  absent: 'non vérifié (schéma officiel absent)',
} as const

const MAX_TOLD = 50

function tell(report: CheckReport & { file: string }, io: CliIo): void {
  const errors = report.problems.filter((problem) => problem.level === 'error').length
  const verdict = report.ok ? 'correct' : `refusé, ${errors} point${errors > 1 ? 's' : ''} à corriger`
  io.stdout(`${report.file}\n  ${report.title} (${report.kind}) : ${verdict}\n`)
  if (report.xsd !== undefined) io.stdout(`  Schéma officiel : ${xsdSentence[report.xsd]}\n`)
  for (const problem of report.problems.slice(0, MAX_TOLD)) {
    const mark = problem.level === 'error' ? 'erreur' : 'à noter'
    const line = `  ${mark} : ${problem.message}${problem.where === '' ? '' : ` [${problem.where}]`}\n`
    if (problem.level === 'error') io.stderr(line)
    else io.stdout(line)
  }
  if (report.problems.length > MAX_TOLD)
    io.stdout(`  … et ${report.problems.length - MAX_TOLD} autres points (--json les donne tous).\n`)
}
