import { mailColumns, wrapMail } from '../../base/mail-text.ts'
import { type Day, dayInTokyo, type Instant, listTime, westernDay } from '../../base/time.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import type { EventKind } from '../../guarantee/record.ts'
import { certificateWords } from '../../view/words/certificate.ts'
import { historyWords } from '../../view/words/history.ts'
import type { AppliedKind } from '../application/content.ts'

/** 取扱店, as it signs a mail. */
export interface Office {
  company: string
  branch?: string
  phone?: string
  hours?: string
}

/** Whom a mail addresses, and who sends it from where. */
export interface Frame {
  /** 会社名, and whoever was named as 担当者. */
  to: {
    firm: string
    department?: string | undefined
    title?: string | undefined
    person?: string | undefined
  }
  office: Office
  /** The address of this installation. */
  origin: string
}

/** Subject and text of a mail, in lines of 38 full-width columns at most; no key is ever in it. */
export interface Written {
  subject: string
  text: string
}

/** What has happened to a guarantee: an event of its history, its switch to paper, or a new key. */
export type Happened = EventKind | 'to_paper' | 'rekey'

const SUBJECTS: Record<Happened, string> = {
  issue: '電子保証（認証キー）発行完了のお知らせ',
  amend: '電子保証 変更の発行完了のお知らせ',
  correct: '電子保証 訂正の発行完了のお知らせ',
  cancel_amendment: '電子保証 変更取消の完了のお知らせ',
  cancel: '電子保証 解約完了のお知らせ',
  release: '電子保証 返還完了のお知らせ',
  to_paper: '証書（紙）への切替完了のお知らせ',
  rekey: '認証キー再発行完了のお知らせ',
}

const LEADS: Record<Happened, string> = {
  issue: 'お申し込みの保証について、電子証書が確認サービスに到着し、発行手続きが完了しました。',
  amend: '次の保証について、変更後の電子証書が確認サービスに到着しました。認証キーは変わりません。',
  correct:
    '次の保証について、訂正後の電子証書が確認サービスに到着しました。認証キーは変わりません。',
  cancel_amendment:
    '次の保証について、直前の手続き（変更・解約・返還）の取消しが完了し、その前の内容に戻りました。認証キーは変わりません。',
  cancel: '次の保証について、解約の手続きが完了しました。この電子保証は今後ご利用になれません。',
  release: '次の保証について、返還の手続きが完了しました。',
  to_paper:
    '次の保証を、証書（紙）に切り替えました。電子証書と認証キーは、今後ご利用になれません。証書（紙）のお渡しについては、取扱店にお問い合わせください。',
  rekey:
    '次の保証について、新しい認証キーを発行しました。これまでの認証キーと共有リンクは使えなくなりました。',
}

/** ①②③ of the leaflet, for whoever has a notice to hand over. */
const TO_NOTICE = [
  'ネットデスクにログインし、トップページの「保証契約一覧」を開いてください。',
  '「電子保証（認証キー）」タブを選択し、「詳細」をクリックしてください。',
  '保証契約内容をご確認のうえ、「電子保証にかかる「認証キー」のお知らせ」（PDF）をダウンロードし、発注者へ提出してください。',
]
const TO_LIST = [
  'ネットデスクにログインし、トップページの「保証契約一覧」を開いてください。',
  '「電子保証（認証キー）」タブの「詳細」で、内容と履歴をご確認ください。',
]

/** 発行完了, 変更の発行完了, 解約完了 and their kin. */
export function happenedLetter(
  frame: Frame,
  what: { happened: Happened; certificate: Certificate; arrivedAt: Instant },
): Written {
  const { happened, certificate, arrivedAt } = what
  const { kind, contractNumber, owner, worksName } = certificate
  const event = happened === 'rekey' ? [] : [['対象', eventName(happened)] as const]
  const time = happened === 'rekey' ? '再発行日時' : '電子保証発行日時'
  return {
    subject: SUBJECTS[happened],
    text: letter(frame, LEADS[happened], [
      facts([
        ['保証の種類', certificateWords.ja.kinds[kind]],
        ['保証契約番号', contractNumber],
        ['発注者', owner.title ?? owner.name],
        ['工事名', worksName],
        ...event,
        [time, listTime(arrivedAt)],
      ]),
      steps(happened === 'issue' || happened === 'rekey' ? TO_NOTICE : TO_LIST),
      ['認証キーはこのメールには記載していません。'],
    ]),
  }
}

function eventName(happened: Exclude<Happened, 'rekey'>): string {
  return happened === 'to_paper' ? '証書（紙）への切替' : historyWords.ja.events[happened]
}

