// npm run campaign [-- FILTER…]: the long trials of tests/campaign (kills, power cuts, random input) that npm test
// does not wait for. ECHARPE_SEED fixes the random draw; each trial prints the seed it used.
import { spawnSync } from 'node:child_process'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
const args = ['run', '--project', 'campaign', '--passWithNoTests', ...process.argv.slice(2)]
const result = spawnSync(process.execPath, [vitest, ...args], { cwd: root, stdio: 'inherit' })
process.exit(result.status ?? 1)
