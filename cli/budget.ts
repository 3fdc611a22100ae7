import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Problem, Refusal } from '../core/refusal.ts'
import { euros, parseAmount } from '../exports/budget/amount.ts'
import { type BudgetReport, checkBudget } from '../exports/budget/check.ts'
import { findPlan } from '../exports/budget/plans.ts'
import { readBudget } from '../exports/budget/read.ts'
import { scdlCsv } from '../exports/budget/scdl.ts'
import { type BudgetView, budgetView } from '../exports/budget/view.ts'
import { sealBudget, sealDate } from '../exports/budget/write-seal.ts'
import { located } from './about.ts'
import type { CliIo } from './io.ts'

const usage = `Usage :
  echarpe budget show FICHIER [--json]                 en-tête, totaux par section, équilibre, scellement
  echarpe budget seal FICHIER --out F [--replace]      écrit le scellement (--replace : remplace un scellement rompu)
  echarpe budget scdl FICHIER [--out F]                tableau SCDL « budget » 0.8.3 (CSV, UTF-8)
`

/**
 * `budget show|seal|scdl`. Gives the exit code: 0 done, 1 the file is refused (French reason), 2 wrong usage.
 * `now` is the instant written in a seal.
 */
export async function run(args: string[], io: CliIo, now: Date = new Date()): Promise<number> {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(args)
  } catch {
    io.stderr(usage)
    return 2
  }
  const [verb, file, ...rest] = parsed.positionals
  const { out, replace = false, json = false } = parsed.values
  const known = verb === 'show' || verb === 'seal' || verb === 'scdl'
  if (!known || !file || rest.length > 0 || (verb === 'seal' && !out)) {
    io.stderr(usage)
    return 2
  }
  const asJson = io.json || json
  try {
    const bytes = open(file)
    if (verb === 'show') return show(bytes, asJson, io)
    if (verb === 'seal') return seal(bytes, out ?? '', replace, now, asJson, io)
    return scdl(bytes, out, asJson, io)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refuse(located(error.problems, file), error.message, asJson, io)
  }
}

const parse = (args: string[]) =>
  parseArgs({
    args,
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      replace: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  })

function open(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch {
    throw new Refusal(
      'file-unreadable',
      `Le fichier « ${file} » est introuvable ou illisible. Vérifiez son chemin.`,
      {
        where: file,
        family: 'notFound',
      },
    )
  }
}

function save(file: string, content: Uint8Array | string): void {
  try {
    writeFileSync(file, content)
  } catch {
    throw new Refusal(
      'file-unwritable',
      `Impossible d’écrire « ${file} » : le dossier n’existe pas, ou n’est pas accessible.`,
      { where: file, family: 'impossible' },
    )
  }
}

function refuse(problems: readonly Problem[], message: string, json: boolean, io: CliIo): number {
  const first = problems[0]?.code ?? ''
  const kind = first.startsWith('budget-') && first !== 'budget-root' ? 'budget' : 'unknown'
  if (json) io.stdout(`${JSON.stringify({ kind, ok: false, problems }, null, 2)}\n`)
  else io.stderr(`${message}\n`)
  return 1
}

function show(bytes: Uint8Array, json: boolean, io: CliIo): number {
  const report = checkBudget(bytes)
  if (json) {
    io.stdout(`${JSON.stringify(report, null, 2)}\n`)
    return report.ok ? 0 : 1
  }
  const file = readBudget(bytes)
  io.stdout(readable(report, budgetView(file, findPlan(file.header.nomenclature))))
  for (const problem of report.problems) {
    const where = problem.where ? ` [${problem.where}]` : ''
    io.stderr(`${problem.level === 'error' ? 'Erreur' : 'À savoir'} : ${problem.message}${where}\n`)
  }
  return report.ok ? 0 : 1
}

const sealWords = { valid: 'scellé, intact', broken: 'scellement rompu', absent: 'non scellé' } as const

function readable(report: BudgetReport, view: BudgetView): string {
  const lines = [
    view.title,
    `${view.authority} — ${view.establishment} (${view.nomenclature})`,
    `${report.lines} lignes · ${sealWords[report.seal]}`,
  ]
  for (const section of report.lines > 0 ? view.sections : []) {
    lines.push('', section.title)
    for (const side of [section.expense, section.revenue]) {
      lines.push(`  ${side.label} : ${side.total.text} (${view.measure.toLowerCase()})`)
      for (const row of side.rows) {
        lines.push(
          `    ${row.code.padEnd(5)} ${row.label.slice(0, 62).padEnd(62)} ${row.value.text.padStart(20)}`,
        )
      }
    }
    lines.push(`  ${section.balance.sentence}`)
  }
  const after = report.budgetAfterDecision
  if (after) {
    const text = (amount: string) => euros(parseAmount(amount) ?? 0n)
    lines.push(
      '',
      'Budget après décision',
      `  Fonctionnement : ${text(after.FD)} en dépenses, ${text(after.FR)} en recettes`,
    )
    lines.push(`  Investissement : ${text(after.ID)} en dépenses, ${text(after.IR)} en recettes`)
  }
  return `${lines.join('\n')}\n`
}

function seal(bytes: Uint8Array, out: string, replace: boolean, now: Date, json: boolean, io: CliIo): number {
  const date = sealDate(now)
  const sealed = sealBudget(bytes, { date, replace })
  save(out, sealed.bytes)
  const { digests, rewritten } = sealed
  if (json) {
    const report = { kind: 'budget', ok: true, problems: [], seal: 'valid', date, ...digests, rewritten, out }
    io.stdout(`${JSON.stringify(report, null, 2)}\n`)
  } else {
    io.stdout(
      `Budget scellé : ${path.basename(out)}\n  md5  ${digests.md5}\n  sha1 ${digests.sha1}\n  date ${date}\n`,
    )
    if (rewritten)
      io.stderr(
        'Le fichier a d’abord été remis dans la présentation attendue pour le scellement (contenu inchangé).\n',
      )
  }
  return 0
}

function scdl(bytes: Uint8Array, out: string | undefined, json: boolean, io: CliIo): number {
  const file = readBudget(bytes)
  const report = checkBudget(bytes)
  // A budget out of balance is still public data; a file that cannot be read for sure is not.
  const faults = report.problems.filter((p) => p.level === 'error' && !p.code.endsWith('unbalanced'))
  const first = faults[0]
  if (first) return refuse(faults, `Pas de tableau : ${first.message}`, json, io)
  const csv = scdlCsv(file, findPlan(file.header.nomenclature))
  if (out) {
    save(out, csv)
    if (json) {
      const done = { kind: 'budget', ok: true, problems: [], rows: file.lines.length, out }
      io.stdout(`${JSON.stringify(done, null, 2)}\n`)
    } else io.stderr(`${file.lines.length} lignes écrites dans ${path.basename(out)}.\n`)
  } else io.stdout(csv)
  return 0
}
