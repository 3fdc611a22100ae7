import { openMailer } from '../connectors/smtp/mailer.ts'
import { openDemo } from './demo/demo.ts'
import { timestampOver } from './outside.ts'
import type { Services } from './services.ts'

/** Plugs a demonstration's own servers in place of the outside world. */
export async function joinDemo(services: Services): Promise<void> {
  const demo = await openDemo(services.config.dataDir, services.clock)
  if (!demo) return
  services.demo = demo
  services.mailer = openMailer(demo.mail.url, () => 'mairie@demoville.test')
  services.outside = {
    ...services.outside,
    roots: [demo.root],
    timestamp: timestampOver([demo.tsa.url], services.clock, [demo.root]),
    application: 'EACT',
  }
}
