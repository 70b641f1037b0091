import { listTime } from '../../base/time.ts'
import { button, deedMark, fieldId, hiddenField } from '../../web/form.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { dataTable } from '../../web/table.ts'
import { faultText } from './fault-text.ts'
import { EVENT_NAMES } from './life-words.ts'
import type { Refusal } from './refusals.ts'
import type { RefusedShown } from './refused-desk.ts'
import { DEEDS, REFUSED } from './refused-words.ts'
import { sendBackForm, type TypedWhy } from './send-back.view.ts'

/** A reason that was refused, with what is wrong with it. */
export interface TypedReason {
  submission: number
  reason: string
  error: string
}

/** Who looks: their own request they cannot agree to. */
export interface Onlooker {
  user: string
  approver: boolean
  fourEyes: boolean
}

/** What the platform said, what cures it, and what can be done about it. */
export function refusedView(
  base: string,
  open: readonly RefusedShown[],
  who: Onlooker,
  { typed, why }: { typed?: TypedReason | undefined; why?: TypedWhy | undefined } = {},
): Content {
  return open.map((one) => {
    const { id, fault, seq } = one.waiting
    const path = `${base}/refused/${id}`
    return html`<section class="notice notice-bad" aria-labelledby="refused-${id}">
<h2 id="refused-${id}">${REFUSED.title}${seq > 0 && html`（第${seq}版）`}</h2>
<p>${one.resign ? REFUSED.keyEnded : faultText(fault ?? '')}</p>
${one.asked ? askedView(base, path, one.asked, { who, why }) : deedsView(path, one, who, typed?.submission === id ? typed : undefined)}
</section>`
  })
}

function deedsView(
  path: string,
  { waiting, resign, resend }: RefusedShown,
  { fourEyes }: Onlooker,
  typed: TypedReason | undefined,
): Html {
  return html`${
    resign
      ? html`<form method="post" action="${path}/resign" data-busy="送信しています…">${deedMark()}<p class="support">${REFUSED.resignNote}</p>${button(REFUSED.resign)}</form>`
      : resend
        ? html`<form method="post" action="${path}/resend" data-busy="送信しています…">${deedMark()}<p class="support">${REFUSED.resendNote}</p>${button(REFUSED.resend, 'plain')}</form>`
        : html`<p class="support">${REFUSED.outdated}</p>`
  }
${dropForm(path, waiting.seq, fourEyes && waiting.seq > 0, typed)}`
}

const DROP_NOTES: Record<number, string> = { 0: REFUSED.dropKeyNote, 1: REFUSED.dropFirstNote }

function dropForm(
  path: string,
  seq: number,
  fourEyes: boolean,
  typed: TypedReason | undefined,
): Html {
  const id = fieldId('reason')
  return html`<details class="box"${typed && html` open`}><summary>${REFUSED.drop}</summary>
<form method="post" action="${path}/drop">
<div class="field${typed ? ' field-wrong' : ''}"><label for="${id}">${REFUSED.reason} <span class="need need-required">必須</span></label>
<p class="support" id="${id}-support">${DROP_NOTES[seq] ?? REFUSED.dropNote}</p>
${typed && html`<p class="error" id="${id}-error">${typed.error}</p>`}
<textarea class="input" id="${id}" name="reason" rows="3" aria-required="true" aria-describedby="${id}-support${typed && ` ${id}-error`}"${typed && html` aria-invalid="true"`}>
${typed?.reason ?? ''}</textarea></div>
${button(fourEyes ? REFUSED.ask : REFUSED.drop, 'plain')}
</form></details>`
}

function askedView(
  base: string,
  path: string,
  { proposal, reason, madeBy, madeByName, madeAt }: NonNullable<RefusedShown['asked']>,
  { who: { user, approver }, why }: { who: Onlooker; why: TypedWhy | undefined },
): Html {
  const mayAgree = approver && user !== madeBy
  return html`<p>${REFUSED.asked(madeByName, listTime(madeAt))}</p>
<p>${REFUSED.reason}：${reason}</p>
${
  mayAgree
    ? html`<form method="post" action="${path}/agree">${deedMark()}${hiddenField('proposal', String(proposal))}${button(REFUSED.agree)}</form>
${sendBackForm(base, proposal, why)}`
    : html`<p class="aside-note">${REFUSED.own}</p>${withdrawForm(base, proposal)}`
}`
}

/** A proposal to drop a record that has arrived since. */
export function staleView(base: string, proposal: number): Html {
  return html`<section class="notice notice-bad" aria-labelledby="stale"><h2 id="stale">${REFUSED.staleTitle}</h2>
<p>${REFUSED.stale}</p>${withdrawForm(base, proposal)}</section>`
}

function withdrawForm(base: string, proposal: number): Html {
  return html`<form method="post" action="${base}/withdraw">${deedMark()}${hiddenField('proposal', String(proposal))}${button(REFUSED.withdraw, 'quiet')}</form>`
}

/** Everything that was done about refusals, by whom and when. */
export function trailView(trail: readonly Refusal[]): Content {
  if (trail.length === 0) return undefined
  const rows = trail.map((one) => [
    one.seq === 0 ? EVENT_NAMES.rekey : `第${one.seq}版`,
    faultText(one.fault),
    html`${DEEDS[one.deed]}${one.reason && html`<br>${REFUSED.reason}：${one.reason}`}`,
    html`${one.madeByName}${one.approvedByName && html`<br>（承認 ${one.approvedByName}）`}`,
    html`<time class="nowrap" datetime="${one.at}">${listTime(one.at)}</time>`,
  ])
  return html`<section aria-labelledby="trail"><h2 id="trail">${REFUSED.trail}</h2>
${dataTable(REFUSED.trail, ['版', 'プラットフォームの回答', '取扱い', '担当者', '日時'], rows)}</section>`
}
