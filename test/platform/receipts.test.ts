import { expect, test } from 'vitest'
import { base64url } from '../../src/base/bytes.ts'
import { instant } from '../../src/base/time.ts'
import { readRecord } from '../../src/guarantee/record.ts'
import { checkEvidence, checkReceipt, checkVerificationReceipt } from '../../src/verifier/check.ts'
import type { Tools } from '../../src/verifier/report.ts'
import { AUTH_KEY, certificate, NUMBER, newKey, newWorld, payload, type World } from './world.ts'

function toolsOf({ ports, clock }: World): Tools {
  const { verifyJws, verifyEd25519 } = ports
  return { verifyJws, verifyEd25519, now: instant(clock.now()) }
}

/** Two versions, the second under a key that took the place of the first one's. */
async function rotated() {
  const world = await newWorld()
  const first = await world.sign(payload())
  const one = await world.platform.intake({ record: first, authKey: AUTH_KEY })
  world.clock.pass(60_000)
  const next = await newKey('ES256')
  await world.platform.issuers.keyAdd('east', next.publicJwk)
  await world.platform.issuers.keyRetire('east', world.issuer.kid)
  world.clock.pass(60_000)
  const prev = base64url(readRecord(first).sha256)
  const second = await world.sign(payload({ seq: 2, prev, event: 'amend' }), next)
  const two = await world.platform.intake({ record: second })
  return { world, records: [first, second], receipts: [one.receipt, two.receipt] }
}

test('receipts hold against the trust document, before and after the key was changed', async () => {
  const { world, records, receipts } = await rotated()
  const trust = await world.platform.trust()
  for (const [i, receipt] of receipts.entries()) {
    const report = await checkReceipt(receipt, records[i], trust, toolsOf(world))
    expect(report.outcome).toBe('valid')
  }
  const [one, two] = receipts
  expect((await checkReceipt(one, records[1], trust, toolsOf(world))).outcome).toBe('invalid')
  expect(
    (await checkReceipt({ ...two, index: 0 }, records[1], trust, toolsOf(world))).outcome,
  ).toBe('invalid')
})

test('the evidence of a look-up holds offline, and not with a byte of another', async () => {
  const { world } = await rotated()
  const trust = await world.platform.trust()
  const { evidence, verdict } = await world.lookup()
  expect(verdict).toBe('verified')
  const report = await checkEvidence(evidence, trust, toolsOf(world))
  expect(
    report.findings.filter(({ severity }) => severity !== 'ok').map(({ code }) => code),
  ).toEqual(['NO_EXTERNAL_TIME'])
  expect(report.outcome).toBe('valid')
  expect(evidence?.keys.map(({ event }) => event)).toEqual(['key-add', 'key-add', 'key-retire'])
  const [older] = evidence?.versions ?? []
  const cut = { ...evidence, versions: [older] }
  expect((await checkEvidence(cut, trust, toolsOf(world))).outcome).toBe('invalid')
})

test('a verification receipt convicts whoever shows an older state beside it', async () => {
  const world = await newWorld()
  const [first = ''] = await world.issue()
  const { evidence } = await world.lookup()
  const prev = base64url(readRecord(first).sha256)
  const record = await world.sign(
    payload({ seq: 2, prev, event: 'amend', certificate: certificate({ guaranteedAmount: 1 }) }),
  )
  await world.platform.intake({ record })
  const { verificationReceipt } = await world.lookup()
  const trust = await world.platform.trust()
  const alone = await checkVerificationReceipt(
    verificationReceipt,
    trust,
    undefined,
    toolsOf(world),
  )
  expect(alone).toMatchObject({ outcome: 'valid', facts: { headSeq: 2 } })
  // Evidence from before the amendment is older, and no contradiction.
  const beside = await checkVerificationReceipt(
    verificationReceipt,
    trust,
    evidence,
    toolsOf(world),
  )
  expect(beside.outcome).toBe('valid')
  const now = (await world.lookup()).evidence
  const hiding = { ...now, versions: now?.versions.slice(0, 1) }
  const report = await checkVerificationReceipt(verificationReceipt, trust, hiding, toolsOf(world))
  expect(report.outcome).toBe('invalid')
})

test('a version that lands while a look-up reads is in its answer, or not yet in its checkpoint', async () => {
  for (let at = 0; at < 8; at++) {
    const world = await newWorld()
    const [first = ''] = await world.issue()
    const prev = base64url(readRecord(first).sha256)
    const record = await world.sign(payload({ seq: 2, prev, event: 'amend' }))
    let statements = 0
    const interrupted = world.over({
      store: {
        ...world.ports.store,
        async all(query) {
          if (statements++ === at) await world.platform.intake({ record })
          return world.ports.store.all(query)
        },
      },
    })
    const pair = { contractNumber: NUMBER, authKey: AUTH_KEY }
    const answer = await interrupted.lookup.byPair(pair, { evidence: true })
    expect(answer.verdict).toBe('verified')
    expect([answer.status.seq, answer.checkpoint?.size]).toEqual(
      answer.status.seq === 2 ? [2, 3] : [1, 2],
    )
    const trust = await world.platform.trust()
    expect((await checkEvidence(answer.evidence, trust, toolsOf(world))).outcome).toBe('valid')
  }
})
