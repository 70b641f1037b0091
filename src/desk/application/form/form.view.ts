import { errorSummary, type FieldError, hiddenField } from '../../../web/form.ts'
import { type Content, type Html, html } from '../../../web/html.ts'
import { APPLIED_KINDS, type AppliedKind } from '../content.ts'
import { KIND_WORDS } from '../status-words.ts'
import { area, type Sheet } from './controls.view.ts'
import { countEcho } from './echo.ts'
import { type InformationPart, informationView } from './information.view.ts'
import { type LinePart, lineView } from './line.view.ts'
import type { OwnerCheck } from './owner-check.ts'
import { type PapersPart, papersView } from './papers.view.ts'
import { MOST_ANSWER } from './read-application.ts'
import { stepsView } from './steps.view.ts'
import { worksView } from './works.view.ts'

export interface FormPage {
  /** `/desk/applications/:id`. */
  path: string
  /** The revision that the form goes on from; 0 before the first. */
  revision: number
  /** 申込の作成(新規), 申込の修正(差戻し). */
  title: string
  contractor: string
  /** What the company asked, where it is sent anew with an answer. */
  reasons: Html | undefined
  sheet: Sheet
  /** Messages above the form: saved, returned, written by somebody else. */
  messages?: Content
  ownerNames: readonly string[]
  owner: OwnerCheck | undefined
  lines: Record<AppliedKind, LinePart>
  information: InformationPart
  papers: PapersPart
  /** Parts that are not open any more: shown as they were sent, instead of their fields. */
  fixed: Partial<Record<AppliedKind | 'works', Html>>
}

const ANSWER = ['returned', '差戻しについて'] as const
const SECTIONS = [
  ['works', '請負工事の情報'],
  ['guarantees', '保証の申込内容'],
  ['others', 'その他'],
] as const

/** 申込作成: the three tabs of the leaflet as three sections of one page. */
export function formView(page: FormPage): Html {
  const { path, revision, title, sheet, messages } = page
  return html`${stepsView(1)}
<h1>保証申込<span class="subtitle">${title}</span></h1>
<p class="form-top"><a href="/desk/help#application">保証申込のヘルプ</a><span>ご不明な点は申込先の営業部・支店までお気軽にお問い合わせください。</span></p>
${messages}
${errorSummary('ja', sheet.errors)}
<nav class="section-links" aria-label="この画面の内容"><ul>${[...(page.reasons ? [ANSWER] : []), ...SECTIONS].map(([id, text]) => html`<li><a href="#${id}">${text}</a></li>`)}</ul></nav>
<form class="form application" method="post" action="${path}/edit" enctype="multipart/form-data" data-application data-busy="送信しています…">
${hiddenField('revision', String(revision))}
${enterButton()}
${page.reasons && answerSection(sheet, page.reasons)}
${worksSection(page)}
${guaranteesSection(page)}
${section('others', 'その他', papersView(fileErrors(sheet.errors), page.papers))}
<div class="buttons buttons-end"><button class="button button-main" type="submit" name="act" value="check">申込確認へ</button> <button class="button button-plain" type="submit" name="act" value="draft">下書き保存</button></div>
</form>`
}

/** What Enter in a field presses: browsers take the first button, which would remove a paper. */
function enterButton(): Html {
  return html`<button class="unseen" type="submit" name="act" value="draft" tabindex="-1" aria-hidden="true">下書き保存</button>`
}

function fileErrors(errors: readonly FieldError[]): FieldError[] {
  return errors.filter(({ field }) => field.startsWith('file.'))
}

function section(id: string, title: string, body: Content, clear?: string): Html {
  return html`<section class="part" id="${id}" aria-labelledby="${id}-title" data-part="${id}">
  <div class="part-head"><h2 id="${id}-title">${title}</h2>${clear !== undefined && clearButton(id, clear)}</div>
  ${body}
</section>`
}

/** Needs a script, without which it is not shown. Far from the buttons that send. */
function clearButton(part: string, text: string): Html {
  return html`<button class="link clear" type="button" data-clear="${part}" data-question="入力を消します。よろしいですか" hidden>${text}</button>`
}

function answerSection(sheet: Sheet, reasons: Html): Html {
  const echo = countEcho(sheet.form['answer'] ?? '', MOST_ANSWER)
  const support = `差戻しの理由への答えと、直したところを入力してください。手続の経過に残り、申込送信先の担当者が理由と並べて読みます。${MOST_ANSWER}文字以内`
  const field = { need: 'required', rows: 4, most: MOST_ANSWER, support, echo } as const
  return section(
    ...ANSWER,
    html`<div class="notice notice-bad">${reasons}</div>${area(sheet, 'answer', field)}`,
  )
}

function worksSection({ sheet, ownerNames, owner, contractor, fixed }: FormPage): Html {
  const fields = fixed.works ?? worksView(sheet, { ownerNames, owner })
  const clear = fixed.works ? undefined : '請負工事の情報をクリア'
  return section(
    'works',
    '請負工事の情報',
    html`<div class="field output"><p class="output-label">請負契約者</p><p>${contractor}</p></div>${fields}`,
    clear,
  )
}

function guaranteesSection(page: FormPage): Html {
  const { sheet, lines, fixed, information } = page
  return section(
    'guarantees',
    '保証の申込内容',
    html`<p class="support">申し込む保証に印を付けると、入力欄が開きます。</p>
  ${APPLIED_KINDS.map((kind) => {
    const known = fixed[kind]
    return known ? fixedLine(kind, known) : lineView(sheet, kind, lines[kind])
  })}
  ${reasonView(page)}
  ${informationView(sheet, information, clearButton('information', 'インフォメーションをクリア'))}`,
    '保証の申込内容をクリア',
  )
}

function fixedLine(kind: AppliedKind, shown: Html): Html {
  return html`<section class="line" aria-labelledby="fixed-${kind}"><h3 id="fixed-${kind}">${KIND_WORDS[kind]}</h3>${shown}</section>`
}

/** Asked for where the owner is not known to take what is applied for; one can go on with it. */
function reasonView({ sheet, owner }: FormPage): Html | undefined {
  const asked = owner?.state === 'refuses' || sheet.form['ownerReason'] !== ''
  if (!asked && !sheet.errors.some(({ field }) => field === 'ownerReason')) return undefined
  return html`<section class="line line-warning" aria-labelledby="line-owner-title">
  <h3 id="line-owner-title">発注者の電子保証への対応</h3>
  ${owner && html`<p class="caution">${owner.text}</p>`}
  ${area(sheet, 'ownerReason', { ...(owner?.state === 'refuses' && { need: 'required' }), rows: 2, support: '発注者に確認したことなどを入力すると、このまま申し込めます。証書(紙)に変えることもできます。' })}
</section>`
}
