import { describe, expect, test } from 'vitest'
import type { Version } from '../../src/guarantee/history.ts'
import { AMOUNT_RULES } from '../../src/guarantee/rules/amount.ts'
import { OWNER_RULES, PARTICULARS_RULES } from '../../src/guarantee/rules/particulars.ts'
import type { Finding } from '../../src/guarantee/sufficiency.ts'
import { resultView } from '../../src/view/result.view.ts'
import { checkNext, checkText, findingText, nextSteps } from '../../src/view/verdict.view.ts'
import { ruleWords } from '../../src/view/words/rules.ts'
import { answer, checksWith, ISSUE, LONG, ORIGIN } from './fixtures.ts'

const shown = (given = answer(), more = {}) =>
  String(resultView('ja', { answer: given, ticket: 'TICKET', origin: ORIGIN, ...more }))

const part = (markup: string, start: string, end: string) =>
  markup.slice(markup.indexOf(start), markup.indexOf(end, markup.indexOf(start)))

describe('a result', () => {
  test('says in one sentence that the guarantee is genuine and in force', () => {
    expect(shown()).toContain('この電子保証は本物で、現在も有効です')
    expect(shown(answer({ versions: LONG }))).toContain('第1回変更まで')
  })

  test('an unknown check looks neither like a pass nor like a failure', () => {
    const unknown = answer({
      checks: checksWith({ id: 'log', result: 'unknown', code: 'STORE_UNREADABLE' }),
    })
    const card = part(shown(unknown), '<li class="card card-unknown">', '</li>')
    expect(card).toContain('確認できません')
    expect(card).toContain('mark-unknown')
    expect(card).not.toMatch(/mark-pass|mark-fail|問題なし|問題あり/)
    expect(shown(unknown)).not.toContain('この電子保証は本物')
    expect(shown()).not.toContain('mark-unknown')
  })

  test('a failure says what to do and whom to call, and puts the content behind a warning', () => {
    const failed = answer({
      checks: checksWith({ id: 'integrity', result: 'fail', code: 'SIG_INVALID' }),
    })
    const markup = shown(failed)
    expect(markup).toContain('次にしていただくこと')
    expect(markup).toContain('href="tel:0540000000"')
    expect(markup).toContain('平日 9時から17時まで')
    expect(markup).not.toContain('この電子保証は本物')
    expect(markup.indexOf('記録されている内容を参考として表示する')).toBeLessThan(
      markup.indexOf('id="certificate"'),
    )
    const sheet = markup.slice(markup.indexOf('<article class="sheet"'))
    expect(sheet).not.toContain('20,000,000円')
    expect(shown()).not.toContain('次にしていただくこと')
  })

  test('a status that ends the guarantee is the sentence', () => {
    const checks = checksWith({ id: 'status', result: 'fail', code: 'CANCELLED' })
    expect(shown(answer({ checks }))).toContain('この電子保証は本物ですが、解約されています')
  })

  test('names in a certificate are escaped', () => {
    const certificate = { ...ISSUE.certificate, worksName: '<img src=x onerror=alert(1)>' }
    const markup = shown(answer({ versions: [{ ...ISSUE, certificate }] }))
    expect(markup).toContain('&lt;img src=x')
    expect(markup).not.toContain('<img')
  })

  test('an issuer whose address is no address of the web gets no link', () => {
    const checks = checksWith({ id: 'log', result: 'unknown', code: 'NOT_CHECKED' })
    const issuer = { id: 'a', name: 'あかし', url: 'javascript:alert(1)' }
    expect(shown(answer({ checks, issuer }))).not.toContain('href="javascript')
  })
})

test('what only informs or cannot be judged stays closed beside what calls for attention', () => {
  const closed = { rule: 'V23', code: 'paper_original_exists', severity: 'not_checkable' } as const
  const urgent = { rule: 'V08', code: 'cap_exceeded', severity: 'warn' } as const
  const markup = part(shown(answer({ warnings: [closed, urgent] })), 'id="warnings"', '</section>')
  expect(markup.indexOf('warning-warn')).toBeLessThan(markup.indexOf('<details'))
  expect(markup.indexOf('warning-not_checkable')).toBeGreaterThan(markup.indexOf('<details'))
  expect(shown(answer({ warnings: [closed] }))).toContain('<h2 id="warnings" class="unseen">')
})

