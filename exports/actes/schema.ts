import type { Problem } from '../../core/refusal.ts'
import type { XmlDocument } from '../xml/read.ts'
import { findSchemas, type SchemaName, validateXsd } from '../xml/schemas.ts'

export type ActesXsdReport = {
  verdict: 'valid' | 'invalid' | 'absent'
  /** Schema that accepted the document, else the one whose problems are told. */
  schema: SchemaName
  problems: Problem[]
}

/**
 * Confronts a message with the second generation, then with the two editions of the first: all share one namespace, so
 * only trying tells (actes.md §1). Invalid against all: the problems are those of the second generation.
 */
export function checkActesXsd(xml: XmlDocument, folder: string | undefined = findSchemas()): ActesXsdReport {
  const current = validateXsd(xml, 'actes-v2', { folder })
  if (current.verdict !== 'invalid') return current
  for (const older of ['actes-v1', 'actes-v1-webdelib'] as const) {
    const report = validateXsd(xml, older, { folder })
    if (report.verdict === 'valid') return report
  }
  return current
}
