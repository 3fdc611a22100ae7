import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { HubError } from '../contracts/client.ts'
import { isClean, type Problem, Refusal } from '../core/refusal.ts'
import { checkBudgetOrRefuse } from '../exports/budget/check.ts'
import { checkPes } from '../exports/pes/check.ts'
import { toPem } from '../signing/keys/certificate.ts'
import { about, misusedOption } from './about.ts'
import { collect, type Gathered } from './chain/gather.ts'
import { startHubProcess } from './chain/hub.ts'
import { answer, type Cast, convene, hold, send, sign } from './chain/play.ts'
import { openSession } from './chain/session.ts'
import { type CliIo, json } from './io.ts'

const usage = 'Usage : echarpe demo --out DOSSIER [--pes FICHIER…] [--budget FICHIER…]\n'
const DAY_MS = 86_400_000
// The sitting falls at most 17 days after the start, so that the whole chain ends today.
const STARTS_BEFORE_DAYS = 18

const DemoAuthority = z.object({ root: z.string(), issuing: z.string() })

type Input = { name: string; bytes: Uint8Array }

async function readInputs(
  pes: string[],
  budgets: string[],
): Promise<{ pes: Input[]; budgets: Input[]; problems: Problem[] }> {
  const problems: Problem[] = []
  const load = async (file: string, kind: 'pes' | 'budget'): Promise<Input> => {
    const bytes = await readFile(file).catch(() => {
      throw new Refusal(
        'FILE_UNREADABLE',
        `Le fichier « ${file} » ne peut pas être lu. Vérifiez son nom et ses droits.`,
        { where: file },
      )
    })
    const report = await about(file, () =>
      kind === 'pes' ? checkPes(bytes) : checkBudgetOrRefuse(bytes, { name: file, purpose: 'send' }),
    )
    if (!isClean(report.problems))
      problems.push(...report.problems.filter((p) => p.level === 'error').slice(0, 20))
    return { name: path.basename(file), bytes }
  }
  return {
    pes: await Promise.all(pes.map((f) => load(f, 'pes'))),
    budgets: await Promise.all(budgets.map((f) => load(f, 'budget'))),
    problems,
  }
}

async function playAll(
  dir: string,
  inputs: { pes: Input[]; budgets: Input[] },
  say: (step: string) => void,
): Promise<Gathered> {
  const hub = await startHubProcess(['--port', '0', '--data', path.join(dir, 'donnees')])
  try {
    const options = { url: () => hub.url, patienceMs: 0 }
    const anyone = openSession(options)
    say('Création de la commune de démonstration')
    const { password, pin } = await anyone.call('setupDemo', {
      body: { startsAt: new Date(Date.now() - STARTS_BEFORE_DAYS * DAY_MS).toISOString() },
    })
    const as = async (login: string) => {
      const session = openSession(options)
      await session.signIn(login, password)
      return session
    }
    const cast: Cast = {
      office: await as('assemblees'),
      mayor: await as('maire'),
      secretary: await as('secretaire'),
      finance: await as('finances'),
      members: [await as('elue'), await as('elu')],
    }
    say('Contrôle des fichiers financiers')
    const financeIds: string[] = []
    const budgetIds: string[] = []
    for (const [kind, files] of [
      ['pes', inputs.pes],
      ['budget', inputs.budgets],
    ] as const)
      for (const file of files) {
        const { id } = await cast.finance.call(
          'financeAdd',
          { body: {} },
          { file: { name: file.name, bytes: new Blob([new Uint8Array(file.bytes)]) } },
        )
        financeIds.push(id)
        if (kind === 'budget') budgetIds.push(id)
        else await cast.finance.call('financeSendToSign', { params: { id } })
      }
    // Without a flow of yours, the one that the demonstration's finance service has received goes to the end of the chain.
    if (inputs.pes.length === 0)
      for (const file of await cast.finance.call('finance'))
        if (file.kind === 'pes' && file.state === 'toSign') financeIds.push(file.id)
    const sittingId = await prepare(cast, budgetIds)
    await convene(cast, sittingId, say)
    await answer(cast, sittingId, say)
    await hold(cast, sittingId, say)
    const now = new Date().toISOString()
    if ((await cast.office.call('me')).now < now) await cast.office.call('demoClock', { body: { to: now } })
    await sign(cast, sittingId, pin, say)
    await send(cast, sittingId, financeIds, say)
    say('Rassemblement des pièces')
    const gathered = await collect(cast, sittingId, financeIds, path.join(dir, 'sortie'))
    await placeCertificates(path.join(dir, 'donnees'), path.join(dir, 'sortie/certificats'))
    return gathered
  } catch (error) {
    if (error instanceof Refusal || error instanceof HubError || hub.child.exitCode === null) throw error
    throw new Refusal(
      'DEMO_HUB_STOPPED',
      `Le serveur de la démonstration s’est arrêté en chemin${hub.lastWords() ? ` : ${hub.lastWords()}` : ''}. Relancez la commande.`,
      { family: 'impossible', where: 'serveur de la démonstration' },
    )
  } finally {
    await hub.stop()
  }
}

