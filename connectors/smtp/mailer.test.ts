import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from '../../core/refusal.ts'
import { type DemoMailServer, startDemoMailServer } from './demo-server.ts'
import { type Mail, openMailer } from './mailer.ts'

let server: DemoMailServer
beforeAll(async () => {
  server = await startDemoMailServer()
})
afterAll(() => server.stop())

const mail = (to: string): Mail => ({
  to,
  subject: 'Convocation',
  text: 'Séance du conseil',
  messageId: `<essai-${to}>`,
  attachments: [{ name: 'convocation.pdf', bytes: Buffer.from('%PDF-1.7'), mediaType: 'application/pdf' }],
})

test('hands the message over and keeps the relay’s answer', async () => {
  const mailer = openMailer(server.url, () => 'mairie@demoville.test')
  const receipt = await mailer.send(mail('claire@demoville.test'))
  mailer.close()
  expect(receipt.answer).toMatch(/^250 .*queued as/)
  expect(receipt.messageId).toBe('<essai-claire@demoville.test>')
  expect(server.received.at(-1)?.raw.toString('latin1')).toContain('filename=convocation.pdf')
})

test('names the address that the relay refuses', async () => {
  server.faults.set('faux@demoville.test', 'refuse')
  const mailer = openMailer(server.url, () => 'mairie@demoville.test')
  const refused = await mailer.send(mail('faux@demoville.test')).catch((e: unknown) => e)
  mailer.close()
  expect(refused).toBeInstanceOf(Refusal)
  expect(refused).toMatchObject({ code: 'MAIL_REFUSED', where: 'faux@demoville.test' })
})

test('says that the relay is unreachable', async () => {
  const mailer = openMailer('smtp://127.0.0.1:1', () => 'mairie@demoville.test')
  await expect(mailer.send(mail('x@demoville.test'))).rejects.toMatchObject({ code: 'MAIL_UNREACHABLE' })
  mailer.close()
})
