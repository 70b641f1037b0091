import { MailFault } from '../../base/mail-fault.ts'
import { instant, milliseconds } from '../../base/time.ts'
import type { Mailer, Ports } from '../../ports.ts'
import { createMailTries, type Due } from './mail-tries.ts'

const MINUTE = 60_000
/** From a minute, twice as long each time, to half an hour (RFC 5321 §4.5.4.1). */
const LONGEST_WAIT = 30 * MINUTE
/** After which nobody tries any more (RFC 5321 §4.5.4.1: four days at least). */
const GIVEN_UP_AFTER = 5 * 24 * 60 * MINUTE

/** What a run came to. */
export interface Sent {
  sent: number
  refused: number
  later: number
}

/**
 * Sends what is due, one mail after the other, until nothing is or the server cannot be reached. At
 * least once: what was sent and could not be noted is sent again, under the same Message-ID. Of
 * several senders one has a mail: whoever takes its next try.
 */
export function createSendMails(
  { store, clock, report }: Pick<Ports, 'store' | 'clock' | 'report'>,
  mailer: Mailer,
): () => Promise<Sent> {
  const tries = createMailTries({ store, clock })

  async function attempt(due: Due): Promise<MailFault['reason'] | 'sent'> {
    const { id, messageId, madeAt: at, recipient, subject, body: text } = due
    try {
      await mailer.send({ messageId, at, recipient, subject, text })
    } catch (error) {
      // What goes wrong with one mail here keeps none behind it back.
      const fault = error instanceof MailFault ? error : new MailFault('later', String(error))
      const { reason, message: said } = fault
      await tries.note(due, said, { ...afterFault(due, fault, clock.now()), fault: said })
      report('mail_not_sent', { mail: id, reason, said })
      return reason
    }
    await tries.note(due, 'sent', { state: 'sent', sentAt: instant(clock.now()), fault: null })
    return 'sent'
  }

  async function run(): Promise<Sent> {
    const count: Sent = { sent: 0, refused: 0, later: 0 }
    for (let due = await tries.next(); due; due = await tries.next()) {
      if (!(await tries.take(due))) continue
      const outcome = await attempt(due)
      count[outcome === 'unreachable' ? 'later' : outcome] += 1
      if (outcome === 'unreachable') break
    }
    return count
  }

  let running: Promise<Sent> | undefined
  return () => {
    running ??= run().finally(() => {
      running = undefined
    })
    return running
  }
}

function afterFault({ tries, madeAt }: Due, { reason }: MailFault, now: number) {
  const over = now - milliseconds(madeAt) >= GIVEN_UP_AFTER
  const state = reason === 'refused' || over ? ('refused' as const) : ('waiting' as const)
  return { state, nextAt: instant(now + Math.min(LONGEST_WAIT, MINUTE * 2 ** tries)) }
}
