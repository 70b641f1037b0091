import { describe, expect, test } from 'vitest'
import { faults, newScene } from './access-rows.ts'
import { behind } from './behind.ts'

describe('fsck tells', () => {
  const CHANGES: [change: string, sql: string, told: string[]][] = [
    ['a kind', "UPDATE accessNote SET kind = 'x' WHERE id = 2", ['accessSeal 0']],
    ['a verdict', "UPDATE accessNote SET detail = '{}' WHERE id = 2", ['accessSeal 0']],
    ['a source', "UPDATE accessNote SET source = 'x' WHERE id = 2", ['accessSeal 0']],
    ['a row away', 'DELETE FROM accessNote WHERE id = 2', ['accessSeal 0']],
    [
      'a row more',
      "INSERT INTO accessNote (id, at, kind, detail) VALUES (0, '', '', '{}')",
      ['accessSeal 0'],
    ],
    [
      'another name',
      `UPDATE accessNote SET detail = replace(detail, '山田', '田中') WHERE id = 1`,
      ['accessNote 1'],
    ],
    [
      'a name where none was',
      `UPDATE accessNote SET detail = '{"name":"x"}' WHERE id = 3`,
      ['accessNote 3'],
    ],
    ['another salt', 'UPDATE accessNote SET salt = zeroblob(16) WHERE id = 1', ['accessNote 1']],
    ['names that are no JSON', "UPDATE accessNote SET detail = '{' WHERE id = 3", ['accessNote 3']],
    ['a seal', 'UPDATE accessSeal SET hash = zeroblob(32) WHERE start = 3', ['accessSeal 3']],
    ['a seal away', 'DELETE FROM accessSeal WHERE start = 0', ['accessSeal 3', 'logEntry 2']],
    ['a head away', 'DELETE FROM accessHead', ['accessHead 2']],
    ['a head more', 'INSERT INTO accessHead VALUES (1, 3)', ['accessHead 1']],
  ]

  test.each(CHANGES)('%s: %s', async (_change, sql, told) => {
    const { world } = await newScene()
    await world.platform.housekeeping()
    await world.lookup()
    await world.platform.housekeeping()
    expect(await faults(world)).toEqual([])
    behind(world).exec(sql)
    expect(await faults(world)).toEqual(expect.arrayContaining(told))
  })

  test('a whole chain rewritten since its head went into the log', async () => {
    const { world } = await newScene()
    await world.platform.housekeeping()
    const db = behind(world)
    db.exec("DELETE FROM accessSeal; UPDATE accessNote SET kind = 'x' WHERE id = 2")
    await world.platform.housekeeping()
    expect(await faults(world)).toEqual(['logEntry 2'])
  })
})
