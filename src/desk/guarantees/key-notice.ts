import { clockInTokyo, dayInTokyo, type Instant } from '../../base/time.ts'
import { rowName } from '../../view/history.view.ts'
import type { KeyNotice } from '../print/notice.pdf.ts'
import type { Office } from '../print/office.ts'
import type { Detail } from './detail.ts'
import type { GuaranteeParts } from './parts.ts'

const TITLE = '電子保証にかかる「認証キー」のお知らせ'

interface NoticeFrame extends Pick<GuaranteeParts, 'site' | 'confirmAt'> {
  authKey: string
  now: Instant
  office: Office
}

/**
 * What the key notice of a guarantee says; its number is the guarantee's and that of its version,
 * and since an auth key took the place of another one, the day and minute of that.
 */
export function keyNoticeOf(
  { certificate, history, row, arrivedAt, rekeyedAt }: Detail & { arrivedAt: Instant },
  { authKey, now, office, site, confirmAt }: NoticeFrame,
): KeyNotice {
  const { owner, contractor, jvName, kind, worksName, guaranteedAmount } = certificate
  const [newest] = history
  const amendments = history.filter(({ label }) => label === 'amend').length
  const amended = newest?.label === 'amend' ? `変更 第${amendments}回` : undefined
  return {
    title: TITLE,
    noticeNumber: [row.contractNumber, newest?.seq ?? 1, ...keyMark(rekeyedAt)].join('-'),
    issuedOn: dayInTokyo(now),
    madeAt: now,
    ownerTitle: owner.title ?? owner.name,
    contractorName: contractor.name,
    ...(jvName !== undefined && { jvName }),
    kind,
    worksName,
    guaranteedAmount,
    contractNumber: row.contractNumber,
    authKey,
    platformOrigin: confirmAt,
    arrivedAt,
    ...(rekeyedAt !== undefined && { rekeyedAt }),
    event: amended ?? (newest ? rowName('ja', newest) : '新規'),
    office,
    sample: site.demo,
  }
}

/** K202611281830, so that the notice with the former key has another number. */
function keyMark(rekeyedAt: Instant | undefined): string[] {
  if (rekeyedAt === undefined) return []
  return [`K${dayInTokyo(rekeyedAt)}${clockInTokyo(rekeyedAt)}`.replace(/[-:]/g, '')]
}
