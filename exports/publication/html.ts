import { createHash } from 'node:crypto'
import {
  type CivilDate,
  civilOf,
  frenchDate,
  frenchTime,
  type Instant,
} from '../../core/calendar/civil-date.ts'
import { Refusal } from '../../core/refusal.ts'
import { stylesheet } from './style.ts'

/** Markup that is already safe. Everything else put in a template is escaped. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = string | number | Html | readonly Html[] | null

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Escapes text for HTML content and quoted attributes; control characters that HTML forbids are dropped. */
export const escapeHtml = (text: string): string =>
  [...text.toWellFormed()]
    .filter((c) => c >= ' ' || c === '\n' || c === '\t')
    .map((c) => entities[c] ?? c)
    .join('')

const partText = (part: Part): string => {
  if (part === null) return ''
  if (part instanceof Html) return part.text
  if (typeof part === 'object') return part.map((html) => html.text).join('\n')
  return escapeHtml(String(part))
}

/** Template of safe markup: text is escaped, `Html` values are kept, null is nothing. Quote attributes with ". */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(
    strings.map((text, i) => text + (i < parts.length ? partText(parts[i] ?? null) : '')).join(''),
  )
}

/**
 * A link target for a page that runs anywhere: a relative path inside the site, each segment percent-encoded once.
 * Refuses (`publication-href`) schemes, absolute paths, backslashes and any ".." beyond `up` leading ones.
 */
export function safeHref(href: string, up = 0): string {
  const segments = href.split('/')
  const leading = segments.findIndex((s) => s !== '..')
  const rest = segments.slice(leading === -1 ? segments.length : leading)
  const bad = rest.length === 0 || rest.some((s) => s === '' || s === '.' || s === '..' || /[\\:]/.test(s))
  if (bad || leading > up) {
    throw new Refusal(
      'publication-href',
      `Le lien « ${href} » ne reste pas dans le dossier publié : donnez un chemin relatif simple, comme « 2026/D2026_0112.pdf ».`,
      { where: href },
    )
  }
  const encoded = rest.map((segment) => encodeURIComponent(decodePlain(segment)))
  return [...segments.slice(0, leading), ...encoded].join('/')
}

/** A caller may hand over a path already percent-encoded; it must not be encoded twice. */
function decodePlain(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** What the page may load: its own style and nothing else. Send it as a header too where the server can. */
export const contentSecurityPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(stylesheet, 'utf8').digest('base64')}'; img-src data:; base-uri 'none'; form-action 'none'`

/** A whole page: no script, no outside resource, one style whose hash the policy names. */
export function page(options: { title: string; authority: string; home: string | null; main: Html }): string {
  const { title, authority, home, main } = options
  const brand =
    home === null
      ? html`<p class="brand">${authority}</p>`
      : html`<p class="brand"><a href="${home}">${authority}</a></p>`
  return `${
    html`<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Html(stylesheet)}</style>
</head>
<body>
<a class="skip" href="#contenu">Aller au contenu</a>
<header>
<div class="wrap">
${brand}
<p class="what">Actes de la commune mis en ligne</p>
</div>
</header>
<main id="contenu" class="wrap" tabindex="-1">
${main}
</main>
<footer>
<div class="wrap">
<p>Publication électronique des actes, articles L. 2131‑1 et R. 2131‑1 du code général des collectivités territoriales.</p>
</div>
</footer>
</body>
</html>`.text
  }\n`
}

/** <time> of a civil date: "jeudi 10 décembre 2026". */
export const dateHtml = (date: CivilDate): Html => html`<time datetime="${date}">${frenchDate(date)}</time>`

/** <time> of an instant in a zone: "jeudi 10 décembre 2026 à 18 h 30". */
export function instantHtml(instant: Instant, timeZone: string): Html {
  const { date, time } = civilOf(instant, timeZone)
  return html`<time datetime="${instant}">${frenchDate(date)} à ${frenchTime(time)}</time>`
}

/** "412 Ko", "1,3 Mo", with a no-break space. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes}\u00a0octets`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)}\u00a0Ko`
  return `${(bytes / 1_000_000).toFixed(1).replace('.', ',')}\u00a0Mo`
}
