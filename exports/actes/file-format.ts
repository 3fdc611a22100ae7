import { fault, type Problem, Refusal } from '../../core/refusal.ts'
import { readXml } from '../xml/read.ts'

export type FileFormat = 'pdf' | 'xml' | 'jpg' | 'png'

const text = (bytes: Uint8Array, start: number, end?: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(start, end).toString('latin1')

/** Format by the content, never by the user's file name (actes.md §10); undefined for anything ACTES does not carry. */
export function detectFormat(bytes: Uint8Array): FileFormat | undefined {
  const head = text(bytes, 0, 1024)
  if (head.includes('%PDF-')) return 'pdf'
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (head.startsWith('\xff\xd8\xff')) return 'jpg'
  if (/^(?:\xef\xbb\xbf)?\s*<[?!A-Za-z_]/.test(head)) return 'xml'
  return undefined
}

/** What makes a file of a known format unfit: a cut or locked PDF, a cut image, an XML that cannot be read. */
export function formatProblems(bytes: Uint8Array, format: FileFormat, where: string): Problem[] {
  if (format === 'pdf') return pdfProblems(bytes, where)
  if (format === 'png' && !text(bytes, -12).includes('IEND'))
    return [fault('ACTES_FILE_CUT', `L’image « ${where} » est tronquée. Exportez-la de nouveau.`, where)]
  if (format === 'jpg' && !text(bytes, -64).includes('\xff\xd9'))
    return [fault('ACTES_FILE_CUT', `L’image « ${where} » est tronquée. Exportez-la de nouveau.`, where)]
  if (format === 'xml') {
    try {
      readXml(bytes).dispose()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return error.problems.map((problem) => ({ ...problem, where: `${where}, ${problem.where}` }))
    }
  }
  return []
}

function pdfProblems(bytes: Uint8Array, where: string): Problem[] {
  const tail = text(bytes, -2048)
  if (!tail.includes('%%EOF') || !/startxref\s+\d+/.test(tail)) {
    return [
      fault(
        'ACTES_FILE_CUT',
        `Le PDF « ${where} » est tronqué ou endommagé (fin de fichier absente). Exportez-le de nouveau.`,
        where,
      ),
    ]
  }
  if (/\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/.test(text(bytes, 0))) {
    return [
      fault(
        'ACTES_FILE_LOCKED',
        `Le PDF « ${where} » est protégé (mot de passe ou chiffrement) : la préfecture le refuse. Enregistrez-le sans protection.`,
        where,
      ),
    ]
  }
  return []
}
