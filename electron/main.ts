import path from 'node:path'
import { app, BrowserWindow, Menu, session, shell } from 'electron'
import { errorPage, type Trouble } from './error-page.ts'
import { type Hub, startHub } from './hub-process.ts'
import { answerIpcCalls } from './ipc-main.ts'
import { applicationMenu } from './menu.ts'
import { text } from './text.ts'
import { sameOrigin } from './web-links.ts'
import { guardAllWindows, guardSession, securePreferences } from './window-security.ts'
import { lastWindowState, rememberWindowState } from './window-state.ts'

// The shell: one window on the hub, which runs as its own process. It holds no rule of the commune and no document.
// This file and what it imports must run under Node 18 (the Electron used in tests).

let hub: Hub | undefined
let starting: Promise<void> | undefined
let window: BrowserWindow | undefined
let shownError: string | undefined
let quitting = false

const guard = {
  hubOrigin: () => hub?.url,
  openExternal: (url: string) => void shell.openExternal(url),
  isOwnPage: (url: string) => url === shownError,
}

function createWindow(): BrowserWindow {
  const { maximized, ...bounds } = lastWindowState()
  const created = new BrowserWindow({
    ...bounds,
    minWidth: 1024,
    minHeight: 700,
    title: text.title,
    show: false,
    backgroundColor: '#f6f2ea',
    autoHideMenuBar: true,
    webPreferences: { ...securePreferences, preload: path.join(import.meta.dirname, 'preload.cjs') },
  })
  if (maximized) created.maximize()
  rememberWindowState(created)
  created.once('ready-to-show', () => created.show())
  created.on('closed', () => {
    window = undefined
  })
  created.webContents.on('render-process-gone', (_event, { reason }) => showError('pageCrashed', reason))
  return created
}

function showError(trouble: Trouble, detail: string): void {
  if (quitting || !window) return
  shownError = errorPage(trouble, detail)
  void window.loadURL(shownError).catch(ignoreAborted)
}

/** A page that another one replaces while it loads is not a fault. */
function ignoreAborted(error: unknown): void {
  if (!(error instanceof Error && error.message.includes('ERR_ABORTED'))) throw error
}

/** Starts the hub unless it runs, then shows its first page; several calls at once start one hub. */
function openHub(): Promise<void> {
  starting ??= startAndShow().finally(() => {
    starting = undefined
  })
  return starting
}

async function startAndShow(): Promise<void> {
  try {
    hub ??= await startHub((detail) => {
      hub = undefined
      showError('hubStopped', detail)
    })
  } catch (error) {
    showError('hubNotStarted', error instanceof Error ? error.message : String(error))
    return
  }
  await window?.loadURL(hub.url).catch((error: unknown) => {
    // the hub may die between its "ready" and the page
    if (hub) ignoreAborted(error)
  })
}

function openWindow(): void {
  window ??= createWindow()
  if (window.isMinimized()) window.restore()
  window.focus()
}

async function run(): Promise<void> {
  await app.whenReady()
  Menu.setApplicationMenu(applicationMenu(() => window?.webContents.print()))
  guardSession(session.defaultSession, guard)
  answerIpcCalls({
    mayCall: (url, channel) =>
      channel === 'hub:restart' ? guard.isOwnPage(url) : sameOrigin(url, guard.hubOrigin()),
    restartHub: openHub,
  })
  openWindow()
  await openHub()
}

// Native date fields and menus follow the window's language.
app.commandLine.appendSwitch('lang', 'fr')

if (app.requestSingleInstanceLock()) {
  guardAllWindows(guard)
  app.on('second-instance', openWindow)
  app.on('activate', () => {
    openWindow()
    void openHub()
  })
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    quitting = true
    if (!hub) return
    event.preventDefault()
    const stopping = hub
    hub = undefined
    void stopping.stop().then(() => app.quit())
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())
  void run()
} else {
  app.quit()
}
