import type { Certificate } from '../../guarantee/certificate.ts'
import { KEY_PLACE, type MailPlace, type MailTemplate } from '../../guarantee/mail-template.ts'
import { certificateWords } from '../../view/words/certificate.ts'

/** What owners most often ask for in subject and body (pages.md §2, §10); the key stays in the PDF. */
export const USUAL_TEMPLATE: MailTemplate = {
  subject: '【{保証名称}】{工事番号} {案件名}（{受注者}）',
  body: `{提出先} 御中

いつもお世話になっております。{受注者}です。
次の工事に係る{保証名称}について、電子保証の「認証キー」のお知らせ（PDF）を添付のとおり提出します。

工事番号：{工事番号}
工事名：{案件名}
保証契約番号：{保証契約番号}
認証キー：添付PDFのとおり
確認先：{確認先}

{受注者}
担当者：{担当者}
連絡先：{連絡先}
`,
}

export interface Sender {
  person?: string | undefined
  phone?: string | undefined
}

/**
 * The mail by which a contractor hands the key notice over. A place with nothing to fill is left
 * empty in the subject and 「―」 in the body; a place that nobody knows stays as it stands, and so
 * does that of the key in a subject.
 */
export function submissionMail(
  { subject, body }: MailTemplate,
  certificate: Certificate,
  { person, phone }: Sender,
  { to, confirmAt, authKey }: { to: string; confirmAt: string; authKey: string },
): MailTemplate {
  const { kind, worksNumber, worksName, contractor, contractNumber } = certificate
  const values: Record<MailPlace, string | undefined> = {
    保証名称: certificateWords.ja.kinds[kind],
    工事番号: worksNumber,
    案件名: worksName,
    受注者: contractor.name,
    保証契約番号: contractNumber,
    提出先: to,
    確認先: confirmAt,
    担当者: person,
    連絡先: phone,
  }
  return {
    subject: filled(subject, values, '').replace(/ {2,}/g, ' ').trim(),
    body: filled(body, { ...values, [KEY_PLACE]: authKey }, '―'),
  }
}

function filled(text: string, values: Record<string, string | undefined>, none: string): string {
  return text.replace(/\{([^{}]+)\}/g, (place, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? none) : place,
  )
}
