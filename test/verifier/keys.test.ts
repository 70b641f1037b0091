import { describe, expect, test } from 'vitest'
import { sha256, utf8 } from '../../src/base/bytes.ts'
import { thumbprint } from '../../src/guarantee/issuer-key.ts'
import type { TrustedIssuerKey } from '../../src/log/bundle.ts'
import { codes, outcome } from './codes.ts'
import { issuerJwk, otherJwk, plainScene, privateJwk, publicJwk, Scene } from './scene.ts'

const ownKey = (scene: Scene) => scene.trust.issuers[0]?.keys[0] as TrustedIssuerKey

describe('the issuer’s key', () => {
  test('that is not pinned leaves the record untrusted, not refuted', async () => {
    const scene = await plainScene()
    await scene.record({}, { key: privateJwk(99) })
    expect(await codes(scene, await scene.evidence())).toEqual(['ISSUER_UNTRUSTED'])
    expect(await outcome(scene, await scene.evidence())).toBe('unknown')
  })

  test('pinned under another issuer of the same id is not that of this one', async () => {
    const scene = await plainScene()
    const evidence = await scene.evidence()
    scene.trust.issuers = scene.trust.issuers.map((one) => ({
      ...one,
      iss: 'https://other.example',
    }))
    expect(await codes(scene, evidence)).toContain('ISSUER_UNTRUSTED')
  })

  test('that is weak, or not what its kid says, is not trusted although pinned', async () => {
    const identity = { kty: 'OKP', crv: 'Ed25519', x: `AQ${'A'.repeat(41)}` } as const
    for (const jwk of [identity, publicJwk(otherJwk)]) {
      const scene = await plainScene()
      ownKey(scene).jwk = jwk
      expect(await codes(scene, await scene.evidence())).toEqual(['ISSUER_UNTRUSTED'])
    }
  })

  test('is judged when the record arrived, not now', async () => {
    const after = '2026-11-14T00:34:00.001Z'
    const at = '2026-11-14T00:34:00.000Z'
    for (const member of ['retiredAt', 'revokedAt', 'compromisedSince'] as const) {
      const scene = await plainScene()
      ownKey(scene)[member] = after
      expect(await outcome(scene, await scene.evidence())).toBe('valid')
      ownKey(scene)[member] = at
      expect(await codes(scene, await scene.evidence())).toContain('KEY_NOT_VALID_AT_ARRIVAL')
    }
  })

  test('declared compromised later is told as a warning', async () => {
    const scene = await plainScene()
    ownKey(scene).revokedAt = '2026-11-15T00:00:00.000Z'
    expect(await codes(scene, await scene.evidence())).toEqual([])
    ownKey(scene).compromisedSince = '2026-11-14T12:00:00.000Z'
    expect(await codes(scene, await scene.evidence())).toEqual(['KEY_LATER_REVOKED'])
  })

  test('that the log retires or revokes counts so, also where the trust is older', async () => {
    const arrived = '2026-11-14T00:45:00.000Z'
    const early = '2026-11-14T00:33:00.000Z'
    const retired = await plainScene()
    retired.keyEvent('key-retire', arrived, { at: early })
    expect(await codes(retired, await retired.evidence())).toEqual(['KEY_NOT_VALID_AT_ARRIVAL'])
    const revoked = await plainScene()
    revoked.keyEvent('key-revoke', arrived, { at: arrived, reason: 'compromised' })
    expect(await codes(revoked, await revoked.evidence())).toEqual(['KEY_LATER_REVOKED'])
  })

  test('on which log and trust disagree is refused', async () => {
    const scene = await plainScene()
    ownKey(scene).notBefore = '2026-04-01T00:00:00.001Z'
    expect(await codes(scene, await scene.evidence())).toEqual(['KEY_ENTRY_MISMATCH'])
    const revoked = await plainScene()
    const arrived = '2026-11-14T00:45:00.000Z'
    revoked.keyEvent('key-revoke', arrived, { at: arrived, reason: 'superseded' })
    ownKey(revoked).revokedAt = arrived
    expect(await codes(revoked, await revoked.evidence())).toEqual([])
    ownKey(revoked).revokedAt = '2026-11-14T00:46:00.000Z'
    expect(await codes(revoked, await revoked.evidence())).toEqual(['KEY_ENTRY_MISMATCH'])
    // A compromise learnt later than the log of the evidence is no disagreement.
    ownKey(revoked).compromisedSince = '2026-11-14T00:44:00.000Z'
    expect(await codes(revoked, await revoked.evidence())).toEqual(['KEY_LATER_REVOKED'])
  })

  test('whose entry is that of another key, or not in the log, is refused', async () => {
    const scene = await plainScene()
    const evidence = await scene.evidence()
    const [added] = evidence.keys
    if (added === undefined) throw new Error('no key event')
    const keys = (changes: object) => ({ ...evidence, keys: [{ ...added, ...changes }] })
    expect(await codes(scene, keys({ kid: thumbprint(otherJwk) }))).toContain('KEY_ENTRY_MISMATCH')
    expect(await codes(scene, keys({ event: 'key-retire' }))).toContain('KEY_ENTRY_MISMATCH')
    expect(await codes(scene, keys(scene.placed(1)))).toContain('KEY_ENTRY_MISMATCH')
    const { inclusion } = scene.placed(1)
    expect(await codes(scene, keys({ inclusion }))).toContain('INCLUSION_INVALID')
    expect(await codes(scene, keys({}))).toEqual([])
    const wrong = [{ sha256: sha256(utf8('x')) }, { issuer: 'west' }]
    for (const more of wrong) {
      const mislabelled = await plainScene()
      mislabelled.keyEvent('key-retire', '2026-11-14T00:45:00.000Z', more)
      expect(await codes(mislabelled, await mislabelled.evidence())).toEqual(['KEY_ENTRY_MISMATCH'])
    }
    const renamed = await plainScene()
    renamed.keyEvent('key-retire', '2026-11-14T00:45:00.000Z', { kid: thumbprint(otherJwk) })
    const retirement = renamed.keyEvents.at(-1) as { kid: string }
    retirement.kid = thumbprint(issuerJwk)
    expect(await codes(renamed, await renamed.evidence())).toEqual(['KEY_ENTRY_MISMATCH'])
  })

  test('whose entry is left out counts as pinned, with a warning', async () => {
    const scene = await plainScene()
    const evidence = { ...(await scene.evidence()), keys: [] }
    expect(await codes(scene, evidence)).toEqual(['KEY_ENTRY_MISSING'])
    expect(await outcome(scene, evidence)).toBe('valid')
  })

  test('that came into the log only after the record is refused', async () => {
    const scene = new Scene()
    await scene.record()
    scene.keyEvent('key-add', '2026-11-14T00:45:00.000Z')
    expect(await codes(scene, await scene.evidence())).toEqual(['KEY_NOT_VALID_AT_ARRIVAL'])
  })
})
