import { SMTPServer } from 'smtp-server'

export type ReceivedMail = { to: string; raw: Buffer }

/** How the demonstration's mail server should behave towards an address. */
export type MailFault = 'refuse' | 'busy'

export type DemoMailServer = {
  url: string
  received: ReceivedMail[]
  faults: Map<string, MailFault>
  stop: () => Promise<void>
}

const reply = (code: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode: code })

/** A real SMTP server on loopback that keeps what it gets. Used by the demonstration and the tests. */
export async function startDemoMailServer(): Promise<DemoMailServer> {
  const received: ReceivedMail[] = []
  const faults = new Map<string, MailFault>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    size: 60 * 1024 * 1024,
    onRcptTo(address, _session, done) {
      const fault = faults.get(address.address)
      if (fault === 'refuse') return done(reply(550, 'No such user here'))
      if (fault === 'busy') return done(reply(451, 'Try again later'))
      done()
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (c: Buffer) => chunks.push(c))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks)
        for (const to of session.envelope.rcptTo) received.push({ to: to.address, raw })
        done(null, `2.0.0 Ok: queued as ${received.length.toString(16).padStart(8, '0')}`)
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    received,
    faults,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
