import { dateHtml, type Html, html, instantHtml, page, safeHref, sizeText } from './html.ts'
import type { PublishedAct, PublishedFile, PublishingAuthority } from './model.ts'

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
${act.redacted ? html`<p>Des données personnelles ont été masquées dans cette version, comme la loi le demande (article L. 312-1-2 du code des relations entre le public et l’administration).</p>` : null}
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
<dt>Mise en ligne</dt><dd>${instantHtml(act.publishedAt, authority.timeZone)}</dd>
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
<dt>Transmission au préfet</dt><dd>${transmissible ? (sentAt === null ? 'En cours' : instantHtml(sentAt, authority.timeZone)) : 'Cet acte n’est pas soumis à transmission'}</dd>
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
    return html`<span class="state waiting">Cet acte n’est pas encore exécutoire</span> : il le sera une fois publié et transmis au préfet (article L. 2131-1 du code général des collectivités territoriales).`
  }
  return html`<span class="state done">Cet acte est exécutoire</span> depuis le ${instantHtml(act.enforceableFrom, authority.timeZone)} (article L. 2131-1 du code général des collectivités territoriales).`
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

function remediesHtml(act: PublishedAct, authority: PublishingAuthority): Html {
  return html`<section aria-labelledby="recours">
<h2 id="recours">Voies et délais de recours</h2>
<p>Cet acte peut être contesté devant le ${authority.court.name}, ${authority.court.address}, dans les deux mois qui suivent sa publication, le ${instantHtml(act.publishedAt, authority.timeZone)} (article R. 421-1 du code de justice administrative). Le tribunal peut être saisi par courrier ou sur le site Télérecours citoyens (www.telerecours.fr).</p>
<p>Dans le même délai, un recours gracieux peut être adressé à ${authority.name}, ${authority.address}. En règle générale, il prolonge le délai pour saisir le tribunal.</p>
</section>`
}
