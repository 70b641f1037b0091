import { foldName } from '../../../base/text.ts'
import { type Day, eraDay, westernDay } from '../../../base/time.ts'
import type { OwnerSeen } from '../../../ports.ts'
import type { AppliedKind } from '../content.ts'
import { KIND_WORDS } from '../status-words.ts'

/** Whether an owner is known to take an electronic guarantee. */
export interface OwnerCheck {
  /**
   * `unsure` where it could not be checked; then nobody is asked for a reason, and nothing says that
   * the owner takes it.
   */
  state: 'participates' | 'refuses' | 'unsure'
  /** The owner of the directory, where the name is one of its. */
  owner?: OwnerSeen
  /** What the page says. */
  text: string
}

const BASES: Record<string, string> = {
  tender_notice_date: '入札公告日',
  planned_contract_notice_date: '契約予定の公表日',
}

/** The owner whose name, alias or code it is, whatever the width and spacing. */
function findOwner(owners: readonly OwnerSeen[], name: string): OwnerSeen | undefined {
  const folded = foldName(name)
  if (folded === '') return undefined
  return owners.find((owner) =>
    [owner.name, ...owner.aliases, owner.code ?? ''].some((one) => foldName(one) === folded),
  )
}

/** While the directory cannot be read: neither yes nor no. */
export function unreadOwners(seconds: number | undefined): OwnerCheck {
  const asked =
    seconds === undefined ? '' : `（プラットフォームに${seconds}秒前に問い合わせました）`
  const text = `発注者の一覧を確認できませんでした${asked}。少し待ってから保存するか開き直すと、もう一度問い合わせます。急ぐときは、発注者にお確かめください。`
  return { state: 'unsure', text }
}

/**
 * The directory's answer for one application: known owner, kinds that it takes, and the start-date
 * rule (decisions.md "Validation") where the owner counts from the works contract's date.
 */
export function checkOwner(
  owners: readonly OwnerSeen[],
  name: string,
  contractDate: Day | undefined,
  kinds: readonly AppliedKind[],
): OwnerCheck {
  const owner = findOwner(owners, name)
  if (!owner) {
    return {
      state: 'refuses',
      text: `「${name}」は電子保証対応の発注者の一覧にありません。`,
    }
  }
  const untaken = kinds.filter((kind) => !owner.kinds.includes(kind))
  if (untaken.length > 0) {
    const names = untaken.map((kind) => KIND_WORDS[kind]).join('・')
    return {
      state: 'refuses',
      owner,
      text: `${owner.name}は${names}を電子保証では受け付けていません。`,
    }
  }
  return { owner, ...checkStart(owner, contractDate) }
}

function checkStart({ name, start }: OwnerSeen, contractDate: Day | undefined): OwnerCheck {
  const since = `${eraDay(start.date)}（${westernDay(start.date)}）`
  const basis = BASES[start.basis]
  if (basis !== undefined) {
    return {
      state: 'unsure',
      text: `${name}の対象は${basis}が${since}以降の案件です。${basis}をお確かめください。`,
    }
  }
  if (contractDate === undefined) {
    return { state: 'unsure', text: `${name}の対象は契約日が${since}以降の案件です。` }
  }
  return contractDate < start.date
    ? {
        state: 'refuses',
        text: `${name}の対象は契約日が${since}以降の案件です。契約日がそれより前です。`,
      }
    : {
        state: 'participates',
        text: `${name}は電子保証に対応しています（契約日が${since}以降の案件）。`,
      }
}
