import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NUMBER, newWorld } from '../platform/world.ts'

const BIN = join(import.meta.dirname, '..', '..', 'src', 'akashi.mjs')

test('an operator erases beside a server that runs, which answers so at once', async () => {
  const world = await newWorld()
  await world.issue({})
  const { PATH = '', HOME = '' } = process.env
  const env = { PATH, HOME, DATA_DIR: world.dataDir, LANG: 'C' }
  const erase = (number: string, reason: string) =>
    spawnSync(process.execPath, [BIN, 'erase', 'east', number, '--reason', reason], {
      env,
      encoding: 'utf8',
    })
  const misspelt = erase('12345-999999', 'retention_ended')
  expect([misspelt.status, misspelt.stderr]).toEqual([1, expect.stringContaining('(not_found)')])
  expect(erase(NUMBER, 'asked to').status).toBe(2)
  expect((await world.lookup()).verdict).toBe('verified')

  const erased = erase(NUMBER, 'retention_ended')
  expect([erased.status, erased.stdout]).toEqual([0, `${NUMBER}: 2 records erased\n`])
  expect(erased.stderr).toContain('erase again after a restore')
  const { verdict, checks } = await world.lookup()
  expect([verdict, checks[0]?.code]).toEqual(['indeterminate', 'BODY_ERASED'])
})
