import { expect, onTestFinished, test } from 'vitest'
import { connection } from './support/connection.ts'
import { startServer } from './support/server.ts'

test('a head that comes slowly is cut off, and keeps nobody waiting meanwhile', async () => {
  const server = await startServer({ DEMO: '0' })
  onTestFinished(async () => void (await server.stop()))
  const slow = await Promise.all(Array.from({ length: 200 }, () => connection(server.port)))
  const since = Date.now()
  for (const { send } of slow) send('GET / HTTP/1.1\r\nhost: x\r\n')
  const drip = setInterval(() => {
    for (const { send } of slow) send('x: y\r\n')
  }, 1000)
  expect((await fetch(`${server.origin}/healthz`)).status).toBe(200)
  const answers = await Promise.all(slow.map(({ untilClosed }) => untilClosed()))
  clearInterval(drip)
  expect(Date.now() - since).toBeGreaterThan(9000)
  // What comes after the end may tear down the connection before the answer is read.
  expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 408 ')).length).toBeGreaterThan(0)
  expect(answers.filter((answer) => answer !== '' && !answer.includes(' 408 '))).toEqual([])
  expect((await fetch(`${server.origin}/healthz`)).status).toBe(200)
})
