import { base64url } from '../../base/bytes.ts'
import { instant } from '../../base/time.ts'
import type { Outbox, Ports } from '../../ports.ts'

const ID_LENGTH = 16

/**
 * The outbox: a mail is a row until a server has taken it on. Its Message-ID is fixed here, so that
 * one that is sent twice, since nobody learnt that it had gone, is known for the same.
 * @param from MAIL_FROM, whose domain the ids are under
 */
export function createOutbox(
  { store, clock, random }: Pick<Ports, 'store' | 'clock' | 'random'>,
  from: string,
): Outbox {
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost'
  return {
    queue({ purpose, recipient, subject, text, issuer, org, numberKey, application }) {
      const now = instant(clock.now())
      return store.db
        .insertInto('mail')
        .values({
          messageId: `${base64url(random(ID_LENGTH))}@${domain}`,
          issuer: issuer ?? null,
          org: org ?? null,
          purpose,
          numberKey: numberKey ?? null,
          application: application ?? null,
          recipient,
          subject,
          body: text,
          state: 'waiting',
          tries: 0,
          nextAt: now,
          fault: null,
          madeAt: now,
          sentAt: null,
          resentFrom: null,
        })
        .compile()
    },
  }
}
