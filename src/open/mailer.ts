import type { Config } from '../config.ts'
import type { Mailer } from '../ports.ts'

/**
 * Over SMTP where a server is named, else into files under DATA_DIR/mail. What writes mails is loaded
 * with the first of them: no start waits for it.
 */
export function mailerOf(config: Config): Mailer {
  let loading: Promise<Mailer> | undefined
  return {
    async send(mail) {
      loading ??= load(config).catch((error) => {
        loading = undefined
        throw error
      })
      return (await loading).send(mail)
    },
  }
}

async function load({ smtpUrl, mailFrom, dataDir }: Config): Promise<Mailer> {
  if (smtpUrl === undefined) {
    const { openMailFiles } = await import('../outside/mail-files.ts')
    return openMailFiles(`${dataDir}/mail`, mailFrom)
  }
  const { openSmtp } = await import('../outside/mail-smtp.ts')
  return openSmtp(smtpUrl, mailFrom)
}
