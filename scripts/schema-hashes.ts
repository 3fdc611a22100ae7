// Writes exports/xml/schema-hashes.json: the SHA-256 of every official schema file that we know.
// Usage: node scripts/schema-hashes.ts [schema folder]; without argument, the folder that findSchemas() finds.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { findSchemas, sha256 } from '../exports/xml/schemas.ts'

const folder = process.argv[2] ?? findSchemas()
if (folder === undefined) {
  console.error('Dossier des schémas introuvable : indiquez-le en argument ou par ECHARPE_SCHEMAS.')
  process.exit(2)
}
const hashes: Record<string, string> = {}
for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
  if (!entry.endsWith('.xsd')) continue
  hashes[entry.split(path.sep).join('/')] = sha256(readFileSync(path.join(folder, entry)))
}
const target = path.resolve(import.meta.dirname, '../exports/xml/schema-hashes.json')
writeFileSync(target, `${JSON.stringify(hashes, null, 2)}\n`)
console.log(`${Object.keys(hashes).length} empreintes écrites dans ${path.relative(process.cwd(), target)}`)
