import type { Attachment } from 'mailparser'

/** What a delivery report says of one mail. */
export interface MailReport {
  /** Of the mail that came back, without angle brackets. */
  messageId: string
  /** Status and diagnostic, in the words of the server that gave up. */
  said: string
}

const STATUS = 'message/delivery-status'
const RETURNED = new Set(['message/rfc822', 'text/rfc822-headers', 'message/rfc822-headers'])

/**
 * The mail that a delivery report (RFC 3464) tells to have failed; undefined for any other mail, for
 * a report of a mere delay, and for one that does not name the mail that it is about.
 */
export async function readMailReport(bytes: Uint8Array): Promise<MailReport | undefined> {
  // Loaded here: hardly a start has a report to read.
  const { simpleParser } = await import('mailparser')
  const { attachments } = await simpleParser(Buffer.from(bytes), { keepDeliveryStatus: true })
  const status = attachments.find(({ contentType }) => contentType === STATUS)
  const returned = attachments.find(({ contentType }) => RETURNED.has(contentType))
  if (!status || !returned) return undefined
  const fields = fieldsOf(status)
  if (fields.get('action')?.toLowerCase() !== 'failed') return undefined
  const { messageId } = await simpleParser(returned.content, { skipTextToHtml: true })
  if (messageId === undefined) return undefined
  const said = [fields.get('status'), fields.get('diagnostic-code')].filter(Boolean).join(' ')
  return { messageId: messageId.replace(/^<|>$/g, ''), said: said || 'failed' }
}

/** The fields of a delivery report, all its blocks as one; a line that is set in goes on. */
function fieldsOf({ content }: Attachment): Map<string, string> {
  const fields = new Map<string, string>()
  const lines = content
    .toString('utf8')
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')
  for (const line of lines) {
    const [, name = '', value = ''] = /^([\w-]+):[ \t]*(.*)$/.exec(line) ?? []
    if (name) fields.set(name.toLowerCase(), value.trim())
  }
  return fields
}
