import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { newWorld } from '../platform/world.ts'
import { PAIR, serve } from './served.ts'

const HEAD = 'POST /v1/lookup HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'

test.each([
  ['of a length that it said', `${HEAD}content-length: 58\r\n\r\n{"contract`],
  ['in chunks', `${HEAD}transfer-encoding: chunked\r\n\r\n5\r\n{"con`],
])('who breaks off a body %s is nothing to report, and keeps nobody up', async (_, text) => {
  const world = await newWorld()
  await world.issue()
  const { post, origin } = await serve(world)
  const socket = connect(Number(new URL(origin).port), '127.0.0.1')
  await once(socket, 'connect')
  await new Promise<void>((resolve) => socket.write(text, () => resolve()))
  // The app has begun to read once a later request on another connection is answered.
  expect((await post('/v1/lookup', PAIR)).status).toBe(200)
  socket.destroy()
  await once(socket, 'close')
  expect((await post('/v1/lookup', PAIR)).status).toBe(200)
  expect((await post('/v1/lookup', PAIR)).status).toBe(200)
  expect(world.reports).toEqual([])
})
