import { type Day, dayInTokyo, type Instant } from '../../../base/time.ts'
import { type Html, html } from '../../../web/html.ts'
import { plainDay, showDay, showInstant } from '../../../web/show.ts'
import { stepsView } from '../form/steps.view.ts'
import { lastSentAt, lastSentKinds, type SentApplication } from '../sent/sent-application.ts'
import { KIND_WORDS } from '../status-words.ts'

/** Whom to ask about an application. */
export interface OfficeSeen {
  company: string
  branch?: string
  phone?: string
  hours?: string
}

export interface SentPage {
  application: SentApplication
  office: OfficeSeen | undefined
  /** 受付日; none where the office is no more. */
  reception: Day | undefined
}

/** 送信完了: what went with this sending, and on which day it counts. */
export function sentView({ application, office, reception }: SentPage): Html {
  const { number, content, id, sendings } = application
  const at = lastSentAt(application)
  const again = sendings.length > 1
  const mail = content.information.notify
  return html`${stepsView(3)}
<section class="sent-panel" aria-labelledby="sent-title">
<h1 id="sent-title">${again ? '再送信しました' : '送信しました'}</h1>
<p>受付番号</p><p class="sent-number code">${number}</p>
<p>${showInstant('ja', at)}</p>
</section>
${receptionView(at, reception, office)}
<dl class="rows sent-rows"><div><dt>工事名</dt><dd>${content.works.worksName}</dd></div>
<div><dt>${again ? '再送信した保証' : '申し込んだ保証'}</dt><dd>${lastSentKinds(application)
    .map((kind) => KIND_WORDS[kind])
    .join('、')}</dd></div>
${reception && html`<div><dt>受付日</dt><dd>${plainDay('ja', reception)}</dd></div>`}
<div><dt>申込送信先</dt><dd>${officeText(office)}</dd></div></dl>
<section><h2>このあとの流れ</h2>
<ol class="flow">
<li>${office?.branch ?? '申込送信先'}が申込みの内容を確認します。手続状況は「保証申込一覧」でご覧いただけます。</li>
<li>引受けの承認後、保証料をご案内します。保証料計算書は「保証料計算書一覧」でご確認いただけます。</li>
<li>${mail ? '発行の手続きが完了すると、ご入力のメールアドレスにお知らせします。' : '発行の手続きが完了すると、手続状況が「発行済」になります。'}</li>
</ol></section>
<p class="buttons"><a class="button button-main" href="/desk/guarantees">保証契約一覧へ</a> <a class="button button-plain" href="/desk/applications">保証申込一覧へ</a> <a class="button button-plain" href="/desk/applications/${id}">申込みの内容を見る</a> <button class="button button-plain" type="button" data-print hidden>この画面を印刷</button></p>`
}

/** Said plainly where the day that counts is not that of the sending. */
function receptionView(
  at: Instant,
  reception: Day | undefined,
  office: OfficeSeen | undefined,
): Html | undefined {
  if (reception === undefined || reception === dayInTokyo(at)) return undefined
  const hours = office?.hours ? `（受付時間：${office.hours}）` : ''
  return html`<p class="notice">申込送信先の受付時間外に送信されたため、${showDay('ja', reception)}の受付になります${hours}。</p>`
}

/** あかし東建設業保証株式会社 静岡支店、電話と受付時間. */
export function officeText(office: OfficeSeen | undefined): Html | undefined {
  if (!office) return undefined
  const { company, branch, phone, hours } = office
  return html`${company}${branch && ` ${branch}`}${phone && html`<br>電話 ${phone}`}${hours && html`<span class="nowrap">（${hours}）</span>`}`
}
