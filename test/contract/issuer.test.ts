import { beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { ownEvents, ownHead } from '../../src/platform/issuer/schemas.api.ts'
import { bearer } from '../platform/bearer.ts'
import { NUMBER } from '../platform/sample.ts'
import { type Engine, engine } from './engine.ts'
import { amended, KEY, type Line, newLine, openLine, PAIR } from './line.ts'

const HEAD = `/v1/issuer/records/${NUMBER}/head`

let here: Engine
beforeAll(async () => {
  here = await engine()
})

const signed = async (line: Line) => ({
  authorization: `Bearer ${await bearer({ ...line, issuer: KEY })}`,
})

test('an issuer reads its own head and what has happened, page by page', async () => {
  const line = await newLine(here)
  const [, second] = await amended(line)
  await line.post('/v1/lookup', PAIR)
  const head = (await line.get(HEAD, await signed(line))).read(ownHead)
  expect(head).toMatchObject({ seq: 2, record: second, state: 'in_force', receipt: { index: 2 } })
  const kinds: string[] = []
  let next: string | undefined
  do {
    const path: string = `/v1/issuer/events?limit=1${next ? `&cursor=${next}` : ''}`
    const page: z.infer<typeof ownEvents> = (await line.get(path, await signed(line))).read(
      ownEvents,
    )
    kinds.push(...page.items.map(({ kind }) => kind))
    next = page.next
  } while (next !== undefined)
  expect(kinds).toEqual(['key-add', 'record', 'record', 'lookup'])
})

test('of one bearer that comes to two processes at once, one serves', async () => {
  const line = await newLine(here)
  await amended(line)
  const headers = await signed(line)
  const other = await openLine(line.database, line.clock)
  const replies = await Promise.all([line, other].map(({ get }) => get(HEAD, headers)))
  expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 401])
  expect((await line.get(HEAD, await signed(line))).status).toBe(200)
})
