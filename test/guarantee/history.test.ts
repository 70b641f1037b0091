import { describe, expect, test } from 'vitest'
import {
  follows,
  history,
  knownStatus,
  shownHistory,
  statusOf,
  type Version,
} from '../../src/guarantee/history.ts'
import { faultOf } from './fault-of.ts'
import { certificate } from './sample.ts'
import { WORKED_HISTORIES, type WorkedEvent, type WorkedRow } from './worked-histories.ts'

const TODAY = '2026-01-15'

/** The version that an event makes after others, a minute after the one before. */
function versionOf(worked: WorkedEvent, versions: readonly Version[]): Version {
  const seq = versions.length + 1
  const from = worked.as === undefined ? versions.at(-1) : versions[worked.as - 1]
  return {
    seq,
    event: worked.event,
    certificate: { ...(from?.certificate ?? certificate()), ...worked.set },
    arrivedAt: `2025-11-25T00:0${seq}:00.000Z`,
    index: 100 + seq,
    ...(worked.targetSeq !== undefined && { targetSeq: worked.targetSeq, reason: '誤記のため' }),
    ...(worked.reasonCode !== undefined && { reasonCode: worked.reasonCode }),
  }
}

function build(events: readonly WorkedEvent[]): Version[] {
  const versions: Version[] = []
  for (const worked of events) versions.push(versionOf(worked, versions))
  return versions
}

const rowsOf = (versions: Version[], view: Parameters<typeof history>[1]): WorkedRow[] =>
  history(versions, view).map(({ seq, label, hidden, hiddenReason, hiddenBy }) => {
    expect(hidden).toBe(hiddenReason !== undefined)
    return [seq, label, hiddenReason, hiddenBy].filter((cell) => cell !== undefined).join(' ')
  })

describe.each(WORKED_HISTORIES)('a worked history: $name', (worked) => {
  const versions = build(worked.events)

  test('is accepted event by event', () => {
    for (const [at, version] of versions.entries()) {
      expect(follows(versions.slice(0, at), version).warnings).toEqual(
        worked.events[at]?.warnings ?? [],
      )
    }
  })

  test('shows contractor and owner its effective rows, owner with the switch and auditor all', () => {
    expect(rowsOf(versions, 'contractor')).toEqual(worked.effective)
    expect(rowsOf(versions, 'owner')).toEqual(worked.effective)
    expect(rowsOf(versions, 'owner_all')).toEqual(worked.all)
    expect(rowsOf(versions, 'auditor')).toEqual(worked.all)
  })

  test('has its state and its current certificate', () => {
    expect(statusOf(versions, TODAY)).toEqual({
      state: worked.state,
      seq: versions.length,
      amendments: worked.amendments,
    })
    expect(versions.at(-1)?.certificate.guaranteedAmount).toBe(worked.amount)
  })

  test.each(worked.refused)('refuses $event of $targetSeq as $as (%#)', (next) => {
    expect(faultOf(() => follows(versions, versionOf(next, versions))).code).toBe('state_conflict')
  })

  test.each(worked.accepted)('accepts $event of $targetSeq as $as (%#)', (next) => {
    expect(follows(versions, versionOf(next, versions)).warnings).toEqual([])
  })
})

describe('a row', () => {
  const versions = build([
    { event: 'issue', set: { jvMembers: ['甲建設'] } },
    {
      event: 'amend',
      set: {
        guaranteedAmount: 24_000_000,
        coverage: { end: '2026-05-31' },
        owner: { name: '富士市', title: '富士市長', code: '1' },
        jvMembers: ['甲建設', '乙建設'],
      },
    },
    { event: 'correct', targetSeq: 2, set: { guaranteedAmount: 23_000_000 } },
  ])
  const changesOf = (view: Parameters<typeof history>[1]) =>
    history(versions, view).map(({ changes }) => changes)

  test('keeps its own seq, time and place, with the reason', () => {
    expect(history(versions, 'owner').at(-1)).toMatchObject({
      seq: 3,
      event: 'correct',
      label: 'amend',
      arrivedAt: '2025-11-25T00:03:00.000Z',
      index: 103,
      hidden: false,
      reason: '誤記のため',
      certificate: versions[2]?.certificate,
    })
  })

  const amended = [
    { field: 'owner.code', from: '222101', to: '1' },
    { field: 'coverage.start', from: '2025-11-21', to: null },
    { field: 'coverage.end', from: '2026-03-20', to: '2026-05-31' },
    { field: 'jvMembers', from: ['甲建設'], to: ['甲建設', '乙建設'] },
  ]

  test('tells what changed against the previous row of the same view', () => {
    const [first, second, ...rest] = changesOf('contractor')
    expect(first).toEqual([])
    expect(rest).toEqual([])
    expect(second).toHaveLength(5)
    expect(second).toEqual(
      expect.arrayContaining([
        { field: 'guaranteedAmount', from: 20_000_000, to: 23_000_000 },
        ...amended,
      ]),
    )
  })

  test('of all rows, tells the steps in between', () => {
    const [, second, third] = changesOf('auditor')
    expect(second).toEqual(
      expect.arrayContaining([
        { field: 'guaranteedAmount', from: 20_000_000, to: 24_000_000 },
        ...amended,
      ]),
    )
    expect(third).toEqual([{ field: 'guaranteedAmount', from: 24_000_000, to: 23_000_000 }])
  })

  test('a certificate with its members in another order has not changed', () => {
    const [first] = build([{ event: 'issue' }]) as [Version]
    const reordered = Object.fromEntries(Object.entries(first.certificate).reverse())
    const next = { ...first, seq: 2, event: 'amend' as const, certificate: reordered as never }
    expect(follows([first], next).warnings).toEqual(['no_change'])
  })
})

