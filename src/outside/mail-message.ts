import type { SendMailOptions } from 'nodemailer'
import { isMailAddress } from '../base/mail-address.ts'
import { MailFault } from '../base/mail-fault.ts'
import type { Mail } from '../ports.ts'

/**
 * A mail in the words of nodemailer: from the sender of this installation, marked as made by a
 * program (RFC 3834 §5), so that no absence note answers it. Nothing in it is read as a file's name
 * or an address to fetch.
 * @param from MAIL_FROM: an address, or a name with an address in angle brackets
 * @throws MailFault refused, when the recipient is not one plain address
 */
export function messageOf({ messageId, at, recipient, subject, text }: Mail, from: string) {
  if (!isMailAddress(recipient)) throw new MailFault('refused', 'The recipient is no mail address.')
  return {
    from,
    to: { name: '', address: recipient },
    envelope: { from: addressOf(from), to: [recipient] },
    messageId: `<${messageId}>`,
    date: new Date(at),
    subject,
    text: `${text.trimEnd()}\n`,
    textEncoding: 'base64',
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  } satisfies SendMailOptions
}

/** The address of `Name <address>`. */
function addressOf(from: string): string {
  return /<([^>]+)>$/.exec(from)?.[1] ?? from
}
