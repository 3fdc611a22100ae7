import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Refusal } from '../core/refusal.ts'
import { type CliIo, json, processIo } from './io.ts'

type Command = { summary: string; usage: string }

const commands: Readonly<Record<string, Command>> = {
  demo: {
    summary: 'joue toute la chaîne, sans écran, sur la commune de démonstration',
    usage: 'demo --out DOSSIER [--pes FICHIER…] [--budget FICHIER…]',
  },
  check: { summary: 'dit ce qu’est un fichier et tout ce qui n’y va pas', usage: 'check FICHIER… [--json]' },
  pes: { summary: 'lit, signe ou vérifie un flux PES', usage: 'pes show|sign|verify FICHIER' },
  budget: {
    summary: 'lit, scelle ou convertit un document budgétaire',
    usage: 'budget show|seal|scdl FICHIER',
  },
  actes: {
    summary: 'lit un message ACTES, fabrique l’archive d’un acte',
    usage:
      'actes show FICHIER\n  echarpe actes build --acte PDF --meta META.json [--annexe FICHIER…] --out DOSSIER',
  },
  pdf: { summary: 'signe un PDF, vérifie ses signatures', usage: 'pdf sign|verify FICHIER' },
  journal: { summary: 'vérifie un journal exporté, indépendamment', usage: 'journal verify FICHIER' },
  hub: { summary: 'lance le serveur seul', usage: 'hub [--port N] [--data DOSSIER] [--database-url URL]' },
  verify: {
    summary: 'vérifie le journal et les documents d’une installation',
    usage: 'verify [--data DOSSIER]',
  },
  backup: { summary: 'fait une copie cohérente et vérifiée', usage: 'backup --data DOSSIER --out FICHIER' },
  restore: { summary: 'rétablit une copie, de façon réversible', usage: 'restore FICHIER --data DOSSIER' },
}

const commandOf = (name: string): Command | undefined =>
  Object.hasOwn(commands, name) ? commands[name] : undefined

const help = (): string => {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(9)} ${summary}`)
  return `Écharpe en ligne de commande

Usage : echarpe COMMANDE [arguments] [--json]

${lines.join('\n')}

« echarpe aide COMMANDE » détaille une commande. Résultats sur la sortie standard, avancement et motifs sur la sortie d’erreur.
Code de retour : 0 fait, 1 refusé (le motif est donné), 2 mauvais usage.
`
}

const helpOf = (name: string, command: Command): string =>
  `${name} : ${command.summary}\n\nUsage :\n  echarpe ${command.usage}\n`

type Run = (args: string[], io: CliIo) => Promise<number>

const isRun = (value: unknown): value is Run => typeof value === 'function'

/** The command's own file, loaded only when asked for, so that one broken part leaves the others usable. */
async function load(name: string): Promise<Run | undefined> {
  const file = new URL(`./${name}.ts`, import.meta.url)
  if (!existsSync(fileURLToPath(file))) return undefined
  const module: unknown = await import(file.href)
  const run = typeof module === 'object' && module !== null && 'run' in module ? module.run : undefined
  return isRun(run) ? run : undefined
}

/**
 * Runs one command line (`argv` without the interpreter and the script). Gives the exit code: 0 done, 1 refused with a
 * French reason on stderr (or in the JSON on stdout), 2 wrong usage. Never throws.
 */
export async function main(argv: string[], output?: Omit<CliIo, 'json'>): Promise<number> {
  const io = processIo(argv.includes('--json'), output)
  const args = argv.filter((argument) => argument !== '--json')
  const [first, ...rest] = args
  if (first === undefined) {
    io.stderr(help())
    return 2
  }
  if (['aide', 'help', '--help', '-h', '--aide'].includes(first)) return showHelp(rest[0], io)
  const command = commandOf(first)
  if (command === undefined) {
    io.stderr(`« ${first} » n’est pas une commande.\n\n${help()}`)
    return 2
  }
  if (rest.includes('--help') || rest.includes('-h') || rest.includes('--aide')) return showHelp(first, io)
  try {
    const run = await load(first)
    if (run === undefined) {
      io.stderr(`« ${first} » : commande indisponible dans cette version.\n`)
      return 2
    }
    return await run(rest, io)
  } catch (error) {
    return tell(error, io)
  }
}

function showHelp(name: string | undefined, io: CliIo): number {
  const command = name === undefined ? undefined : commandOf(name)
  if (name !== undefined && command === undefined) {
    io.stderr(`« ${name} » n’est pas une commande.\n\n${help()}`)
    return 2
  }
  io.stdout(name !== undefined && command !== undefined ? helpOf(name, command) : help())
  return 0
}

/** A refusal is told as it is; anything else becomes one sentence, its details only on demand (ECHARPE_DEBUG=1). */
function tell(error: unknown, io: CliIo): number {
  if (error instanceof Refusal) {
    if (io.json) io.stdout(json({ kind: 'unknown', ok: false, problems: error.problems }))
    else
      for (const problem of error.problems)
        io.stderr(`${problem.where === '' ? '' : `${problem.where} : `}${problem.message}\n`)
    return 1
  }
  const detail = error instanceof Error ? error.message.split('\n')[0] : String(error)
  const message = `La commande s’est arrêtée sur une erreur imprévue (${detail}). Réessayez ; si elle revient, signalez-la avec le fichier concerné.`
  if (io.json)
    io.stdout(
      json({
        kind: 'unknown',
        ok: false,
        problems: [{ code: 'UNEXPECTED', message, where: '', level: 'error' }],
      }),
    )
  else io.stderr(`${message}\n`)
  if (process.env['ECHARPE_DEBUG'] === '1' && error instanceof Error) io.stderr(`${error.stack ?? ''}\n`)
  return 1
}

if (import.meta.main) {
  // A reader that closes early (« | head ») is not an error.
  process.stdout.on('error', () => process.exit(0))
  const code = await main(process.argv.slice(2))
  // Both streams are flushed before leaving, or a pipe would lose the end of a long JSON.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)))
}
