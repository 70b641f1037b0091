import { describe, expect, test } from 'vitest'
import type { LookupOptions } from '../../src/guarantee/lookup-options.ts'
import { behind } from './behind.ts'
import { codeOf, faultOf } from './fault-of.ts'
import { AUTH_KEY, certificate, NUMBER, newWorld } from './world.ts'

async function issued() {
  const world = await newWorld()
  await world.issue({ certificate: certificate({ guaranteedAmount: 19_000_000 }) })
  return world
}

const LONGEST = '𠮷'.repeat(200)

describe('what a look-up records and compares', () => {
  test.each<[string, LookupOptions, string]>([
    ['no contract data', { contract: {} }, 'contract'],
    ['a contract of absent members', { contract: { worksName: undefined } }, 'contract'],
    ['a period without a day', { contract: { worksPeriod: {} } }, 'contract.worksPeriod'],
    ['a price that is none', { contract: { contractPrice: 0.5 } }, 'contract.contractPrice'],
    [
      'a day that is none',
      { contract: { worksContractDate: '2026-02-30' } },
      'contract.worksContractDate',
    ],
    ['a name of 201 characters', { checker: { name: `${LONGEST}x` } }, 'checker.name'],
    ['a line break', { checker: { department: '契約\n検査課' } }, 'checker.department'],
    ['a lone surrogate', { checker: { name: '\ud842' } }, 'checker.name'],
    ['nothing but space', { checker: { name: '　' } }, 'checker.name'],
  ])(
    'is refused with %s, whoever asks and before the key is looked at',
    async (_, options, field) => {
      const world = await issued()
      const { authenticate, lookup } = world.platform
      const pair = { contractNumber: NUMBER, authKey: AUTH_KEY }
      const guarantee = await authenticate(pair)
      for (const asked of [
        lookup.byPair({ ...pair, authKey: 'x' }, options),
        lookup.known(guarantee, { ...options, right: 'holder' }),
      ]) {
        const { code, errors } = await faultOf(asked)
        expect([code, errors?.map((error) => error.field)]).toEqual(['body_invalid', [field]])
      }
    },
  )

  test('is taken up to its bounds', async () => {
    const world = await issued()
    const checker = { department: LONGEST, name: LONGEST }
    const answer = await world.lookup({ checker, contract: { worksPeriod: { end: '2026-09-30' } } })
    expect(answer.checker).toEqual({ ...checker, basis: 'self_declared' })
    expect(answer.match?.fields).toMatchObject([{ field: 'worksPeriod.end', result: 'same' }])
    expect(answer.verificationReceipt.length).toBeLessThan(8192)
  })
})

describe('a comparison with a newest version that cannot be read', () => {
  test.each([
    ['lost', 'DELETE FROM recordBody WHERE position = 2'],
    ['damaged', "UPDATE recordBody SET jws = 'x' WHERE position = 2"],
    ['without its entry', 'DELETE FROM logEntry WHERE position = 2'],
  ])('%s: is said to be impossible, never left out and never a pass', async (_, spoil) => {
    const world = await issued()
    behind(world).exec(spoil)
    const answer = await world.lookup({ contract: { contractPrice: 50_000_000 } })
    expect(answer.checks.slice(4)).toEqual([
      { id: 'match', result: 'unknown', code: 'NOT_CHECKABLE' },
      { id: 'sufficiency', result: 'unknown', code: 'NOT_CHECKABLE' },
    ])
    expect([answer.match, answer.certificate, answer.warnings]).toEqual([undefined, null, []])
    expect(answer.history.all.map(({ seq }) => seq)).toEqual([1])
    expect(answer.history.arrivedAt).toBeUndefined()
  })

  test('an older one unreadable leaves certificate and comparison as they are', async () => {
    const world = await issued()
    behind(world).exec('DELETE FROM recordBody WHERE position = 1')
    const answer = await world.lookup({ contract: { contractPrice: 50_000_000 } })
    expect(answer.checks[4]).toEqual({ id: 'match', result: 'pass', code: 'SAME' })
    expect([answer.status.state, answer.certificate?.guaranteedAmount]).toEqual([
      'unknown',
      19_000_000,
    ])
  })
})

describe('damage beside the guarantee', () => {
  test('a lost issuer fails the check of the issuer, and the look-up is noted', async () => {
    const world = await issued()
    const db = behind(world)
    db.exec("DELETE FROM issuer WHERE id = 'east'")
    const answer = await world.lookup()
    expect(answer.checks[1]).toEqual({ id: 'issuer', result: 'fail', code: 'ISSUER_UNTRUSTED' })
    expect([answer.verdict, answer.issuer]).toEqual(['failed', { id: 'east', name: 'east' }])
    expect(answer.evidence).toBeUndefined()
    const noted = db.prepare("SELECT count(*) FROM accessNote WHERE kind = 'lookup'").pluck()
    expect(noted.get()).toBe(1)
  })

  test.each([
    ['aliases', "UPDATE owner SET aliases = '['"],
    ['aliases of another form', "UPDATE owner SET aliases = '7'"],
    ['kinds', 'UPDATE owner SET kinds = \'["loan"]\''],
    ['start', "UPDATE owner SET startDate = 'soon'"],
    ['rates', `INSERT INTO ownerRule SELECT id, '2025-01-01', '{"rateInterim":"much"}' FROM owner`],
  ])('with damaged %s of the owner no rule is judged, and it is reported', async (_, spoil) => {
    const world = await issued()
    const contract = { contractPrice: 50_000_000 }
    expect((await world.lookup({ contract })).checks[5]?.code).not.toBe('INSUFFICIENT')
    behind(world).exec(spoil)
    const { checks, warnings, verdict } = await world.lookup({ contract })
    expect(checks[5]).toEqual({ id: 'sufficiency', result: 'unknown', code: 'NOT_CHECKABLE' })
    expect(new Set(warnings.map(({ severity }) => severity))).toEqual(new Set(['not_checkable']))
    expect(verdict).toBe('attention')
    expect(world.reports).toContainEqual({
      event: 'owner_unreadable',
      facts: { owner: 1, name: '富士市長' },
    })
  })

  test('under a damaged owner no record is taken as if it had none', async () => {
    const world = await issued()
    behind(world).exec("UPDATE owner SET kinds = '['")
    expect(await codeOf(world.issue({ sub: '12345-000009' }))).toBe('store_unavailable')
  })
})
