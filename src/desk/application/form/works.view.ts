import { type Html, html } from '../../../web/html.ts'
import { area, dayInput, moneyInput, radios, type Sheet, textInput, tick } from './controls.view.ts'
import type { OwnerCheck } from './owner-check.ts'

const CATEGORIES = [
  { value: 'works', text: '工事' },
  { value: 'consulting', text: '測量・設計・調査などの業務' },
  { value: 'other', text: 'その他（機械製造など）' },
]

export interface WorksPart {
  /** Names to choose from while typing. */
  ownerNames: readonly string[]
  owner: OwnerCheck | undefined
}

/** 請負工事の情報. */
export function worksView(sheet: Sheet, { ownerNames, owner }: WorksPart): Html {
  return html`
  ${ownerInput(sheet, owner, ownerNames)}
  ${textInput(sheet, 'worksNumber', { need: 'optional' })}
  ${textInput(sheet, 'worksName', { need: 'required', width: 'full', support: '請負契約書のとおりに入力してください。髙・﨑・𠮷などの文字もそのまま使えます。' })}
  ${textInput(sheet, 'worksPlace', { need: 'optional', width: 'full' })}
  ${radios(sheet, 'worksCategory', CATEGORIES, { need: 'required' })}
  ${moneyInput(sheet, 'contractPrice', { need: 'required', support: '例：50,000,000円（全角、カンマ、「金…円也」のままでもかまいません）' })}
  ${dayInput(sheet, 'worksContractDate', { need: 'required', support: '契約保証だけを契約の締結前に申し込むときは、空欄のままにしてください。' })}
  <div class="pair-row">
  ${dayInput(sheet, 'periodStart', { need: 'required' })}
  ${dayInput(sheet, 'periodEnd', { need: 'required' })}
  </div>
  <details class="more"${jvGiven(sheet) && html` open`}>
  <summary>共同企業体（JV）で請け負うとき</summary>
  ${textInput(sheet, 'jvName', { need: 'optional', width: 'full', support: '例：見本・例示特定建設工事共同企業体' })}
  ${area(sheet, 'jvMembers', { need: 'optional', rows: 3, support: '代表者から順に、1行に1社ずつ入力してください。' })}
  </details>
  <details class="more"${conditionsGiven(sheet) && html` open`}>
  <summary>複数年度の契約、低入札の工事のとき</summary>
  ${tick(sheet, 'multiYear', { support: '会計年度をまたぐ契約で、年度ごとに支払限度額が定められているもの' })}
  <div class="when-multi-year">${tick(sheet, 'finalYear', { support: '今回の保証が最終会計年度に係るもの' })}</div>
  ${tick(sheet, 'lowBid')}
  </details>`
}

/** Typing offers the names of the directory; any other name may be typed. */
function ownerInput(sheet: Sheet, owner: OwnerCheck | undefined, names: readonly string[]): Html {
  const input = textInput(sheet, 'ownerName', {
    need: 'required',
    list: 'owner-names',
    support: html`請負契約書のとおりに入力してください（例：富士市長）。電子保証に対応している発注者は、入力すると候補に出ます。<a href="/owners" target="_blank" rel="noopener">電子保証対応の発注者一覧（別の画面で開きます）</a>`,
  })
  return html`<div class="owner">${input}<datalist id="owner-names">${names.map((name) => html`<option value="${name}"></option>`)}</datalist>${owner && html`<p class="echo echo-${owner.state}">${owner.text}</p>`}</div>`
}

function jvGiven({ form, errors }: Sheet): boolean {
  const fields = ['jvName', 'jvMembers']
  return fields.some((name) => form[name] !== '' || errors.some(({ field }) => field === name))
}

function conditionsGiven({ form }: Sheet): boolean {
  return ['multiYear', 'finalYear', 'lowBid'].some((name) => form[name] === 'on')
}
