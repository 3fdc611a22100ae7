import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { app, type BrowserWindow, type Rectangle, screen } from 'electron'
import { z } from 'zod'

const WindowState = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(640),
  height: z.number().int().min(480),
  maximized: z.boolean(),
})
type WindowState = z.infer<typeof WindowState>

const file = () => path.join(app.getPath('userData'), 'window.json')

/** Where the window was last time, if that place is still on a screen; else nothing but a comfortable size. */
export function lastWindowState(): Partial<Rectangle> & { maximized: boolean } {
  const usual = { width: 1440, height: 900, maximized: false }
  const saved = read()
  if (!saved) return usual
  return screen.getAllDisplays().some((display) => overlaps(display.workArea, saved)) ? saved : usual
}

/** Remembers the window's place whenever it closes. */
export function rememberWindowState(window: BrowserWindow): void {
  window.on('close', () => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() }
    try {
      writeFileSync(`${file()}.new`, JSON.stringify(state))
      renameSync(`${file()}.new`, file())
    } catch {
      // a full or read-only disk must not keep the window from closing
    }
  })
}

function read(): WindowState | undefined {
  try {
    return WindowState.safeParse(JSON.parse(readFileSync(file(), 'utf8'))).data
  } catch {
    return undefined
  }
}

/** At least a piece of title bar that a hand can grab. */
function overlaps(area: Rectangle, window: Rectangle): boolean {
  const across = Math.min(area.x + area.width, window.x + window.width) - Math.max(area.x, window.x)
  return across > 80 && window.y >= area.y - 10 && window.y < area.y + area.height - 40
}
