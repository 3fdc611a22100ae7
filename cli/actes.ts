import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { writeWhole } from '../connectors/folder/connector.ts'
import { isClean, type Problem, Refusal } from '../core/refusal.ts'
import { buildActeArchive } from '../exports/actes/build.ts'
import { readActesArchive } from '../exports/actes/read-archive.ts'
import { readMessage } from '../exports/actes/read-message.ts'
import { isGzip } from '../exports/archive/tar.ts'
import { about } from './about.ts'
import { classificationFor, readMeta } from './actes-meta.ts'
import { describe, describeArchive } from './actes-text.ts'
import { type CliIo, json } from './io.ts'
import { actesKind } from './recognise.ts'

const USAGE = `Usage :
  echarpe actes show FICHIER [--json]
      lit un message, une enveloppe ou une archive ACTES
  echarpe actes build --acte FICHIER --meta META.json [--annexe FICHIER]… --out DOSSIER [--json]
      fabrique l’archive de transmission d’un acte (message 1-1)

META.json : { "sender": { "siren", "department", "arrondissement", "authorityType", "returnEmails": […], "contact"?: { "name", "phone", "email" } },
  "trigram", "application"?: "EACT" ou "TACT", "builtOn": "AAAA-MM-JJ", "serial": 1,
  "classification": "AAAA-MM-JJ" ou chemin d’un message 7-2,
  "act": { "date", "internalNumber", "nature": 1 à 6, "subject": "7.1", "object", "paper"?, "precedingActId"?, "pieceCode"? },
  "annexPieceCodes"?: ["70_DE", …] }
`

/** `actes show|build`. Exit code: 0 done, 1 refused (French reason), 2 wrong usage. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const [verb, ...rest] = args
  try {
    if (verb === 'show') return await show(rest, io)
    if (verb === 'build') return await build(rest, io)
  } catch (error) {
    if (error instanceof Refusal) return refuse(error.problems, io)
    if (!(error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')))
      throw error
  }
  io.stderr(USAGE)
  return 2
}

function refuse(problems: readonly Problem[], io: CliIo): number {
  if (io.json) io.stdout(json({ kind: 'actes-archive', ok: false, problems }))
  else
    for (const p of problems.filter((one) => one.level === 'error'))
      io.stderr(`${p.where === '' ? '' : `${p.where} : `}${p.message}\n`)
  return 1
}

/** Bytes of a file the person named; a French refusal when it cannot be read. */
async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw new Refusal(
      'FILE_UNREADABLE',
      `${missing ? 'Ce fichier n’existe pas' : 'Ce fichier ne peut pas être lu'} : vérifiez le chemin.`,
      { where: file },
    )
  }
}

async function show(args: string[], io: CliIo): Promise<number> {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} })
  const [file, ...others] = positionals
  if (file === undefined || others.length > 0) {
    io.stderr(USAGE)
    return 2
  }
  return about(file, () => showFile(file, io))
}

async function showFile(file: string, io: CliIo): Promise<number> {
  const bytes = await bytesOf(file)
  const name = path.basename(file)
  if (isGzip(bytes)) {
    const archive = await readActesArchive(bytes, name)
    const ok = isClean(archive.problems)
    if (io.json) {
      const messages = archive.messages.map(({ name: of, content, root }) => ({
        file: of,
        message: content.code,
        root,
        content,
      }))
      const files = archive.files.map((one) => ({ name: one.name, bytes: one.bytes.length }))
      const { envelopeName, envelope, problems } = archive
      io.stdout(
        json({ kind: 'actes-archive', ok, problems, envelopeName, envelope: envelope.data, messages, files }),
      )
    } else {
      io.stdout(describeArchive(archive))
      tell(archive.problems, io)
    }
    return ok ? 0 : 1
  }
  const read = readMessage(bytes, name)
  const ok = isClean(read.problems)
  const { content, root, generation, problems } = read
  if (io.json) {
    io.stdout(
      json({ kind: actesKind(content.code), ok, problems, message: content.code, root, generation, content }),
    )
  } else {
    io.stdout(describe(content))
    tell(problems, io)
  }
  return ok ? 0 : 1
}

function tell(problems: readonly Problem[], io: CliIo): void {
  for (const problem of problems) {
    const line = `${problem.level === 'error' ? 'Erreur' : 'À noter'} : ${problem.message}${problem.where === '' ? '' : ` [${problem.where}]`}\n`
    if (problem.level === 'error') io.stderr(line)
    else io.stdout(line)
  }
}

async function build(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      acte: { type: 'string' },
      meta: { type: 'string' },
      annexe: { type: 'string', multiple: true },
      out: { type: 'string' },
    },
  })
  const { acte, meta: metaFile, annexe = [], out } = values
  if (acte === undefined || metaFile === undefined || out === undefined || positionals.length > 0) {
    io.stderr(USAGE)
    return 2
  }
  const meta = readMeta(await bytesOf(metaFile), metaFile)
  const classification = await classificationFor(meta, (file) =>
    bytesOf(path.resolve(path.dirname(metaFile), file)),
  )
  const { pieceCode, paper, precedingActId, ...act } = meta.act
  const annexes = await Promise.all(
    annexe.map(async (file, index) => {
      const code = meta.annexPieceCodes[index]
      return { bytes: await bytesOf(file), ...(code === undefined ? {} : { pieceCode: code }) }
    }),
  )
  const built = buildActeArchive({
    sender: { ...meta.sender, contact: meta.sender.contact ?? null },
    trigram: meta.trigram,
    application: meta.application,
    builtOn: meta.builtOn,
    serial: meta.serial,
    modified: new Date(`${meta.builtOn}T12:00:00Z`),
    classification,
    act: {
      ...act,
      ...(paper === undefined ? {} : { paper }),
      ...(precedingActId === undefined ? {} : { precedingActId }),
    },
    document: { bytes: await bytesOf(acte), ...(pieceCode === undefined ? {} : { pieceCode }) },
    annexes,
  })
  const target = await place(out, built.archiveName, built.bytes)
  const files = built.files.map((file) => file.name)
  if (io.json)
    io.stdout(
      json({
        kind: 'actes-archive',
        ok: true,
        problems: built.warnings,
        archive: target,
        actId: built.actId,
        files,
      }),
    )
  else {
    io.stdout(
      `${target}\n  identifiant de l’acte : ${built.actId}\n${files.map((file) => `  ${file}\n`).join('')}`,
    )
    tell(built.warnings, io)
  }
  return 0
}

/** Writes the archive; another one under the same name is kept, and told. */
async function place(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  const target = path.join(folder, name)
  const there = await readFile(target).catch(() => undefined)
  if (there !== undefined && !there.equals(bytes)) {
    throw new Refusal(
      'FILE_EXISTS',
      'Une autre archive porte déjà ce nom ; elle n’est pas remplacée. Changez le numéro d’enveloppe (serial) ou de dossier.',
      { family: 'conflict', where: target },
    )
  }
  try {
    await mkdir(folder, { recursive: true })
    await writeWhole(folder, name, bytes)
  } catch {
    throw new Refusal(
      'FOLDER_UNWRITABLE',
      'Le dossier de sortie n’est pas utilisable : vérifiez le chemin et que vous pouvez y écrire.',
      { where: folder },
    )
  }
  return target
}
