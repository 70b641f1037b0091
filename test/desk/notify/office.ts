import { createOutbox } from '../../../src/desk/notify/outbox.ts'
import { createSendMails } from '../../../src/desk/notify/send-mails.ts'
import { openSmtp } from '../../../src/outside/mail-smtp.ts'
import { newWorld } from '../../platform/world.ts'

const FROM = 'あかし東建設業保証 <net-desk@east.akashi.example>'

/** Milliseconds for a server in a test to say something. */
const SOON = '?connectionTimeout=300&greetingTimeout=300&socketTimeout=300'

/** A real database with an outbox, and a sender to an SMTP server. */
export async function newOffice(url: string, longest?: number) {
  const world = await newWorld()
  const outbox = createOutbox(world.ports, FROM)
  const { store } = world.ports
  const mailer = openSmtp(url + SOON, FROM, longest)
  return {
    ...world,
    store,
    outbox,
    mailer,
    sendMails: createSendMails(world.ports, mailer),
    another: (to = url) => createSendMails(world.ports, openSmtp(to + SOON, FROM)),
    write: (recipient = 'soumu@kensetsu.example', subject = '保証料のご案内') =>
      store.commit([
        outbox.queue({ purpose: 'premium', issuer: 'east', recipient, subject, text: '本文\n' }),
      ]),
    mails: () => store.db.selectFrom('mail').selectAll().orderBy('id').execute(),
    tries: () =>
      store.db.selectFrom('mailTry').selectAll().orderBy('mail').orderBy('try').execute(),
  }
}