describe('the history', () => {
  const markup = shown(answer({ versions: LONG }))
  const effective = part(markup, '<ol class="timeline timeline-effective"', '</ol>')
  const all = part(markup, '<div class="timeline-all">', '</ol>')

  test('shows effective entries at once, newest first', () => {
    expect([...effective.matchAll(/No\.(\d)<\/span>/g)].map(([, seq]) => seq)).toEqual(['3', '2'])
    expect(effective).toContain('変更（増額・期限変更）')
    expect(effective).not.toContain('entry-hidden')
  })

  test('shows all entries behind the switch, hidden ones struck through with the reason', () => {
    expect([...all.matchAll(/No\.(\d)<\/span>/g)].map(([, seq]) => seq)).toEqual([
      '5',
      '4',
      '3',
      '2',
      '1',
    ])
    expect(all).toContain('<del>新規</del>')
    expect(all).toContain('No.2の訂正により置き換えられました。')
    expect(all).toContain('No.5の変更取消により取り消されました。')
  })

  test('has no switch where nothing is hidden', () => {
    expect(shown()).not.toContain('id="show-all"')
    expect(shown()).toContain('新規の1件のみです。')
  })

  test('the 電子保証発行日時 is that of the latest effective entry', () => {
    const rows = part(markup, '<section class="certificate"', '</section>')
    expect(rows).toContain('datetime="2026-01-20T07:42:00.000Z"')
    expect(rows).not.toContain('datetime="2026-01-28T00:15:00.000Z"')
  })
})

describe('a share of the present alone', () => {
  const whole = shown(answer({ versions: LONG }))
  const partial = shown(answer({ versions: LONG, partial: true }), { viaShare: true })
  const arrival = /<dt>電子保証発行日時<\/dt><dd>(.*?)<\/dd>/s

  test('names the 電子保証発行日時 that the whole names', () => {
    expect(arrival.exec(partial)?.[1]).toContain('2026-01-20')
    expect(arrival.exec(partial)?.[1]).toBe(arrival.exec(whole)?.[1])
  })

  test('has a row in force, and none of what was before', () => {
    const effective = part(partial, '<ol class="timeline timeline-effective"', '</ol>')
    expect(effective).toContain('No.3')
    expect(effective).toContain('現在の内容')
    expect(partial).not.toMatch(/No\.[124]<|18,000,000円/)
    expect(whole).toContain('18,000,000円')
  })
})

describe('with the newest version unreadable', () => {
  const unknown = checksWith(
    { id: 'integrity', result: 'unknown', code: 'BODY_ERASED' },
    { id: 'status', result: 'unknown', code: 'UNKNOWN' },
  )
  const markup = shown(
    answer({ versions: LONG.slice(0, 3), newest: 4, erased: [4], checks: unknown }),
  )
  const screen = markup.slice(0, markup.indexOf('<article class="sheet"'))
  const sheet = markup.slice(markup.indexOf('<article class="sheet"'))

  test('no older certificate stands for the present one, on screen or paper', () => {
    expect(screen).toContain('記録の本文が消去されているため、内容を表示できません。')
    expect(screen).not.toContain('<section class="certificate"')
    expect(screen).not.toContain('tag-current')
    expect(screen).not.toContain('id="match"')
    expect(sheet).not.toContain('sheet-sum')
    expect(sheet).toContain('変更（増額・期限変更）')
  })

  test('what can be read is under a reservation, on screen and paper', () => {
    const reservation = '次の内容は、本物であることを確かめられていません。'
    expect(screen).toContain(reservation)
    expect(sheet.indexOf(reservation)).toBeGreaterThan(0)
    expect(sheet.indexOf(reservation)).toBeLessThan(sheet.indexOf('sheet-history'))
    expect(shown()).not.toContain(reservation)
  })

  test('damage is not told as an erasure', () => {
    const damaged = shown(answer({ versions: [ISSUE], newest: 2, checks: unknown }))
    expect(damaged).toContain('最新の記録を読み取れないため、現在の内容を表示できません。')
    expect(damaged).not.toContain('消去されているため、内容')
    expect(damaged).not.toContain('新規の1件のみです。')
    const [, , amended] = LONG as [Version, Version, Version]
    const rest = shown(answer({ versions: [amended], newest: 3, erased: [1, 2] }))
    expect(rest).not.toContain('新規の1件のみです。')
  })
})

