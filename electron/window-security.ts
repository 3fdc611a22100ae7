import { app, type Session, type WebContents } from 'electron'
import { externalLink, sameOrigin } from './web-links.ts'

export type Guard = {
  /** The hub's origin now; undefined while it is not running. */
  hubOrigin: () => string | undefined
  /** Hands an address to the person's browser. */
  openExternal: (url: string) => void
  /** True for the shell's own error page. */
  isOwnPage: (url: string) => boolean
}

/** Permissions that our own pages may have; everything else is refused without asking. */
const permitted = ['clipboard-sanitized-write', 'fullscreen']

/**
 * Locks every window of the application, present and future, to the hub's origin: a link, a form, a redirect or a
 * script that leads elsewhere never replaces the page. Web addresses that a person clicked open in their browser.
 */
export function guardAllWindows(guard: Guard): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, guard))
}

function guardContents(contents: WebContents, guard: Guard): void {
  const mayShow = (url: string) => sameOrigin(url, guard.hubOrigin()) || guard.isOwnPage(url)
  const leave = (url: string) => {
    const link = externalLink(url)
    if (link) guard.openExternal(link)
  }
  contents.on('will-navigate', (event, url) => {
    if (mayShow(url)) return
    event.preventDefault()
    leave(url)
  })
  // a redirect was not chosen by the person: it is stopped, and nothing is opened elsewhere
  contents.on('will-redirect', (event, url) => {
    if (!mayShow(url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (sameOrigin(url, guard.hubOrigin())) {
      return {
        action: 'allow',
        overrideBrowserWindowOptions: { webPreferences: securePreferences, autoHideMenuBar: true },
      }
    }
    leave(url)
    return { action: 'deny' }
  })
}

/** Every window is sandboxed, isolated, and without Node. */
export const securePreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
  webviewTag: false,
  // Chromium's spelling dictionaries come from an outside host
  spellcheck: false,
} as const

/** Refuses devices and permissions, except the few listed, and only to the hub's own pages. */
export function guardSession(session: Session, guard: Guard): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(permitted.includes(permission) && sameOrigin(contents.getURL(), guard.hubOrigin()))
  })
  session.setPermissionCheckHandler(
    (_contents, permission, origin) =>
      permitted.includes(permission) && sameOrigin(origin, guard.hubOrigin()),
  )
  session.setDevicePermissionHandler(() => false)
}
