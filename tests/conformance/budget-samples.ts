import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const shared = path.resolve(import.meta.dirname, '../../../shared')
export const samples = path.join(shared, 'samples/docbudgetaire')
export const schemas = path.join(shared, 'schemas/docbudgetaire')
export const required = process.env['CI'] !== undefined
export const hasSamples = existsSync(samples)
export const hasSchemas = existsSync(schemas)

export type Expected = {
  root: string
  lines: number
  calculatedLines: number
  linesBySection: Record<string, number>
  annexRows: Record<string, number>
  seal: { present: boolean; date?: string; md5Matches?: boolean; sha1Matches?: boolean }
  xsd: { 'totem-v95': string; 'helios-pes5.17': string }
  scdlCsv?: string
} & Record<string, unknown>
type ExpectedFile = {
  samples: Record<string, Expected>
  negative: Record<string, Pick<Expected, 'seal' | 'xsd'>>
}

export const expected: ExpectedFile = hasSamples
  ? JSON.parse(readFileSync(path.join(samples, 'expected.json'), 'utf8'))
  : { samples: {}, negative: {} }
export const files = Object.entries(expected.samples)
export const bytesOf = (file: string) => new Uint8Array(readFileSync(path.join(samples, file)))
export const sealOf = ({ seal }: Pick<Expected, 'seal'>) =>
  !seal.present ? 'absent' : seal.md5Matches && seal.sha1Matches ? 'valid' : 'broken'

if (!hasSamples)
  console.warn('Échantillons absents (../shared/samples) : la conformité des budgets n’est pas vérifiée.')
