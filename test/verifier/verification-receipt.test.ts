import { describe, expect, test } from 'vitest'
import { base64, base64url, sha256, utf8 } from '../../src/base/bytes.ts'
import type { TrustedReceiptKey } from '../../src/log/bundle.ts'
import { checkVerificationReceipt } from '../../src/verifier/check.ts'
import {
  otherJwk,
  plainScene,
  RECEIPT_SEED,
  type Scene,
  signAs,
  signReceipt,
  tools,
} from './scene.ts'

/** Outcome, then the codes that are not `OK` or `NO_EXTERNAL_TIME`. */
async function check(scene: Scene, jws: string, evidence?: unknown): Promise<string[]> {
  const report = await checkVerificationReceipt(jws, scene.trust, evidence, tools)
  const telling = report.findings.map(({ code }) => code as string)
  const told = telling.filter((code) => code !== 'OK' && code !== 'NO_EXTERNAL_TIME')
  return [report.outcome, ...new Set(told)]
}

test('a verification receipt of a pinned key is valid and tells what it says', async () => {
  const scene = await plainScene()
  const checker = { department: '契約検査課', basis: 'self_declared' } as const
  const jws = await signReceipt(scene.claims({ checker }))
  const report = await checkVerificationReceipt(jws, scene.trust, undefined, tools)
  expect(report.outcome).toBe('valid')
  expect(report.facts).toEqual(scene.claims({ checker }))
})

test('a receipt of a look-up that could not read the head is valid as well', async () => {
  const scene = await plainScene()
  const { headSeq: _, headSha256: __, checkpoint: ___, ...bare } = scene.claims()
  const jws = await signReceipt({ ...bare, verdict: 'failed' })
  expect(await check(scene, jws, await scene.evidence())).toEqual(['valid'])
})

test('a key counts from the second in which it began until it was retired', async () => {
  const scene = await plainScene()
  const jws = await signReceipt(scene.claims())
  const key = scene.trust.receiptKeys[0] as TrustedReceiptKey
  const at = (notBefore: string, retiredAt: string) => Object.assign(key, { notBefore, retiredAt })
  at('2026-11-14T01:00:00.999Z', '2026-11-14T01:00:00.001Z')
  expect(await check(scene, jws)).toEqual(['valid'])
  at('2026-11-14T01:00:01.000Z', '2026-11-14T02:00:00.000Z')
  expect(await check(scene, jws)).toEqual(['unknown', 'RECEIPT_UNTRUSTED'])
  at('2026-11-14T01:00:00.000Z', '2026-11-14T01:00:00.000Z')
  expect(await check(scene, jws)).toEqual(['unknown', 'RECEIPT_UNTRUSTED'])
})

test('a receipt of another key, another platform or another kid is not trusted', async () => {
  const scene = await plainScene()
  const strange = await signReceipt(scene.claims(), otherJwk)
  expect(await check(scene, strange)).toEqual(['unknown', 'RECEIPT_UNTRUSTED'])
  const elsewhere = await signReceipt(scene.claims({ iss: 'https://elsewhere.example' }))
  expect(await check(scene, elsewhere)).toEqual(['unknown', 'RECEIPT_UNTRUSTED'])
  const key = scene.trust.receiptKeys[0] as TrustedReceiptKey
  key.jwk = { kty: otherJwk.kty, crv: otherJwk.crv, x: otherJwk.x }
  const jws = await signReceipt(scene.claims())
  expect(await check(scene, jws)).toEqual(['unknown', 'RECEIPT_UNTRUSTED'])
})

