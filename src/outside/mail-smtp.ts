import { createTransport } from 'nodemailer'
import { MailFault } from '../base/mail-fault.ts'
import type { Mailer } from '../ports.ts'
import { messageOf } from './mail-message.ts'

/**
 * Milliseconds. What the URL gives outweighs them: `smtp://host?socketTimeout=5000`. The last holds
 * for a whole mail, against a server that lets a byte go now and then.
 */
const PATIENCE = {
  connectionTimeout: 15_000,
  greetingTimeout: 20_000,
  socketTimeout: 60_000,
}
const LONGEST = 120_000

/** nodemailer's names for what has to do with the one mail; any other is the server's or the way's. */
const OF_THE_MAIL = new Set(['EENVELOPE', 'EMESSAGE'])

/** What a server says may be long, and stands in a table. */
const MOST_SAID = 300

interface SmtpError extends Error {
  code?: string
  responseCode?: number
  response?: string
}

/**
 * Mail over SMTP, a connection for each. TLS as nodemailer does it: `smtps://` from the first byte,
 * `smtp://` by STARTTLS where the server offers it, `?requireTLS=true` never without.
 * @param url SMTP_URL, which may hold a password: it is in no message of a fault
 */
export function openSmtp(url: string, from: string, longest = LONGEST): Mailer {
  const transport = createTransport({ url, ...PATIENCE } as { url: string })
  return {
    async send(mail) {
      const message = messageOf(mail, from)
      try {
        await transport.sendMail({
          ...message,
          dsn: {
            id: mail.messageId,
            return: 'headers',
            notify: ['failure'],
            recipient: mail.recipient,
          },
          signal: AbortSignal.timeout(longest),
        } as Parameters<typeof transport.sendMail>[0])
        return { messageId: mail.messageId }
      } catch (error) {
        throw mailFault(error as SmtpError)
      }
    },
  }
}

/** A wrong password or certificate is a 5xx too, but of no mail's making: it is mended, and tried again. */
function mailFault(error: SmtpError): MailFault {
  const { code = '', responseCode = 0, response } = error
  const answer = (response ?? `${code} ${error.message}`).replace(/\s+/g, ' ').trim()
  const said = answer.slice(0, MOST_SAID)
  if (!OF_THE_MAIL.has(code) || responseCode === 421) {
    return new MailFault('unreachable', said, error)
  }
  // Without a code nodemailer itself has found the address to be none.
  const never = responseCode === 0 || responseCode >= 500
  return new MailFault(never ? 'refused' : 'later', said, error)
}
