import { expect, test } from 'vitest'
import { AUTH_KEY, certificate, NUMBER, newWorld, payload } from './world.ts'

test('a signed record goes in, an officer looks it up and sees four passes', async () => {
  const world = await newWorld()
  const record = await world.sign(payload())
  const { fresh, receipt, warnings } = await world.platform.intake({ record, authKey: AUTH_KEY })
  expect(fresh).toBe(true)
  expect(receipt).toMatchObject({
    issuer: 'east',
    contractNumber: NUMBER,
    seq: 1,
    index: 1,
    treeSize: 2,
  })
  expect(receipt.arrivedAt).toBe('2026-02-03T05:00:00.000Z')
  expect(warnings.filter(({ severity }) => severity === 'warn')).toEqual([])

  const answer = await world.lookup()
  expect(answer.checks).toEqual([
    { id: 'integrity', result: 'pass', code: 'OK' },
    { id: 'issuer', result: 'pass', code: 'OK' },
    { id: 'log', result: 'pass', code: 'OK' },
    { id: 'status', result: 'pass', code: 'IN_FORCE' },
  ])
  expect(answer.verdict).toBe('verified')
  expect(answer.certificate).toEqual(certificate())
})
