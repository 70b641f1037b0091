import type { CompiledQuery } from 'kysely'
import { Fault } from '../../base/fault.ts'
import { newAuthKey } from '../../guarantee/auth-key.ts'
import { numberKey as keyOf } from '../../guarantee/contract-number.ts'
import { StoreFault } from '../../store/store.ts'
import { stepQueries } from '../application/sent/line-step.ts'
import { sealAuthKey } from './auth-keys.ts'
import {
  createIssueDraft,
  type IssueAbout,
  type IssueDraft,
  type IssueParts,
} from './issue-draft.ts'
import { stepQueries as paperStepQueries } from './paper/sheet-rows.ts'
import { signRecord } from './sign-record.ts'
import { searchColumns, versionQueries } from './version-rows.ts'

/** Tries at a commit while others write, too. */
const TRIES = 10

export interface IssueWish extends IssueAbout {
  /** Of the draft that was seen: nothing else is issued. */
  digest: string
  madeBy: string
  /** The second person, where another one accepted it. */
  approvedBy?: string
}

/**
 * Issues a guarantee that was applied for (発行): number, certificate, auth key, signed record, and
 * its place in the outbox, all in one commit; on paper the certificate with its sheets instead.
 * `draft` tells beforehand what it would be. Whoever takes the line's next step issues it; a second
 * one is told.
 */
export function createIssueLine(parts: IssueParts) {
  const { store } = parts.ports
  const draft = createIssueDraft(parts)

  return {
    draft,

    /**
     * @throws Fault as `draft`, state_conflict when it is no longer what was seen, claim_invalid
     */
    async issue(wish: IssueWish): Promise<{ contractNumber: string; numberKey: string }> {
      for (let tries = 1; ; tries++) {
        const now = await draft(wish)
        if (now.digest !== wish.digest) {
          throw new Fault('state_conflict', 'It would no longer be what was shown. Look again.')
        }
        const { number } = now.number
        try {
          await store.commit(await queriesOf(parts, now, wish))
          return { contractNumber: number, numberKey: keyOf(number) }
        } catch (error) {
          const taken = error instanceof StoreFault && error.reason === 'conflict'
          if (!taken || tries === TRIES) throw error
        }
      }
    },
  }
}

export type IssueLine = ReturnType<typeof createIssueLine>

/** Who issues it. */
type By = Pick<IssueWish, 'madeBy' | 'approvedBy'>

async function queriesOf(parts: IssueParts, draft: IssueDraft, by: By): Promise<CompiledQuery[]> {
  const { db } = parts.ports.store
  const { application, line, at, number, sheets } = draft
  const step = { application: application.id, kind: line.kind, at, byUser: by.madeBy }
  const made = sheets ? await onPaper(parts, draft, sheets, by) : await electronic(parts, draft, by)
  const steps = stepQueries(db, { ...step, step: line.step + 1, status: 'issuing' })
  const issued = { step: line.step + 2, status: 'issued', note: '証書発送' } as const
  const numbered = db
    .updateTable('applicationLine')
    .set({ contractNumber: number.number })
    .where('application', '=', application.id)
    .where('kind', '=', line.kind)
  const sent = sheets ? stepQueries(db, { ...step, ...issued }) : []
  return [number.query, ...made, ...steps, ...sent, numbered.compile()]
}

/** The row of a guarantee before anything of it has arrived. */
function newRow({ application, line, certificate, at }: IssueDraft) {
  const { id, issuer, org, branch } = application
  const { contractNumber } = certificate
  const numberKey = keyOf(contractNumber)
  return {
    ...{ issuer, numberKey, contractNumber, org, application: id },
    ...{ kind: line.kind, format: line.format, branch, newestSeq: 0, issuedAt: at },
    ...searchColumns(certificate, numberKey),
    ...{ sealedKey: null, keySince: null, arrivedAt: null },
  }
}

async function electronic(
  { ports: { store, sealer, random } }: IssueParts,
  draft: IssueDraft,
  { madeBy, approvedBy }: By,
): Promise<CompiledQuery[]> {
  const { certificate, signing, at } = draft
  if (!signing) throw new Fault('kid_unknown', 'There is no key to sign the record with.')
  const row = newRow(draft)
  const { issuer, numberKey, contractNumber } = row
  const { jws } = await signRecord(signing, {
    ...{ sub: contractNumber, seq: 1, prev: null, event: 'issue', certificate },
  })
  const sealedKey = await sealAuthKey(sealer, row, newAuthKey(random))
  const version = { issuer, numberKey, seq: 1, event: 'issue', jws, madeAt: at, madeBy }
  return [
    store.db
      .insertInto('issued')
      .values({ ...row, state: 'issuing', sealedKey, keySince: at })
      .compile(),
    ...versionQueries(store.db, { ...version, approvedBy: approvedBy ?? null }),
  ]
}

/** Outside the log: the sheets with their numbers are the originals. */
async function onPaper(
  { ports, tell }: IssueParts,
  draft: IssueDraft,
  { number, content }: NonNullable<IssueDraft['sheets']>,
  { madeBy, approvedBy }: By,
): Promise<CompiledQuery[]> {
  const { db } = ports.store
  const row = newRow(draft)
  const { issuer, numberKey, org, application, certificate } = row
  const place = { issuer, numberKey, org, application }
  const step = {
    ...({ issuer, numberKey, seq: 1, event: 'issue', certificate } as const),
    ...{ targetSeq: null, reason: null, reasonCode: null, paper: JSON.stringify(content) },
    ...{ madeAt: draft.at, madeBy, approvedBy: approvedBy ?? null },
  }
  return [
    db
      .insertInto('issued')
      .values({ ...row, state: 'in_force' })
      .compile(),
    number.query,
    ...paperStepQueries(db, step, number.number),
    ...(await tell({
      ...{ ...place, event: 'issue', certificate: draft.certificate },
      ...{ sheet: number.number, voided: [], at: draft.at },
    })),
  ]
}
