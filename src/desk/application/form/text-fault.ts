import { codePoints, isPlainText } from '../../../base/text.ts'

/** What is wrong with one line of text, said after its label. */
export function textFault(text: string, most: number): string | undefined {
  if (!isPlainText(text)) return 'に使えない文字（制御文字）が含まれています'
  const count = codePoints(text)
  return count > most ? `は${most}文字以内で入力してください（いま${count}文字です）` : undefined
}
