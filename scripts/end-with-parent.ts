// Loaded with `node --import` before the hub: ends it when whoever started it is gone, even killed without warning.
// The starter holds the other end of standard input; its closing is the signal.
import { fstatSync } from 'node:fs'

const input = fstatSync(0)
if (input.isFIFO() || input.isSocket()) {
  process.stdin.on('error', () => {})
  process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM'))
  process.stdin.resume()
  if ('unref' in process.stdin) process.stdin.unref()
}
