import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { beforeEach, expect, test } from 'vitest'
import { openMailFiles } from '../../src/outside/mail-files.ts'

const FROM = 'Akashi <no-reply@akashi.invalid>'
const MAIL = {
  messageId: 'abcdefghijklmnopqrstuv@akashi.invalid',
  at: '2025-11-20T05:05:00.000Z',
  recipient: 'soumu@kensetsu.example',
  subject: '電子保証（認証キー）発行完了のお知らせ',
  text: '髙﨑𠮷 邊󠄀 様\n',
}

let folder = ''

beforeEach(() => {
  const parent = mkdtempSync(join(tmpdir(), 'akashi-mail-'))
  folder = join(parent, 'mail')
  return () => rmSync(parent, { recursive: true, force: true })
})

test('a mail stands in a file of its own that only its owner reads, and opens in a mail program', async () => {
  await openMailFiles(folder, FROM).send(MAIL)
  expect(readdirSync(folder)).toEqual(['20251120T050500Z-abcdefghijklmnopqrstuv.eml'])
  const path = join(folder, readdirSync(folder)[0] as string)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const mail = await simpleParser(readFileSync(path))
  expect(mail.subject).toBe(MAIL.subject)
  expect(mail.text).toBe(MAIL.text)
  expect(mail.messageId).toBe(`<${MAIL.messageId}>`)
  expect(mail.date?.toISOString()).toBe(MAIL.at)
})

test('sent twice, it takes its own place', async () => {
  const mailer = openMailFiles(folder, FROM)
  await mailer.send(MAIL)
  await mailer.send(MAIL)
  expect(readdirSync(folder)).toHaveLength(1)
})

test('where no file can be written, it waits', async () => {
  writeFileSync(folder, 'a file where the folder should be')
  await expect(openMailFiles(folder, FROM).send(MAIL)).rejects.toMatchObject({
    name: 'MailFault',
    reason: 'unreachable',
  })
})

test('to what is no address, never', async () => {
  await expect(
    openMailFiles(folder, FROM).send({ ...MAIL, recipient: 'a@b.example, c@d.example' }),
  ).rejects.toMatchObject({ name: 'MailFault', reason: 'refused' })
})
