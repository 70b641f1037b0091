import { base64url, sha256, utf8 } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { instant } from '../../base/time.ts'
import type { Ports } from '../../ports.ts'
import { createMailRows } from './mail-rows.ts'

const MOST_SAID = 300
const ID_LENGTH = 16

/** One Message-ID for what one press sends to one address. */
function idOf(press: string, id: number, recipient: string): string {
  return base64url(sha256(utf8(`${press}\n${id}\n${recipient}`)).subarray(0, ID_LENGTH))
}

/** The outbox as people see it: what waits, what was sent, what was refused or came back. */
export function createMails({ store, clock, random }: Pick<Ports, 'store' | 'clock' | 'random'>) {
  const rows = createMailRows(store)

  async function own(issuer: string, id: number) {
    const mail = await rows.own(issuer, id)
    if (mail) return mail
    throw new Fault('not_found', 'This company has no such mail.')
  }

  return {
    list: rows.page,
    ofGuarantee: rows.ofGuarantee,

    /** What a form carries, so that pressing it twice sends once. */
    newPress: (): string => base64url(random(ID_LENGTH)),

    /**
     * The same once more, as a mail of its own: a program that receives both drops none for the other.
     * Of one press of the button comes one mail to one address, however often it was sent.
     * @param recipient the same address, or another one where it was wrong
     * @throws Fault not_found
     */
    async resend(issuer: string, id: number, recipient: string, press: string): Promise<void> {
      const { id: resentFrom, messageId, ...mail } = await own(issuer, id)
      const now = instant(clock.now())
      await rows.insertOnce({
        ...mail,
        messageId: idOf(press, id, recipient) + messageId.slice(messageId.indexOf('@')),
        recipient,
        state: 'waiting',
        tries: 0,
        nextAt: now,
        fault: null,
        madeAt: now,
        sentAt: null,
        resentFrom,
      })
    },

    /**
     * Notes that a mail which had been sent came back.
     * @throws Fault not_found, state_conflict when it has not been sent
     */
    async markBounced(issuer: string, id: number, said: string): Promise<void> {
      const { state } = await own(issuer, id)
      if (state !== 'sent' && state !== 'bounced') {
        throw new Fault('state_conflict', 'Only a mail that was sent can come back.')
      }
      await rows.setBounced(id, said.slice(0, MOST_SAID))
    },

    /**
     * As `markBounced`, for the mail that a delivery report names.
     * @returns false where no mail of this installation has this id
     */
    async noteReport(messageId: string, said: string): Promise<boolean> {
      const mail = await rows.byMessage(messageId)
      if (!mail) return false
      await rows.setBounced(mail.id, said.slice(0, MOST_SAID))
      return true
    },
  }
}
