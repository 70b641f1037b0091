import { describe, expect, test } from 'vitest'
import { base64, base64url, concat, sha256, utf8 } from '../../src/base/bytes.ts'
import { thumbprint } from '../../src/guarantee/issuer-key.ts'
import { verifyWithJose } from '../../src/guarantee/record.ts'
import { type NoteVerifier, parseVkey, vkey } from '../../src/log/checkpoint.ts'
import { COSIGNATURE_TYPE, cosignedMessage } from '../../src/log/cosignature.ts'
import { checkEvidence } from '../../src/verifier/check.ts'
import { keyPair } from '../log/keys.ts'
import { codes, outcome, versionAt } from './codes.ts'
import {
  ORIGIN,
  otherJwk,
  plainScene,
  receiptJwk,
  Scene,
  signReceipt,
  strangeLogKey,
  tools,
} from './scene.ts'

test('evidence of a genuine guarantee is valid, and its state is one of the past', async () => {
  const scene = await plainScene()
  const report = await checkEvidence(await scene.evidence(), scene.trust, tools)
  expect(report.outcome).toBe('valid')
  expect(report.findings.map(({ code, seq }) => [code, seq])).toEqual([
    ['OK', undefined],
    ['NO_EXTERNAL_TIME', undefined],
    ['OK', 1],
    ['OK', 2],
    ['OK', undefined],
  ])
  expect(report.facts).toMatchObject({
    contractNumber: '12345-678901',
    issuer: { id: 'east', name: '東日本見本保証' },
    versions: [
      { seq: 1, event: 'issue', arrivedAt: '2026-11-14T00:32:00.000Z', index: 2 },
      { seq: 2, event: 'amend', arrivedAt: '2026-11-14T00:34:00.000Z', index: 4 },
    ],
    status: { result: 'unknown', state: 'in_force', asOf: '2026-11-14T01:00:00.123Z' },
    checkpoint: { origin: ORIGIN, size: 6 },
    verificationReceipt: { jti: 'KX-0123456789', verdict: 'verified' },
  })
})

test('the reference verifier comes to the same result', async () => {
  const scene = await plainScene()
  const evidence = await scene.evidence()
  const report = await checkEvidence(evidence, scene.trust, tools)
  const reference = { ...tools, verifyJws: verifyWithJose }
  expect(await checkEvidence(evidence, scene.trust, reference)).toEqual(report)
})

test('without a trust document nothing is vouched for, nor with that of another platform', async () => {
  const scene = await plainScene()
  const evidence = await scene.evidence()
  const report = await checkEvidence(evidence, undefined, tools)
  expect([report.outcome, report.findings[0]?.code]).toEqual(['unknown', 'TRUST_MISSING'])
  scene.trust.platform = 'https://elsewhere.example'
  expect(await codes(scene, evidence)).toEqual(['LOG_UNTRUSTED'])
  expect(await outcome(scene, evidence)).toBe('unknown')
})

test('what is no evidence is said to be none', async () => {
  const scene = await plainScene()
  for (const value of [undefined, null, 'a.b.c', {}, { ...(await scene.evidence()), more: 1 }]) {
    expect(await codes(scene, value)).toEqual(['BUNDLE_FORMAT'])
    expect(await outcome(scene, value)).toBe('invalid')
  }
})

describe('the head of the log', () => {
  test('signed by another key is refused', async () => {
    const scene = await plainScene()
    const evidence = await scene.evidence()
    evidence.checkpoint = await scene.note(6, ORIGIN, strangeLogKey)
    expect(await codes(scene, evidence)).toEqual(['CHECKPOINT_SIG_INVALID'])
    evidence.checkpoint = 'no note'
    expect(await codes(scene, evidence)).toEqual(['CHECKPOINT_SIG_INVALID'])
  })

  test('of a log that is not pinned cannot be trusted', async () => {
    const scene = await plainScene()
    const evidence = { ...(await scene.evidence()), origin: 'elsewhere.example/akashi' }
    evidence.checkpoint = await scene.note(6, evidence.origin, strangeLogKey)
    evidence.verificationReceipt = await signReceipt(
      scene.claims({
        checkpoint: { ...scene.claims().checkpoint, origin: evidence.origin } as never,
      }),
    )
    expect(await codes(scene, evidence)).toEqual(['LOG_UNTRUSTED'])
    expect(await outcome(scene, evidence)).toBe('unknown')
  })

  test('that is valid but of another size proves nothing', async () => {
    const scene = await plainScene()
    const evidence = await scene.evidence()
    evidence.checkpoint = await scene.note(5)
    expect(await codes(scene, evidence)).toContain('INCLUSION_INVALID')
  })

  test('of a sealed log stands up to the seal', async () => {
    const scene = await plainScene()
    const evidence = await scene.evidence()
    const root = scene.claims().checkpoint?.root as string
    const sealed = (size: number, at = root) => {
      const previous = [{ ...scene.trust.log, size, root: at, previous: undefined }]
      const { previous: _, ...old } = previous[0] as (typeof previous)[0]
      const reopened = `${ORIGIN}/2`
      const again = new Scene()
      again.trust = {
        ...scene.trust,
        log: { origin: reopened, vkey: vkey(reopened, strangeLogKey.publicKey), previous: [old] },
      }
      return again
    }
    expect(await codes(sealed(6), evidence)).toEqual([])
    expect(await codes(sealed(7, base64(sha256(utf8('later')))), evidence)).toEqual([])
    expect(await codes(sealed(5), evidence)).toEqual(['PAST_SEAL_UNTRUSTED'])
    expect(await codes(sealed(6, base64(sha256(utf8('other')))), evidence)).toEqual(['LOG_FORKED'])
  })

  test('with witnesses brings a time from outside, and too few of them a warning', async () => {
    const scene = await plainScene()
    const witness = keyPair(41)
    const name = 'witness.example'
    const text = vkey(name, witness.publicKey, COSIGNATURE_TYPE)
    scene.trust = { ...scene.trust, witnesses: [text], quorum: 1 }
    const evidence = await scene.evidence()
    expect(await codes(scene, evidence)).toEqual(['WITNESS_QUORUM_MISSING'])
    expect(await outcome(scene, evidence)).toBe('valid')

    const time = new Uint8Array(8)
    new DataView(time.buffer).setBigUint64(0, 1_794_616_000n)
    const body = `${evidence.checkpoint.split('\n\n')[0]}\n`
    const signature = witness.sign(cosignedMessage(body, 1_794_616_000))
    const { keyId } = parseVkey(text, COSIGNATURE_TYPE) as NoteVerifier
    evidence.checkpoint += `— ${name} ${base64(concat(keyId, time, signature))}\n`
    const { findings } = await checkEvidence(evidence, scene.trust, tools)
    expect(findings.every(({ code }) => code === 'OK')).toBe(true)
  })
})

