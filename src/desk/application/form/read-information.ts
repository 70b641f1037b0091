import { codePoints } from '../../../base/text.ts'
import type { Information } from '../content.ts'
import { label } from './labels.ts'
import type { FormReader } from './reader.ts'
import { readEmail, readPhone } from './wide.ts'

const MOST_CONTACT = 40
export const MOST_MESSAGE = 1000

/** インフォメーション as far as it could be read. */
export type InformationRead = { [K in keyof Information]?: Information[K] | undefined }

/**
 * @param branches values of 申込送信先 that may be chosen
 * @param electronic whether a guarantee is to be electronic: only then somebody is told of its issue
 */
export function readInformation(
  reader: FormReader,
  branches: readonly string[],
  electronic: boolean,
): InformationRead {
  const contact = (field: string) => reader.text(field, { most: MOST_CONTACT })
  const branch = reader.choice('branch', branches)
  const notify = electronic ? reader.choice('notify', ['yes', 'no']) : 'no'
  return {
    branch: branch?.replace(/^[^/]*\//, ''),
    notify: notify && notify === 'yes',
    emails: notify === 'yes' ? readEmails(reader) : [],
    department: contact('department'),
    title: contact('title'),
    person: contact('person'),
    phone: reader.read(
      'phone',
      readPhone,
      `${label('phone')}は0から始まる10けたか11けたの数字で入力してください（例：0545-55-0123）`,
    ),
    message: readMessage(reader),
  }
}

function readEmails(reader: FormReader): string[] | undefined {
  if ((reader.form['email1'] ?? '').trim() === '') {
    reader.wrong('email1', `${label('email1')}を入力してください`)
  }
  const read = ['email1', 'email2', 'email3'].map((field) =>
    reader.read(
      field,
      readEmail,
      `${label(field)}の形が正しくありません（例：soumu@example.co.jp）`,
    ),
  )
  const addresses = [...new Set(read.filter((address) => address !== undefined))]
  return addresses.length > 0 ? addresses : undefined
}

/** Several lines; browsers send CRLF for each end of a line. */
function readMessage({ form, wrong }: FormReader): string | undefined {
  const text = (form['message'] ?? '').replaceAll('\r\n', '\n').trim()
  if (text === '') return undefined
  const count = codePoints(text)
  if (count > MOST_MESSAGE) {
    const limit = `${MOST_MESSAGE}文字以内で入力してください（いま${count}文字です）`
    return wrong('message', `${label('message')}は${limit}`)
  }
  if (/[^\P{Cc}\n\t]/u.test(text)) {
    return wrong('message', `${label('message')}に使えない文字（制御文字）が含まれています`)
  }
  return text
}
