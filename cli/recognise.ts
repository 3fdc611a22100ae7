import { type Problem, Refusal } from '../core/refusal.ts'
import { ACTES_NAMESPACE, codeOfRoot, type MessageCode } from '../exports/actes/model.ts'
import { isGzip } from '../exports/archive/tar.ts'
import { isZip } from '../exports/archive/zip.ts'
import { pesMessage } from '../exports/pes/check.ts'
import { withXml } from '../exports/xml/read.ts'
import { looksLikePdf } from '../signing/verify/pdf.ts'

export type Kind =
  | 'actes-archive'
  | 'actes-envelope'
  | 'actes-message'
  | 'actes-anomaly'
  | 'actes-classification'
  | 'pes-aller'
  | 'pes-acquit'
  | 'pes-retour'
  | 'budget'
  | 'pdf'
  | 'seda'
  | 'journal'
  | 'unknown'

export type Recognised =
  | { kind: Kind; problems: Problem[] }
  /** `zip` is opened by the checker: only its content tells. */
  | { kind: 'zip'; problems: Problem[] }

const BUDGET = ['DocumentBudgetaire', 'CompteFinancierUnique']
export const SEDA_NAMESPACE = 'fr:gouv:culture:archivesdefrance:seda:v'

/** Kind of an ACTES document by its message code. */
export function actesKind(code: MessageCode): Kind {
  if (code === 'ENV' || code === 'ENV-ETAT') return 'actes-envelope'
  if (code === 'ANO') return 'actes-anomaly'
  return code === '7-2' ? 'actes-classification' : 'actes-message'
}

/** Kind of an XML document by its root, namespace included; 'unknown' for a root we have no use for. */
export function kindOfRoot(name: string, namespace: string): Kind {
  if (namespace === ACTES_NAMESPACE) {
    const code = codeOfRoot(name)
    return code === undefined ? 'unknown' : actesKind(code)
  }
  const pes = pesMessage(name, namespace)
  if (pes !== undefined) return pes.kind
  if (BUDGET.includes(name) && namespace.startsWith('http://www.minefi.gouv.fr/cp/demat/doc')) return 'budget'
  if (namespace.startsWith(SEDA_NAMESPACE)) return 'seda'
  return 'unknown'
}

const head = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 16_384)).toString('latin1')

/** What a file is by the look of its first tag; the checker will confirm or refuse. */
function intendedKind(text: string): Kind {
  const body = text.replace(/<!--[\s\S]*?-->/g, '').replace(/<!DOCTYPE[^[>]*(?:\[[\s\S]*?\])?\s*>/, '')
  const tag = /<(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)([^>]*)/.exec(body)
  if (!tag) return 'unknown'
  const [, prefix, name = '', attributes = ''] = tag
  const declaration =
    prefix === undefined
      ? /\sxmlns\s*=\s*["']([^"']*)/
      : new RegExp(`\\sxmlns:${prefix.replaceAll('.', '\\.')}\\s*=\\s*["']([^"']*)`)
  return kindOfRoot(name, declaration.exec(attributes)?.[1] ?? '')
}

const looksLikeXml = (text: string): boolean =>
  /^(?:\xef\xbb\xbf)?\s*<[?!A-Za-z_]/.test(text) ||
  ['\xff\xfe<', '\xfe\xff\0<', '\0<', '<\0'].some((mark) => text.startsWith(mark))

/** Names what a file is by its bytes, never by its name. An unsafe or broken XML keeps the kind it seems to have: its checker refuses it. */
export function recognise(bytes: Uint8Array): Recognised {
  const text = head(bytes)
  if (isGzip(bytes)) return { kind: 'actes-archive', problems: [] }
  if (isZip(bytes)) return { kind: 'zip', problems: [] }
  if (looksLikeXml(text)) {
    // The first tag tells without parsing; the checker parses, once. Only a doubtful start is parsed here.
    const kind = intendedKind(text)
    if (kind !== 'unknown') return { kind, problems: [] }
    try {
      return { kind: withXml(bytes, ({ root }) => kindOfRoot(root.name, root.namespaceUri)), problems: [] }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { kind, problems: [...error.problems] }
    }
  }
  if (looksLikePdf(bytes)) return { kind: 'pdf', problems: [] }
  if (text.startsWith('{') && text.includes('"format":"echarpe-journal'))
    return { kind: 'journal', problems: [] }
  return { kind: 'unknown', problems: [] }
}

/** What an unknown file looks like, to help the person who chose it. */
export function describeUnknown(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'Le fichier est vide.'
  const text = head(bytes)
  const known: readonly (readonly [RegExp, string])[] = [
    [/^-----BEGIN (?:[A-Z ]*)CERTIFICATE-----/, 'Ce fichier est un certificat (PEM).'],
    [/^-----BEGIN /, 'Ce fichier est une clé ou un objet cryptographique (PEM).'],
    [/^(?:\xef\xbb\xbf)?\s*<(?:!doctype )?html/i, 'Ce fichier est une page web.'],
    [
      /^(?:\xef\xbb\xbf)?\s*<xs[d]?:schema|^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*>\s*(?:<!--[\s\S]*?-->\s*)*<(?:\w+:)?schema\b/,
      'Ce fichier est un schéma XML (XSD), pas un document à vérifier.',
    ],
    [
      /^(?:\xef\xbb\xbf)?\s*</,
      `Ce fichier est du XML dont la racine <${/<([A-Za-z_][\w:.-]*)/.exec(text.replace(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->/g, ''))?.[1] ?? '?'}> n’est pas un format connu d’Écharpe.`,
    ],
    [/^(?:\xef\xbb\xbf)?\s*[{[]/, 'Ce fichier est du JSON.'],
    [/^\x89PNG|^\xff\xd8\xff/, 'Ce fichier est une image : joignez-la à un acte, ou convertissez-la en PDF.'],
    [
      /^PK\p{Cc}{2}/u,
      'Ce fichier est une archive zip (ou un document bureautique) sans bordereau d’archivage.',
    ],
    [/^#\s/, 'Ce fichier est un texte (Markdown).'],
    [
      /^\x30[\x80-\x84]/,
      'Ce fichier est un certificat ou une clé (.p12, .cer) : il sert à signer, il ne se vérifie pas ici.',
    ],
    [/^(?:\xef\xbb\xbf)?[^\n\0]*[;,][^\n\0]*\n/, 'Ce fichier est un tableau (CSV).'],
  ]
  const found =
    known.find(([pattern]) => pattern.test(text))?.[1] ?? 'Ce fichier n’est d’aucun format connu d’Écharpe.'
  return `${found} Formats vérifiés : archive et messages ACTES, flux PES, document budgétaire, PDF signé, SEDA, journal exporté.`
}
