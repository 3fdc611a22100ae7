import type { Reporter, TestModule } from 'vitest/node'

export type Counts = { passed: number; failed: number; skipped: number }

/** The plain last line that continuous integration reads. */
export const closingLine = (n: Counts): string =>
  `${n.passed} passed, ${n.failed} failed, ${n.skipped} skipped`

/** Adds up test results; a file that failed to load, and an error outside any test, each count as one failure. */
export function countTests(modules: readonly TestModule[], errors: readonly unknown[]): Counts {
  const counts: Counts = { passed: 0, failed: errors.length, skipped: 0 }
  for (const module of modules) {
    let failuresHere = 0
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      counts[state === 'passed' || state === 'failed' ? state : 'skipped']++
      if (state === 'failed') failuresHere++
    }
    if (module.state() === 'failed' && failuresHere === 0) counts.failed++
  }
  return counts
}

/** The tests that did not run though they were asked for; `test.todo` is an intention, not a skipped test. */
function skippedTests(modules: readonly TestModule[]): string[] {
  return modules.flatMap((module) =>
    [...module.children.allTests('skipped')]
      .filter((test) => test.options.mode !== 'todo')
      .map((test) => `${module.relativeModuleId} > ${test.fullName}`),
  )
}

/**
 * Prints the closing line when the process ends, after everything else. `scripts/test.ts` hands over, in the
 * environment, the results of the gates that ran before (`ECHARPE_GATES`, JSON counts) and the suites that could
 * not run (`ECHARPE_NOT_RUN`, French sentences), which must be seen next to the figures. With `CI` set, a skipped
 * test is a failure: nobody is there to wonder what was missing.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = countTests(modules, errors)
    const before: Counts = JSON.parse(process.env['ECHARPE_GATES'] ?? '{"passed":0,"failed":0,"skipped":0}')
    for (const key of ['passed', 'failed', 'skipped'] as const) counts[key] += before[key]
    const said = process.env['ECHARPE_NOT_RUN'] ? [process.env['ECHARPE_NOT_RUN']] : []
    const skipped = skippedTests(modules)
    if (skipped.length > 0 && inCi()) {
      counts.failed += skipped.length
      counts.skipped -= skipped.length
      said.push('TESTS SAUTÉS, donc en échec ici (CI) :', ...skipped)
    }
    process.on('exit', () => {
      if (counts.failed > 0) process.exitCode = 1
      if (said.length > 0) process.stdout.write(`\n${said.join('\n')}\n\n`)
      process.stdout.write(`${closingLine(counts)}\n`)
    })
  }
}

/** True where no person watches the run. */
export const inCi = (): boolean => Boolean(process.env['CI']) && process.env['CI'] !== 'false'
