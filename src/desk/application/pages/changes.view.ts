import { type Content, type Html, html } from '../../../web/html.ts'
import { dataTable } from '../../../web/table.ts'
import type { ApplicationContent } from '../content.ts'
import { label } from '../form/labels.ts'
import { KIND_WORDS } from '../status-words.ts'
import { answerText, partsOf } from './summary.view.ts'

/** One answer that is another one in the next sending. */
interface Change {
  name: string
  was: Content
  becomes: Content
}

interface Versions {
  before: ApplicationContent
  after: ApplicationContent
  /** 「静岡支店」 of an id. */
  branchName(branch: string): string
}

/** What an application says otherwise than when it was sent before, as a table: old and new. */
export function changesView({ before, after, branchName }: Versions): Html {
  const [was, becomes] = [before, after].map((content) =>
    answersIn(content, branchName(content.information.branch)),
  ) as [Answers, Answers]
  const changes = changesIn(was, becomes)
  if (changes.length === 0) return html`<p>申込みの記載に変更はありません。</p>`
  return dataTable(
    '前回の送信から変わったところ',
    ['項目', '前回の送信', '今回の送信'],
    changes.map(({ name, was, becomes }) => [name, was, becomes]),
  )
}

type Answers = Map<string, Map<string, Content>>

function answersIn(content: ApplicationContent, branchName: string): Answers {
  return new Map(
    partsOf(content, branchName).map(([title, answers]) => [
      title,
      new Map(answers.map(([field, value, name]) => [name ?? label(field), answerText(value)])),
    ]),
  )
}

function changesIn(before: Answers, after: Answers): Change[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((title) => {
    const [was, becomes] = [before.get(title), after.get(title)]
    if (!was || !becomes) return [{ name: title, was: applied(was), becomes: applied(becomes) }]
    return [...new Set([...was.keys(), ...becomes.keys()])].flatMap((name) => {
      const change = { was: answerText(was.get(name)), becomes: answerText(becomes.get(name)) }
      const same = shown(change.was) === shown(change.becomes)
      return same ? [] : [{ name: fullName(title, name), ...change }]
    })
  })
}

/** A guarantee's own answers go by its name, where they do not begin with it. */
function fullName(title: string, name: string): string {
  const ofLine = Object.values(KIND_WORDS).includes(title)
  return ofLine && !name.startsWith(title) ? `${title}：${name}` : name
}

function applied(answers: ReadonlyMap<string, Content> | undefined): string {
  return answers ? '申し込む' : '申し込まない'
}

function shown(value: Content): string {
  return String(html`${value}`)
}
