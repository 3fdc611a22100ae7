import { text } from './text.ts'

const escapeHtml = (s: string) =>
  s.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c)

const style = `
  :root { color-scheme: light dark; --ground: #f6f2ea; --paper: #fff; --ink: #1c1b18; --action: #1b3a6b; --on-action: #fff; --line: #8a8478 }
  @media (prefers-color-scheme: dark) { :root { --ground: #191713; --paper: #24211c; --ink: #f3efe6; --action: #a9c4f5; --on-action: #14120e; --line: #8a8478 } }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground); color: var(--ink); font: 16px/1.5 'Atkinson Hyperlegible Next', system-ui, sans-serif }
  main { max-width: 36rem; padding: 32px; background: var(--paper); border-radius: 6px }
  h1 { font-size: 1.44rem; margin: 0 0 12px }
  p { margin: 0 0 24px }
  button { min-height: 44px; padding: 8px 24px; border: 0; border-radius: 6px; background: var(--action); color: var(--on-action); font: inherit; font-weight: 600 }
  button:focus-visible, summary:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px }
  details { margin-top: 24px; border-top: 1px solid var(--line); padding-top: 12px }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.83rem }`

export type Trouble = 'hubStopped' | 'hubNotStarted' | 'pageCrashed'

/**
 * The page shown when the hub is not there to give one: what happened, what is safe, one button. It carries no
 * script; the preload wires the button (`data-restart`).
 */
export function errorPage(trouble: Trouble, detail: string): string {
  const html = `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text.title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(text[trouble])}</h1>
<p>${escapeHtml(text[`${trouble}Body`])}</p>
<button type="button" data-restart autofocus>${escapeHtml(text.restart)}</button>
<details><summary>${escapeHtml(text.detail)}</summary><pre>${escapeHtml(detail.trim() || text.noDetail)}</pre></details>
</main>
</body>
</html>`
  return `${errorPagePrefix},${encodeURIComponent(html)}`
}

const errorPagePrefix = 'data:text/html;charset=utf-8'
