import type { Day } from '../../base/time.ts'
import { type Html, html } from '../../web/html.ts'
import { plainDay, showYen } from '../../web/show.ts'
import { PAYMENT_WORDS } from '../application/status-words.ts'
import type { Charge } from './charges.ts'

/** 保証料 as it was billed: the sum, how it is paid, and when it was. */
export function chargeView(issuer: string, charge: Charge): Html {
  const { number, yen, mark } = charge
  return html`<p class="premium">保証料 <strong>${showYen('ja', yen)}</strong>（非課税） ${mark && html`<span class="tag">${mark}</span>`}<br>${paidText(charge)}<br><a href="/desk/statements/${issuer}/${number}">保証料計算書 ${number}（PDF）</a></p>`
}

/** 「都度納付　未受領（支払期限 2026年12月14日）」, 「都度納付　2026年11月28日受領」. */
export function paidText({ paymentMethod, settledOn, settledAt, dueOn }: Charge): string {
  const open = dueOn === null ? '未受領' : `未受領（支払期限 ${plainDay('ja', dueOn)}）`
  const paid = settledOn ? receivedText(settledOn) : settledAt === null ? open : '受領済み'
  return `${PAYMENT_WORDS[paymentMethod]}　${paid}`
}

function receivedText(on: Day): string {
  return `${plainDay('ja', on)}受領`
}
