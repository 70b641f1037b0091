import { describe, expect, test } from 'vitest'
import { newOffice } from './office.ts'
import { openDrip, openPostOffice, openSilence, saying } from './post-office.ts'

const MINUTE = 60_000

test('a mail arrives as it was written, from a program, under its own id', async () => {
  const post = await openPostOffice()
  const office = await newOffice(post.url)
  await office.write('soumu@kensetsu.example', '電子保証（認証キー）発行完了のお知らせ')
  expect(await office.sendMails()).toEqual({ sent: 1, refused: 0, later: 0 })
  const [one] = post.delivered
  const [row] = await office.mails()
  expect(one).toMatchObject({
    from: 'net-desk@east.akashi.example',
    to: ['soumu@kensetsu.example'],
    mail: {
      subject: '電子保証（認証キー）発行完了のお知らせ',
      text: '本文\n',
      messageId: `<${row?.messageId}>`,
      from: { text: '"あかし東建設業保証" <net-desk@east.akashi.example>' },
    },
  })
  expect(one?.mail.headers.get('auto-submitted')).toBe('auto-generated')
  expect(one?.mail.headers.get('content-type')).toMatchObject({
    value: 'text/plain',
    params: { charset: 'utf-8' },
  })
  expect(one?.mail.html).toBe(false)
  expect(row).toMatchObject({ state: 'sent', tries: 1, fault: null })
  expect(await office.sendMails()).toEqual({ sent: 0, refused: 0, later: 0 })
  expect(post.delivered).toHaveLength(1)
})

test('one that breaks something here keeps none behind it back, and is told', async () => {
  const post = await openPostOffice()
  const office = await newOffice(post.url)
  await office.write('broken@kensetsu.example')
  await office.write('here@kensetsu.example')
  const { send } = office.mailer
  office.mailer.send = (mail) => {
    if (mail.recipient.startsWith('broken')) throw new TypeError('the row is broken')
    return send(mail)
  }
  expect(await office.sendMails()).toEqual({ sent: 1, refused: 0, later: 1 })
  expect(await office.mails()).toMatchObject([
    { state: 'waiting', fault: 'TypeError: the row is broken' },
    { state: 'sent' },
  ])
})

describe('a server that says no', () => {
  test('for good: the mail is refused with its words, and the others go', async () => {
    const post = await openPostOffice({
      onRcptTo({ address }, _session, done) {
        done(address.startsWith('gone') ? saying(550, '5.1.1 no such user') : null)
      },
    })
    const office = await newOffice(post.url)
    await office.write('gone@kensetsu.example')
    await office.write('here@kensetsu.example')
    expect(await office.sendMails()).toEqual({ sent: 1, refused: 1, later: 0 })
    expect(await office.mails()).toMatchObject([
      { state: 'refused', fault: expect.stringContaining('5.1.1 no such user') },
      { state: 'sent', fault: null },
    ])
    office.clock.pass(60 * MINUTE)
    expect(await office.sendMails()).toEqual({ sent: 0, refused: 0, later: 0 })
    expect(post.tries).toBe(2)
  })

  test('for an hour: it is tried less and less often, and sent once when the hour is over', async () => {
    let busy = true
    const ids: (string | undefined)[] = []
    const post = await openPostOffice({
      onMessage({ mail }) {
        ids.push(mail.messageId)
        return busy ? saying(451, '4.3.2 try later') : undefined
      },
    })
    const office = await newOffice(post.url)
    await office.write()
    const at: number[] = []
    for (let minute = 0; minute < 60; minute++) {
      if ((await office.sendMails()).later === 1) at.push(minute)
      office.clock.pass(MINUTE)
    }
    expect(at).toEqual([0, 1, 3, 7, 15, 31])
    expect(await office.mails()).toMatchObject([
      { state: 'waiting', tries: 6, fault: expect.stringContaining('4.3.2 try later') },
    ])
    busy = false
    office.clock.pass(MINUTE)
    expect(await office.sendMails()).toEqual({ sent: 1, refused: 0, later: 0 })
    expect(post.delivered).toHaveLength(1)
    expect(new Set(ids).size).toBe(1)
    expect((await office.tries()).map(({ said }) => said?.slice(0, 4))).toEqual([
      ...Array(6).fill('451 '),
      'sent',
    ])
  })

  test('for five days: then nobody tries any more, and it is shown as refused', async () => {
    const post = await openPostOffice({ onMessage: () => saying(452, '4.2.2 mailbox full') })
    const office = await newOffice(post.url)
    await office.write()
    office.clock.pass(5 * 24 * 60 * MINUTE - 1)
    await office.sendMails()
    expect(await office.mails()).toMatchObject([{ state: 'waiting' }])
    office.clock.pass(MINUTE)
    await office.sendMails()
    expect(await office.mails()).toMatchObject([{ state: 'refused' }])
  })

  test('to the password: every mail waits, for none of them is to blame', async () => {
    const post = await openPostOffice({
      authOptional: false,
      onAuth: (_auth, _session, done) => done(saying(535, '5.7.8 bad credentials')),
    })
    const office = await newOffice(post.url.replace('//', '//desk:wrong-password@'))
    await office.write()
    await office.write('two@kensetsu.example')
    expect(await office.sendMails()).toEqual({ sent: 0, refused: 0, later: 1 })
    const [first, second] = await office.mails()
    expect(first).toMatchObject({ state: 'waiting', tries: 1 })
    expect(second).toMatchObject({ state: 'waiting', tries: 0 })
    expect(first?.fault).toContain('5.7.8')
    expect(JSON.stringify([first, office.reports])).not.toContain('wrong-password')
  })
})

