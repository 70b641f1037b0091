import { describe, expect, test } from 'vitest'
import { nodeId } from '../../src/log/tree.ts'
import { behind, changed } from './behind.ts'
import { newScene, problemsOf, type Scene } from './damage.ts'
import { AUTH_KEY, newKey, newWorld, payload } from './world.ts'

/** Changes a column of one row byte by byte, looks each time, and puts it back. */
async function* bytewise(
  { db, sample }: Scene,
  table: string,
  column: string,
  where: string,
  step = 1,
) {
  const value = db.prepare(`SELECT ${column} FROM ${table} WHERE ${where}`).pluck().get() as string
  const write = db.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${where}`)
  for (let at = 0; at < value.length; at += step) {
    write.run(changed(value, at))
    yield await sample()
  }
  write.run(value)
  expect((await sample()).verdict).toBe('verified')
}

/** All problems that were seen; each answer has failed. */
async function seenBytewise(scene: Scene, ...place: [string, string, string, number?]) {
  const problems = new Set<string>()
  for await (const answer of bytewise(scene, ...place)) {
    expect(answer.verdict).toBe('failed')
    for (const problem of problemsOf(answer)) problems.add(problem)
  }
  return problems
}

describe('one byte changed behind the program', () => {
  test('of a stored record: its log entry no longer fits, or it cannot be read', async () => {
    const scene = await newScene()
    const problems = [
      ...(await seenBytewise(scene, 'recordBody', 'jws', 'position = 2', 5)),
      ...(await seenBytewise(scene, 'recordBody', 'jws', 'position = 3', 5)),
    ]
    expect(problems).toContain('integrity fail RECORD_UNREADABLE')
    expect(problems).toContain('integrity fail SIG_INVALID')
    expect(problems).toContain('log fail ENTRY_MISMATCH')
    expect((await scene.beside()).verdict).toBe('verified')
  })

  test('of a log entry: it is no entry any more, or not in the signed tree', async () => {
    const scene = await newScene()
    const problems = new Set<string>()
    for await (const answer of bytewise(scene, 'logEntry', 'entry', 'position = 3')) {
      expect(answer.verdict).toBe('failed')
      expect(answer.checks[2]).toMatchObject({ id: 'log', result: 'fail' })
      for (const problem of problemsOf(answer)) problems.add(problem)
    }
    expect(problems).toContain('log fail ENTRY_MISMATCH')
    expect(problems).toContain('log fail INCLUSION_INVALID')
    expect((await scene.beside()).verdict).toBe('verified')
  })

  test("of the entry of the issuer's key: the key is not the one in the log", async () => {
    const scene = await newScene()
    const problems = await seenBytewise(scene, 'logEntry', 'entry', 'position = 0')
    expect(problems).toContain('issuer fail KEY_ENTRY_MISMATCH')
    expect((await scene.beside()).verdict).toBe('verified')
  })

  test('of a node: the entry is not in the signed tree', async () => {
    const scene = await newScene()
    const id = nodeId({ level: 0, index: 2 })
    const problems = await seenBytewise(scene, 'logNode', 'hash', `id = ${id}`)
    expect([...problems]).toEqual(['log fail INCLUSION_INVALID'])
    expect((await scene.beside()).verdict).toBe('verified')
  })

  test('from one node of a proof to the next: what was remembered is of other bytes', async () => {
    const { db, sample } = await newScene()
    db.pragma('ignore_check_constraints = ON')
    // Neighbours in the proofs of both versions: all bytes in a row stay the same.
    const [from, to] = [nodeId({ level: 1, index: 0 }), nodeId({ level: 1, index: 2 })]
    const read = db.prepare('SELECT hash FROM logNode WHERE id = ?').pluck()
    const write = db.prepare('UPDATE logNode SET hash = ? WHERE id = ?')
    const [first, second] = [read.get(from) as Buffer, read.get(to) as Buffer]
    write.run(Buffer.concat([first, second.subarray(0, 1)]), from)
    write.run(second.subarray(1), to)
    expect(problemsOf(await sample())).toContain('log fail INCLUSION_INVALID')
  })

  test('of the newest signed head: nothing in the log can be relied on', async () => {
    const scene = await newScene()
    const problems = await seenBytewise(scene, 'logCheckpoint', 'note', 'size = 6')
    // Whether the key was in the log in time is not known then either.
    expect([...problems]).toEqual(['issuer unknown NOT_CHECKED', 'log fail CHECKPOINT_SIG_INVALID'])
  })

  test("of the issuer's public key: the log names another one", async () => {
    const scene = await newScene()
    const problems = await seenBytewise(scene, 'issuerKey', 'jwk', "issuer = 'east'")
    expect(problems).toContain('issuer fail KEY_ENTRY_MISMATCH')
    expect((await scene.beside()).verdict).toBe('verified')
  })

  test("of the issuer's public key on P-256, where most changes leave the curve", async () => {
    const world = await newWorld()
    const key = await newKey('ES256')
    await world.platform.issuers.keyAdd('east', key.publicJwk)
    const record = await world.sign(payload(), key)
    await world.platform.intake({ record, authKey: AUTH_KEY })
    const sample = () => world.lookup()
    const scene = { world, sample, beside: sample, db: behind(world) }
    const problems = await seenBytewise(scene, 'issuerKey', 'jwk', "alg = 'ES256'", 3)
    expect(problems).toContain('issuer fail KEY_ENTRY_MISMATCH')
  })
})
