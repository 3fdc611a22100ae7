import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import {
  XmlDocument as LibDocument,
  ParseOption,
  XmlBufferInputProvider,
  XmlLibError,
  XsdValidator,
  xmlRegisterInputProvider,
} from 'libxml2-wasm'
import { fault, type Problem, warning } from '../../core/refusal.ts'
import { schemaErrorInFrench } from './messages.ts'
import type { XmlDocument } from './read.ts'
import knownHashes from './schema-hashes.json' with { type: 'json' }

/** Entry file of each schema set, in the layout of the schema folder. */
const entries = {
  'actes-v2': 'actes/v2-typologie/actesv1_1.xsd',
  'actes-v1': 'actes/v1-lutece/actesv1_1.xsd',
  'actes-v1-webdelib': 'actes/v1-webdelib/slow.xsd',
  'pes-aller': 'pes/schemas_pes_v5.17/PES_V2/Rev0/PES_Aller.xsd',
  'pes-acquit-v2': 'pes/schemas_pes_v5.17/PES_V2/Rev0/PES_V2_Acquit_Autonome_V2.xsd',
  'pes-acquit-v1': 'pes/schemas_pes_v5.17/PES_V2/Rev0/PES_V2_Acquit_Autonome.xsd',
  'pes-retour': 'pes/schemas_pes_v5.17/PES_V2/RETOUR/Rev0/PES_Retour.xsd',
  'pes-acquit-retour': 'pes/schemas_pes_v5.17/PES_V2/RETOUR/Rev0/PES_V2_Acquit_Retour.xsd',
  'budget-totem': 'docbudgetaire/totem-v95/DocumentBudgetaire.xsd',
  'budget-helios': 'docbudgetaire/helios-pes5.17/DocumentBudgetaire.xsd',
  'cfu-comptable': 'docbudgetaire/cfu-comptable-pes5.17/DocumentComptable.xsd',
  'seda-2.1': 'seda/seda-2.1/seda-2.1-main.xsd',
  'seda-2.2': 'seda/seda-2.2/seda-2.2-main.xsd',
  'seda-2.3': 'seda/seda-2.3/seda-2.3-main.xsd',
} as const

export type SchemaName = keyof typeof entries

export type XsdReport = {
  /** 'absent': no trusted schema was found, so nothing was checked. Never to be shown as valid. */
  verdict: 'valid' | 'invalid' | 'absent'
  schema: SchemaName
  problems: Problem[]
}

// Every schema file lives under this made-up scheme inside libxml2, so that it can neither read the disk nor a network.
const SCHEME = 'echarpe-schema:/'
const W3C: Readonly<Record<string, string>> = {
  'http://www.w3.org/2001/xml.xsd': 'seda/w3c/xml.xsd',
  'http://www.w3.org/2001/03/xml.xsd': 'seda/w3c/xml.xsd',
  'http://www.w3.org/1999/xlink.xsd': 'seda/w3c/xlink.xsd',
}
const MAX_PROBLEMS = 200

/**
 * Official schemas that break the rule of unique particle attribution: older libxml2 let them pass, ours refuses to compile
 * them. The mend accepts everything that the original accepts.
 */
const mends: Readonly<Record<string, readonly [RegExp, string]>> = {
  // TBlocEditeur: optional CodeEditeur followed by any element of any namespace, CodeEditeur included.
  'docbudgetaire/helios-pes5.17/Class_DocumentBudgetaire.xsd': [
    /<xs:element name="CodeEditeur" type="Base_Texte100" minOccurs="0">[\s\S]*?<\/xs:element>/,
    '',
  ],
}

function mend(file: string, bytes: Uint8Array): Uint8Array {
  const rule = mends[file]
  if (rule === undefined) return bytes
  return new Uint8Array(
    Buffer.from(Buffer.from(bytes).toString('latin1').replace(rule[0], rule[1]), 'latin1'),
  )
}

/**
 * Folder of the official schemas: `ECHARPE_SCHEMAS`, else `../shared/schemas` beside the checkout, else undefined.
 * The official XSDs are not ours to redistribute, hence the search.
 */
export function findSchemas(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const named = environment['ECHARPE_SCHEMAS']
  if (named !== undefined && named !== '') return existsSync(named) ? path.resolve(named) : undefined
  const beside = path.resolve(import.meta.dirname, '../../../shared/schemas')
  return existsSync(beside) ? beside : undefined
}

/** SHA-256, lower-case hex, of a schema file as we know it; CRLF and LF are different files. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

type Loaded = { validator: XsdValidator } | { absent: Problem }

const provided = new Map<string, Uint8Array>()
let registered = false
const cache = new Map<string, Loaded>()

/** Hashes that the administrator accepted when importing another edition: a `schema-hashes.json` in the folder itself. */
function acceptedHashes(folder: string): Record<string, string> {
  const file = path.join(folder, 'schema-hashes.json')
  const own: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const accepted: Record<string, string> = { ...knownHashes }
  if (typeof own === 'object' && own !== null) {
    for (const [name, hash] of Object.entries(own)) if (typeof hash === 'string') accepted[name] = hash
  }
  return accepted
}

