import { describe, expect, test } from 'vitest'
import { base64url, sha256, utf8 } from '../../src/base/bytes.ts'
import { signCompact } from '../../src/guarantee/record.ts'
import { codes, outcome, versionAt } from './codes.ts'
import {
  certificate,
  ISSUER_SEED,
  issuerJwk,
  plainScene,
  Scene,
  signAs,
  signReceipt,
} from './scene.ts'

describe('a version', () => {
  test('with one letter of its record changed is refused', async () => {
    const scene = await plainScene()
    const evidence = await scene.evidence()
    const { record = '' } = versionAt(evidence, 0)
    const payload = record.indexOf('.') + 40
    const other = record[payload] === 'A' ? 'B' : 'A'
    versionAt(evidence, 0).record = record.slice(0, payload) + other + record.slice(payload + 1)
    expect(await outcome(scene, evidence)).toBe('invalid')
  })

  test('with a valid record of another guarantee is refused', async () => {
    const scene = await plainScene()
    const evidence = await scene.evidence()
    const sub = '12345-678902'
    const stranger = new Scene()
    versionAt(evidence, 0).record = await stranger.record({
      sub,
      certificate: { ...certificate, contractNumber: sub },
    })
    expect(await codes(scene, evidence)).toEqual(['ENTRY_MISMATCH', 'CHAIN_BROKEN'])
  })

  test('with a valid record, entry and proof of another guarantee is refused', async () => {
    const scene = new Scene()
    scene.keyEvent('key-add', '2026-04-01T00:00:00.000Z')
    const sub = '12345-678902'
    await scene.record({ sub, certificate: { ...certificate, contractNumber: sub } })
    const evidence = await scene.evidence()
    expect(await codes(scene, evidence)).toEqual(['CHAIN_BROKEN'])
    const named = { ...evidence, contractNumber: sub }
    named.verificationReceipt = await signReceipt(scene.claims({ sub }))
    expect(await codes(scene, named)).toEqual([])
  })

  test('with the entry and proof of its neighbour is refused', async () => {
    const scene = await plainScene()
    const evidence = await scene.evidence()
    const { seq, record = '' } = versionAt(evidence, 1)
    evidence.versions[1] = { seq, record, ...scene.placed(versionAt(evidence, 0).index) }
    expect(await codes(scene, evidence)).toContain('ENTRY_MISMATCH')
    evidence.versions[1] = { seq, record, ...scene.placed(5) }
    expect(await codes(scene, evidence)).toContain('ENTRY_MISMATCH')
    evidence.versions[1] = { seq, record, ...scene.placed(4), inclusion: scene.placed(3).inclusion }
    expect(await codes(scene, evidence)).toEqual(['INCLUSION_INVALID'])
  })

  test('signed with another key under the kid of the right one is refused', async () => {
    const scene = await plainScene()
    await scene.record()
    const last = scene.versions.at(-1) as { record: string; index: number }
    const [header, payload, signature = ''] = last.record.split('.')
    const forged = `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
    const entry = { kind: 'record', issuer: 'east', arrived: '2026-11-14T00:50:00.000Z' } as const
    last.index = scene.log({ ...entry, sha256: sha256(utf8(forged)) })
    last.record = forged
    expect(await codes(scene, await scene.evidence())).toEqual(['SIG_INVALID'])
  })

  test('whose header says another algorithm than its key has is refused', async () => {
    for (const [alg, expected] of [
      ['Ed25519', []],
      ['ES256', ['SIG_INVALID']],
    ] as const) {
      const scene = await plainScene()
      const good = await scene.record()
      const last = scene.versions.at(-1) as { record: string; index: number }
      const payload = JSON.parse(Buffer.from(good.split('.')[1] ?? '', 'base64url').toString())
      last.record = signAs(alg, 'guarantee-record+jwt', payload, ISSUER_SEED)
      const entry = { kind: 'record', issuer: 'east', arrived: '2026-11-14T00:50:00.000Z' } as const
      last.index = scene.log({ ...entry, sha256: sha256(utf8(last.record)) })
      expect(await codes(scene, await scene.evidence())).toEqual(expected)
    }
  })

  test('that is no record at all is unreadable, not an accident', async () => {
    const scene = await plainScene()
    const evidence = await scene.evidence()
    versionAt(evidence, 0).record = 'a.b.c'
    expect(await codes(scene, evidence)).toEqual(['RECORD_UNREADABLE'])
  })

  test('for another platform or of another issuer is no version of this guarantee', async () => {
    for (const changes of [{ aud: 'https://elsewhere.example' }, { iss: 'https://west.example' }]) {
      const scene = await plainScene()
      await scene.record(changes)
      expect(await codes(scene, await scene.evidence())).toEqual(['CHAIN_BROKEN'])
    }
  })

  test('signed ahead of its arrival is refused past the leeway of 300 s', async () => {
    const arrived = '2026-11-14T00:50:00.000Z'
    const at = Date.parse(arrived) / 1000
    for (const [iat, expected] of [
      [at + 300, []],
      [at + 301, ['CHAIN_BROKEN']],
    ] as const) {
      const scene = await plainScene()
      await scene.record({ iat }, { arrived })
      expect(await codes(scene, await scene.evidence())).toEqual(expected)
    }
  })

  test('logged under another issuer is refused', async () => {
    const scene = await plainScene()
    await scene.record({}, { issuer: 'west' })
    expect(await codes(scene, await scene.evidence())).toContain('ENTRY_MISMATCH')
  })

  test('whose record was erased keeps its place, and the whole cannot be checked', async () => {
    const scene = await plainScene()
    const evidence = await scene.evidence()
    delete versionAt(evidence, 0).record
    expect(await codes(scene, evidence)).toEqual(['BODY_ERASED'])
    expect(await outcome(scene, evidence)).toBe('unknown')
    const { record = '' } = versionAt(evidence, 1)
    const [header = '', payload = ''] = record.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const typ = JSON.parse(Buffer.from(header, 'base64url').toString()).typ as string
    const jws = await signCompact(
      { typ },
      { ...claims, prev: base64url(sha256(utf8('x'))) },
      issuerJwk,
    )
    versionAt(evidence, 1).record = jws
    expect(await outcome(scene, evidence)).toBe('invalid')
  })
})

describe('the chain', () => {
  test('with a version left out in the middle or at the start is refused', async () => {
    const scene = await plainScene()
    await scene.record()
    const whole = await scene.evidence()
    expect(await codes(scene, whole)).toEqual([])
    for (const left of [0, 1]) {
      const versions = whole.versions.filter((_, n) => n !== left)
      expect(await codes(scene, { ...whole, versions })).toEqual(['CHAIN_BROKEN'])
    }
  })

  test('with the newest version left out contradicts the receipt', async () => {
    const scene = await plainScene()
    const whole = await scene.evidence()
    const cut = { ...whole, versions: whole.versions.slice(0, 1) }
    expect(await codes(scene, cut)).toEqual(['STATUS_CONTRADICTION'])
  })

  test('of the newest version alone is partial, and only then whole', async () => {
    const scene = await plainScene()
    const evidence = await scene.evidence()
    const partial = { ...evidence, partial: true, versions: evidence.versions.slice(1) }
    expect(await codes(scene, partial)).toEqual([])
    expect(await codes(scene, { ...partial, partial: false })).toEqual(['CHAIN_BROKEN'])
  })

  test('in another order is refused', async () => {
    const scene = await plainScene()
    const evidence = await scene.evidence()
    evidence.versions.reverse()
    expect(await codes(scene, evidence)).toContain('CHAIN_BROKEN')
  })

  test('whose record names another one before it is refused', async () => {
    const scene = await plainScene()
    await scene.record({ prev: base64url(sha256(utf8('another'))) })
    expect(await codes(scene, await scene.evidence())).toEqual(['CHAIN_BROKEN'])
  })

  test('that goes back in time is refused', async () => {
    const scene = await plainScene()
    await scene.record({}, { arrived: '2026-11-14T00:33:59.999Z' })
    expect(await codes(scene, await scene.evidence())).toEqual(['CHAIN_BROKEN'])
    const same = await plainScene()
    await same.record({}, { arrived: '2026-11-14T00:34:00.000Z' })
    expect(await codes(same, await same.evidence())).toEqual([])
  })

  test('with an event that the rules of history do not allow is refused', async () => {
    const correct = { event: 'correct', reason: '誤記' } as const
    const allowed = await plainScene()
    await allowed.record({ ...correct, targetSeq: 2 })
    expect(await codes(allowed, await allowed.evidence())).toEqual([])
    const refused = await plainScene()
    await refused.record({ ...correct, targetSeq: 7 })
    expect(await codes(refused, await refused.evidence())).toContain('CHAIN_BROKEN')
  })
})
