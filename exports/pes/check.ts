import { XmlElement } from 'libxml2-wasm'
import { fault, isClean, type Problem, Refusal, warning } from '../../core/refusal.ts'
import { withXml, type XmlDocument } from '../xml/read.ts'
import { findSchemas, type SchemaName, validateXsd } from '../xml/schemas.ts'
import { type PesAcquit, readAcquitDocument } from './acquit.ts'
import { groupProblems } from './group.ts'
import { NS_ACQUIT_RETOUR, NS_ACQUIT_V2, NS_ALLER, NS_RETOUR, type PesFlow, type PesKind } from './model.ts'
import { readPesDocument } from './read.ts'
import { readAcquitRetourDocument, readRetourDocument } from './retour.ts'
import { attachmentRules } from './rules-attachment.ts'
import { bordereauRules } from './rules-bordereau.ts'
import { flowRules, headerRules } from './rules-flow.ts'
import { idRules } from './rules-id.ts'
import {
  type PesSummary,
  summarizeAcquit,
  summarizeAcquitRetour,
  summarizeFlow,
  summarizeRetour,
} from './summary.ts'
import { whereIs } from './tree.ts'

/** Largest flow accepted, in bytes: what the known transmission operators take. The official limit was not found. */
export const MAX_FLOW_BYTES = 128 * 1024 * 1024

export type PesCheck = {
  kind: PesKind
  ok: boolean
  problems: Problem[]
  summary: PesSummary
  /** 'absent': the official schema is not installed, so this verdict is missing. Never to be read as valid. */
  xsd: 'valid' | 'invalid' | 'absent'
  /** Where signatures stand; whether they are good is told by the signature engine (see `verifySignatures`). */
  signatures: PesFlow['signatures']
}

export type CheckOptions = {
  /** File name, only to point at it. */
  name?: string
  maxBytes?: number
  /** Schema folder; undefined says "none". Found by itself when the option is left out. */
  schemas?: { folder: string | undefined }
  /** Verdict of the signature engine, joined to the problems of a signed flow. */
  verifySignatures?: (bytes: Uint8Array) => readonly Problem[]
}

type Message = { kind: PesKind; schema: SchemaName; name: PesSummary['message'] }

/** What a document is, by local name AND namespace of its root (PES_ACQUIT v1 and PES_Retour share one); undefined: no PES. */
export function pesMessage(name: string, namespace: string): Message | undefined {
  if (name === 'PES_Aller' && namespace === NS_ALLER) return { kind: 'pes-aller', schema: 'pes-aller', name }
  if (name === 'PES_ACQUIT' && namespace === NS_ACQUIT_V2)
    return { kind: 'pes-acquit', schema: 'pes-acquit-v2', name }
  if (name === 'PES_ACQUIT' && namespace === NS_RETOUR)
    return { kind: 'pes-acquit', schema: 'pes-acquit-v1', name }
  if (name === 'PES_Retour' && namespace === NS_RETOUR)
    return { kind: 'pes-retour', schema: 'pes-retour', name }
  if (name === 'PES_ACQUIT_RETOUR' && namespace === NS_ACQUIT_RETOUR)
    return { kind: 'pes-acquit', schema: 'pes-acquit-retour', name }
  return undefined
}

/**
 * Says what a PES message is, what it holds, and everything wrong with it: official schema and our own rules.
 * Throws `Refusal` only for what is not a PES (`PES_ROOT`) or not safe XML (`readXml`).
 */
export function checkPes(bytes: Uint8Array, options: CheckOptions = {}): PesCheck {
  return withXml(bytes, (xml) => checkDocument(xml, bytes, options))
}

function checkDocument(xml: XmlDocument, bytes: Uint8Array, options: CheckOptions): PesCheck {
  const message = pesMessage(xml.root.name, xml.root.namespaceUri)
  if (!message)
    throw new Refusal('PES_ROOT', `Ce fichier n’est pas un message PES : sa racine est <${xml.root.name}>.`, {
      where: options.name ?? 'racine du document',
    })
  const schema = validateXsd(xml, message.schema, options.schemas ?? { folder: findSchemas() })
  // What comes from the DGFiP breaks its own schemas in practice (CodCol 000, empty NomFic): told, never refused.
  const incoming = message.name !== 'PES_Aller'
  const schemaProblems = incoming
    ? schema.problems.map((p): Problem => ({ ...p, level: 'warning' }))
    : schema.problems
  const { summary, problems, signatures } = read(message, xml, bytes, options)
  const all = groupProblems([...sizeRule(bytes, options), ...problems, ...schemaProblems])
  return { kind: message.kind, ok: isClean(all), problems: all, summary, xsd: schema.verdict, signatures }
}

function read(
  message: Message,
  xml: XmlDocument,
  bytes: Uint8Array,
  options: CheckOptions,
): { summary: PesSummary; problems: Problem[]; signatures: PesFlow['signatures'] } {
  switch (message.name) {
    case 'PES_Aller': {
      const flow = readPesDocument(xml)
      const signed = flow.signatures.length > 0 ? (options.verifySignatures?.(bytes) ?? []) : []
      const problems = [
        ...flowRules(flow, bytes),
        ...idRules(flow, everyId(xml)),
        ...bordereauRules(flow),
        ...attachmentRules(flow),
        ...signed,
      ]
      return { summary: summarizeFlow(flow), problems, signatures: flow.signatures }
    }
    case 'PES_ACQUIT': {
      const acquit = readAcquitDocument(xml)
      return { summary: summarizeAcquit(acquit), problems: unmatched(acquit), signatures: [] }
    }
    case 'PES_Retour': {
      const retour = readRetourDocument(xml)
      return { summary: summarizeRetour(retour), problems: [], signatures: [] }
    }
    case 'PES_ACQUIT_RETOUR': {
      const receipt = readAcquitRetourDocument(xml)
      return { summary: summarizeAcquitRetour(receipt), problems: headerRules(receipt), signatures: [] }
    }
  }
}

function unmatched(acquit: PesAcquit): Problem[] {
  const { nomFic } = acquit.header
  if (nomFic.text !== '') return []
  const message = 'Cet acquit ne nomme pas le flux auquel il répond (NomFic vide) : rattachez-le à la main.'
  return [warning('PES_ACQUIT_NOMFIC', message, whereIs(nomFic))]
}

const everyId = (xml: XmlDocument): { id: string; line: number }[] =>
  xml.find('//*[@Id]').flatMap((node) => {
    const id = node instanceof XmlElement ? node.attr('Id')?.value : undefined
    return id === undefined ? [] : [{ id, line: node.line }]
  })

function sizeRule(bytes: Uint8Array, options: CheckOptions): Problem[] {
  const limit = options.maxBytes ?? MAX_FLOW_BYTES
  if (bytes.length <= limit) return []
  return [
    fault(
      'PES_TOO_LARGE',
      `Le flux fait ${Math.ceil(bytes.length / 1024 / 1024)} Mio ; la télétransmission en accepte ${Math.floor(limit / 1024 / 1024)}. Répartissez les bordereaux en plusieurs flux.`,
      options.name ?? '',
    ),
  ]
}
