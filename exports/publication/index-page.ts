import type { CivilDate } from '../../core/calendar/civil-date.ts'
import { dateHtml, type Html, html, instantHtml, page, safeHref } from './html.ts'
import type { PublishedAct, PublishingAuthority } from './model.ts'

/**
 * The public list of acts, grouped by sitting, most recent first; within a sitting, by number. Static HTML in UTF-8, no
 * script. Refuses links that leave the published folder (`publication-href`).
 */
export function renderPublicationIndex(input: {
  authority: PublishingAuthority
  acts: readonly PublishedAct[]
}): string {
  const { authority, acts } = input
  const count = acts.length === 1 ? '1 acte' : `${acts.length} actes`
  const main =
    acts.length === 0
      ? html`<h1>Actes mis en ligne</h1>
<p class="lead">Aucun acte n’est encore publié.</p>`
      : html`<h1>Actes mis en ligne</h1>
<p class="lead">${count}, du plus récent au plus ancien. Chaque acte est publié en entier, tel qu’il a été signé, et peut être téléchargé et vérifié.</p>
${groups(acts).map((group) => sittingHtml(group, authority))}`
  return page({
    title: `Actes mis en ligne — ${authority.name}`,
    authority: authority.name,
    home: null,
    main,
  })
}

type Group = { date: CivilDate; body: string; acts: PublishedAct[] }

function groups(acts: readonly PublishedAct[]): Group[] {
  const found = new Map<string, Group>()
  for (const act of acts) {
    const key = `${act.decidedOn}\n${act.body}`
    const group = found.get(key) ?? { date: act.decidedOn, body: act.body, acts: [] }
    group.acts.push(act)
    found.set(key, group)
  }
  const french = new Intl.Collator('fr', { numeric: true })
  for (const group of found.values()) group.acts.sort((a, b) => french.compare(a.number, b.number))
  return [...found.values()].sort((a, b) =>
    a.date === b.date ? french.compare(a.body, b.body) : a.date < b.date ? 1 : -1,
  )
}

function sittingHtml(group: Group, authority: PublishingAuthority): Html {
  const id = `s-${group.date}-${group.body
    .normalize('NFD')
    .replace(/[^a-zA-Z]+/g, '')
    .toLowerCase()}`
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${group.body} du ${dateHtml(group.date)}</h2>
<ul class="acts">
${group.acts.map((act) => actHtml(act, authority))}
</ul>
</section>`
}

function actHtml(act: PublishedAct, authority: PublishingAuthority): Html {
  const refused = act.outcome === 'refused' ? ' · projet rejeté' : ''
  return html`<li>
<a href="${safeHref(act.page)}">${act.title}</a>
<p class="meta">${act.kind} n° ${act.number}${refused} · mise en ligne le ${instantHtml(act.publishedAt, authority.timeZone)}</p>
</li>`
}
