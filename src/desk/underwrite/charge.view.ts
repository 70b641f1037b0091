import { listTime } from '../../base/time.ts'
import { type Html, html } from '../../web/html.ts'
import { showYen } from '../../web/show.ts'
import { PAYMENT_WORDS } from '../application/status-words.ts'
import type { Charge } from './charges.ts'

/** 保証料 as it was billed: the sum, how it is paid, and when it was. */
export function chargeView(issuer: string, charge: Charge): Html {
  const { number, yen, mark, paymentMethod, settledAt } = charge
  return html`<p class="premium">保証料 <strong>${showYen('ja', yen)}</strong>（非課税） ${mark && html`<span class="tag">${mark}</span>`}<br>${PAYMENT_WORDS[paymentMethod]}　${settledAt === null ? '未受領' : `${listTime(settledAt)} 受領確認`}<br><a href="/desk/statements/${issuer}/${number}">保証料計算書 ${number}（PDF）</a></p>`
}
