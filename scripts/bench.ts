// npm run bench [-- NAME…]: runs the benchmarks of tests/bench one after the other, so that none disturbs another.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'

const folder = path.resolve(import.meta.dirname, '../tests/bench')
const wanted = process.argv.slice(2)
const benches = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((file) => file.endsWith('.bench.ts'))
  .filter((file) => wanted.length === 0 || wanted.some((name) => file.includes(name)))
  .sort()
if (benches.length === 0) {
  process.stderr.write(
    `Aucun banc d’essai ${wanted.length ? `nommé ${wanted.join(', ')} ` : ''}dans tests/bench.\n`,
  )
  process.exit(wanted.length ? 2 : 0)
}
const failed = benches.filter((file) => {
  process.stdout.write(`\n${file}\n`)
  return spawnSync(process.execPath, [path.join(folder, file)], { stdio: 'inherit' }).status !== 0
})
if (failed.length) process.stderr.write(`\nEn échec : ${failed.join(', ')}\n`)
process.exit(failed.length ? 1 : 0)