describe('the verification receipt in evidence', () => {
  const withClaims = async (changes: object) => {
    const scene = await plainScene()
    return codes(scene, await scene.evidence(changes))
  }

  test('that names another head is a contradiction', async () => {
    const other = base64url(sha256(utf8('other')))
    expect(await withClaims({ headSeq: 3 })).toEqual(['STATUS_CONTRADICTION'])
    expect(await withClaims({ headSeq: 1 })).toEqual(['STATUS_CONTRADICTION'])
    expect(await withClaims({ headSha256: other })).toEqual(['STATUS_CONTRADICTION'])
    expect(await withClaims({})).toEqual([])
  })

  test('of a later look-up does not belong to this evidence', async () => {
    const scene = await plainScene()
    const evidence = await scene.evidence()
    await scene.record()
    evidence.verificationReceipt = await signReceipt(scene.claims())
    expect(await codes(scene, evidence)).toEqual(['STATUS_CONTRADICTION'])
  })

  test('of another guarantee, tree or state is a contradiction', async () => {
    const scene = await plainScene()
    const tree = scene.claims().checkpoint as { origin: string; size: number; root: string }
    const forked = { ...tree, root: base64(sha256(utf8('other'))) }
    const status = { ...scene.claims().status, state: 'cancelled' }
    for (const changes of [
      { sub: '12345-678902' },
      { issuer: 'west' },
      { checkpoint: { ...tree, size: 4 } },
      { checkpoint: { ...tree, origin: 'elsewhere.example' } },
      { checkpoint: forked },
      { status },
    ]) {
      expect(await withClaims(changes), JSON.stringify(changes)).toEqual(['STATUS_CONTRADICTION'])
    }
    expect(await withClaims({ checkpoint: { ...tree, size: 5 } })).toEqual([])
  })

  test('that is not signed by a pinned receipt key does not count', async () => {
    const scene = await plainScene()
    const evidence = await scene.evidence()
    const signed = async (jws: string) => codes(scene, { ...evidence, verificationReceipt: jws })
    expect(await signed(await signReceipt(scene.claims(), otherJwk))).toEqual(['RECEIPT_UNTRUSTED'])
    expect(await signed('a.b.c')).toEqual(['BUNDLE_FORMAT'])
    expect(await signed(versionAt(evidence, 0).record as string)).toEqual(['BUNDLE_FORMAT'])
    const [head, , signature] = evidence.verificationReceipt.split('.')
    const lie = base64url(utf8(JSON.stringify(scene.claims({ jti: 'KX-9876543210' }))))
    expect(await signed(`${head}.${lie}.${signature}`)).toEqual(['SIG_INVALID'])
    expect(thumbprint(receiptJwk)).not.toBe(thumbprint(otherJwk))
  })
})

test('evidence older than a day says so, and is valid still', async () => {
  const scene = await plainScene()
  const evidence = await scene.evidence()
  const later = (now: string) => codes(scene, evidence, { ...tools, now })
  expect(await later('2026-11-15T01:00:00.123Z')).toEqual([])
  expect(await later('2026-11-15T01:00:00.124Z')).toEqual(['STALE_CHECKPOINT'])
})

test('whatever character of evidence is changed, it is not valid as the same statement', async () => {
  const scene = await plainScene()
  const evidence = await scene.evidence()
  const text = JSON.stringify(evidence)
  for (let at = 0; at < text.length; at += 29) {
    const changed = `${text.slice(0, at)}${text[at] === 'x' ? 'y' : 'x'}${text.slice(at + 1)}`
    let value: unknown
    try {
      value = JSON.parse(changed)
    } catch {
      continue
    }
    // Nothing signs the time at which the file was made, and the report does not show it.
    if (text.slice(Math.max(0, at - 40), at + 1).includes('generatedAt')) continue
    expect(await outcome(scene, value), text.slice(at - 20, at + 20)).not.toBe('valid')
  }
})
