import type { LineStatus } from '../application/content.ts'
import type { Fate } from '../issue/fate.ts'

/**
 * Who does what next with a guarantee, as everybody who opens it reads it.
 * @returns undefined where nothing is waited for
 */
export function nextText(
  status: LineStatus,
  {
    monthly,
    fourEyes,
    outcome,
  }: { monthly: boolean; fourEyes: boolean; outcome?: Fate | undefined },
): string | undefined {
  const issue = fourEyes
    ? '引受を承認した人とは別の人が、発行します'
    : '担当者または承認者が、発行します'
  switch (status) {
    case 'submitted':
      return '担当者が受け付けます'
    case 'received':
    case 'reviewing':
      return '承認者が審査し、引受を承認します'
    case 'returned':
      return '請負契約者が直して、もう一度送信します'
    case 'accepted':
      return monthly ? issue : '担当者または承認者が、保証料の受領を確認します'
    case 'premium_settled':
      return issue
    case 'issuing':
    case 'issue_failed':
      return outcome?.state === 'refused'
        ? 'プラットフォームが記録を受け付けませんでした。担当者または承認者が、「保証契約の手続」でどうするかを決めます'
        : 'プラットフォームへの到着を待っています'
    default:
      return undefined
  }
}