test('a receipt with a changed word is refused, and so is one without its form', async () => {
  const scene = await plainScene()
  const [header = '', , signature = ''] = (await signReceipt(scene.claims())).split('.')
  const part = (value: object) => base64url(utf8(JSON.stringify(value)))
  const verdict = { ...scene.claims(), verdict: 'attention' }
  const forged = `${header}.${part(verdict)}.${signature}`
  expect(await check(scene, forged)).toEqual(['invalid', 'SIG_INVALID'])
  const typ = 'verification-receipt+jwt'
  const as = (alg: string) => signAs(alg, typ, scene.claims(), RECEIPT_SEED)
  expect(await check(scene, as('Ed25519'))).toEqual(['valid'])
  expect(await check(scene, as('ES256'))).toEqual(['invalid', 'SIG_INVALID'])
  const wrong: object[] = [
    { jti: 'KX-012345678I' },
    { jti: 'KX-012345678' },
    { verdict: 'good' },
    { iat: 0.5 },
    { headSeq: 0 },
    { headSha256: 'short' },
    { checks: [{ id: 'log', result: 'yes', code: 'OK' }] },
    { status: { state: 'in_force' } },
    { more: 1 },
  ]
  for (const changes of wrong) {
    const jws = await signReceipt({ ...scene.claims(), ...changes })
    expect(await check(scene, jws), JSON.stringify(changes)).toEqual(['invalid', 'BUNDLE_FORMAT'])
  }
  expect(await check(scene, 'not a jws')).toEqual(['invalid', 'BUNDLE_FORMAT'])
})

test('without a trust document it cannot be checked', async () => {
  const report = await checkVerificationReceipt('a.b.c', undefined, undefined, tools)
  expect([report.outcome, report.findings[0]?.code]).toEqual(['unknown', 'TRUST_MISSING'])
})

describe('beside evidence', () => {
  test('a receipt of an earlier or a later look-up is no contradiction', async () => {
    const scene = await plainScene()
    const early = await signReceipt(scene.claims())
    const earlyEvidence = await scene.evidence()
    await scene.record()
    const late = await signReceipt(scene.claims())
    const lateEvidence = await scene.evidence()
    for (const jws of [early, late]) {
      expect(await check(scene, jws, earlyEvidence)).toEqual(['valid'])
      expect(await check(scene, jws, lateEvidence)).toEqual(['valid'])
    }
  })

  test('a receipt that hid a version is convicted by the log', async () => {
    const scene = await plainScene()
    const hiding = scene.claims()
    await scene.record()
    const checkpoint = scene.claims().checkpoint
    if (checkpoint === undefined) throw new Error('no checkpoint')
    const jws = await signReceipt({ ...hiding, checkpoint })
    const evidence = await scene.evidence()
    expect(await check(scene, jws, evidence)).toEqual(['invalid', 'STATUS_CONTRADICTION'])
  })

  test('evidence that hides a version is convicted by the receipt', async () => {
    const scene = await plainScene()
    const whole = await scene.evidence()
    const jws = await signReceipt(scene.claims())
    const [version] = whole.versions
    const head = scene.versions[0]?.record as string
    const headSha256 = base64url(sha256(utf8(head)))
    const own = await signReceipt(scene.claims({ headSeq: 1, headSha256 }))
    const hiding = { ...whole, versions: [version], verificationReceipt: own }
    expect(await check(scene, own, hiding)).toEqual(['valid'])
    expect(await check(scene, jws, hiding)).toEqual(['invalid', 'STATUS_CONTRADICTION'])
  })

  test('another version, another tree of the same size, another guarantee are contradictions', async () => {
    const scene = await plainScene()
    const evidence = await scene.evidence()
    const other = sha256(utf8('other'))
    const checkpoint = { ...scene.claims().checkpoint, root: base64(other) }
    const wrong = [
      { headSha256: base64url(other) },
      { headSeq: 1, headSha256: base64url(other) },
      { checkpoint },
      { sub: '12345-678902' },
      { issuer: 'west' },
    ]
    for (const changes of wrong) {
      const jws = await signReceipt({ ...scene.claims(), ...changes })
      const found = await check(scene, jws, evidence)
      expect(found, JSON.stringify(changes)).toEqual(['invalid', 'STATUS_CONTRADICTION'])
    }
  })

  test('evidence that does not hold itself convicts nobody else', async () => {
    const scene = await plainScene()
    const evidence = await scene.evidence()
    const jws = await signReceipt(scene.claims({ sub: '12345-678902' }))
    const broken = { ...evidence, checkpoint: 'no note' }
    expect(await check(scene, jws, broken)).toEqual(['invalid', 'CHECKPOINT_SIG_INVALID'])
    expect(await check(scene, jws, {})).toEqual(['invalid', 'BUNDLE_FORMAT'])
  })
})
