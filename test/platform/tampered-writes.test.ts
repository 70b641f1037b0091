import { describe, expect, test } from 'vitest'
import { base64url } from '../../src/base/bytes.ts'
import { readRecord } from '../../src/guarantee/record.ts'
import { nodeId } from '../../src/log/tree.ts'
import { compact, headerOf } from './compact.ts'
import { newScene } from './damage.ts'
import { codeOf } from './fault-of.ts'
import { AUTH_KEY, newKey, payload, type World } from './world.ts'

describe('writing on top of damage', () => {
  async function amend(world: World) {
    const { records } = await world.lookup()
    const prev = base64url(readRecord(records.get(2) as string).sha256)
    return world.sign(payload({ seq: 3, prev, event: 'amend' }))
  }

  test('a record whose predecessor was changed is not refused as wrong but told to wait', async () => {
    for (const change of [
      "UPDATE recordBody SET jws = 'x'",
      'UPDATE recordBody SET jws = (SELECT jws FROM recordBody WHERE position = 5)',
    ]) {
      const { world, db } = await newScene()
      const record = await amend(world)
      db.exec(`${change} WHERE position = 2`)
      expect(await codeOf(world.platform.intake({ record }))).toBe('store_unavailable')
    }
    const { world } = await newScene()
    expect(await world.platform.intake({ record: await amend(world) })).toMatchObject({
      fresh: true,
    })
  })

  test('under a registered key that was exchanged nothing is taken', async () => {
    const { world, db } = await newScene()
    const thief = await newKey()
    const { kty, crv, x } = thief.publicJwk
    const jwk = JSON.stringify({ crv, kty, x })
    db.prepare("UPDATE issuerKey SET jwk = ? WHERE issuer = 'east'").run(jwk)
    const forgery = payload({ sub: '12345-000009' })
    const record = compact(headerOf(world.issuer), forgery, thief)
    expect(await codeOf(world.platform.intake({ record, authKey: AUTH_KEY }))).toBe(
      'store_unavailable',
    )
  })

  test('on a damaged head nothing is signed', async () => {
    const { world, db } = await newScene()
    const reopened = await world.reopen({
      meanwhile: () =>
        db.exec(
          `UPDATE logNode SET hash = zeroblob(32) WHERE id = ${nodeId({ level: 2, index: 0 })}`,
        ),
    })
    const record = await world.sign(payload({ sub: '12345-000009' }))
    expect(await codeOf(reopened.platform.intake({ record, authKey: AUTH_KEY }))).toBe(
      'store_unavailable',
    )
  })
})
