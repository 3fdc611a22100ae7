// The smallest thing that keeps the hub's word to the shell: listens, says where, answers, stops when told.
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { port: { type: 'string' }, data: { type: 'string' } } })
const elsewhere = process.env.STUB_ELSEWHERE ?? ''
const page = (body) =>
  `<!doctype html><html lang="fr"><head><title>Écharpe</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`
const home = page(`<h1>Accueil</h1>
  <a id="inside" href="/autre">dedans</a>
  <a id="outside" href="${elsewhere}/dehors">dehors</a>
  <a id="blank" target="_blank" href="${elsewhere}/onglet">nouvel onglet</a>
  <a id="blank-inside" target="_blank" href="/piece">pièce</a>
  <a id="redirect" href="/redirection">redirection</a>
  <a id="file" href="file:///etc/hostname">fichier</a>
  <a id="mail" target="_blank" href="mailto:x@example.org">courriel</a>
  <form id="form" method="post" action="${elsewhere}/formulaire"><button id="send">Envoyer</button></form>`)

const server = createServer((request, response) => {
  if (request.url === '/redirection') return response.writeHead(302, { location: `${elsewhere}/cible` }).end()
  if (request.url === '/mort') process.exit(3)
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
  response.end(request.url === '/' ? home : page(`<h1>${request.url}</h1>`))
})
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0))
if (process.env.STUB_REFUSES) {
  console.error('Le dossier des données est déjà utilisé par un autre hub.')
  process.exit(1)
}
server.listen(Number(values.port ?? 0), '127.0.0.1', () => {
  console.log(
    JSON.stringify({
      event: 'listening',
      url: `http://127.0.0.1:${server.address().port}`,
      pid: process.pid,
    }),
  )
})
