import { once } from 'node:events'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { sendBlocks } from '../../src/outside/send-blocks.ts'

const SIZE = 300_000

/** A server that sends these blocks, and its one answer as a client gets it. */
async function answerOf(blocks: AsyncIterable<Uint8Array>) {
  const server = createServer((_, outgoing) => {
    void sendBlocks(outgoing, { 'content-type': 'text/csv' }, blocks)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const request = get({ host: '127.0.0.1', port: (server.address() as AddressInfo).port })
  const [answer] = (await once(request, 'response')) as [IncomingMessage]
  return { request, answer }
}

/** `count` large blocks, each of its own number, and what was asked of them. */
function counted(count: number) {
  const made: Uint8Array[] = []
  const state = { made, ended: false }
  async function* blocks() {
    try {
      for (let i = 0; i < count; i++) {
        const block = new Uint8Array(SIZE).fill(i)
        made.push(block)
        yield block
        await setImmediate()
      }
    } finally {
      state.ended = true
    }
  }
  return { state, blocks: blocks() }
}

test('every byte arrives as it was, in order, and no block stays when it has been sent', async () => {
  const { state, blocks } = counted(30)
  const { answer } = await answerOf(blocks)
  expect(answer.headers['content-type']).toBe('text/csv')
  const bytes = await buffer(answer)
  expect(bytes.length).toBe(30 * SIZE)
  for (let i = 0; i < 30; i++) {
    expect(bytes.subarray(i * SIZE, (i + 1) * SIZE).every((byte) => byte === i)).toBe(true)
  }
  expect(state.made.map(({ byteLength }) => byteLength)).toEqual(Array(30).fill(0))
})

test('a block that shares its memory is left as it is', async () => {
  const whole = Buffer.from('abcdef')
  async function* parts() {
    yield whole.subarray(0, 3)
    yield whole.subarray(3)
  }
  const { answer } = await answerOf(parts())
  expect(String(await buffer(answer))).toBe('abcdef')
  expect(String(whole)).toBe('abcdef')
})

test('a client that does not read is not sent for: blocks wait, and memory with them', async () => {
  const { state, blocks } = counted(1000)
  const { answer } = await answerOf(blocks)
  answer.pause()
  let seen = -1
  while (seen !== state.made.length) {
    seen = state.made.length
    for (let turn = 0; turn < 200; turn++) await setImmediate()
  }
  expect(seen).toBeLessThan(100)
  expect(state.ended).toBe(false)
})

test('a client that goes away ends the making of blocks', async () => {
  const { state, blocks } = counted(1000)
  const { answer, request } = await answerOf(blocks)
  await once(answer, 'data')
  request.destroy()
  while (!state.ended) await setImmediate()
  expect(state.made.length).toBeLessThan(1000)
})

test('what fails in the middle breaks the body off, so that nobody takes it for whole', async () => {
  async function* failing() {
    yield new Uint8Array(SIZE)
    throw new Error('a gap')
  }
  const { answer } = await answerOf(failing())
  await expect(buffer(answer)).rejects.toThrow('aborted')
})
