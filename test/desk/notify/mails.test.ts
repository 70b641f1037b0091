import { describe, expect, test } from 'vitest'
import { createMails } from '../../../src/desk/notify/mails.ts'
import { readMailReport } from '../../../src/outside/mail-report.ts'
import { codeOf } from '../../platform/fault-of.ts'
import { deliveryReport } from './delivery-report.ts'
import { newOffice } from './office.ts'
import { openPostOffice, type PostOffice, saying } from './post-office.ts'

async function newMails(office?: PostOffice) {
  const post = office ?? (await openPostOffice())
  const world = await newOffice(post.url)
  return { ...world, post, mails: createMails(world.ports), rows: world.mails }
}

test('a person has a mail sent once more: as another mail, to another address if need be', async () => {
  const { mails, write, sendMails, rows, post } = await newMails(
    await openPostOffice({
      onRcptTo: ({ address }, _session, done) =>
        done(address === 'gone@kensetsu.example' ? saying(550, '5.1.1 no') : null),
    }),
  )
  await write('gone@kensetsu.example')
  await sendMails()
  const press = mails.newPress()
  await mails.resend('east', 1, 'here@kensetsu.example', press)
  await sendMails()
  const [first, second] = await rows()
  expect(first).toMatchObject({ state: 'refused' })
  expect(second).toMatchObject({ state: 'sent', resentFrom: 1, recipient: 'here@kensetsu.example' })
  expect(second?.messageId).not.toBe(first?.messageId)
  expect(second?.messageId).toMatch(/^[\w-]{22}@east\.akashi\.example$/)
  expect(post.delivered).toHaveLength(1)
  expect((await mails.list('east', 100, 10)).map(({ id }) => id)).toEqual([2, 1])
  await mails.resend('east', 1, 'here@kensetsu.example', press)
  expect(await rows(), 'the button was pressed twice').toHaveLength(2)
  await mails.resend('east', 1, 'there@kensetsu.example', press)
  await mails.resend('east', 1, 'here@kensetsu.example', mails.newPress())
  expect(await rows(), 'near twins: another address, another press').toHaveLength(4)
})

test('another company neither sees a mail nor sends it again', async () => {
  const { mails, write } = await newMails()
  await write()
  expect(await mails.list('marine', 100, 10)).toEqual([])
  expect(await codeOf(mails.resend('marine', 1, 'x@y.example', mails.newPress()))).toBe('not_found')
  expect(await codeOf(mails.markBounced('marine', 1, 'x'))).toBe('not_found')
})

describe('a mail that comes back', () => {
  test('is marked by the report of a server', async () => {
    const { mails, write, sendMails, rows } = await newMails()
    await write()
    await sendMails()
    const [row] = await rows()
    const read = await readMailReport(deliveryReport(row?.messageId ?? ''))
    expect(read).toEqual({
      messageId: row?.messageId,
      said: '5.1.1 smtp; 550 5.1.1 <soumu@kensetsu.example>: user unknown',
    })
    expect(await mails.noteReport(read?.messageId ?? '', read?.said ?? '')).toBe(true)
    expect(await rows()).toMatchObject([{ state: 'bounced', fault: read?.said }])
  })

  test('or with its head alone, as most servers return it', async () => {
    const read = await readMailReport(
      deliveryReport('abc@east.akashi.example', 'failed', 'text/rfc822-headers'),
    )
    expect(read?.messageId).toBe('abc@east.akashi.example')
  })

  test('but not by a report of a delay, by a mail of a person, or by bytes', async () => {
    expect(
      await readMailReport(deliveryReport('abc@east.akashi.example', 'delayed')),
    ).toBeUndefined()
    expect(await readMailReport(Buffer.from('Subject: hello\r\n\r\nhello'))).toBeUndefined()
    expect(await readMailReport(Buffer.from([0, 255, 1]))).toBeUndefined()
    expect(await readMailReport(Buffer.alloc(0))).toBeUndefined()
  })

  test('and not when the report is of somebody else’s mail', async () => {
    const { mails, write, sendMails, rows } = await newMails()
    await write()
    await sendMails()
    expect(await mails.noteReport('other@east.akashi.example', 'x')).toBe(false)
    expect(await rows()).toMatchObject([{ state: 'sent' }])
  })

  test('is marked by a person who was rung up, and a mail that waits is not', async () => {
    const { mails, write, sendMails, rows } = await newMails()
    await write()
    expect(await codeOf(mails.markBounced('east', 1, '電話で確認'))).toBe('state_conflict')
    await sendMails()
    await mails.markBounced('east', 1, '電話で確認')
    expect(await rows()).toMatchObject([{ state: 'bounced', fault: '電話で確認' }])
  })
})
