import type { Config } from '../config.ts'
import { openMailFiles } from '../outside/mail-files.ts'
import { openSmtp } from '../outside/mail-smtp.ts'
import type { Mailer } from '../ports.ts'

/** Over SMTP where a server is named, else into files under DATA_DIR/mail. */
export function mailerOf({ smtpUrl, mailFrom, dataDir }: Config): Mailer {
  return smtpUrl === undefined
    ? openMailFiles(`${dataDir}/mail`, mailFrom)
    : openSmtp(smtpUrl, mailFrom)
}