describe('a server that says nothing', () => {
  test('after the connection: given up, put off, and told', async () => {
    const silence = await openSilence()
    const office = await newOffice(silence.url)
    await office.write()
    await office.write('two@kensetsu.example')
    expect(await office.sendMails()).toEqual({ sent: 0, refused: 0, later: 1 })
    expect(silence.connections).toBe(1)
    expect(await office.mails()).toMatchObject([
      { state: 'waiting', tries: 1 },
      { state: 'waiting', tries: 0 },
    ])
    expect(office.reports).toMatchObject([{ event: 'mail_not_sent' }])
    const post = await openPostOffice()
    const later = office.another(post.url)
    office.clock.pass(MINUTE)
    expect(await later()).toEqual({ sent: 2, refused: 0, later: 0 })
  })

  test('after the message, although it took it: sent again, and known by its id', async () => {
    const post = await openPostOffice({
      onMessage(one) {
        post.delivered.push(one)
        return post.delivered.length === 1 ? saying(451, 'the answer was lost') : undefined
      },
    })
    const office = await newOffice(post.url)
    await office.write()
    await office.sendMails()
    office.clock.pass(MINUTE)
    await office.sendMails()
    const ids = new Set(post.delivered.map(({ mail }) => mail.messageId))
    expect(ids.size).toBe(1)
    expect(await office.mails()).toMatchObject([{ state: 'sent', tries: 2 }])
  })

  test('or no port is there at all', async () => {
    const office = await newOffice('smtp://127.0.0.1:1')
    await office.write()
    expect(await office.sendMails()).toEqual({ sent: 0, refused: 0, later: 1 })
    expect(await office.mails()).toMatchObject([{ state: 'waiting', tries: 1 }])
  })
})

test('of two senders over one database, each mail is one sender’s', async () => {
  const post = await openPostOffice()
  const office = await newOffice(post.url)
  for (let n = 0; n < 12; n++) await office.write(`n${n}@kensetsu.example`)
  const senders = [office.sendMails, office.another(), office.another()]
  const counts = await Promise.all(senders.map((send) => send()))
  expect(counts.reduce((sum, { sent }) => sum + sent, 0)).toBe(12)
  expect(post.delivered.flatMap(({ to }) => to).toSorted()).toEqual(
    Array.from({ length: 12 }, (_, n) => `n${n}@kensetsu.example`).toSorted(),
  )
})

test('a sender that died with a mail in hand keeps it ten minutes, and no longer', async () => {
  const post = await openPostOffice()
  const office = await newOffice(post.url)
  await office.write()
  const dead = office.another(post.url)
  const { store } = office
  const commit = store.commit
  let commits = 0
  store.commit = (queries) => (++commits === 2 ? new Promise(() => {}) : commit(queries))
  void dead()
  await expect.poll(() => post.delivered.length).toBe(1)
  store.commit = commit
  office.clock.pass(9 * MINUTE)
  expect(await office.sendMails()).toMatchObject({ sent: 0 })
  office.clock.pass(MINUTE)
  expect(await office.sendMails()).toMatchObject({ sent: 1 })
  expect(post.delivered[0]?.mail.messageId).toBe(post.delivered[1]?.mail.messageId)
})

test('an address cannot carry a header or a second recipient', async () => {
  const post = await openPostOffice()
  const office = await newOffice(post.url)
  const twisted = [
    'a@b.example>\r\nRCPT TO:<c@d.example',
    'a@b.example\r\nBcc: c@d.example',
    'a@b.example, c@d.example',
    'a@b.example (c@d.example)',
    'c@d.example <a@b.example>',
  ]
  for (const recipient of twisted) await office.write(recipient)
  await office.write('a@b.example', 'お知らせ\r\nBcc: c@d.example')
  await office.sendMails()
  expect(post.delivered.map(({ to, mail }) => [to, mail.bcc])).toEqual([
    [['a@b.example'], undefined],
  ])
  expect((await office.mails()).map(({ state }) => state)).toEqual([
    ...twisted.map(() => 'refused'),
    'sent',
  ])
})

test('a server that lets a byte go now and then does not hold the sender for ever', async () => {
  const drip = await openDrip()
  const office = await newOffice(drip, 500)
  await office.write()
  const before = performance.now()
  expect(await office.sendMails()).toEqual({ sent: 0, refused: 0, later: 1 })
  expect(performance.now() - before).toBeLessThan(5000)
})
