import { tethered } from './tethered.ts'

/**
 * Makes sure that windows can open: uses the display there is, else starts an X server of our own, whose number it
 * picks itself, and sets `DISPLAY`. Gives a function that stops it. Throws when Xvfb does not start.
 */
export async function ensureDisplay(): Promise<() => void> {
  if (process.env['DISPLAY'] || process.platform !== 'linux') return () => {}
  const xvfb = tethered(
    'TERM',
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'],
    {},
    ['pipe'],
  )
  let errors = ''
  xvfb.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-2000)
  })
  const number = await new Promise<string>((resolve, reject) => {
    xvfb.stdio[3]?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()))
    xvfb.once('error', reject)
    xvfb.once('exit', (code) => reject(new Error(`Xvfb ne démarre pas (code ${code}) : ${errors.trim()}`)))
  })
  process.env['DISPLAY'] = `:${number}`
  return () => {
    xvfb.stdin?.end()
    delete process.env['DISPLAY']
  }
}
