import { defineConfig } from 'vitest/config'

const folders =
  '{core,contracts,storage,signing,documents,exports,connectors,hub,renderer,electron,cli,scripts}'

// Groups run one after the other, so that a browser never waits behind sixty unit files.
const project = (name: string, groupOrder: number, include: string[], more: object = {}) => ({
  extends: true as const,
  test: { name, include, sequence: { groupOrder }, ...more },
})

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', './tests/closing-line.ts'],
    projects: [
      project('unit', 0, [`${folders}/**/*.test.{ts,tsx}`]),
      project('boundaries', 0, ['tests/boundaries/**/*.test.ts']),
      project('integration', 1, ['tests/{integration,security,faults}/**/*.test.ts'], {
        globalSetup: ['./tests/postgres-setup.ts'],
      }),
      project('conformance', 1, ['tests/conformance/**/*.test.ts']),
      project('e2e', 2, ['tests/{e2e,a11y}/**/*.test.ts'], { testTimeout: 60_000 }),
      project('electron', 3, ['tests/electron/**/*.test.ts'], {
        testTimeout: 60_000,
        globalSetup: ['./tests/electron/setup.ts'],
      }),
      project('campaign', 4, ['tests/campaign/**/*.test.ts'], { testTimeout: 3_600_000 }),
    ],
  },
})
