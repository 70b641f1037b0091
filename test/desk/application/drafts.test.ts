import { describe, expect, test } from 'vitest'
import { formOf } from '../../../src/desk/application/form/fields.ts'
import { newId } from '../../../src/desk/application/new-id.ts'
import { deedsOf, rowsOf } from './deeds.ts'
import { FILLED, MEMBERS } from './desk.ts'

const { sato, suzuki, yamada } = MEMBERS

describe('a draft', () => {
  test('is kept byte for byte, and once when it is saved twice', async () => {
    const { desk, drafts, save, id } = await deedsOf()
    const form = formOf({ ...FILLED, worksName: ' 葛\u{E0100}城ﾞ 﨑𠮷㈱ ', jvMembers: 'が\r\nが' })
    expect(await save(id, 0, form)).toEqual({ state: 'saved', revision: 1 })
    expect(await save(id, 0, form)).toEqual({ state: 'saved', revision: 1 })
    expect((await drafts.current(id))?.form).toEqual(form)
    expect(await rowsOf(desk, 'applicationRevision')).toHaveLength(1)
  })

  test('is nobody’s of another firm', async () => {
    const { drafts, save, id } = await deedsOf()
    await save(id, 0, FILLED)
    expect(await save(id, 1, formOf({}), yamada)).toEqual({ state: 'foreign' })
    expect((await drafts.current(id))?.form).toEqual(FILLED)
  })

  test('that two clerks write: the later one is told who and what, and nothing is kept of it', async () => {
    const { drafts, save, id } = await deedsOf()
    await save(id, 0, FILLED)
    const [first, second] = await Promise.all([
      save(id, 1, formOf({ ...FILLED, worksName: '甲' }), sato),
      save(id, 1, formOf({ ...FILLED, worksName: '乙', worksPlace: '別' }), suzuki),
    ])
    const told = [first, second].find(({ state }) => state === 'behind')
    expect([first.state, second.state].sort()).toEqual(['behind', 'saved'])
    if (told?.state !== 'behind') throw new Error('nobody was told')
    expect(told.current.revision).toBe(2)
    expect(told.merged.clashes.map(({ field }) => field)).toEqual(['worksName'])
    expect((await drafts.current(id))?.revision).toBe(2)
  })

  test('thrown away while somebody types becomes a draft anew', async () => {
    const { drafts, save, id } = await deedsOf()
    await save(id, 0, FILLED)
    expect(await drafts.remove(suzuki, { id, revision: 1 })).toBe(true)
    expect(await drafts.current(id)).toBeUndefined()
    expect(await save(id, 1, FILLED)).toEqual({ state: 'saved', revision: 1 })
  })

  test('that somebody just wrote is not thrown away', async () => {
    const { drafts, save, id } = await deedsOf()
    await save(id, 0, FILLED)
    await save(id, 1, formOf({ ...FILLED, worksName: '甲' }))
    expect(await drafts.remove(suzuki, { id, revision: 1 })).toBe(false)
    expect((await drafts.current(id))?.form['worksName']).toBe('甲')
  })

  test('copied from an earlier application is one however often it is pressed', async () => {
    const { desk, ports, drafts, save, send, id } = await deedsOf()
    await save(id, 0, FILLED)
    await send(id)
    const from = await drafts.current(id)
    if (!from) throw new Error('it is gone')
    const copy = newId(ports.random)
    await drafts.copy(sato, copy, from)
    await drafts.copy(sato, copy, from)
    expect(await rowsOf(desk, 'application')).toHaveLength(2)
    expect(await drafts.current(copy)).toMatchObject({ form: FILLED, copyOf: id, number: null })
  })
})
