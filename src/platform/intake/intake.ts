import { isAuthKey } from '../../guarantee/auth-key.ts'
import { readRecord } from '../../guarantee/record.ts'
import type { Identity, Ports } from '../../ports.ts'
import { createAuthKeyRow } from '../access/auth-key-row.ts'
import { createOpenSigned } from '../directory/open-signed.ts'
import type { Append } from '../log/append.ts'
import { type Candidate, createAdmission } from './admission.ts'
import { createHeadOfTurn } from './head-of-turn.ts'
import { createSender, type Sender } from './sender.ts'
import type { Submission, Submitted } from './submission.ts'

/** What became of one line of a batch; a line that is no submission brings its own fault. */
export type Outcome = { submitted: Submitted } | { fault: unknown }

/** Lines opened in a row before others get a turn: a batch must not keep look-ups waiting. */
const AT_ONCE = 20

/**
 * Takes signed records in: opened → admitted at the log's head (known content, key valid, owner
 * takes part, follows its history) → appended. A single one rejects with its Fault, in the order
 * of the API's error list.
 */
export function createIntake(
  ports: Ports,
  identity: Identity,
  append: Append,
  issuerRequest: Parameters<typeof createSender>[1],
) {
  const senderOf = createSender(ports, issuerRequest)
  const openSigned = createOpenSigned(ports, identity)
  const headOfTurn = createHeadOfTurn(ports)
  const waiting = new Set<Candidate>()
  const admit = createAdmission(ports, identity, waiting)
  const keyRow = createAuthKeyRow(ports)

  /** @param sender asked for at most once in a call: a bearer serves once */
  async function open(
    { record: jws, authKey }: Submission,
    sender: () => Promise<Sender | undefined>,
  ): Promise<Candidate> {
    const record = readRecord(jws)
    const { issuer } = await openSigned(record, await headOfTurn())
    const { seq, sub } = record.payload
    const kept = seq === 1 && authKey !== undefined && isAuthKey(authKey)
    return {
      issuer: issuer.id,
      record,
      authKey,
      keyRow: kept ? await keyRow(issuer.id, sub, authKey) : undefined,
      sender: seq === 1 ? await sender() : undefined,
    }
  }

  function admitted(candidate: Candidate): Promise<Submitted> {
    waiting.add(candidate)
    return append((group) => admit(candidate, group)).finally(() => waiting.delete(candidate))
  }

  return {
    /** @param bearer of the call; asked for with seq 1 of a log that was reopened */
    intake: async (submission: Submission, bearer?: string): Promise<Submitted> =>
      admitted(await open(submission, () => senderOf(bearer))),

    /** Lines that one batch may have. */
    largestBatch: ports.writing.largestGroup,

    /**
     * Many at once, each for itself; a line sees what those before it have changed. All are opened
     * before the first is admitted, so that they stand in the writer's queue in their order.
     */
    async intakeBatch(
      lines: readonly (Submission | { fault: unknown })[],
      bearer?: string,
    ): Promise<Outcome[]> {
      let known: Promise<Sender | undefined> | undefined
      const sender = () => (known ??= senderOf(bearer))
      const opened: (Candidate | { fault: unknown })[] = []
      for (const line of lines) {
        opened.push('fault' in line ? line : await open(line, sender).catch((fault) => ({ fault })))
        if (opened.length % AT_ONCE === 0) await ports.clock.sleep(0)
      }
      return Promise.all(
        opened.map((one) =>
          'fault' in one
            ? one
            : admitted(one).then(
                (submitted) => ({ submitted }),
                (fault: unknown) => ({ fault }),
              ),
        ),
      )
    },
  }
}