describe('the confirmation sheet', () => {
  const markup = shown()
  const sheet = markup.slice(markup.indexOf('<article class="sheet"'))

  test('says that it is a copy, names the checker as self-declared', () => {
    expect(sheet).toContain('保証証書の提出に代わるものではありません')
    expect(sheet).toContain('契約検査課 山田（自己申告）')
    expect(sheet).toContain('KX-7F3A91KX2Q')
    expect(sheet).not.toContain('TICKET')
  })

  test('puts a content that is not shown to be genuine under a reservation', () => {
    const checks = checksWith({ id: 'log', result: 'unknown', code: 'STORE_UNREADABLE' })
    const unproven = shown(answer({ checks }))
    const paper = unproven.slice(unproven.indexOf('<article class="sheet"'))
    const at = paper.indexOf('次の内容は、本物であることを確かめられていません。')
    expect(at).toBeGreaterThan(0)
    expect(at).toBeLessThan(paper.indexOf('20,000,000円'))
  })

  test('says in one line how many rules could not be judged', () => {
    const open = { rule: 'V23', code: 'paper_original_exists', severity: 'not_checkable' } as const
    const paperOf = (...warnings: Finding[]) => {
      const page = shown(answer({ warnings }))
      return page.slice(page.indexOf('<article class="sheet"'))
    }
    expect(paperOf(open, open)).toContain(
      '確認項目のうち2件は、必要な情報がないため判定していません。',
    )
    expect(paperOf()).not.toContain('判定していません')
    const urgent = { rule: 'V08', code: 'cap_exceeded', severity: 'warn' } as const
    expect(paperOf(urgent)).not.toContain('判定していません')
  })

  test('the era stands in elements of its own, which the western choice leaves away', () => {
    expect(sheet).toContain('<span class="era">令和8年9月30日（</span>2026年9月30日')
  })
})

describe('words', () => {
  test.each([...AMOUNT_RULES, ...OWNER_RULES, ...PARTICULARS_RULES].map(({ code }) => code))(
    'the finding %s has its own in both languages',
    (code) => {
      for (const lang of ['ja', 'en'] as const) {
        const text = findingText(lang, { code, severity: 'warn' })
        expect(text.title).not.toBe(ruleWords[lang].unknownRule.title)
      }
    },
  )

  test('a finding names amounts and days beside each other', () => {
    const amounts = { code: 'cap_exceeded', severity: 'warn', actual: 5, limit: 1_000 } as const
    expect(findingText('ja', amounts).text).toContain('（証書の内容 5円、基準 1,000円）')
    const days = { ...amounts, actual: '2026-09-30', limit: '2026-10-31' }
    expect(findingText('ja', days).text).toContain(
      '（証書の内容 2026年9月30日、基準 2026年10月31日）',
    )
  })

  test('what cannot be judged is not told as a breach', () => {
    const finding = {
      code: 'cap_exceeded',
      severity: 'not_checkable',
      actual: 5,
      limit: 1,
    } as const
    expect(findingText('ja', finding).text).toBe(ruleWords.ja.notCheckable)
  })

  test('a code without words falls back to the result, never to another result', () => {
    const check = { id: 'log', result: 'unknown', code: 'NEW_CODE' } as const
    expect(checkText('ja', check, answer()).answer).toBe('確認できません')
  })

  test('only what did not pass has a next step', () => {
    const check = { id: 'log', code: 'X' } as const
    expect(checkNext('ja', { ...check, result: 'pass' }, answer())).toBeUndefined()
    expect(checkNext('ja', { ...check, result: 'fail' }, answer())).toContain('054-000-0000')
    expect(checkNext('ja', { ...check, result: 'unknown' }, answer())).not.toContain('054')
  })

  test('what was erased is asked for of the company, and never waited for', () => {
    const unknown = { result: 'unknown', code: 'NOT_CHECKED' } as const
    const late = answer({ checks: checksWith({ id: 'integrity', ...unknown }) })
    const erased = answer({
      checks: checksWith({ id: 'integrity', result: 'unknown', code: 'BODY_ERASED' }),
    })
    for (const [lang, again, ask] of [
      ['ja', '時間をおいて', '運営者が消去'],
      ['en', 'after a while', 'operator erased'],
    ] as const) {
      const page = (given: typeof late) => String(nextSteps(lang, given))
      expect([page(late).includes(again), page(late).includes(ask)]).toEqual([true, false])
      expect([page(erased).includes(again), page(erased).includes(ask)]).toEqual([false, true])
      const next = (given: typeof late, id: 'issuer' | 'log') =>
        checkNext(lang, { id, ...unknown }, given)
      expect(next(late, 'issuer')).toContain(again)
      expect(next(erased, 'issuer')).toMatch(new RegExp(`${ask}.+054-000-0000`))
      // The log is there and may be read later.
      expect(next(erased, 'log')).toContain(again)
    }
  })
})
