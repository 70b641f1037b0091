import { base64url } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { dayInTokyo, instant } from '../../base/time.ts'
import { newAuthKey } from '../../guarantee/auth-key.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import { type Change, follows, history } from '../../guarantee/history.ts'
import { type EventKind, type RecordPayload, readRecord } from '../../guarantee/record.ts'
import type { DeskPorts } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { StoreFault } from '../../store/store.ts'
import { sealAuthKey } from './auth-keys.ts'
import { signRecord } from './sign-record.ts'
import type { SigningKeys } from './signing-keys.ts'
import { snapshotFor } from './snapshot-for.ts'
import {
  createKnown,
  historyOf,
  type Issued,
  type Known,
  submissionQuery,
  versionQueries,
} from './version-rows.ts'

/** What the company wishes to happen to a guarantee; the certificate is the one after the event. */
export interface LifeWish extends Pick<RecordPayload, 'targetSeq' | 'reason' | 'reasonCode'> {
  event: Exclude<EventKind, 'issue'>
  /** For amend and correct; the others leave it, or take back the one before. */
  certificate?: Certificate
}

/** What a wish would do: the record's content, and what becomes another. */
export interface LifePlan {
  known: Known
  content: Pick<RecordPayload, 'seq' | 'prev' | 'event' | 'certificate'> & LifeWish
  /** Against the certificate of now. */
  changes: Change[]
  /** `no_change`, for an amend that changes nothing. */
  warnings: string[]
}

/** Who does it; a second person where the company asks for one. */
export interface By {
  madeBy: string
  approvedBy?: string
}

export interface LifeParts {
  ports: DeskPorts
  signingKeys: SigningKeys
}

/** 変更, 訂正, 変更取消, 解約, 返還 and a new auth key of guarantees in the log. */
export function createLife({ ports, signingKeys }: LifeParts) {
  const { store, clock, random, sealer } = ports
  const known = createKnown(store)
  const openKeys = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('submission')
      .select('id')
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .where('seq', '=', 0)
      .where('state', '=', 'waiting'),
  )

  /**
   * What a wish would do, judged by the rules that the platform has too.
   * @throws Fault not_found, state_conflict
   */
  async function plan(issuer: string, numberKey: string, wish: LifeWish): Promise<LifePlan> {
    return planOf(await arrived(issuer, numberKey, -1), wish)
  }

  /** Nothing is built upon a last record that is on its way (-1), and no key without the first (0). */
  async function arrived(issuer: string, numberKey: string, which: 0 | -1): Promise<Known> {
    const found = await known(issuer, numberKey)
    if (!found) throw new Fault('not_found', 'The company has no such guarantee.')
    if ((found.versions.at(which)?.arrivedAt ?? null) === null) {
      throw new Fault('state_conflict', 'A record of this guarantee is still on its way.')
    }
    return found
  }

  return {
    plan,

    /**
     * Signs what was planned and puts it into the outbox. Taking the seq is the right to do it.
     * @param more queries for the same commit: a statement of the difference in premium
     * @throws Fault state_conflict when the guarantee has gone on since, as `plan`, as signing
     */
    async carryOut(
      planned: LifePlan,
      { madeBy, approvedBy }: By,
      more: Parameters<DeskPorts['store']['commit']>[0] = [],
    ): Promise<void> {
      const { issuer, numberKey, contractNumber } = planned.known.issued
      const { jws } = await signRecord(await signingKeys.signing(issuer), {
        sub: contractNumber,
        ...planned.content,
      })
      const { seq, event } = planned.content
      const madeAt = instant(clock.now())
      const row = { issuer, numberKey, seq, event, jws, madeAt, madeBy }
      const version = versionQueries(store.db, { ...row, approvedBy: approvedBy ?? null })
      await taking(() => store.commit([...version, ...more]))
    },

    /**
     * Puts a new auth key on its way, whatever has become of later records; the old one and all links
     * hold until the platform has it.
     * @param issued as it was seen: the key that is replaced is the one of then
     * @throws Fault state_conflict for a guarantee without a key, with one on its way, or with another
     *   one since
     */
    async rekey({ issuer, numberKey, keySince }: Issued, madeBy: string): Promise<void> {
      const { issued } = await arrived(issuer, numberKey, 0)
      if (issued.keySince !== keySince) {
        throw new Fault('state_conflict', 'The key has been replaced already.')
      }
      const waiting = await store.all(openKeys(issuer, numberKey))
      if (issued.sealedKey === null || issued.state === 'on_paper' || waiting.length > 0) {
        throw new Fault('state_conflict', 'There is no key to be replaced, or one is on its way.')
      }
      const sealedKey = await sealAuthKey(sealer, issued, newAuthKey(random))
      const row = { issuer, numberKey, seq: 0, sealedKey, madeBy, keySince }
      await taking(() => store.commit([submissionQuery(store.db, row, instant(clock.now()))]))
    },

    /** Today in Tokyo: the date of an amended certificate. */
    today: () => dayInTokyo(instant(clock.now())),
  }
}

export type Life = ReturnType<typeof createLife>

function planOf(known: Known, wish: LifeWish): LifePlan {
  const versions = historyOf(known.versions)
  const last = known.versions.at(-1)
  const current = versions.at(-1)
  if (!last || !current) throw new Fault('not_found', 'Nothing was issued yet.')
  const { certificate = snapshotFor(wish, versions), ...said } = wish
  const seq = current.seq + 1
  const { warnings } = follows(versions, { ...said, seq, certificate })
  const prev = base64url(readRecord(last.jws).sha256)
  const next = { ...current, seq, event: wish.event, certificate }
  const { changes = [] } = history([current, { ...next, targetSeq: 0 }], 'auditor').at(-1) ?? {}
  return { known, content: { ...said, seq, prev, certificate }, changes, warnings }
}

async function taking(commit: () => Promise<void>): Promise<void> {
  try {
    await commit()
  } catch (error) {
    if (!(error instanceof StoreFault) || error.reason !== 'conflict') throw error
    const detail = 'Somebody else has done something to this guarantee.'
    throw new Fault('state_conflict', detail, { cause: error })
  }
}