/** What a contractor has sent. */
export interface SentOff {
  /** What went with this sending. */
  kinds: readonly AppliedKind[]
  at: Instant
  /** Whether it answers a 差し戻し. */
  again: boolean
  /** 受付日; none where the office is no more. */
  reception: Day | undefined
}

/** 送信完了: the application has reached the company, whose own deed 受付 is. */
export function sentLetter(
  frame: Frame,
  { number, worksName, kinds, at, again, reception }: Application & SentOff,
): Written {
  const [sent, lead] = again
    ? ['再送信', '差戻しのあった保証のお申し込みが、回答とともに再送信されました。']
    : ['送信', '保証のお申し込みが送信されました。']
  const late = reception !== undefined && reception !== dayInTokyo(at)
  return {
    subject: `保証申込 ${sent}完了のお知らせ`,
    text: letter(frame, lead, [
      facts([
        ['受付番号', number],
        ['保証の種類', kindNames(kinds)],
        ['工事名', worksName],
        [`${sent}日時`, listTime(at)],
        ...(reception === undefined ? [] : [['受付日', westernDay(reception)] as const]),
      ]),
      ...(late ? [['受付時間外に送信されたため、受付日は上記の日になります。']] : []),
      ['審査の状況は、ネットデスクの「保証申込」の手続状況でご確認いただけます。'],
    ]),
  }
}

export interface Application {
  /** 受付番号. */
  number: string
  worksName: string
}

/** 差戻し: something has to be put right and sent again. */
export function returnedLetter(
  frame: Frame,
  what: Application & { kind: AppliedKind; reason: string },
): Written {
  const { number, worksName, kind, reason } = what
  return {
    subject: '保証申込 差戻しのお知らせ',
    text: letter(frame, 'お申し込みの内容について、ご確認いただきたいことがあります。', [
      facts([
        ['受付番号', number],
        ['保証の種類', certificateWords.ja.kinds[kind]],
        ['工事名', worksName],
        ['ご確認事項', reason],
      ]),
      steps([
        'ネットデスクにログインし、「保証申込」を開いてください。',
        '手続状況が「差戻し」の申込を開き、内容を直して、もう一度送信してください。',
      ]),
    ]),
  }
}

/** 引受不可. */
export function declinedLetter(
  frame: Frame,
  what: Application & { kind: AppliedKind; reason: string },
): Written {
  const { number, worksName, kind, reason } = what
  return {
    subject: '保証申込 審査結果のお知らせ',
    text: letter(frame, '審査の結果、次の保証をお引き受けすることができませんでした。', [
      facts([
        ['受付番号', number],
        ['保証の種類', certificateWords.ja.kinds[kind]],
        ['工事名', worksName],
        ['理由', reason],
      ]),
      ['ご不明な点は、下記の取扱店へお問い合わせください。'],
    ]),
  }
}

function kindNames(kinds: readonly AppliedKind[]): string {
  return kinds.map((kind) => certificateWords.ja.kinds[kind]).join('、')
}

/** Salutation, what it is about, the parts, who signs. */
export function letter(frame: Frame, lead: string, parts: readonly (readonly string[])[]): string {
  const blocks = [salutation(frame.to), [lead], ...parts, signature(frame)]
  return `${blocks.map((block) => block.flatMap((line) => wrapMail(line)).join('\n')).join('\n\n')}\n`
}

function salutation({ firm, department, title, person }: Frame['to']): string[] {
  if (!person) return [`${firm} ご担当者様`]
  return [firm, `${[department, title, person].filter(Boolean).join(' ')} 様`]
}

function signature({ office, origin }: Frame): string[] {
  const { company, branch, phone, hours } = office
  return [
    '-'.repeat(38),
    company,
    ...(branch ? [`取扱店：${branch}`] : []),
    ...(phone ? [`電話：${phone}`] : []),
    ...(hours ? [`受付時間：${hours}`] : []),
    'ネットデスクは、登録済みのブックマークから開いてください。',
    `正しいアドレス：${origin}`,
    'このメールは送信専用です。ご返信いただいてもお答えできません。',
  ]
}

/** Labels of one width, values beneath one another. */
export function facts(rows: readonly (readonly [label: string, value: string])[]): string[] {
  const widest = Math.max(...rows.map(([label]) => mailColumns(label)))
  return rows.flatMap(([label, value]) => {
    const space = '　'.repeat((widest - mailColumns(label)) / 2)
    const [first = '', ...more] = value.split(/\r\n|\r|\n/)
    const hang = widest + 2
    return [
      ...wrapMail(`${label}${space}：${first}`, hang),
      ...more.flatMap((line) => wrapMail(' '.repeat(hang) + line, hang)),
    ]
  })
}

function steps(lines: readonly string[]): string[] {
  return ['次の手順', ...lines.flatMap((line, at) => wrapMail(`${at + 1} ${line}`, 2))]
}