/** The demonstration's own authority, so that an outsider's tools can say "trusted": `racine.pem`, `intermediaire.pem`. */
async function placeCertificates(dataDir: string, to: string): Promise<void> {
  const state = await readFile(path.join(dataDir, 'demonstration', 'etat.json'), 'utf8')
  const { root, issuing } = DemoAuthority.parse(JSON.parse(state))
  await mkdir(to, { recursive: true })
  await writeFile(path.join(to, 'racine.pem'), toPem(Buffer.from(root, 'base64')))
  await writeFile(path.join(to, 'intermediaire.pem'), toPem(Buffer.from(issuing, 'base64')))
}

/** The council to come, with the budgets given on its agenda: the first takes the place of the demonstration's own. */
async function prepare(cast: Cast, budgetIds: string[]): Promise<string> {
  const council = (await cast.office.call('sittings'))
    .filter((s) => s.state === 'draft' && s.bodyName === 'Conseil municipal')
    .at(0)
  if (!council) throw new Error('la séance à venir manque à la démonstration')
  const { sitting } = await cast.office.call('sitting', { params: { id: council.id } })
  const own = sitting.items.find((i) => i.kind === 'budget')
  for (const [n, budgetFileId] of budgetIds.entries()) {
    const base = own ?? {
      kind: 'budget' as const,
      topic: 'Finances',
      rapporteurId: null,
      subjectCode: '7.1',
      note: 'Document budgétaire joint.',
      text: [],
    }
    const { financeFile } = await cast.finance.call('financeFile', { params: { id: budgetFileId } })
    const body = {
      kind: base.kind,
      topic: base.topic,
      rapporteurId: base.rapporteurId,
      subjectCode: base.subjectCode,
      note: base.note,
      text: base.text,
      title: `${financeFile.title} : adoption`.slice(0, 400),
      budgetFileId,
    }
    if (n === 0 && own)
      await cast.office.call('itemChange', { params: { id: sitting.id, itemId: own.id }, body })
    else await cast.office.call('itemAdd', { params: { id: sitting.id }, body })
  }
  return sitting.id
}

/** `echarpe demo`: the whole chain on the demonstration commune, headless. Nothing is left in the folder on refusal. */
export async function run(args: string[], io: CliIo): Promise<number> {
  let values: { out?: string | undefined; pes?: string[] | undefined; budget?: string[] | undefined }
  let positionals: string[]
  try {
    ;({ values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        pes: { type: 'string', multiple: true },
        budget: { type: 'string', multiple: true },
      },
    }))
  } catch (error) {
    io.stderr(`${misusedOption(error)}\n${usage}`)
    return 2
  }
  if (!values.out || positionals.length > 0) {
    io.stderr(usage)
    return 2
  }
  const inputs = await readInputs(values.pes ?? [], values.budget ?? [])
  if (inputs.problems[0])
    throw new Refusal(inputs.problems[0].code, inputs.problems[0].message, {
      where: inputs.problems[0].where,
      problems: inputs.problems,
    })
  const dir = await mkdtemp(path.join(os.tmpdir(), 'echarpe-demo-'))
  try {
    let step = 0
    const gathered = await playAll(dir, inputs, (text) =>
      io.stderr(`${String(++step).padStart(2)}. ${text}\n`),
    )
    await place(path.join(dir, 'sortie'), values.out)
    const report = { kind: 'demo', ok: true, problems: [], ...gathered.report }
    await writeFile(path.join(values.out, 'report.json'), json(report))
    io.stdout(io.json ? json(report) : `${gathered.summary}\nTout est dans ${values.out}\n`)
    return 0
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** Puts the finished folders in place, replacing those of an earlier run, and leaves everything else alone. */
async function place(from: string, out: string): Promise<void> {
  await mkdir(out, { recursive: true })
  for (const name of [
    'convocations',
    'deliberations',
    'actes',
    'pes',
    'publication',
    'archive',
    'certificats',
    'journal.jsonl',
  ]) {
    await rm(path.join(out, name), { recursive: true, force: true })
    await rename(path.join(from, name), path.join(out, name)).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return
      if (error.code !== 'EXDEV') throw error
      const { cp } = await import('node:fs/promises')
      await cp(path.join(from, name), path.join(out, name), { recursive: true })
    })
  }
}
