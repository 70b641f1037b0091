/** Longest address that SMTP carries (RFC 5321 §4.5.3.1.3). */
const LONGEST = 254

const PLAIN =
  /^[^\s\p{Cc}@<>()[\],;:\\"]{1,64}@[^\s\p{Cc}@<>()[\],;:\\".]+(?:\.[^\s\p{Cc}@<>()[\],;:\\".]+)*$/u

/**
 * Whether a text is one plain address and nothing else. Programs that send mail take a list, a
 * comment or a line break for more than one recipient.
 */
export function isMailAddress(text: string): boolean {
  return text.length <= LONGEST && PLAIN.test(text)
}
