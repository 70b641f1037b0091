import { base64url } from '../../src/base/bytes.ts'
import { authKeyDigest } from '../../src/guarantee/key-change.ts'
import { readRecord, signCompact } from '../../src/guarantee/record.ts'
import type { Receipt } from '../../src/log/bundle.ts'
import { certificate, PLATFORM, payload, type Signer } from '../platform/world.ts'
import type { Dice } from './plan.ts'
import type { Acknowledged } from './reckon.ts'

const JSON_TYPE = 'application/json'
const NEW_KEYS = ['Kq7RmT2vWx9Z', 'aB3dE5gH7jK9', 'Z28YUE4J3Bux', 'mN4pQ6rS8tU2']

interface Link {
  id: string
  token: string
}

/** A guarantee as the company that issued it knows it. */
interface Guarantee {
  sub: string
  /** All that were sent and answered, in order. */
  records: string[]
  authKey: string
  /** The key before, which must never open again. */
  oldKey: string | undefined
  links: Link[]
  /** Links that were withdrawn, or ended with the key. */
  ended: Link[]
}

interface Answer {
  status: number
  text: string
}

/** A request whose answer did not come: it is sent again, byte for byte. */
interface Doubt {
  path: string
  body: string
  type: string
  answered(answer: Answer): void
}

/**
 * A guarantee company that talks to a server over HTTP and may lose it at any moment. Its
 * guarantees are its own, one request at a time, so that it always knows what must be true.
 */
export class Client {
  readonly acknowledged: Acknowledged[] = []
  /** What the server answered that it should not have. */
  readonly surprises: string[] = []
  answers = 0
  readonly #name: string
  readonly #signer: Signer
  readonly #dice: Dice
  readonly #guarantees: Guarantee[] = []
  #origins: readonly string[] = []
  #doubt: Doubt | undefined
  #count = 0

  /** @param name five digits, the first part of its contract numbers */
  constructor(name: string, signer: Signer, dice: Dice) {
    this.#name = name
    this.#signer = signer
    this.#dice = dice
  }

  /** Goes on from where it was, at any of the servers, until one is gone or `enough` says so. */
  async work(origins: readonly string[], enough: () => boolean): Promise<void> {
    try {
      await this.settle(origins)
      while (!enough()) await this.#act()
    } catch (error) {
      // `fetch failed`: the server was killed. What was asked last stays in doubt.
      if (!(error instanceof TypeError)) throw error
    }
  }

  /** Sends again what was not answered. */
  async settle(origins: readonly string[]): Promise<void> {
    this.#origins = origins
    if (this.#doubt) await this.#send(this.#doubt)
  }

  /** Whether the newest guarantees show all that was acknowledged, to the right key. */
  async inspect(): Promise<void> {
    for (const one of this.#guarantees.slice(-3)) await this.#inspectOne(one)
  }

  /** Whether a key that was changed opens no more: once, since wrong keys are slowed down. */
  async tryOldKey(): Promise<void> {
    const one = this.#guarantees.findLast(({ oldKey }) => oldKey !== undefined)
    if (!one) return
    const body = this.#pair({ ...one, authKey: one.oldKey as string })
    const { status } = await this.#post('/v1/lookup', body)
    if (status !== 404) this.surprises.push(`the old key of ${one.sub}: ${status}`)
  }

  async #act(): Promise<void> {
    const known = this.#guarantees.length > 0
    const deeds = known
      ? ['issue', 'amend', 'amend', 'batch', 'key', 'share', 'revoke', 'look']
      : []
    const one = this.#dice.pick(this.#guarantees)
    switch (this.#dice.pick(deeds)) {
      case 'amend':
        return this.#submit([await this.#next(one)])
      case 'batch':
        return this.#batch()
      case 'key':
        return this.#changeKey(one)
      case 'share':
        return this.#share(one)
      case 'revoke':
        return this.#revoke(one)
      case 'look':
        return this.#inspectOne(one)
      default:
        return this.#submit([await this.#next(this.#begin())])
    }
  }

  #begin(): Guarantee {
    const sub = `${this.#name}-${String(this.#count++).padStart(6, '0')}`
    const authKey = this.#dice.pick(NEW_KEYS)
    const one = { sub, records: [], authKey, oldKey: undefined, links: [], ended: [] }
    this.#guarantees.push(one)
    return one
  }

