import { mkdirSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { MailFault } from '../base/mail-fault.ts'
import type { Mailer } from '../ports.ts'
import { messageOf } from './mail-message.ts'

/**
 * Mail as `.eml` files in a folder, where no server was named: each as it would have left, under its
 * time and id; a mail that is sent again takes its own place.
 */
export function openMailFiles(folder: string, from: string): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    async send(mail) {
      const written = messageOf(mail, from)
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        const { message } = await transport.sendMail(written)
        const name = `${mail.at.replace(/[-:]|\.\d+/g, '')}-${mail.messageId.split('@')[0]}`
        const path = join(folder, `${name}.eml`)
        await writeFile(`${path}.tmp`, message as Buffer, { mode: 0o600 })
        await rename(`${path}.tmp`, path)
        return { messageId: mail.messageId }
      } catch (error) {
        throw new MailFault('unreachable', (error as Error).message, error)
      }
    },
  }
}
