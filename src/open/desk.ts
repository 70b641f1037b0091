import type { Config } from '../config.ts'
import { createCompany } from '../desk/company/company.ts'
import { createPremiums } from '../desk/company/premiums.ts'
import { createIssueLine } from '../desk/issue/issue-line.ts'
import { createLife } from '../desk/issue/life.ts'
import { createLifeDesk } from '../desk/issue/life-desk.ts'
import { createRefusals } from '../desk/issue/refusals.ts'
import { createRefusedDesk } from '../desk/issue/refused-desk.ts'
import { createSender } from '../desk/issue/sender.ts'
import { createOutbox } from '../desk/notify/outbox.ts'
import { createSendMails } from '../desk/notify/send-mails.ts'
import { createTell } from '../desk/notify/tell.ts'
import { createPress } from '../desk/print/press.ts'
import { fontFiles } from '../outside/font-files.ts'
import type { DeskOpened } from './desk-ports.ts'
import { mailerOf } from './mailer.ts'

/** All deeds of the desk, over one sender of its records. */
export function createDesk({ ports, signingKeys }: DeskOpened, config: Config) {
  const { store } = ports
  const company = createCompany(ports)
  const outbox = createOutbox(ports, config.mailFrom)
  const { officeOf, mailOf, receptionOf, accountOf, dueOn } = company
  const offices = { officeOf, mailOf, receptionOf, accountOf, dueOn }
  const tell = createTell({ store, outbox, ...offices, origin: config.publicOrigin })
  const life = createLife({ ports, signingKeys })
  const sender = createSender({ ports, signingKeys, tell: tell.happened })
  const premiums = createPremiums(ports, company)
  const press = createPress(fontFiles)
  const refusals = createRefusals({ ports, signingKeys, deliver: sender.deliver })
  const refused = createRefusedDesk({ ports, refusals, sender, company })
  return {
    ports,
    signingKeys,
    company,
    premiums,
    tell,
    issueLine: createIssueLine({ ports, signingKeys, company, tell: tell.onPaper }),
    lifeDesk: createLifeDesk({
      ports,
      life,
      sender,
      company,
      premiums,
      refused,
      press,
      tell: tell.onPaper,
      tellDifference: tell.difference,
    }),
    sender,
    press,
    sendMails: createSendMails(ports, mailerOf(config)),
  }
}

export type Desk = ReturnType<typeof createDesk>