  /** The next version of a guarantee, after `before` if that is not answered yet. */
  async #next(one: Guarantee, before = one.records): Promise<Submission> {
    const last = before.at(-1)
    const prev = last === undefined ? null : base64url(readRecord(last).sha256)
    const claims = payload({
      sub: one.sub,
      seq: before.length + 1,
      prev,
      event: last === undefined ? 'issue' : 'amend',
      certificate: certificate({
        contractNumber: one.sub,
        guaranteedAmount: 20_000_000 - before.length,
      }),
    })
    const { privateJwk } = this.#signer
    const record = await signCompact({ typ: 'guarantee-record+jwt' }, claims, privateJwk as never)
    return { one, record, ...(last === undefined && { authKey: one.authKey }) }
  }

  #submit([submission]: [Submission]): Promise<void> {
    const { record, authKey } = submission
    const body = JSON.stringify({ record, authKey })
    return this.#send({
      path: '/v1/records',
      body,
      type: JSON_TYPE,
      answered: ({ status, text }) => this.#received(submission, { status, ...JSON.parse(text) }),
    })
  }

  /** Two new guarantees, the first with a change at once. */
  async #batch(): Promise<void> {
    const [a, b] = [this.#begin(), this.#begin()]
    const first = await this.#next(a)
    const lines = [first, await this.#next(a, [first.record]), await this.#next(b)]
    return this.#send({
      path: '/v1/records/batch',
      body: lines.map(({ record, authKey }) => `${JSON.stringify({ record, authKey })}\n`).join(''),
      type: 'application/x-ndjson',
      answered: ({ text }) => {
        const answers = text.trim().split('\n')
        for (const [i, line] of lines.entries()) this.#received(line, JSON.parse(answers[i] ?? ''))
      },
    })
  }

  #received({ one, record, authKey }: Submission, answer: { status: number; receipt?: Receipt }) {
    const { status, receipt } = answer
    if ((status !== 201 && status !== 200) || !receipt) {
      this.surprises.push(`${one.sub}: ${JSON.stringify(answer)}`)
      return
    }
    one.records.push(record)
    this.acknowledged.push({ record, receipt, authKey })
  }

  async #changeKey(one: Guarantee): Promise<void> {
    const authKey = this.#dice.pick(NEW_KEYS.filter((key) => key !== one.authKey))
    const { jti } = payload()
    const request = await signCompact(
      { typ: 'key-change+jwt' },
      {
        iss: 'https://east.example.jp',
        aud: PLATFORM,
        iat: Math.floor(Date.now() / 1000),
        jti,
        sub: one.sub,
        authKeySha256: authKeyDigest(jti, authKey),
      },
      this.#signer.privateJwk as never,
    )
    return this.#send({
      path: '/v1/keys',
      body: JSON.stringify({ request, authKey }),
      type: JSON_TYPE,
      answered: ({ status, text }) => {
        // Asked again after it was done, it is told to be used: the new key holds.
        if (status !== 200 && !text.includes('jti_reused')) {
          this.surprises.push(`key of ${one.sub}: ${text}`)
          return
        }
        one.oldKey = one.authKey
        one.authKey = authKey
        one.ended.push(...one.links.splice(0))
      },
    })
  }

  async #share(one: Guarantee): Promise<void> {
    if (one.records.length === 0) return
    const { status, text } = await this.#post('/v1/shares', this.#pair(one))
    if (status !== 201) {
      this.surprises.push(`share of ${one.sub}: ${text}`)
      return
    }
    const { id, url } = JSON.parse(text)
    one.links.push({ id, token: url.split('#')[1] })
  }

  async #revoke(one: Guarantee): Promise<void> {
    const link = one.links.at(-1)
    if (!link) return
    return this.#send({
      path: `/v1/shares/${link.id}/revoke`,
      body: this.#pair(one),
      type: JSON_TYPE,
      answered: ({ status, text }) => {
        if (status !== 204) this.surprises.push(`withdrawal at ${one.sub}: ${text}`)
        one.links.pop()
        one.ended.push(link)
      },
    })
  }

  async #inspectOne(one: Guarantee): Promise<void> {
    if (one.records.length === 0) return
    const { status, text } = await this.#post('/v1/lookup', this.#pair(one))
    const shown: { record: string }[] = status === 200 ? JSON.parse(text).history : []
    const passes = status === 200 && /^(verified|attention)$/.test(JSON.parse(text).verdict)
    const same = JSON.stringify(shown.map(({ record }) => record)) === JSON.stringify(one.records)
    if (!passes || !same)
      this.surprises.push(`look-up of ${one.sub}: ${status} ${text.slice(0, 200)}`)
    for (const [links, expected] of [
      [one.links, 200],
      [one.ended, 410],
    ] as const) {
      const link = links.at(-1)
      if (!link) continue
      const opened = await this.#post('/v1/shares/open', JSON.stringify({ token: link.token }))
      if (opened.status !== expected) {
        this.surprises.push(`a link of ${one.sub}: ${opened.status}, not ${expected}`)
      }
    }
  }

  #pair({ sub, authKey }: Pick<Guarantee, 'sub' | 'authKey'>): string {
    return JSON.stringify({ contractNumber: sub, authKey })
  }

  async #send(doubt: Doubt): Promise<void> {
    this.#doubt = doubt
    let answer: Answer
    // Another server was faster each time: asked for again, as the answer says.
    do answer = await this.#post(doubt.path, doubt.body, doubt.type)
    while (answer.text.includes('"log_busy"'))
    this.#doubt = undefined
    doubt.answered(answer)
  }

  async #post(path: string, body: string, type = JSON_TYPE): Promise<Answer> {
    const headers = { 'content-type': type }
    const response = await fetch(this.#dice.pick(this.#origins) + path, {
      method: 'POST',
      headers,
      body,
    })
    const text = await response.text()
    this.answers++
    return { status: response.status, text }
  }
}

interface Submission {
  one: Guarantee
  record: string
  authKey?: string | undefined
}
