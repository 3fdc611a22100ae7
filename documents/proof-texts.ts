import { frenchDate } from '../core/calendar/civil-date.ts'
import type { Manifest } from './proof.ts'
import { typeset } from './typography.ts'
import { instantText, sizeText } from './views/records.ts'

type Facts = {
  manifest: Manifest
  dispatch: { handedOverAt: string; messageId: string; relayAnswer: string; acknowledgedAt: string | null }
  tokenFile: 'manifest.tsr' | 'manifest.tst' | null
  hasCertificates: boolean
  timeZone: string
  createdAt: string
}

const CA = 'horodatage-ca.pem'

/** The commands that check a time-stamp token with OpenSSL, `attime` for after the certificate has expired. */
export function timestampCommand(tokenFile: 'manifest.tsr' | 'manifest.tst', attime?: number): string {
  const bare = tokenFile === 'manifest.tst' ? ' -token_in' : ''
  const moment = attime === undefined ? '' : ` -attime ${attime}`
  return `openssl ts -verify -data manifest.json -in ${tokenFile}${bare} -CAfile ${CA} -untrusted ${CA}${moment}`
}

export const SUMS_COMMAND = 'sha256sum -c SHA256SUMS'
export const BINDING_COMMAND = 'grep -F "$(sha256sum < SHA256SUMS | cut -c 1-64)" manifest.json'

/** `VERIFIER.txt`: how anyone checks the archive without our program. Lines end in LF. */
export function verifyCommands(f: Facts): string {
  const lines = [
    'VÉRIFIER CETTE PREUVE SANS ÉCHARPE',
    '',
    'Décompressez l’archive, ouvrez un terminal dans le dossier obtenu et lancez les commandes ci-dessous',
    '(Linux, macOS ou Windows avec Git Bash ; sur macOS, remplacez « sha256sum » par « shasum -a 256 »).',
    '',
    '1. Les documents sont ceux qui ont été envoyés.',
    '   Réponse attendue : une ligne par document, terminée par « OK » (ou « Réussi »).',
    '',
    `   ${SUMS_COMMAND}`,
    '',
    '2. La liste des empreintes est bien celle que scelle le manifeste.',
    '   Réponse attendue : une ligne "sha256": "…" du manifeste.',
    '',
    `   ${BINDING_COMMAND}`,
    '',
    '3. Le manifeste existait, tel quel, à l’heure dite.',
  ]
  if (!f.tokenFile)
    lines.push('   Le jeton d’horodatage n’avait pas encore été obtenu quand cette archive a été faite.', '')
  else {
    lines.push(
      '   Réponse attendue : « Verification: OK ».',
      '',
      `   ${timestampCommand(f.tokenFile)}`,
      '',
      '   L’heure du jeton (ligne « Time stamp ») :',
      '',
      `   openssl ts -reply -in ${f.tokenFile}${f.tokenFile === 'manifest.tst' ? ' -token_in' : ''} -text`,
      '',
      '   Si le certificat de l’autorité a expiré depuis, vérifiez à la date de l’envoi :',
      '',
      `   ${timestampCommand(f.tokenFile, Math.floor(Date.parse(f.createdAt) / 1000))}`,
      '',
    )
    if (f.hasCertificates)
      lines.push(
        `   ${CA} est fourni pour votre commodité : comparez-le aux certificats que publie l’autorité d’horodatage.`,
        '',
      )
    else
      lines.push(
        `   Les certificats de l’autorité ne sont pas joints : enregistrez-les au format PEM sous le nom ${CA}.`,
        '',
      )
  }
  lines.push('L’heure de remise, la réponse du relais et l’identifiant du message sont dans envoi.json.', '')
  return lines.join('\n')
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => escapes[c] ?? c)
const words = (text: string): string => escapeHtml(typeset(text))

/** `lisez-moi.html`: the same facts, readable in any browser, without script nor anything fetched. */
export function readMe(f: Facts): string {
  const { manifest: m, dispatch: d } = f
  const row = (label: string, value: string) =>
    value === '' ? '' : `<tr><th scope="row">${words(label)}</th><td>${value}</td></tr>\n`
  const at = (instant: string) => words(instantText(instant, f.timeZone))
  const documents = m.documents
    .map(
      (x) =>
        `<tr><td><a href="${escapeHtml(encodeURI(x.path))}">${words(x.title)}</a></td><td>${words(sizeText(x.size))}</td><td><code>${x.sha256}</code></td></tr>`,
    )
    .join('\n')
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words(`Preuve d’envoi – ${m.recipient.name}`)}</title>
<style>
body{font:17px/1.5 Georgia,serif;color:#1b1f24;background:#fff;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1,h2{color:#1f3a5f;line-height:1.2}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem .4rem 0;border-bottom:1px solid #d3d9e0}
th[scope=row]{font-weight:normal;color:#565d66;width:13rem}code{font-size:.75em;overflow-wrap:anywhere}a{color:#1f3a5f}
</style>
</head>
<body>
<main>
<h1>Preuve d’envoi de la convocation</h1>
<p>${words(`${m.authority.name} – ${m.sitting.title}, séance du ${frenchDate(m.sitting.date)}, ${m.sitting.place}.`)}</p>
<h2>Envoi</h2>
<table>
${row('Destinataire', words(m.recipient.name))}${row('Adresse', escapeHtml(m.recipient.address))}${row('Voie', m.recipient.channel === 'electronic' ? 'électronique' : 'papier')}${row('Remis le', at(d.handedOverAt))}${row('Réponse du relais', escapeHtml(d.relayAnswer))}${row('Identifiant du message', escapeHtml(d.messageId))}${row('Accusé de réception', d.acknowledgedAt ? at(d.acknowledgedAt) : words('non reçu (il n’est pas une condition de validité)'))}${row('Jeton d’horodatage', f.tokenFile ?? 'en attente')}</table>
<h2>Documents envoyés</h2>
<table>
<thead><tr><th scope="col">Document</th><th scope="col">Taille</th><th scope="col">Empreinte SHA-256</th></tr></thead>
<tbody>
${documents}
</tbody>
</table>
<p>La page à imprimer est <a href="preuve.pdf">preuve.pdf</a> ; pour contrôler cette archive sans notre logiciel, suivez <a href="VERIFIER.txt">VERIFIER.txt</a>.</p>
</main>
</body>
</html>
`
}
