import type { CivilDate } from '../../core/calendar/civil-date.ts'
import { dateHtml, type Html, html, instantHtml, page, safeHref, sizeText } from './html.ts'
import type { PublishedAct, PublishedFile, PublishingAuthority } from './model.ts'

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

const zone = (authority: PublishingAuthority) => authority.timeZone ?? 'Europe/Paris'

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
<p class="meta">${act.kind} n° ${act.number}${refused} · mise en ligne le ${instantHtml(act.publishedAt, zone(authority))}</p>
</li>`
}

/**
 * The public page of one act (CGCT art. R. 2131-1 I): author's first name, surname and capacity, date of putting online,
 * the whole act to download, its SHA-256 and how to check it, enforceability, remedies. `index` is the path of the list
 * from this page ("../index.html" by default for a page one folder down). Refuses links that leave the published folder.
 */
export function renderActPage(input: {
  authority: PublishingAuthority
  act: PublishedAct
  index?: string
}): string {
  const { authority, act } = input
  const index = safeHref(input.index ?? '../index.html', 3)
  const main = html`<nav aria-label="Fil d’Ariane"><p class="meta"><a href="${index}">Tous les actes</a></p></nav>
<h1>${act.title}</h1>
<p class="lead">${act.kind} n° ${act.number} · ${act.body} du ${dateHtml(act.decidedOn)}</p>
<p><a class="read" href="${fileHref(act.document)}">Lire l’acte en entier (PDF, ${sizeText(act.document.size)})</a></p>
${act.redacted ? html`<p>Des données personnelles ont été masquées dans cette version, comme la loi le demande (article L. 312‑1‑2 du code des relations entre le public et l’administration).</p>` : null}
${act.annexes.length > 0 ? annexesHtml(act.annexes) : null}
${identityHtml(act, authority)}
${effectHtml(act, authority)}
${checkHtml(act)}
${remediesHtml(act, authority)}`
  return page({ title: `${act.title} — ${authority.name}`, authority: authority.name, home: index, main })
}

const fileHref = (file: PublishedFile) => safeHref(file.href, 3)

const annexesHtml = (annexes: readonly PublishedFile[]): Html => html`<section aria-labelledby="annexes">
<h2 id="annexes">${annexes.length === 1 ? 'Annexe' : 'Annexes'}</h2>
<ul>
${annexes.map((file) => html`<li><a href="${fileHref(file)}">${file.title}</a> (${sizeText(file.size)})</li>`)}
</ul>
</section>`

const outcomes = { adopted: 'Adoption', refused: 'Rejet', noted: 'Prise d’acte' } as const

function identityHtml(act: PublishedAct, authority: PublishingAuthority): Html {
  const { firstName, lastName, capacity } = act.author
  return html`<section aria-labelledby="identite">
<h2 id="identite">Auteur et mise en ligne</h2>
<dl>
<dt>Auteur de l’acte</dt><dd>${firstName} ${lastName}, ${capacity}</dd>
<dt>Mise en ligne</dt><dd>${instantHtml(act.publishedAt, zone(authority))}</dd>
<dt>Décision</dt><dd>${outcomes[act.outcome]}, le ${dateHtml(act.decidedOn)}</dd>
</dl>
</section>`
}

function effectHtml(act: PublishedAct, authority: PublishingAuthority): Html {
  const { transmissible, sentAt, receivedOn, actId } = act.transmission
  return html`<section aria-labelledby="effet">
<h2 id="effet">Caractère exécutoire</h2>
<p>${enforceabilityHtml(act, authority)}</p>
<dl>
<dt>Transmission au préfet</dt><dd>${transmissible ? (sentAt === null ? 'En cours' : instantHtml(sentAt, zone(authority))) : 'Cet acte n’est pas soumis à transmission'}</dd>
${receivedOn === null ? null : html`<dt>Reçu par la préfecture</dt><dd>${dateHtml(receivedOn)}</dd>`}
${actId === null ? null : html`<dt>Identifiant de l’acte</dt><dd><code>${actId}</code></dd>`}
</dl>
</section>`
}

function enforceabilityHtml(act: PublishedAct, authority: PublishingAuthority): Html {
  if (act.outcome === 'refused') {
    return html`Le projet a été rejeté par l’assemblée : il ne produit pas d’effet.`
  }
  if (act.enforceableFrom === null) {
    return html`<span class="state waiting">Cet acte n’est pas encore exécutoire</span> : il le sera une fois publié et transmis au préfet (article L. 2131‑1 du code général des collectivités territoriales).`
  }
  return html`<span class="state done">Cet acte est exécutoire</span> depuis le ${instantHtml(act.enforceableFrom, zone(authority))} (article L. 2131‑1 du code général des collectivités territoriales).`
}

function checkHtml(act: PublishedAct): Html {
  const names = act.signatories.map(({ name, capacity }) => `${name}, ${capacity}`)
  const list = new Intl.ListFormat('fr', { type: 'conjunction' }).format(names)
  const fileName = act.document.href.split('/').at(-1) ?? 'acte.pdf'
  return html`<section aria-labelledby="verifier">
<h2 id="verifier">Vérifier ce document</h2>
<p>L’empreinte SHA-256 du fichier publié est :</p>
<p><code>${act.document.sha256}</code></p>
<p>Téléchargez le fichier et calculez son empreinte. Si elle est identique, vous lisez exactement le document mis en ligne ; si un seul caractère a changé, elle est tout autre.</p>
<ul>
<li>Windows : <code>certutil -hashfile "${fileName}" SHA256</code></li>
<li>macOS et Linux : <code>shasum -a 256 "${fileName}"</code></li>
</ul>
${
  names.length === 0
    ? null
    : html`<p>Le PDF porte ${names.length === 1 ? 'la signature électronique' : 'les signatures électroniques'} de ${list}. Un lecteur de PDF comme Adobe Acrobat Reader affiche qui a signé, quand, et si le document a été modifié depuis.</p>`
}
${
  act.annexes.length === 0
    ? null
    : html`<h3>Empreintes des annexes</h3>
<ul>
${act.annexes.map((file) => html`<li>${file.title} : <code>${file.sha256}</code></li>`)}
</ul>`
}
</section>`
}

const court = ({ court }: PublishingAuthority): string =>
  court ? `${court.name}, ${court.address}` : 'tribunal administratif compétent'

function remediesHtml(act: PublishedAct, authority: PublishingAuthority): Html {
  return html`<section aria-labelledby="recours">
<h2 id="recours">Voies et délais de recours</h2>
<p>Cet acte peut être contesté devant le ${court(authority)}, dans les deux mois qui suivent sa publication, le ${instantHtml(act.publishedAt, zone(authority))} (article R. 421‑1 du code de justice administrative). Le tribunal peut être saisi par courrier ou sur le site Télérecours citoyens (www.telerecours.fr).</p>
<p>Dans le même délai, un recours gracieux peut être adressé à l’auteur de l’acte : ${authority.name}${authority.address ? `, ${authority.address}` : ''}. En règle générale, il prolonge le délai pour saisir le tribunal.</p>
</section>`
}
