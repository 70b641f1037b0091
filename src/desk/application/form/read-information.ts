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
 * @param electronic whether a guarantee is to be electronic: only then somebody is told of its issue;
 *   undefined where that is not said yet
 */
export function readInformation(
  reader: FormReader,
  branches: readonly string[],
  electronic: boolean | undefined,
): InformationRead {
  const contact = (field: string) => reader.text(field, { most: MOST_CONTACT })
  const branch = reader.choice('branch', branches)
  const notify = electronic ? reader.choice('notify', ['yes', 'no']) : 'no'
  // An address that is wrong is said at once, also while it is open whether it will be used.
  const mayTell = electronic !== false && reader.form['notify'] !== 'no'
  return {
    branch: branch?.replace(/^[^/]*\//, ''),
    notify: notify && notify === 'yes',
    emails: mayTell ? readEmails(reader, reader.form['notify'] === 'yes') : [],
    department: contact('department'),
    title: contact('title'),
    person: contact('person'),
    phone: reader.read(
      'phone',
      readPhone,
      `${label('phone')}は0から始まる10けたか11けたの数字で入力してください（例：0545-55-0123）`,
    ),
    message: reader.prose('message', { most: MOST_MESSAGE }),
  }
}

function readEmails(reader: FormReader, required: boolean): string[] | undefined {
  if (required && (reader.form['email1'] ?? '').trim() === '') {
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
  return addresses.length > 0 || !required ? addresses : undefined
}
