import {
  type ChildProcess,
  type SpawnOptions,
  type StdioNull,
  type StdioPipe,
  spawn,
} from 'node:child_process'

// The shell holds our end of a pipe on fd 9: when it closes, because we closed it or because we died, the command is told.
const script = `exec 9<&0 </dev/null
"$@" & p=$!
(cat <&9 >/dev/null; kill -SIGNAL $p 2>/dev/null) &
wait $p; r=$?
kill $! 2>/dev/null
exit $r`

/**
 * Starts a helper process that ends when we do, however we end (SIGKILL too). `signal` is what ends it properly
 * (INT for postgres, TERM for Xvfb). Stop it with `child.stdin.end()`; `stderr` is a pipe, `extra` are further fds.
 */
export function tethered(
  signal: 'INT' | 'TERM',
  command: string,
  args: string[],
  options: SpawnOptions = {},
  extra: (StdioPipe | StdioNull)[] = [],
): ChildProcess {
  const child = spawn('sh', ['-c', script.replace('SIGNAL', signal), 'sh', command, ...args], {
    ...options,
    stdio: ['pipe', 'ignore', 'pipe', ...extra],
  })
  child.stdin?.on('error', () => {})
  return child
}