function registerProvider(): void {
  if (registered) return
  const buffers = new XmlBufferInputProvider({})
  registered = xmlRegisterInputProvider({
    match: (name) => provided.has(name),
    open: (name) => {
      const bytes = provided.get(name)
      if (bytes === undefined) return undefined
      buffers.addBuffer(name, bytes)
      return buffers.open(name)
    },
    read: (fd, into) => buffers.read(fd, into),
    close: (fd) => buffers.close(fd),
  })
}

/** Loads the entry file and, following its includes and imports, every file it needs; all must have a known hash. */
function provide(folder: string, entry: string): Problem | undefined {
  const accepted = acceptedHashes(folder)
  const waiting = [entry]
  const seen = new Set<string>()
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    const onDisk = path.join(folder, file)
    if (!existsSync(onDisk)) {
      // An import that is not there is libxml2's to judge; the entry itself must exist.
      if (file === entry) return warning('SCHEMA_ABSENT', absentMessage, file)
      continue
    }
    const bytes = new Uint8Array(readFileSync(onDisk))
    if (accepted[file] !== sha256(bytes)) {
      return warning(
        'SCHEMA_UNKNOWN',
        `Le schéma ${file} n’est pas une édition connue (empreinte inattendue) : il n’est pas utilisé. Réimportez le schéma officiel, ou inscrivez son empreinte dans schema-hashes.json du dossier des schémas.`,
        file,
      )
    }
    provided.set(SCHEME + file, mend(file, bytes))
    for (const match of Buffer.from(bytes)
      .toString('latin1')
      .matchAll(/schemaLocation\s*=\s*["']([^"']+)["']/g)) {
      const location = match[1] ?? ''
      const w3c = W3C[location]
      if (w3c !== undefined && existsSync(path.join(folder, w3c))) {
        provided.set(location, new Uint8Array(readFileSync(path.join(folder, w3c))))
        waiting.push(w3c)
      } else if (!location.includes(':')) waiting.push(path.posix.join(path.posix.dirname(file), location))
    }
  }
  return undefined
}

const absentMessage =
  'Le schéma officiel n’est pas installé : ce fichier n’a pas été confronté au schéma. Indiquez le dossier des schémas (ECHARPE_SCHEMAS) ou importez-les.'

function load(folder: string | undefined, name: SchemaName): Loaded {
  if (folder === undefined) return { absent: warning('SCHEMA_ABSENT', absentMessage, entries[name]) }
  const key = `${folder}\n${name}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const loaded = compile(folder, name)
  cache.set(key, loaded)
  return loaded
}

function compile(folder: string, name: SchemaName): Loaded {
  const problem = provide(folder, entries[name])
  if (problem !== undefined) return { absent: problem }
  registerProvider()
  const url = SCHEME + entries[name]
  const document = LibDocument.fromBuffer(provided.get(url) ?? new Uint8Array(), {
    url,
    option: ParseOption.XML_PARSE_NONET,
  })
  try {
    return { validator: XsdValidator.fromDoc(document) }
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error
    const place = error.details[0]
    return {
      absent: warning(
        'SCHEMA_BROKEN',
        `Le schéma ${entries[name]} ne peut pas être chargé : ${error.message.trim()}. Réimportez le dossier des schémas complet.`,
        place === undefined ? entries[name] : `${place.file ?? entries[name]}, ligne ${place.line}`,
      ),
    }
  } finally {
    document.dispose()
  }
}

/**
 * Confronts a document with an official schema. `folder` is the schema folder (found by itself when not given; pass
 * undefined explicitly through `options.folder` to say "none"). Never throws for an invalid document.
 */
export function validateXsd(
  xml: XmlDocument,
  name: SchemaName,
  options: { folder: string | undefined } = { folder: findSchemas() },
): XsdReport {
  const loaded = load(options.folder, name)
  if ('absent' in loaded) return { verdict: 'absent', schema: name, problems: [loaded.absent] }
  try {
    loaded.validator.validate(xml)
    return { verdict: 'valid', schema: name, problems: [] }
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error
    const problems = toProblems(error)
    return { verdict: problems.length === 0 ? 'valid' : 'invalid', schema: name, problems }
  }
}

function toProblems(error: XmlLibError): Problem[] {
  const problems: Problem[] = []
  let facet = ''
  for (const detail of error.details) {
    const subject = /^Element '[^']+'(?:, attribute '[^']+')?/.exec(detail.message)?.[0] ?? ''
    const place = `${subject}@${detail.line}`
    const isType = / is not a valid value of the /.test(detail.message)
    // libxml2 says a broken facet twice: first the facet, then "not a valid value of the type".
    if (isType && facet === place) continue
    facet = detail.message.includes('[facet ') ? place : ''
    if (isLargeInteger(detail.message)) continue
    if (problems.length < MAX_PROBLEMS) {
      problems.push(fault('XSD', schemaErrorInFrench(detail.message), `ligne ${detail.line}`))
    }
  }
  return problems
}

/** libxml2 limits xs:integer to 24 digits although XSD does not; certificate serial numbers are often longer. */
const isLargeInteger = (message: string): boolean =>
  /^Element '[^']*X509SerialNumber': '\d{19,}' is not a valid value/.test(message)
