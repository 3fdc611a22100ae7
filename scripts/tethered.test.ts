import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { tethered } from './tethered.ts'

const alive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe.skipIf(process.platform === 'win32')('a tethered helper', () => {
  // `exec sleep` keeps the number that the shell printed on its stderr, our pipe.
  const printAndSleep = ['-c', 'echo $$ >&2; exec sleep 300']

  it('ends when it is told', async () => {
    const helper = tethered('TERM', 'sh', printAndSleep)
    const [chunk] = await once(helper.stderr!, 'data')
    const pid = Number(String(chunk))
    expect(alive(pid)).toBe(true)
    helper.stdin?.end()
    await once(helper, 'exit')
    expect(alive(pid)).toBe(false)
  })

  it('tells how its command ended', async () => {
    const helper = tethered('TERM', 'sh', ['-c', 'exit 7'])
    expect((await once(helper, 'exit'))[0]).toBe(7)
  })

  it('dies with a parent that is killed', async () => {
    const parent = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { tethered } from ${JSON.stringify(path.join(import.meta.dirname, 'tethered.ts'))}
         tethered('TERM', 'sh', ${JSON.stringify(printAndSleep)}).stderr.pipe(process.stdout)`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const [chunk] = await once(parent.stdout, 'data')
    const pid = Number(String(chunk))
    expect(alive(pid)).toBe(true)
    parent.kill('SIGKILL')
    await vi.waitFor(() => expect(alive(pid)).toBe(false), { timeout: 10_000 })
  })
})
