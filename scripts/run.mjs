// npm start, npm test, npm run echarpe: makes the checkout ready, then runs a script under the Node that
// package-lock.json pins. Plain JavaScript without dependencies: it runs before anything is installed, by
// whatever Node (>= 20) is there. Standard output belongs to the script alone.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const modules = path.join(root, 'node_modules')
const stamp = path.join(modules, '.ready')
const lockFile = path.join(root, '.cache', 'install.lock')
const windows = process.platform === 'win32'
const entries = {
  start: 'scripts/start.ts',
  test: 'scripts/test.ts',
  dev: 'scripts/dev.ts',
  bench: 'scripts/bench.ts',
  campaign: 'scripts/campaign.ts',
  cli: 'cli/main.ts',
}

const say = (text) => process.stderr.write(`${text}\n`)
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined)
const major = (version) => Number(version.split('.')[0])

function fail(text) {
  say(text)
  process.exit(1)
}

function packagedNode() {
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`
  return { name, exe: path.join(modules, name, 'bin', windows ? 'node.exe' : 'node') }
}

function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`)
  return hash.update(readFileSync(path.join(root, 'package-lock.json'))).digest('hex')
}

/** npm's record leaves some hashes out; where it has one, it must be the lock file's. */
const sameRelease = (here, wanted) =>
  here.version === wanted.version && (!here.integrity || here.integrity === wanted.integrity)

/** npm writes its own record last, so what it lists is there; a developer's `npm install` updates it too. */
function recordMatchesLock() {
  const record = read(path.join(modules, '.package-lock.json'))
  if (record === undefined) return false
  try {
    const installed = JSON.parse(record).packages
    const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages
    if (Object.hasOwn(wanted, `node_modules/${packagedNode().name}`) && !existsSync(packagedNode().exe))
      return false
    return Object.entries(wanted).every(([name, entry]) => {
      if (name === '') return true
      const here = installed[name]
      return here ? sameRelease(here, entry) : Boolean(entry.optional)
    })
  } catch {
    return false
  }
}

function isReady() {
  if (!existsSync(modules)) return false
  if (read(stamp) === fingerprint()) return true
  if (!recordMatchesLock()) return false
  writeFileSync(stamp, fingerprint())
  return true
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Takes the installation lock, or says why not. A lock whose owner is gone is taken over. */
function tryLock() {
  mkdirSync(path.dirname(lockFile), { recursive: true })
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  const owner = Number(read(lockFile) ?? 0)
  // an empty file is an owner between "created" and "written", unless it stays so
  const abandoned =
    owner > 0
      ? !isAlive(owner)
      : Date.now() - (statSync(lockFile, { throwIfNoEntry: false })?.mtimeMs ?? 0) > 5000
  if (abandoned) rmSync(lockFile, { force: true })
  return false
}

function npmCommand() {
  const args = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const cli = process.env.npm_execpath // npm's own JavaScript when we are inside `npm start`
  if (cli && /npm-cli\.c?js$/.test(cli))
    return [process.env.npm_node_execpath || process.execPath, [cli, ...args], false]
  return ['npm', args, windows]
}

function runNpm() {
  const [command, args, shell] = npmCommand()
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell })
    const since = Date.now()
    const progress = setInterval(
      () => say(`  … installation en cours (${Math.round((Date.now() - since) / 1000)} s)`),
      10_000,
    )
    const stop = () => child.kill('SIGTERM')
    process.once('SIGINT', stop).once('SIGTERM', stop)
    const done = (problem) => {
      clearInterval(progress)
      process.off('SIGINT', stop).off('SIGTERM', stop)
      resolve(problem)
    }
    child.once('error', (error) =>
      done(
        error.code === 'ENOENT'
          ? 'la commande npm est introuvable ; elle est livrée avec Node.js'
          : error.message,
      ),
    )
    child.once('exit', (code, signal) =>
      done(code === 0 ? undefined : `code ${code ?? signal}, détail ci-dessus`),
    )
  })
}

async function ensureModules() {
  if (isReady()) return
  for (let tries = 0; !tryLock(); tries++) {
    if (tries === 1) say('Une autre commande installe déjà les dépendances : attente de sa fin…')
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  try {
    if (isReady()) return
    say('Installation des dépendances (npm ci), une minute au plus d’ordinaire…')
    rmSync(stamp, { force: true })
    const problem = await runNpm()
    if (problem) {
      rmSync(lockFile, { force: true })
      fail(
        `L’installation des dépendances a échoué : ${problem}.\nVérifiez l’accès au registre npm (réseau, mandataire) et la place sur le disque, puis relancez la même commande.`,
      )
    }
    writeFileSync(stamp, fingerprint())
    say('Dépendances installées.')
  } finally {
    rmSync(lockFile, { force: true })
  }
}

function chooseNode() {
  const { exe } = packagedNode()
  if (existsSync(exe)) return exe
  if (major(process.versions.node) >= 24) return process.execPath
  return fail(
    `Aucun Node 24 n’est empaqueté pour ${process.platform}-${process.arch}. Installez Node.js 24 ou plus récent (https://nodejs.org), puis relancez la même commande.`,
  )
}

/** npm moves to the project's folder; file names on the command line mean the folder where the person is. */
function callersFolder() {
  const { npm_lifecycle_event: script, INIT_CWD: from } = process.env
  return script === 'echarpe' && from && process.cwd() === root && existsSync(from) ? from : process.cwd()
}

function runEntry(node, entry, args) {
  const env = {
    ...process.env,
    PATH: [path.dirname(node), path.join(modules, '.bin'), process.env.PATH].join(path.delimiter),
  }
  const child = spawn(node, [path.join(root, entry), ...args], {
    cwd: callersFolder(),
    stdio: 'inherit',
    env,
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // npm runs us through a shell and tells only that shell to stop: when it is gone, stop too
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM')
  }, 500).unref()
  child.on('error', (error) => fail(`Node n’a pas pu démarrer : ${error.message}.`))
  child.on('exit', (code, signal) => process.exit(signal ? 128 + os.constants.signals[signal] : (code ?? 1)))
}

const [name, ...args] = process.argv.slice(2)
if (major(process.versions.node) < 20) {
  fail(
    `Écharpe a besoin de Node.js 20 ou plus récent (ici : ${process.versions.node}). Sur Debian 12 : https://nodejs.org/fr/download, puis relancez la même commande.`,
  )
}
if (!name || !Object.hasOwn(entries, name)) {
  say(`Usage : node scripts/run.mjs ${Object.keys(entries).join('|')} [arguments]`)
  process.exit(2)
}
await ensureModules()
if (!existsSync(path.join(root, entries[name])))
  fail(`Le fichier ${entries[name]} manque dans cette copie : rien à lancer.`)
runEntry(chooseNode(), entries[name], args)
