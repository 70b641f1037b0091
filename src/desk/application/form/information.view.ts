import { type Html, html } from '../../../web/html.ts'
import { area, output, radios, type Sheet, selectInput, textInput } from './controls.view.ts'
import { countEcho } from './echo.ts'
import { MOST_MESSAGE } from './read-information.ts'

export interface InformationPart {
  /** Branches to choose from, each with the value that names it. */
  branches: readonly { value: string; text: string }[]
  /** What the company says to the contractor; none yet where empty. */
  notices: readonly string[]
  /** お客様から弊社への連絡事項 as it was sent first, where it was: it stays. */
  message?: string | undefined
}

const WISHES = [
  { value: 'yes', text: '希望する' },
  { value: 'no', text: '希望しない' },
]

/** インフォメーション; `clear` stands beside its heading. */
export function informationView(sheet: Sheet, part: InformationPart, clear: Html): Html {
  const { branches, notices } = part
  const email = { inputMode: 'email', autocomplete: 'email' } as const
  return html`<section class="line" id="line-information" aria-labelledby="line-information-title" data-part="information">
  <div class="line-head"><h3 id="line-information-title">インフォメーション</h3>${clear}</div>
  <h4>申込送信先、保証証書受取</h4>
  ${selectInput(sheet, 'branch', branches, { need: 'required' })}
  <div class="notify">
  ${radios(sheet, 'notify', WISHES, { need: 'required', support: '※「希望する」場合、弊社手続き完了後にメールを送信します。電子保証を申し込まないときは、選ばなくてもかまいません。' })}
  <div class="notify-emails">
  ${textInput(sheet, 'email1', { ...email, need: 'required', hint: '電子保証の発行が完了したことをお知らせするあて先です。認証キーはメールには記載しません。' })}
  ${textInput(sheet, 'email2', { ...email, need: 'optional' })}
  ${textInput(sheet, 'email3', { ...email, need: 'optional' })}
  </div></div>
  <h4>連絡先</h4>
  ${textInput(sheet, 'department', { need: 'optional', autocomplete: 'organization', hint: '申込みの内容についてお尋ねするときの連絡先です。' })}
  ${textInput(sheet, 'title', { need: 'optional', autocomplete: 'organization-title' })}
  ${textInput(sheet, 'person', { need: 'optional', autocomplete: 'name' })}
  ${textInput(sheet, 'phone', { need: 'optional', inputMode: 'tel', autocomplete: 'tel', support: '例：0545-55-0123　内線があるときは続けて入力してください（例：0545-55-0123 内線12）。' })}
  ${'message' in part ? output('お客様から弊社への連絡事項', sentMessage(part.message)) : messageInput(sheet)}
  ${output('弊社からお客様へのお知らせ', notices.length > 0 ? notices.map((text) => html`<span class="lines prose">${text}</span>`) : 'お知らせはありません')}
</section>`
}

function messageInput(sheet: Sheet): Html {
  const echo = countEcho(sheet.form['message'] ?? '', MOST_MESSAGE)
  const field = {
    need: 'optional',
    rows: 5,
    most: MOST_MESSAGE,
    support: '1,000文字以内',
    echo,
  } as const
  return area(sheet, 'message', field)
}

function sentMessage(message: string | undefined): Html {
  return message === undefined
    ? html`<span class="none">―（入力なし）</span>`
    : html`<span class="prose">${message}</span>`
}
