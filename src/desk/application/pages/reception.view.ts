import { type Day, dayInTokyo, type Instant, listTime } from '../../../base/time.ts'
import { plainDay } from '../../../web/show.ts'
import type { SentApplication } from '../sent/sent-application.ts'

/** 送信日時: when an application was sent, and when once more: 2026/11/28 14:26、…（再送信）. */
export function sendingsText({ sendings }: Pick<SentApplication, 'sendings'>): string {
  return sendings
    .map(({ at }, turn) => `${listTime(at)}${turn === 0 ? '' : '（再送信）'}`)
    .join('、')
}

/** 受付日 of what was sent at an instant, and why it is another day where it is. */
export function receptionText(at: Instant, reception: Day): string {
  const late = reception === dayInTokyo(at) ? '' : '（受付時間外に送信されたため）'
  return `${plainDay('ja', reception)}${late}`
}
