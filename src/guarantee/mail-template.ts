import * as z from 'zod'
import { codePoints, isPlainText } from '../base/text.ts'

/** The mail by which contractors hand a guarantee to an owner, with places to fill: {案件名}. */
export interface MailTemplate {
  subject: string
  body: string
}

/** What can be filled in, in subject and body. */
export const MAIL_PLACES = [
  '保証名称',
  '工事番号',
  '案件名',
  '受注者',
  '保証契約番号',
  '提出先',
  '確認先',
  '担当者',
  '連絡先',
] as const

/** The auth key: for owners who want it as text, and in the body alone, since subjects are listed and logged. */
export const KEY_PLACE = '認証キー'

export type MailPlace = (typeof MAIL_PLACES)[number]

const MOST_SUBJECT = 200
const MOST_BODY = 4000

/** A mail template as an owner gives it, closed. */
export const mailTemplateSchema = z.strictObject({
  subject: template(MOST_SUBJECT, MAIL_PLACES, isPlainText),
  body: template(MOST_BODY, [...MAIL_PLACES, KEY_PLACE], (text) =>
    isPlainText(text.replaceAll('\n', '')),
  ),
})

function template(most: number, places: readonly string[], isPlain: (text: string) => boolean) {
  const lines = isPlain('\n') ? 'but line feeds' : 'or line breaks'
  const error = `must be text of 1 to ${most} characters without control characters ${lines}`
  const known = places.map((place) => `{${place}}`).join(' ')
  const asKnown = `may hold only these places to fill: ${known}; no other braces`
  return z
    .string({ error })
    .refine((text) => text.trim() !== '' && isPlain(text) && codePoints(text) <= most, { error })
    .refine((text) => hasOnly(places, text), { error: asKnown })
}

/** Full-width braces are a place as a Japanese keyboard types it, which nothing would fill. */
function hasOnly(places: readonly string[], text: string): boolean {
  const rest = places.reduce((left, place) => left.replaceAll(`{${place}}`, ''), text)
  return !/[{}｛｝]/u.test(rest)
}
