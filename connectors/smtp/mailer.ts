import nodemailer from 'nodemailer'
import { Refusal } from '../../core/refusal.ts'

export type Mail = {
  to: string
  subject: string
  text: string
  /** Fixed by the caller so that a retry after a crash is the same message. */
  messageId: string
  attachments: { name: string; bytes: Uint8Array; mediaType: string }[]
}

/** The relay's own words when it took the message, and the identifier it travels under. */
export type RelayReceipt = { messageId: string; answer: string }

/** Hands a message over to the relay; refuses with `MAIL_REFUSED` (this address) or `MAIL_UNREACHABLE` (the relay). */
export type Mailer = { send: (mail: Mail) => Promise<RelayReceipt>; close: () => void }

/** A mailer over SMTP. `url`: `smtp://user:password@host:port`; `from`: address of the authority. */
export function openMailer(url: string, from: () => string): Mailer {
  const transport = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: 3,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send(mail) {
      try {
        const info = await transport.sendMail({
          from: from(),
          to: mail.to,
          subject: mail.subject,
          text: mail.text,
          messageId: mail.messageId,
          attachments: mail.attachments.map((a) => ({
            filename: a.name,
            content: Buffer.from(a.bytes),
            contentType: a.mediaType,
          })),
        })
        return { messageId: info.messageId, answer: info.response }
      } catch (error) {
        const code = (error as { responseCode?: number }).responseCode
        if (code !== undefined)
          throw new Refusal(
            'MAIL_REFUSED',
            `Le serveur de messagerie refuse l’adresse ${mail.to} (réponse ${code}). Corrigez l’adresse ou remettez la convocation sur papier.`,
            { where: mail.to, family: 'impossible', data: { permanent: code >= 500 } },
          )
        throw new Refusal(
          'MAIL_UNREACHABLE',
          `Le serveur de messagerie ne répond pas (${(error as Error).message}). L’envoi sera repris ; vérifiez l’adresse du serveur et le réseau.`,
          { family: 'impossible', data: { permanent: false } },
        )
      }
    },
    close: () => transport.close(),
  }
}