describe('a history that nobody should have accepted', () => {
  const [issue] = build([{ event: 'issue' }]) as [Version]

  test('is still shown: a correct of itself, of a later entry, of one that is gone', () => {
    const forged = [1, 2, 3, 4].map((seq) => ({
      ...issue,
      seq,
      event: 'correct' as const,
      targetSeq: 5 - seq,
    }))
    expect(history(forged, 'auditor').map(({ label }) => label)).toEqual(Array(4).fill('correct'))
    const itself = { ...issue, seq: 2, event: 'correct' as const, targetSeq: 2 }
    expect(rowsOf([issue, itself], 'owner')).toEqual(['1 issue', '2 correct'])
  })

  test('a guarantee begins with an issue, whatever else comes first', () => {
    expect(follows([], issue)).toEqual({ warnings: [] })
    for (const event of ['amend', 'correct', 'cancel_amendment', 'cancel', 'release'] as const) {
      expect(faultOf(() => follows([], { ...issue, event })).code).toBe('state_conflict')
    }
  })
})

describe('the status on a day', () => {
  const versions = build([
    { event: 'issue', set: { coverage: { start: '2026-01-10', end: '2026-01-20' } } },
  ])

  test.each([
    ['2026-01-09', 'not_started'],
    ['2026-01-10', 'in_force'],
    ['2026-01-20', 'in_force'],
    ['2026-01-21', 'expired'],
  ])('%s: %s', (today, state) => expect(statusOf(versions, today).state).toBe(state))

  test('without a first day counts from its issue', () => {
    const open = build([{ event: 'issue', set: { coverage: { end: '2026-01-20' } } }])
    expect(statusOf(open, '2020-01-01').state).toBe('in_force')
  })

  test('an ending outweighs the term', () => {
    const ended = build([{ event: 'issue' }, { event: 'cancel' }])
    expect(statusOf(ended, '2030-01-01').state).toBe('cancelled')
  })

  test('of nothing is a mistake of the caller', () => {
    expect(() => statusOf([], TODAY)).toThrow('at least one version')
  })

  test('is known only with every version up to the newest', () => {
    const [issue, cancel, correct] = build([
      { event: 'issue' },
      { event: 'cancel' },
      { event: 'correct', targetSeq: 1 },
    ]) as [Version, Version, Version]
    expect(knownStatus([issue, cancel, correct], 3, TODAY)?.state).toBe('cancelled')
    expect(knownStatus([issue], 1, TODAY)?.state).toBe('in_force')
    for (const readable of [[issue, correct], [issue, cancel], [cancel, correct], [correct], []]) {
      expect(knownStatus(readable, 3, TODAY)).toBeUndefined()
    }
    expect(knownStatus([issue, cancel, { ...correct, seq: 9 }], 3, TODAY)).toBeUndefined()
    expect(knownStatus([], 0, TODAY)).toBeUndefined()
  })
})

describe('the history that a look-up shows', () => {
  const versions = build([
    { event: 'issue' },
    { event: 'amend', set: { guaranteedAmount: 2_000_000 } },
    { event: 'amend', set: { guaranteedAmount: 3_000_000 } },
    { event: 'cancel_amendment', targetSeq: 3, as: 2 },
  ])
  const seqs = (rows: readonly { seq: number }[]) => rows.map(({ seq }) => seq)

  test('has all rows, the effective ones, and the arrival of the content in force', () => {
    const { all, effective, arrivedAt } = shownHistory(versions, 4, false)
    expect([seqs(all), seqs(effective)]).toEqual([
      [1, 2, 3, 4],
      [1, 2],
    ])
    expect(arrivedAt).toBe(versions[1]?.arrivedAt)
  })

  test('of the present alone has the same facts, and nothing of what was before', () => {
    const { all, effective, arrivedAt } = shownHistory(versions, 4, true)
    expect([seqs(all), seqs(effective)]).toEqual([[4], [2]])
    expect(all[0]).toMatchObject({ hidden: true, hiddenReason: 'is_cancellation' })
    expect([...all, ...effective].flatMap(({ changes }) => changes)).toEqual([])
    expect(arrivedAt).toBe(versions[1]?.arrivedAt)
    const corrected = build([
      { event: 'issue' },
      { event: 'amend' },
      { event: 'correct', targetSeq: 2 },
    ])
    expect(shownHistory(corrected, 3, true).effective).toMatchObject([{ seq: 3, label: 'amend' }])
  })

  test('tells no arrival where a missing version could be the one in force', () => {
    const [first, second, third, fourth] = versions as [Version, Version, Version, Version]
    for (const readable of [[first, second, third], [first, third, fourth], [first], []]) {
      const { all, arrivedAt } = shownHistory(readable, 4, false)
      expect([seqs(all), arrivedAt]).toEqual([seqs(readable), undefined])
    }
    expect(shownHistory([second, third, fourth], 4, false).arrivedAt).toBe(second.arrivedAt)
  })

  test('of the present alone is empty where the newest version is missing', () => {
    const shown = shownHistory(versions.slice(0, 3), 4, true)
    expect(shown).toEqual({ all: [], effective: [] })
  })
})
