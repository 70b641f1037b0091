import { type Html, html } from '../../../web/html.ts'

const STEPS = ['申込作成', '申込確認', '送信完了']

/** 申込作成 > 申込確認 > 送信完了, with the step that is shown. */
export function stepsView(current: 1 | 2 | 3): Html {
  return html`<ol class="steps" aria-label="申込みの手順">${STEPS.map(
    (step, at) => html`<li${at + 1 === current && html` aria-current="step"`}>${step}</li>`,
  )}</ol>`
}
