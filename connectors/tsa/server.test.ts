import { expect, it } from 'vitest'
import { startTsa } from './server.ts'

const headers = { 'content-type': 'application/timestamp-query' }

it('the server refuses other methods, types and oversized bodies', async () => {
  const server = await startTsa({ respond: async (request) => request })
  try {
    expect((await fetch(server.url)).status).toBe(405)
    expect((await fetch(server.url, { method: 'POST', body: 'x' })).status).toBe(415)
    const large = await fetch(server.url, { method: 'POST', headers, body: new Uint8Array(100_000) })
    expect(large.status).toBe(413)
  } finally {
    await server.stop()
  }
})

it('passes requests on, with the lie that was asked for', async () => {
  const lies: unknown[] = []
  const server = await startTsa({
    respond: async (request, lie) => {
      lies.push(lie)
      return request
    },
  })
  try {
    const ask = () => fetch(server.url, { method: 'POST', headers, body: new Uint8Array([1, 2, 3]) })
    expect(new Uint8Array(await (await ask()).arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]))
    server.behave('rejet')
    await ask()
    expect(lies).toEqual([undefined, 'rejet'])
    expect(server.answered()).toBe(2)
    server.behave('en-panne')
    await expect(ask()).rejects.toThrow()
    server.behave('erreur-http')
    expect((await ask()).status).toBe(503)
  } finally {
    await server.stop()
  }
})
