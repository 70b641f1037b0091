import { holdsAuthKey } from '../../guarantee/auth-key.ts'
import { textFault } from './form/text-fault.ts'

/**
 * What somebody typed for others to read, as it is kept (each end of a line a line feed, nothing around
 * it), and what is wrong with it in the words of the page. Empty text is not wrong.
 * @param label of its field, by which the error names it
 */
export function freeText(
  typed: string,
  { label, most }: { label: string; most: number },
): { text: string; error: string | undefined } {
  // Browsers send CRLF for each end of a line.
  const text = typed.replaceAll('\r\n', '\n').trim()
  const fault = textFault(text.replace(/[\n\t]/g, ' '), most)
  return { text, error: fault === undefined ? keyFault(label, text) : `${label}${fault}` }
}

/** Free text is shown to others and mailed: a 認証キー stands in none of it. */
export function keyFault(label: string, text: string): string | undefined {
  if (!holdsAuthKey(text)) return undefined
  return `${label}に認証キーと思われる文字列があります。認証キーは書かずに入力してください`
}
